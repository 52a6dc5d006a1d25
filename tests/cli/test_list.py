import json

from dlcourse.grading.catalog import all_lessons


def test_lessons_of_the_course_and_of_ones_own(run, own):
    result = run("list", "--exercises", own)
    assert result.exit_code == 0
    for lesson in all_lessons():
        assert lesson.notebook in result.output
    line = next(x for x in result.output.splitlines() if "90_shop_sums" in x)
    assert line.split() == ["90_shop_sums", "2", "6", "Sums", "of", "a", "shop"]
    assert max(map(len, result.output.splitlines())) <= 80


def test_exercises_of_one_lesson(run, own):
    result = run("list", "90", "--exercises", own)
    line = next(x for x in result.output.splitlines() if "total" in x)
    assert line.split() == ["total", "2", "Sum", "of", "all", "prices."]
    assert "a quiz of 1 question, one point each" in result.output


def test_json_is_all_there_is_on_stdout(run, own):
    result = run("list", "shop_sums", "--exercises", own, "--json")
    assert json.loads(result.stdout) == [
        {
            "lesson": "shop_sums",
            "notebook": "90_shop_sums",
            "title": "Sums of a shop.",
            "questions": 1,
            "exercises": [
                {"name": "total", "title": "Sum of all prices.", "points": 2},
                {"name": "discount", "title": "Prices after a discount.", "points": 3},
            ],
        }
    ]


def test_an_unknown_lesson_is_answered_with_those_that_exist(run, own):
    result = run("list", "nowhere", "--exercises", own, "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "there is no lesson 'nowhere'" in result.stderr
    assert "shop_sums" in result.stderr


def test_a_folder_that_is_not_there_is_refused(run, tmp_path):
    result = run("list", "--exercises", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_a_lesson_that_cannot_be_loaded_is_named(run, own):
    (own / "broken.py").write_text("NOTEBOOK = '91'\nimport nothing_of_that_name\n")
    result = run("list", "--exercises", own)
    assert result.exit_code == 2
    assert "broken.py could not be loaded" in result.stderr
    assert "Traceback (most" not in result.stderr
