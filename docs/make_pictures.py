"""Makes the pictures of README.md again, from the real thing.

    python docs/make_pictures.py

A check is run in a notebook and a class is graded; Chromium (or Chrome) then photographs what a
learner and an instructor see. Needs the environment of `make lab` or `make test`, and a browser
called chromium, chromium-browser, google-chrome or chrome; BROWSER_PROGRAM names another one.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from PIL import Image

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LESSON = "03_c1w2_logistic_regression"
SEED = 2021  # of the graded class, so that the picture can be made again
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SCALE = 1.5  # pixels of the picture for one of the page: sharp on today's screens
TALLEST = 3000  # of a page, before it is cropped
MARGIN = 12
# of the class page; scores and learners come below
UPPER_PART = "section:nth-of-type(n+4), footer { display: none !important }"

# The learner of the first picture believes that dz is the derivative of the sigmoid alone.
PROPAGATE = '''\
def propagate(w, b, X, Y):
    """Cost and gradients without a loop."""
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    dZ = A * (1 - A)
    grads = {"dw": X @ dZ.T / m, "db": np.sum(dZ) / m}
    return grads, compute_cost(A, Y)'''


def main() -> None:
    """Write both pictures into this folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photograph(check_page(folder), DOCS / "check.png", width=900)
        photograph(class_page(folder), DOCS / "class.png", width=1060)


def check_page(folder: Path) -> Path:
    """Run a notebook up to a check that fails, and keep the last two cells as a page."""
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    notebook = solution_of(LESSON)
    cells = cells_by_exercise(notebook)
    cells["propagate"]["source"] = PROPAGATE
    end = notebook["cells"].index(cells["propagate"]) + 2  # the cell after it is the check
    notebook["cells"] = [c for c in notebook["cells"][:end] if c["cell_type"] == "code"]
    node = nbformat.from_dict(notebook)
    place = {"metadata": {"path": str(folder)}}
    client = NotebookClient(node, kernel_name="python3", resources=place)
    client.execute(env={**os.environ, **settings(folder)})
    node.cells = node.cells[-2:]
    page = folder / "check.html"
    html, _ = HTMLExporter(template_name="lab").from_notebook_node(node)
    page.write_text(html, encoding="utf-8")
    return page


def class_page(folder: Path) -> Path:
    """Grade the class of `benchmarks.make_class`."""
    inbox, reports = folder / "class", folder / "reports"
    run("benchmarks.make_class", inbox)
    # 1 says that some notebooks could not be read, which is so in this class
    run("dlcourse", "grade", inbox, "--out", reports, "--seed", SEED, allowed=(0, 1),
        environment=settings(folder))  # fmt: skip
    page = reports / "class.html"
    html = page.read_text(encoding="utf-8").replace(
        "</head>", f"<style>{UPPER_PART}</style></head>"
    )
    page.write_text(html, encoding="utf-8")
    return page


def solution_of(name: str) -> dict[str, Any]:
    """The complete notebook, with each source as one string."""
    path = ROOT / "notebooks" / "solutions" / f"{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def cells_by_exercise(notebook: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The cells that learners fill."""
    ours = [(c, c["metadata"].get("dlcourse", {})) for c in notebook["cells"]]
    return {o["exercise"]: c for c, o in ours if o.get("role") == "blank"}


def run(
    module: str,
    *arguments: object,
    allowed: tuple[int, ...] = (0,),
    environment: dict[str, str] | None = None,
) -> None:
    """Run a module of this checkout."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **(environment or {})}, check=False)
    if done.returncode not in allowed:
        raise SystemExit(f"{module} ended with {done.returncode}")


def settings(folder: Path) -> dict[str, str]:
    """Environment in which this checkout is used and nobody's progress is touched."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return {"DLCOURSE_HOME": str(folder / "home"), "DLCOURSE_SCALE": "quick", "PYTHONPATH": path}


def photograph(page: Path, target: Path, width: int) -> None:
    """Take a picture of a page, without the empty space around it.

    Args:
        page: HTML file.
        target: PNG file.
        width: Of the window, in pixels of the page.
    """
    raw = page.with_suffix(".png")
    command = [
        browser(), "--headless", "--disable-gpu", "--hide-scrollbars", "--mute-audio",
        f"--force-device-scale-factor={SCALE}", f"--window-size={width},{TALLEST}",
        f"--screenshot={raw}", f"--user-data-dir={page.parent / 'profile'}", page.as_uri(),
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # as in a container: Chromium insists
        command.insert(1, "--no-sandbox")
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    picture = Image.open(raw).convert("RGB")
    picture = picture.crop(_content(picture))
    # few colours: the file stays small, and text on a plain ground does not suffer
    picture.quantize(128).save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {picture.width} x {picture.height}")


def browser() -> str:
    """The browser's program."""
    names = [os.environ["BROWSER_PROGRAM"]] if "BROWSER_PROGRAM" in os.environ else BROWSERS
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit(f"none of {', '.join(names)} is installed")
    return found


def _content(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box that holds everything that differs from the corner, with a margin."""
    pixels = np.asarray(picture).astype(int)
    differs = np.abs(pixels - pixels[-1, 0]).max(axis=2) > 8
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    edge = round(MARGIN * SCALE)
    return (
        max(0, columns[0] - edge), max(0, rows[0] - edge),
        min(picture.width, columns[-1] + edge), min(picture.height, rows[-1] + edge),
    )  # fmt: skip


if __name__ == "__main__":
    main()
