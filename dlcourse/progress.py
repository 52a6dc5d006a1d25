"""What a learner has passed and which hints they have seen: one small file of theirs."""

import json
import os
import time
import warnings
from pathlib import Path
from typing import Any

import platformdirs

from dlcourse.grading.atomic import write_text_atomically

__all__ = ["Progress", "home"]

FORMAT = 1
Entry = dict[str, Any]  # {"passed": bool, "earned": float, "hints": int}


def home() -> Path:
    """Where dlcourse keeps what belongs to the person: $DLCOURSE_HOME, or the usual place."""
    chosen = os.environ.get("DLCOURSE_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("dlcourse", appauthor=False))


class Progress:
    """The record of one learner.

    Every change is written at once and in one piece, so that a crash leaves the old record or
    the new one. What has been passed stays passed, whatever is tried afterwards.

    Args:
        path: The file; `progress.json` in `home()` unless given.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = Path(path) if path else home() / "progress.json"

    def record(self, lesson_name: str, exercise_name: str, passed: bool, earned: float) -> None:
        """Note the outcome of a check."""
        entry = self._entry(lesson_name, exercise_name)
        self._change(
            lesson_name,
            exercise_name,
            passed=entry["passed"] or passed,
            earned=max(entry["earned"], earned),
        )

    def passed(self, lesson_name: str, exercise_name: str) -> bool:
        """Whether the exercise has ever passed."""
        return self._entry(lesson_name, exercise_name)["passed"]

    def hints_shown(self, lesson_name: str, exercise_name: str) -> int:
        """How many hints have been shown."""
        return self._entry(lesson_name, exercise_name)["hints"]

    def next_hint(self, lesson_name: str, exercise_name: str, available: int) -> int:
        """Go one hint further.

        Args:
            lesson_name: The lesson.
            exercise_name: The exercise.
            available: How many hints it has.

        Returns:
            How many hints may be shown now: at least 1, at most `available`.
        """
        number = min(self.hints_shown(lesson_name, exercise_name) + 1, available)
        self._change(lesson_name, exercise_name, hints=number)
        return number

    def all(self) -> dict[str, dict[str, Entry]]:
        """Lesson name → exercise name → {"passed", "earned", "hints"}."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError as error:
            return self._set_aside(str(error))
        try:
            return _lessons(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return self._set_aside(str(error))

    def _entry(self, lesson_name: str, exercise_name: str) -> Entry:
        return self.all().get(lesson_name, {}).get(exercise_name, _new_entry())

    def _change(self, lesson_name: str, exercise_name: str, **values: Any) -> None:
        lessons = self.all()  # read again: another notebook may have written meanwhile
        lesson = lessons.setdefault(lesson_name, {})
        entry = lesson.get(exercise_name, _new_entry())
        if entry == {**entry, **values} and exercise_name in lesson:
            return
        lesson[exercise_name] = {**entry, **values}
        write_text_atomically(
            self.path, json.dumps({"format": FORMAT, "lessons": lessons}, indent=1)
        )

    def _set_aside(self, reason: str) -> dict[str, dict[str, Entry]]:
        kept = self.path.with_name(f"{self.path.name}.unreadable-{time.time_ns()}")
        os.replace(self.path, kept)
        warnings.warn(
            f"your progress could not be read ({reason}); it was kept as {kept}, "
            "and a new record was begun",
            stacklevel=4,
        )
        return {}


def _new_entry() -> Entry:
    return {"passed": False, "earned": 0.0, "hints": 0}


def _lessons(record: Any) -> dict[str, dict[str, Entry]]:
    return {
        lesson: {name: _checked(entry) for name, entry in entries.items()}
        for lesson, entries in record["lessons"].items()
    }


def _checked(entry: Any) -> Entry:
    return {
        "passed": bool(entry["passed"]),
        "earned": float(entry["earned"]),
        "hints": int(entry["hints"]),
    }
