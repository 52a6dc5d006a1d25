import json
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

from dlcourse.grading.reports import write_reports


def test_everything_is_there_for_two_hundred(classroom, tmp_path):
    results = classroom(200)
    written = write_reports(results, tmp_path / "out")
    assert sorted(written) == ["class", "gradebook", "gradescope", "learners"]
    assert all(path.exists() for path in written.values())
    assert len(list(written["learners"].glob("*.html"))) == 200
    records = [json.loads(p.read_text()) for p in written["gradescope"].glob("*/results.json")]
    assert sorted(r["score"] for r in records) == sorted(r.score for r in results)


def test_hostile_names_stay_in_the_folder(every_status, hostile, unreadable, tmp_path):
    names = ["../../x", "/etc/passwd", "a\0b", "..", "x" * 300, "CON", "é", "e\u0301", "X", "x"]
    results = [replace(every_status, learner=name) for name in names]
    out = tmp_path / "deep" / "out"
    written = write_reports([*results, hostile, unreadable], out)
    assert [p.name for p in tmp_path.rglob("*") if not p.is_relative_to(out.parent)] == []
    assert len(list(written["learners"].iterdir())) == len(names) + 2
    assert len(list(written["gradescope"].iterdir())) == len(names) + 2


def test_every_link_of_the_class_page_leads_somewhere(classroom, hostile, tmp_path):
    targets = []

    class Links(HTMLParser):
        def handle_starttag(self, tag, attributes):
            targets.extend(value for key, value in attributes if key == "href")

    written = write_reports([*classroom(20), hostile], tmp_path)
    Links().feed(written["class"].read_text(encoding="utf-8"))
    assert len(targets) > 20
    assert all((tmp_path / unquote(target)).is_file() for target in targets)


def test_the_order_of_the_results_changes_nothing(classroom, tmp_path):
    results = classroom(12)
    write_reports(results, tmp_path / "a")
    write_reports(results[::-1], tmp_path / "b")
    for one in (p for p in (tmp_path / "a").rglob("*") if p.is_file()):
        other = tmp_path / "b" / one.relative_to(tmp_path / "a")
        assert one.read_bytes() == other.read_bytes()


def test_a_second_run_replaces_the_first(every_status, tmp_path):
    write_reports([every_status], tmp_path)
    written = write_reports([replace(every_status, exercises=())], tmp_path)
    assert "propagate" not in written["gradebook"].read_text(encoding="utf-8").splitlines()[0]
    assert not list(tmp_path.rglob("*.tmp"))


def test_two_lessons_of_one_learner_have_a_page_each(every_status, tmp_path):
    results = [every_status, replace(every_status, lesson="c1w3_shallow")]
    written = write_reports(results, tmp_path)
    names = sorted(p.stem for p in written["learners"].iterdir())
    assert names == ["Zoë-Müller-c1w2_logistic_regression", "Zoë-Müller-c1w3_shallow"]


def test_an_empty_class(tmp_path):
    written = write_reports([], tmp_path)
    assert written["class"].is_file()
