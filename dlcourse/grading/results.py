"""What a check found, as plain records that every reporter reads."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["Diagnosis", "ExerciseResult", "Status", "SubmissionResult", "TestResult"]

Status = Literal["passed", "failed", "crashed", "stopped", "not attempted"]
# failed: a wrong answer; crashed: the learner's code raised;
# stopped: its process was ended (too slow, too much memory, it exited by itself)


@dataclass(frozen=True)
class TestResult:
    """One test of one exercise.

    Args:
        name: The test's identifier, with its parameters.
        title: The line that tells the learner what is checked.
        status: How it went.
        message: Why it did not pass; empty where it passed.
        traceback: The learner's own frames where their code raised; empty otherwise.
    """

    __test__ = False  # the name begins with Test, but it is no test class

    name: str
    title: str
    status: Status
    message: str = ""
    traceback: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """The misconception that reproduces the learner's outputs.

    Args:
        name: Name of the mistake.
        hint: The sentence for the learner.
        generic: True where no work of the learner's shows (returns None, a constant, its input …).
    """

    name: str
    hint: str
    generic: bool = False


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise of one submission; `earned` is what it adds to the score."""

    name: str
    title: str
    points: float
    earned: float
    status: Status
    tests: tuple[TestResult, ...] = ()
    diagnosis: Diagnosis | None = None
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether every test passed."""
        return self.status == "passed"

    @property
    def first_problem(self) -> TestResult | None:
        """The first test that did not pass."""
        return next((t for t in self.tests if t.status != "passed"), None)


@dataclass(frozen=True)
class SubmissionResult:
    """One notebook of one learner, checked.

    Args:
        learner: Whose it is (the file's name, unless told otherwise).
        lesson: Name of the lesson.
        exercises: In the order of the lesson.
        notes: Sentences about the notebook as a whole.
        seed: What the random inputs were drawn from, so that a grade can be reproduced.
        seconds: Wall-clock time.
    """

    learner: str
    lesson: str
    exercises: tuple[ExerciseResult, ...]
    notes: tuple[str, ...] = ()
    seed: int = 0
    seconds: float = 0.0

    @property
    def score(self) -> float:
        """Points earned."""
        return round(sum(e.earned for e in self.exercises), 2)

    @property
    def points(self) -> float:
        """Points that could be earned."""
        return sum(e.points for e in self.exercises)

    def to_json(self) -> dict[str, Any]:
        """The record as JSON data, with the totals."""
        return {**asdict(self), "score": self.score, "points": self.points}

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> "SubmissionResult":
        """The inverse of `to_json`."""
        record = {k: v for k, v in record.items() if k not in ("score", "points")}
        record["exercises"] = tuple(_exercise(e) for e in record["exercises"])
        return cls(**{**record, "notes": tuple(record["notes"])})


def _exercise(record: dict[str, Any]) -> ExerciseResult:
    diagnosis = record["diagnosis"]
    return ExerciseResult(
        **{
            **record,
            "tests": tuple(TestResult(**t) for t in record["tests"]),
            "diagnosis": Diagnosis(**diagnosis) if diagnosis else None,
        }
    )
