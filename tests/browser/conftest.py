"""A JupyterLab on a copy of some notebooks, and a browser that works in it as a learner does."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import nbformat
import psutil
import pytest

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = ROOT / "notebooks"
SECONDS = 120  # for anything to appear; a busy machine, not a slow program, comes near it
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook"
OPTIONS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic "
    "--no-first-run --disable-background-networking --disable-component-update --disable-sync "
    "--window-size=1300,1400"
).split()


@pytest.fixture(scope="session")
def programs() -> tuple[str, str]:
    """Paths of the browser and of its driver; skips where one of the needed things is missing."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next((path for name in names if (path := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    needed = {
        "Chromium": browser,
        "chromedriver": driver,
        "jupyterlab": find_spec("jupyterlab"),
        "selenium": find_spec("selenium"),
    }
    missing = [name for name, found in needed.items() if not found]
    if missing:
        pytest.skip(f"the browser tests need {', '.join(missing)}")
    return browser, driver


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory) -> Path:
    """A copy of the notebooks: learners write into theirs."""
    folder = tmp_path_factory.mktemp("lab") / "notebooks"
    shutil.copytree(NOTEBOOKS, folder)
    return folder


@pytest.fixture(scope="session")
def address(programs, lab_folder):
    """Where a JupyterLab of our own answers; it and all its kernels end with the tests."""
    from selenium.webdriver.support.ui import WebDriverWait

    home = lab_folder.parent
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
               "--ip=127.0.0.1", "--port=0", "--IdentityProvider.token="]  # fmt: skip
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=lab_folder, env=_environment(home), stdout=log, stderr=log
        )
    try:
        yield WebDriverWait(server, SECONDS).until(lambda server: _address(server, home))
    finally:
        _end(server.pid)
        server.wait()


