"""The engine tells right, wrong, crashed and not attempted apart, and names the misconception."""

import numpy as np
import pytest

from dlcourse.grading.boundary import LocalBoundary
from dlcourse.grading.engine import check_exercises
from dlcourse.grading.proof import prove
from tests.grading.lessons import toy as solutions


def check(toy, name="squash", seed=0, **symbols):
    boundary = LocalBoundary(
        {"squash": solutions.squash, "Counter": solutions.Counter,
         "apply_twice": solutions.apply_twice, **symbols}
    )  # fmt: skip
    return check_exercises(toy, boundary, [name], seed)[0]


@pytest.mark.parametrize("name", ["squash", "Counter", "apply_twice"])
def test_the_reference_passes(toy, name):
    result = check(toy, name)
    assert (result.status, result.earned) == ("passed", result.points)
    assert result.diagnosis is None


def test_a_blank_is_not_attempted(toy):
    def squash(z):
        raise NotImplementedError

    result = check(toy, squash=squash)
    assert (result.status, result.earned, result.diagnosis) == ("not attempted", 0, None)


def test_a_function_written_in_part_keeps_what_it_earns(toy):
    def squash(z):
        if z.shape == (3, 2):
            raise NotImplementedError
        return solutions.squash(z)

    result = check(toy, squash=squash)
    assert result.status == "failed"
    assert result.earned == pytest.approx(2 * 2 / 3, abs=0.01)


def test_a_missing_symbol_is_not_attempted(toy):
    result = check_exercises(toy, LocalBoundary({}), ["squash"])[0]
    assert result.status == "not attempted"


def test_a_mistake_gets_its_own_hint_and_partial_credit(toy):
    result = check(toy, squash=lambda z: 1 / (1 + np.exp(z)))
    assert result.status == "failed"
    assert result.diagnosis.name == "wrong_sign"
    assert result.earned == pytest.approx(2 * 2 / 3, abs=0.01)  # the symmetry holds all the same


def test_another_mistake_gets_no_hint(toy):
    assert check(toy, squash=np.tanh).diagnosis is None


def test_a_mistake_in_a_class_is_recognised(toy):
    class Counter(solutions.Counter):
        def __init__(self, start):
            self.n = 0

    assert check(toy, "Counter", Counter=Counter).diagnosis.name == "ForgotStart"


def test_no_work_earns_nothing_even_where_a_test_passes(toy):
    result = check(toy, squash=lambda z: None)
    assert (result.diagnosis.name, result.earned) == ("returns_none", 0)


def test_tests_that_pass_without_work_earn_nothing_alone(tmp_path):
    from dlcourse.grading.catalog import load_lesson

    (tmp_path / "shapes.py").write_text(
        '"""Shapes."""\nimport numpy as np\nfrom dlcourse.grading import assert_close, exercise\n'
        'NOTEBOOK = "95_shapes"\ndef square(x):\n    return x**2\n'
        "@exercise(points=4, reference=square)\n"
        'class Square:\n    """Square."""\n    hints = ("a", "b", "c")\n'
        '    def test_shape(self, square):\n        """Shape."""\n'
        "        assert square(np.ones((2, 3))).shape == (2, 3)\n"
        '    def test_one(self, square):\n        """One."""\n'
        "        assert_close(square(np.array([3.0])), np.array([9.0]))\n"
        '    def test_two(self, square):\n        """Two."""\n'
        "        assert_close(square(np.array([-2.0])), np.array([4.0]))\n",
        encoding="utf-8",
    )
    lesson = load_lesson(tmp_path / "shapes.py")

    def earned(function):
        return check_exercises(lesson, LocalBoundary({"square": function}))[0].earned

    assert earned(lambda x: x**2) == 4
    assert earned(lambda x: x + 0.5) == 0  # only the shape
    assert earned(lambda x: x * np.abs(x)) == pytest.approx(2.67)  # the shape counts with it


def test_a_crash_shows_the_learners_frames_only(toy):
    def squash(z):
        return undefined_name  # noqa: F821

    result = check(toy, squash=squash)
    assert result.status == "crashed"
    traceback = result.tests[0].traceback
    assert "NameError" in traceback and "undefined_name" in traceback
    assert "dlcourse/grading" not in traceback and "_pytest" not in traceback


def test_sys_exit_is_a_crash_and_not_our_end(toy):
    def squash(z):
        raise SystemExit(0)

    assert check(toy, squash=squash).status == "crashed"


