"""What the documents show is so: commands exist, snippets run, links resolve, figures fit."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

import dlcourse
from dlcourse.cli import main
from dlcourse.grading.catalog import all_lessons, find_lesson
from dlcourse.grading.diagnosis import stand_in
from dlcourse.grading.engine import check_exercises
from dlcourse.grading.limits import Limits
from dlcourse.grading.proof import prove

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"(?:<!-- (file|edit): (\S+) -->\n)?^```(\w+)\n(.*?)^```$", re.M | re.S)
IN_LINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
PLACES = ("benchmarks", "data", "dlcourse", "docs", "notebooks", "tests")
NUMBERS = {"exercises": r"(\d+) exercises", "mistakes": r"more than (\d+) in all",
           "notebooks": r"(\d+) notebooks"}  # fmt: skip


@dataclass(frozen=True)
class Fence:
    """A block of code; `kind` says what a reader does with it ("file", "edit", or nothing)."""

    kind: str
    path: str
    language: str
    code: str


def fences(page):
    return [Fence(*found) for found in FENCE.findall(page.read_text(encoding="utf-8"))]


def code_of(page):
    """Every line of shell, and every piece of code within the text."""
    shell = [f.code for f in fences(page) if f.language in ("sh", "powershell")]
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return [line for block in shell for line in block.splitlines()] + IN_LINE.findall(text)


def commands_of(page):
    return [code.partition("  #")[0].strip() for code in code_of(page)]


ALL_CODE = [(page.name, code) for page in PAGES for code in commands_of(page)]
SNIPPETS = [
    pytest.param(page, fence.code, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, fence in enumerate(fences(page), 1)
    if fence.language == "python" and not fence.kind
]


def parts(pattern):
    return sorted({m for _, code in ALL_CODE for m in re.findall(pattern, code)})


# commands


def options_of(command):
    return {name for parameter in command.params for name in parameter.opts} | {"--help"}


@pytest.mark.parametrize("code", sorted({c for _, c in ALL_CODE if c.startswith("dlcourse ")}))
def test_commands_exist(code):
    context = click.Context(main)
    words = code.split()[1:]
    command = main if words[0].startswith("-") else main.get_command(context, words[0])
    assert command is not None, f"there is no dlcourse {words[0]}"
    assert {w for w in words if w.startswith("--")} <= options_of(command)


def test_options_exist():
    context = click.Context(main)
    known = {
        o for n in main.list_commands(context) for o in options_of(main.get_command(context, n))
    }
    named = parts(r"^(--[a-z-]+)(?: [A-Z]+)?$")
    assert named
    assert [option for option in named if option not in known] == []


def test_targets_of_make_exist():
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    named = parts(r"\bmake (\w+)")
    assert {"lab", "test"} <= set(named)
    assert [target for target in named if target not in targets] == []


def test_make_test_runs_what_the_readme_says():
    recipe = re.search(
        r"^test:.*?\n\n", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M | re.S
    )
    steps = [line.strip().replace("$(BIN)/", "") for line in recipe[0].splitlines()[1:-1]]
    steps = [f"python -m {step.removeprefix('python -m ')}" for step in steps]
    assert len(steps) >= 4
    assert "\n".join(steps) in (ROOT / "README.md").read_text(encoding="utf-8")


def test_modules_and_scripts_exist():
    modules = parts(r"python -m ([\w.]+)")
    assert {"pip", "pytest", "benchmarks.grading"} <= set(modules)
    assert [m for m in modules if importlib.util.find_spec(m) is None] == []


def test_paths_exist():
    made = {f.path for page in PAGES for f in fences(page) if f.kind == "file"}
    pattern = rf"(?<![\w./-])((?:{'|'.join(PLACES)})/[\w./-]*)"
    named = [p for p in parts(pattern) if "NAME" not in p and p not in made]
    named = [p for p in named if not p.startswith(("notebooks/source/50_",))]  # a reader's own
    assert "tests/grading/cheats" in named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_edited_files_exist():
    edits = [f.path for page in PAGES for f in fences(page) if f.kind == "edit"]
    assert edits
    assert [path for path in edits if not (ROOT / path).is_file()] == []


# links


def anchors(page):
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_resolve(page):
    links = [a or b for a, b in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))]
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


# figures


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_numbers_are_not_stale(page):
    lessons = all_lessons()
    exercises = [e for lesson in lessons for e in lesson.exercises.values()]
    right = {"exercises": len(exercises), "notebooks": len(lessons),
             # hints are tuned all the time, so these are quoted in tens
             "mistakes": (sum(len(e.mistakes) for e in exercises) - 1) // 10 * 10}  # fmt: skip
    text = page.read_text(encoding="utf-8")
    quoted = {what: set(re.findall(pattern, text)) for what, pattern in NUMBERS.items()}
    assert page.name != "README.md" or all(quoted.values())
    for what, found in quoted.items():
        assert found <= {str(right[what])}, f"there are {right[what]} {what}"


def test_the_wheel_has_the_version():
    found = re.search(r"dlcourse-([\d.]+)-py3", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert found[1] == dlcourse.__version__


def test_limits_are_not_stale():
    rows = dict(re.findall(r"^\| ([^|]+) \| ([\d]+)", (ROOT / "docs/grading.md").read_text(), re.M))
    limits = Limits()
    assert rows == {
        "one call of a learner's function": f"{limits.seconds_per_call:g}",
        "one cell": f"{limits.seconds_per_cell:g}",
        "a whole notebook": f"{limits.seconds_in_all:g}",
        "memory of a process, above what the libraries take": str(limits.memory_mb),
        "a file": str(limits.file_mb),
        "processes and threads at a time": str(limits.processes),
        "the answer of one call": str(limits.answer_mb),
        "a notebook file": "100",
    }


def test_the_picture_shows_what_a_learner_would_see():
    """The mistake in the picture is still diagnosed, with the words that the page repeats."""
    path = ROOT / "docs" / "make_pictures.py"
    source = re.search(r"PROPAGATE = '''\\\n(.*?)'''", path.read_text(encoding="utf-8"), re.S)[1]
    lesson = find_lesson("c1w2_logistic_regression")
    names = {"np": importlib.import_module("numpy")}
    names |= {n: lesson.exercises[n].reference for n in ("sigmoid", "compute_cost")}
    exec(source, names)
    (result,) = check_exercises(
        lesson, stand_in(lesson, "propagate", names["propagate"]), ["propagate"]
    )
    title = re.search(r"!\[(.*?)\]\(docs/check.png\)", (ROOT / "README.md").read_text("utf-8"))[1]
    said = title.partition("misconception: ")[2].rstrip(".")
    assert said
    assert said in result.diagnosis.hint


# snippets


def environment(home, root=ROOT):
    ours = {"DLCOURSE_HOME": str(home), "MPLBACKEND": "Agg", "NO_COLOR": "1", "COLUMNS": "200",
            "PYTHONPATH": str(root), "PYTHONUTF8": "1"}  # fmt: skip
    return {**os.environ, **ours}


def put_files(page, folder):
    """What the page tells its reader to write; the names of the files."""
    files = [f for f in fences(page) if f.kind == "file"]
    for fence in files:
        target = folder / fence.path
        target.parent.mkdir(parents=True, exist_ok=True)
        assert not target.exists(), f"{fence.path} is not new"
        target.write_text(fence.code, encoding="utf-8")
    return [f.path for f in files]


def squeezed(text):
    return " ".join(text.replace("\n# ", " ").split())


@pytest.mark.parametrize(("page", "code"), SNIPPETS)
def test_snippets_run(page, code, tmp_path):
    """Lines of comment at the end of a snippet are what it prints or raises."""
    put_files(page, tmp_path)
    shown = re.search(r"(?:^# .*\n)*\Z", code, re.M)[0]
    if re.match(r"lesson\.", code):
        code = f"import dlcourse\nlesson = dlcourse.lesson('c1w2_logistic_regression')\n{code}"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment(tmp_path),
                         capture_output=True, encoding="utf-8", check=False)  # fmt: skip
    assert (run.returncode != 0) == ("Error: " in shown), run.stderr
    assert squeezed(shown).removeprefix("# ") in squeezed(run.stdout + run.stderr)


def test_lessons_shown_to_instructors_are_sound(tmp_path):
    page = ROOT / "docs" / "instructors.md"
    for path in put_files(page, tmp_path):
        folder = (tmp_path / path).parent
        lesson = find_lesson(Path(path).stem, folder)
        own = [n for n, e in lesson.exercises.items() if "dlcourse" not in e.test_class.__module__]
        assert own
        for name in own:
            assert prove(lesson, name).problems == []


# contributing


def edit(path, diff):
    """Add the lines with a plus after the line that stands above them in the diff."""
    lines = path.read_text(encoding="utf-8").splitlines()
    place = 0
    for line in diff.splitlines():
        if line.startswith("+"):
            place += 1
            lines.insert(place, line[1:])
        elif line.startswith(" "):
            place = lines.index(line[1:], place)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.slow
def test_the_exercise_of_contributing(tmp_path):
    """The six steps, done as the page says in a copy of the project."""
    root = tmp_path / "dlcourse-copy"
    for name in ("dlcourse", "notebooks", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", root)
    page = ROOT / "CONTRIBUTING.md"
    new = put_files(page, root)
    edited = [fence for fence in fences(page) if fence.kind == "edit"]
    for fence in edited:
        edit(root / fence.path, fence.code)
    shell = "".join(f.code for f in fences(page) if f.language == "sh").splitlines()
    commands = [line for line in shell if "center" in line or line == "dlcourse build"]
    assert len(commands) >= 3
    commands.append(f"ruff check {' '.join([*new, *(f.path for f in edited)])}")
    for command in commands:
        words = [sys.executable, "-m", *command.removeprefix("python -m ").split()]
        settings = environment(tmp_path, root)
        run = subprocess.run(
            words, cwd=root, env=settings, capture_output=True, encoding="utf-8", check=False
        )
        assert run.returncode == 0, f"{command}\n{run.stdout}{run.stderr}"