@pytest.fixture
def lab(programs, address, lab_folder, tmp_path):
    """The browser; what it shows at the end is kept as `last.png`."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location, driver_path = programs
    for option in (*OPTIONS, f"--user-data-dir={tmp_path / 'browser'}"):
        options.add_argument(option)
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    try:
        yield Lab(driver, address, lab_folder)
        driver.save_screenshot(str(tmp_path / "last.png"))
    finally:
        driver.quit()


class Lab:
    """What a learner does in JupyterLab: open, run, write, look.

    Args:
        driver: The browser.
        address: Of the server.
        folder: Where the server's notebooks lie.
    """

    def __init__(self, driver, address: str, folder: Path) -> None:
        self.driver, self._address, self._folder = driver, address, folder
        self.notebook = nbformat.v4.new_notebook()

    def open(self, name: str) -> None:
        """Open a notebook and wait for its kernel."""
        self.notebook = nbformat.read(self._folder / name, as_version=4)
        self.driver.get(f"{self._address}lab/tree/{name}?reset")
        cells, count = f"{PANEL} .jp-Cell", len(self.notebook.cells)
        self.wait(lambda: len(self._all(cells)) == count, f"the {count} cells of {name}")
        # what is run before the kernel has answered is lost; the indicator above the notebook says
        # "idle" too early, the status bar only then
        self.wait(lambda: "| Idle" in self.find("#jp-main-statusbar")[0].text, "an idle kernel")

    def number(self, role: str, exercise: str | None = None) -> int:
        """Which cell has a role, such as "check", in the notebook that is open."""
        wanted = {"role": role} | ({"exercise": exercise} if exercise else {})
        ours = [cell.metadata.get("dlcourse", {}) for cell in self.notebook.cells]
        return next(i for i, o in enumerate(ours) if wanted.items() <= o.items())

    def cell(self, number: int):
        """A cell, scrolled to: JupyterLab fills only those that come near the window."""
        cell = self._all(f"{PANEL} .jp-Cell")[number]
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", cell)
        return cell

    def menu(self, *labels: str) -> None:
        """Choose from the menus."""
        from selenium.common.exceptions import StaleElementReferenceException as Stale

        for place, label in zip((".lm-MenuBar", ".lm-Menu"), labels, strict=True):
            item = partial(self._labelled, f"{place}-itemLabel", label)
            self.wait(item, f"the menu item {label}", ignored=(Stale,)).click()

    def write(self, number: int, source: str) -> None:
        """Replace what a code cell holds, from the keyboard."""
        from selenium.webdriver.common.keys import Keys

        self._editor(number).send_keys(Keys.CONTROL, "a")
        # in one piece: key by key the editor would add its own indents and brackets
        self.driver.execute_cdp_cmd("Input.insertText", {"text": source})

    def run(self, number: int):
        """Run one cell with Shift + Enter.

        Returns:
            The cell, once its output is complete.
        """
        from selenium.webdriver.common.keys import Keys

        before = self._prompt(number)
        self._editor(number).send_keys(Keys.SHIFT, Keys.ENTER)
        changed = partial(self._has_run_since, number, before)
        self.wait(changed, f"cell {number} to finish")
        return self.cell(number)

    def has_run(self, number: int) -> bool:
        """Whether a code cell bears the number that a finished cell gets."""
        return bool(re.search(r"\d", self._prompt(number)))

    def text(self, cell, css: str) -> str:
        """What a part of a cell says, once it is there."""
        return self.find(css, cell)[0].text

    def find(self, css: str, inside=None):
        """The parts of a cell, or of the page, once there are some."""
        return self.wait(partial(self._all, css, inside), css)

    def wait(self, condition, what: str, ignored=()):
        """Wait until a condition holds, and give what it gave; `what` tells what was missing."""
        from selenium.webdriver.support.ui import WebDriverWait

        waiting = WebDriverWait(self.driver, SECONDS, ignored_exceptions=ignored)
        return waiting.until(lambda _: condition(), f"{SECONDS} s were not enough for {what}")

    def _all(self, css: str, inside=None):
        return (inside or self.driver).find_elements("css selector", css)

    def _labelled(self, css: str, text: str):
        shown = [e for e in self._all(css) if e.is_displayed()]
        return next((e for e in shown if e.text.strip().rstrip("…") == text), None)

    def _editor(self, number: int):
        (editor,) = self.find(".cm-content", self.cell(number))
        editor.click()
        return editor

    def _prompt(self, number: int) -> str:
        return self.find(".jp-InputPrompt", self.cell(number))[0].text

    def _has_run_since(self, number: int, prompt: str) -> bool:
        return self.has_run(number) and self._prompt(number) != prompt


def _environment(home: Path) -> dict[str, str]:
    """Nobody's settings, progress or history, and a server that asks no questions."""
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    answer = json.dumps({"fetchNews": "false"})
    (settings / "notification.jupyterlab-settings").write_text(answer)
    ours = {
        "DLCOURSE_HOME": "home",
        "IPYTHONDIR": "ipython",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
    }
    python_path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    # pictures are drawn into the notebook, as for a learner
    kept = {k: v for k, v in os.environ.items() if k != "MPLBACKEND"}
    paths = {name: str(home / folder) for name, folder in ours.items()}
    return kept | paths | {"DLCOURSE_SCALE": "quick", "PYTHONPATH": python_path}


def _address(server: subprocess.Popen, home: Path) -> str | None:
    log = (home / "server.log").read_text()
    assert server.poll() is None, f"JupyterLab ended:\n{log}"
    found = re.search(r"running at:\s.*?(http://127\.0\.0\.1:\d+/)lab", log, re.DOTALL)
    return found and found[1]


def _end(pid: int) -> None:
    """End a process and all that it started: kernels have sessions of their own."""
    server = psutil.Process(pid)
    family = [*server.children(recursive=True), server]
    server.terminate()
    _, alive = psutil.wait_procs(family, timeout=10)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=10)
