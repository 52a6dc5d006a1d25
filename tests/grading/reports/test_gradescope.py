import json

from dlcourse.grading.reports.gradescope import gradescope_json, gradescope_record

TOP = {
    "score", "execution_time", "output", "output_format", "visibility", "stdout_visibility",
    "extra_data", "tests",
}  # fmt: skip
CASE = {
    "number", "name", "name_format", "score", "max_score", "status", "output", "output_format",
    "tags", "visibility",
}  # fmt: skip


def test_only_keys_of_the_schema(every_status):
    record = gradescope_record(every_status)
    assert set(record) == TOP
    assert all(set(case) == CASE for case in record["tests"])


def test_scores_and_statuses(every_status):
    record = gradescope_record(every_status)
    assert record["score"] == 6.0
    assert [c["score"] for c in record["tests"]] == [1, 0, 1.5, 1.5, 1, 1]
    assert sum(c["max_score"] for c in record["tests"]) == 12
    statuses = [c["status"] for c in record["tests"]]
    assert statuses == ["passed", "failed", "failed", "failed", "failed", "failed"]


def test_the_learner_reads_why(every_status):
    output = [c["output"] for c in gradescope_record(every_status)["tests"]]
    assert "do not divide by `m`" in output[2]
    assert "largest difference 3.2" in output[2]
    assert "could not be broadcast" in output[3]
    assert "It ran longer than 10 seconds." in output[4]


def test_misconceptions_are_tags(every_status):
    tags = [c["tags"] for c in gradescope_record(every_status)["tests"]]
    assert tags[2] == ["failed", "forgot_to_average"]
    assert tags[1] == ["not attempted"]


def test_notes_and_seed_are_told(every_status):
    output = gradescope_record(every_status)["output"]
    assert "several code cells" in output
    assert "seed 20261" in output


def test_nothing_of_the_learners_is_markup(hostile):
    record = json.loads(gradescope_json(hostile))
    cases = record["tests"]
    assert {record["output_format"], *(c["output_format"] for c in cases)} == {"text"}
    assert {c["name_format"] for c in cases} == {"text"}
    assert "\x1b" not in json.dumps(record, ensure_ascii=False)


def test_an_unreadable_notebook_earns_nothing(unreadable):
    record = gradescope_record(unreadable)
    assert record["score"] == 0
    assert record["tests"] == []
    assert "is not a notebook" in record["output"]