def test_pytest_outcomes_raised_by_a_learner_are_crashes(toy):
    def squash(z):
        pytest.skip("not today")

    assert check(toy, squash=squash).status == "crashed"


def test_stop_button_stops(toy):
    def squash(z):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        LocalBoundary({"squash": squash}).perform(_call("squash"))


def test_an_interrupt_of_the_whole_check_is_no_verdict(toy):
    def squash(z):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(toy, squash=squash)


def test_an_argument_that_is_changed_fails_the_call(toy):
    def squash(z):
        z *= -1
        np.exp(z, out=z)
        z += 1
        return 1 / z

    result = check(toy, squash=squash)
    assert result.status == "failed"
    assert "The argument z was changed" in result.tests[0].message


def test_the_tests_own_arrays_cannot_be_rewritten(toy):
    """Else a test that computes what it expects after the call would expect nonsense."""

    def apply_twice(f, values, rng):
        values["x"][...] = 0
        return 0 * values["x"]

    assert check(toy, "apply_twice", apply_twice=apply_twice).earned == 0
    assert check(toy, squash=lambda z: z.fill(0) or z + 0.5).earned == 0


def test_an_object_equal_to_everything_fails(toy):
    class Everything:
        shape = (1, 2)
        __add__ = __radd__ = __sub__ = __rsub__ = lambda self, other: 0.0
        __eq__ = __lt__ = __le__ = lambda self, other: True
        __bool__ = lambda self: True  # noqa: E731
        __hash__ = object.__hash__
        __array__ = lambda self, *a, **k: np.ones((1, 2))  # noqa: E731

    result = check(toy, squash=lambda z: Everything())
    assert (result.status, result.earned) == ("failed", 0)


def test_random_inputs_follow_the_seed(toy):
    seen = []

    def squash(z):
        seen.append(np.array(z))
        return solutions.squash(z)

    for seed in (1, 1, 2):
        check(toy, squash=squash, seed=seed)
    first, second, third = np.array_split(np.array([z.sum() for z in seen]), 3)
    assert np.array_equal(first, second)
    assert not np.array_equal(first[1:], third[1:])


def test_the_global_generators_of_the_learner_go_on_undisturbed(toy):
    np.random.seed(1)  # noqa: NPY002
    expected = np.random.rand(2)[1]  # noqa: NPY002
    np.random.seed(1)  # noqa: NPY002
    np.random.rand()  # noqa: NPY002
    check(toy)
    assert np.random.rand() == expected  # noqa: NPY002


@pytest.mark.parametrize("name", ["squash", "Counter", "apply_twice"])
def test_the_toy_lesson_is_sound(toy, name):
    assert not prove(toy, name).problems


def test_the_proof_finds_tests_that_are_too_weak(tmp_path):
    from dlcourse.grading.catalog import load_lesson

    (tmp_path / "weak.py").write_text(
        '"""Weak."""\nfrom dlcourse.grading import exercise, mistake\nNOTEBOOK = "97_weak"\n'
        "def double(x):\n    return 2.0 * x\n"
        "@exercise(points=1, reference=double)\n"
        'class Double:\n    """Double."""\n    hints = ("a", "b", "c")\n'
        '    def test_zero(self, double):\n        """Zero."""\n        assert double(0.0) == 0\n'
        '    @mistake("x")\n    def triple(x):\n        return 3.0 * x\n',
        encoding="utf-8",
    )
    problems = "\n".join(prove(load_lesson(tmp_path / "weak.py"), "double").problems)
    assert "the mistake triple passes every test" in problems
    assert "the generic answer returns_its_input is right" in problems


def test_the_proof_finds_arguments_that_cannot_cross_the_border(tmp_path):
    from dlcourse.grading.catalog import load_lesson

    (tmp_path / "closed.py").write_text(
        '"""Closed."""\nfrom dlcourse.grading import exercise\nNOTEBOOK = "96_closed"\n'
        "def apply(f):\n    return f(2.0)\n"
        "@exercise(points=1, reference=apply)\n"
        'class Apply:\n    """Apply."""\n    hints = ("a", "b", "c")\n'
        '    def test_it(self, apply):\n        """It."""\n'
        "        assert apply(lambda x: x + 1) == 3\n        assert apply(lambda x: x) == 2\n",
        encoding="utf-8",
    )
    problems = "\n".join(prove(load_lesson(tmp_path / "closed.py"), "apply").problems)
    assert "cannot be an argument" in problems


def _call(name):
    from dlcourse.grading.boundary import Operation

    return Operation("call", name, args=(1.0,))
