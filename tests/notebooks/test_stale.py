"""The generated notebooks are what their sources give."""

from pathlib import Path

from dlcourse.authoring import build

ROOT = Path(__file__).parent.parent.parent


def test_generated_files_agree_with_their_sources():
    report = build(ROOT, check=True)
    names = [str(path.relative_to(ROOT)) for path in report.stale]
    assert report.problems == []
    assert names == [], "run `dlcourse build`"
