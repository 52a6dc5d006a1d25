"""What is wrong with a source is said with file, place and what to do."""

import pytest

from dlcourse.authoring import build

BLANK = "    ### BEGIN SOLUTION\n    return 2 * np.asarray(x)\n    ### END SOLUTION"

DEFECTS = {
    "begin without end": (
        BLANK,
        BLANK.replace("\n    ### END SOLUTION", ""),
        "01_toys.py, line 9 (cell 5): `### BEGIN SOLUTION` without `### END SOLUTION`",
    ),
    "end without begin": (
        BLANK,
        BLANK.replace("    ### BEGIN SOLUTION\n", ""),
        "`### END SOLUTION` without its partner",
    ),
    "begin twice": (
        "### BEGIN SOLUTION",
        "### BEGIN SOLUTION\n    ### BEGIN SOLUTION",
        "without its partner",
    ),
    "misspelt marker": (
        "### BEGIN SOLUTION",
        "# begin solution",
        "write the marker exactly as `### BEGIN SOLUTION`",
    ),
    "missing check": (
        '# %%\nlesson.check("double")\n',
        "",
        '`double` must be followed at once by a cell with lesson.check("double")',
    ),
    "check of something else": (
        'lesson.check("double")',
        'lesson.check("Counter")',
        '`double` must be followed at once by a cell with lesson.check("double")',
    ),
    "check with other code": (
        'lesson.check("double")',
        'x = 1; lesson.check("double")',
        "line 15 (cell 6): a check cell must be exactly",
    ),
    "two definitions in a blank": (
        "def double(x):",
        "def half(x):\n    pass\n\ndef double(x):",
        "a blank cell holds exactly one function or class",
    ),
    "other code in a blank": (
        "def double(x):",
        "factor = 2\ndef double(x):",
        "a blank cell holds exactly one function or class",
    ),
    "unknown exercise": ("def double(x):", "def duoble(x):", "`duoble` is no exercise of toys"),
    "no docstring": ('    """Give twice x, an array."""\n', "", "`double` needs a docstring"),
    "markers outside": (
        BLANK,
        "    ...\n### BEGIN SOLUTION\n### END SOLUTION",
        "the markers of `double` must be inside its body",
    ),
    "no Python": ("return 2 *", "return 2 $", "this is not Python"),
    "no Python in a given cell": ("import numpy", "import import", "line 5 (cell 3): this is not"),
    "misspelt placeholder": ("# %% setup", "# %% set-up", "got `# %% set-up`"),
    "code in a placeholder": ("# %% setup", "# %% setup\nimport os", "got `# %% setup`"),
    "no set-up": ("# %% setup\n", "", "expected one `# %% setup`, found 0"),
    "set-up too late": (
        "# %% setup\n# %%\nimport numpy as np",
        "# %%\nimport numpy as np\n# %% setup",
        "`# %% setup` must come before any other code",
    ),
    "no quiz": ("# %% quiz\n", "", "expected 1 `# %% quiz` (the lesson has a QUIZ), found 0"),
    "no title": ("# # Toys\n", "", "the first cell must be Markdown that begins with the title"),
    "a name of nowhere": (
        "return 2 * np.asarray(x)",
        "return factor * np.asarray(x)",
        "the solution uses factor, which no import, definition or assignment above defines",
    ),
    "an import too late": (
        "# %%\nimport numpy as np\n",
        "",
        "the solution uses np, which",
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_defect_is_named(project, edited, defect):
    old, new, message = DEFECTS[defect]
    edited(old, new)
    report = build(project.root, exercises=project.exercises)
    assert any(message in problem for problem in report.problems), report.problems
    assert all(problem.startswith("01_toys.py") for problem in report.problems)
    assert not report.written


def test_an_exercise_left_out(project):
    text = project.source.read_text(encoding="utf-8")
    start, end = text.index("# %%\ndef double"), text.index('# %%\nprint("Doubled')
    project.source.write_text(text[:start] + text[end:], encoding="utf-8")
    report = build(project.root, exercises=project.exercises)
    assert report.problems == ["01_toys.py: expected one blank for the exercise `double`, found 0"]


def test_an_exercise_twice(project):
    text = project.source.read_text(encoding="utf-8")
    start, end = text.index("# %%\ndef double"), text.index('# %%\nprint("Doubled')
    project.source.write_text(text[:end] + text[start:end] + text[end:], encoding="utf-8")
    report = build(project.root, exercises=project.exercises)
    assert report.problems == ["01_toys.py: expected one blank for the exercise `double`, found 2"]


def test_exercises_in_another_order(project):
    text = project.source.read_text(encoding="utf-8")
    double = text.index("# %%\ndef double")
    counter, quiz = text.index("# %%\nclass Counter"), text.index("# %% quiz")
    text = text[:double] + text[counter:quiz] + text[double:counter] + text[quiz:]
    project.source.write_text(text, encoding="utf-8")
    report = build(project.root, exercises=project.exercises)
    assert report.problems == [
        "01_toys.py: the exercises of toys are in another order: Counter, double"
    ]


def test_a_blank_may_use_another_and_a_loop_of_its_own(project, edited):
    edited("return 2 * np.asarray(x)", "return np.array([Counter().add(2 * v) for v in x])")
    assert not build(project.root, exercises=project.exercises).problems


def test_a_source_of_another_notebook(project):
    project.source.rename(project.source.with_name("07_toys.py"))
    report = build(project.root, exercises=project.exercises)
    assert report.problems[0] == "07_toys.py: toys.py has NOTEBOOK = '01_toys'"


def test_a_lesson_that_cannot_be_loaded(project):
    project.module.write_text("NOTEBOOK = 'x'\nimport nowhere\n", encoding="utf-8")
    report = build(project.root, exercises=project.exercises)
    assert "toys.py could not be loaded" in report.problems[0]
