"""The page about the data sets lists every loader and nothing else."""

import re
from pathlib import Path

from dlcourse import datasets

PAGE = (Path(datasets.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_the_page_names_every_function():
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert set(datasets.__all__) <= named


def test_the_page_names_no_loader_that_is_not_there():
    first_cells = re.findall(r"^\| (`.*?) \|", PAGE, re.M)
    loaders = {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}
    assert len(loaders) > 10 and loaders <= set(datasets.__all__)
