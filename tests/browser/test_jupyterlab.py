"""Notebooks in JupyterLab, through its real user interface."""

from functools import partial

import pytest

from dlcourse.grading.catalog import find_lesson

pytestmark = [pytest.mark.browser, pytest.mark.slow]

START = "00_start_here.ipynb"
SOLUTION = "solutions/03_c1w2_logistic_regression.ipynb"
NAME = "mean_and_spread"
RIGHT = f"""def {NAME}(X):
    return X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)"""


def test_a_learner_is_told_the_misconception_and_then_passes(lab, tmp_path):
    lab.open(START)
    blank, check = lab.number("blank", NAME), lab.number("check", NAME)
    lab.menu("Run", "Run All Cells")
    stopped = next(
        i for i, c in enumerate(lab.notebook.cells)
        if i > check and c.cell_type == "code" and f"{NAME}(" in c.source
    )  # fmt: skip
    error = lab.text(lab.cell(stopped), ".jp-RenderedText[data-mime-type$=stderr]")
    assert "NotImplementedError" in error  # a blank stops the first cell that needs it
    assert "not attempted" in lab.text(lab.cell(check), ".dlc-head")

    wrong = next(
        m for m in find_lesson("start_here").exercises[NAME].mistakes if "averages" in m.name
    )
    lab.write(blank, RIGHT.replace("axis=1", "axis=0"))
    lab.run(blank)
    cell = lab.run(check)
    assert wrong.hint.replace("`", "") in lab.text(cell, ".dlc-diagnosis")
    cell.screenshot(str(tmp_path / "wrong.png"))

    lab.write(blank, RIGHT)
    lab.run(blank)
    cell = lab.run(check)
    assert "passed" in lab.text(cell, ".dlc-good .dlc-head")
    cell.screenshot(str(tmp_path / "passed.png"))


def test_a_solution_notebook_runs_and_reads_well(lab, tmp_path):
    lab.open(SOLUTION)
    cells = lab.notebook.cells
    last = max(i for i, c in enumerate(cells) if c.cell_type == "code")
    lab.menu("Run", "Run All Cells")
    lab.wait(lambda: lab.has_run(last), "all cells to finish")
    for number, source in enumerate(cells):
        cell = lab.cell(number)
        if source.metadata.get("dlcourse", {}).get("role") in ("check", "quiz-check"):
            assert "passed" in lab.text(cell, ".dlc-head"), source.source
        if source.cell_type == "markdown" and "$$" in source.source:
            lab.find("mjx-container", cell)
        if "_ = plotting." in source.source:
            lab.wait(partial(is_drawn, cell), f"the picture of cell {number}")
            cell.screenshot(str(tmp_path / f"picture_{number}.png"))
    noise = ".jp-RenderedText[data-mime-type$=stderr], mjx-merror, .jp-mod-error"
    assert [e.text for e in lab.driver.find_elements("css selector", noise)] == []


def is_drawn(cell):
    pictures = cell.find_elements("css selector", ".jp-RenderedImage img")
    return pictures and pictures[0].get_property("naturalWidth") > 200
