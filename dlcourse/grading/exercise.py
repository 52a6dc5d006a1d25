"""What an exercise is: a question, its tests, and the ways in which people get it wrong."""

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

__all__ = ["Exercise", "Mistake", "Question", "exercise", "helper", "mistake"]

HINTS_PER_EXERCISE = 3  # a nudge, the formula, the worked line


@dataclass(frozen=True)
class Mistake:
    """A wrong implementation that people really write, and the sentence that helps them.

    Args:
        name: Name of the wrong implementation, unique within its exercise.
        hint: Names the misconception and says what to do about it.
        implementation: Takes the same arguments as the learner's function or class.
    """

    name: str
    hint: str
    implementation: Any


@dataclass(frozen=True)
class Exercise:
    """One thing that a learner writes and has checked.

    Args:
        name: The symbol that the learner defines (a function, a class or a model builder).
        title: One line that says what is asked.
        points: What a full solution earns.
        hints: The ladder: a nudge, the formula, the worked line.
        mistakes: The wrong implementations that are recognised.
        tests: Test method names with the one line that says what each checks.
        test_class: The class whose methods are the tests.
        may_be: Generic answers that happen to be right here, such as "returns_zeros".
        changes_arguments: Whether the function is meant to change its arguments in place.
        returns_objects: Whether it gives objects (an instance, a function) rather than data.
    """

    name: str
    title: str
    points: float
    hints: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    tests: Mapping[str, str]
    test_class: type
    may_be: tuple[str, ...]
    changes_arguments: bool
    returns_objects: bool
    _reference: Any = field(repr=False)

    @property
    def reference(self) -> Any:
        """The right implementation; a "module:name" reference is imported only now."""
        if isinstance(self._reference, str):
            module, _, name = self._reference.partition(":")
            return getattr(import_module(module), name)
        return self._reference

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the function's parameters; none for a class, or where importing it is slow."""
        if isinstance(self._reference, str | type):
            return ()
        return tuple(inspect.signature(self._reference).parameters)

    @property
    def reference_module(self) -> str:
        """The module that holds the answer, without importing it."""
        if isinstance(self._reference, str):
            return self._reference.partition(":")[0]
        return self._reference.__module__


@dataclass(frozen=True)
class Question:
    """A quiz question.

    Args:
        text: The question, in Markdown.
        choices: Letter → (text of the choice, explanation shown when it is chosen).
        answer: The letter of the right choice.
    """

    text: str
    choices: Mapping[str, tuple[str, str]]
    answer: str

    def __post_init__(self) -> None:
        if self.answer not in self.choices:
            raise ValueError(
                f"answer: expected one of {sorted(self.choices)}, got {self.answer!r} "
                f"in the question {self.text!r}"
            )


def exercise(
    *,
    points: float,
    reference: Any,
    name: str | None = None,
    may_be: tuple[str, ...] = (),
    changes_arguments: bool = False,
    returns_objects: bool = False,
) -> Callable[[type], type]:
    """Turn a class of pytest tests into an exercise.

    Args:
        points: What a full solution earns, above 0.
        reference: The right implementation, or "module:name" where importing it is slow.
        name: The symbol the learner defines; the reference's own name unless given.
        may_be: Names of generic answers that are right here ("returns_zeros" for zero biases).
        changes_arguments: The function is meant to change its arguments in place; where it is
            not, a call that changes one fails.
        returns_objects: The function gives instances or functions; where it does not (and is no
            class itself), an object in its result fails.

    Returns:
        A decorator that attaches an `Exercise` to the class and leaves it a plain test class.

    Raises:
        ValueError: If the class has no title, no tests or not three hints.
    """

    def decorate(test_class: type) -> type:
        symbol = name or (
            reference.partition(":")[2] if isinstance(reference, str) else reference.__name__
        )
        test_class.__exercise__ = Exercise(  # type: ignore[attr-defined]
            name=symbol,
            title=_first_line(test_class, f"exercise {symbol}"),
            points=points,
            hints=_hints(test_class, symbol),
            mistakes=tuple(m for m in vars(test_class).values() if isinstance(m, Mistake)),
            tests=_tests(test_class, symbol),
            test_class=test_class,
            may_be=may_be,
            changes_arguments=changes_arguments,
            returns_objects=returns_objects or isinstance(reference, type),
            _reference=reference,
        )
        return test_class

    return decorate


def mistake(hint: str) -> Callable[[Any], Mistake]:
    """Declare a wrong implementation inside an exercise, with the hint that it deserves."""

    def decorate(implementation: Any) -> Mistake:
        return Mistake(implementation.__name__, hint, implementation)

    return decorate


def helper(function: Callable) -> Callable:
    """Let a self-contained function of ours work on the learner's side.

    It can be an argument to the learner's function. And where one of its own arguments is an
    object of the learner's, such as a layer, a call runs over there, with the object itself: it
    can take gradients through the layer, assign its weights or save it, and answers with data.
    It travels to the sandbox as source text, so it imports what it needs inside its body.
    """
    function.__helper_source__ = inspect.getsource(function)  # type: ignore[attr-defined]

    @functools.wraps(function)
    def wherever_it_belongs(*args: Any, **kwargs: Any) -> Any:
        from dlcourse.grading.proxy import proxy_among, run_helper  # with it comes NumPy

        proxy = proxy_among([*args, *kwargs.values()])
        if proxy is None:
            return function(*args, **kwargs)
        return run_helper(function, proxy, args, kwargs)

    return wherever_it_belongs


def _first_line(thing: Any, what: str) -> str:
    text = inspect.getdoc(thing)
    if not text:
        raise ValueError(f"{what}: expected a docstring whose first line says what it is about")
    return text.splitlines()[0]


def _hints(test_class: type, symbol: str) -> tuple[str, ...]:
    hints = tuple(getattr(test_class, "hints", ()))
    if len(hints) != HINTS_PER_EXERCISE:
        raise ValueError(
            f"exercise {symbol}: expected {HINTS_PER_EXERCISE} hints (a nudge, the formula, "
            f"the worked line), got {len(hints)}"
        )
    return hints


def _tests(test_class: type, symbol: str) -> dict[str, str]:
    methods = {n: m for n, m in vars(test_class).items() if n.startswith("test_")}
    if not methods:
        raise ValueError(f"exercise {symbol}: expected at least one test_ method")
    return {n: _first_line(m, f"{symbol}.{n}") for n, m in methods.items()}
