from dlcourse.progress import Progress

HINTS = ["Which function adds?", "The sum over all i of p[i].", "return prices.sum()"]


def test_each_time_one_more(run, own):
    for number in (1, 2, 3, 3):
        result = run("hint", "90", "total", "--exercises", own)
        assert result.exit_code == 0
        shown = [hint for hint in HINTS if hint in result.output]
        assert shown == HINTS[:number]
        assert ("That was the last hint." in result.output) == (number == 3)
    assert Progress().hints_shown("shop_sums", "total") == 3


def test_hints_of_one_exercise_leave_those_of_another(run, own):
    run("hint", "90", "total", "--exercises", own)
    result = run("hint", "shop_sums", "discount", "--exercises", own)
    assert "Hint 1 of 3: What is left?" in result.output
    assert "Hint 2" not in result.output


def test_an_unknown_exercise_is_answered_with_those_that_exist(run, own):
    result = run("hint", "90", "quiz", "--exercises", own)
    assert result.exit_code == 2
    assert "it has total, discount" in result.stderr


def test_a_damaged_store_is_set_aside_with_a_sentence(run, own, home):
    home.mkdir()
    (home / "progress.json").write_text("{")
    result = run("hint", "90", "total", "--exercises", own)
    assert result.exit_code == 0
    assert "Hint 1 of 3" in result.stdout
    assert "Note: your progress could not be read" in result.stderr
