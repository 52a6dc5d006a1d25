from dlcourse.progress import Progress


def test_before_passing_it_stays_hidden(run, own):
    result = run("solution", "90", "total", "--exercises", own)
    assert result.exit_code == 1
    assert "has not passed yet" in result.stderr
    assert "dlcourse hint 90 total" in result.stderr
    assert "return" not in result.output


def test_after_passing_it_is_shown(run, own, notebook):
    assert run("check", notebook(discount="blank"), "--exercises", own).exit_code == 1
    result = run("solution", "90", "total", "--exercises", own)
    assert result.exit_code == 0
    assert result.stdout == "def total(prices):\n    return prices.sum()\n"
    assert run("solution", "90", "discount", "--exercises", own).exit_code == 1


def test_the_course_shows_the_cell_of_its_own_notebook(run, monkeypatch):
    monkeypatch.setattr("dlcourse.course.solution_source", lambda lesson, name: f"# {name}")
    Progress().record("start_here", "mean_and_spread", True, 1.0)
    assert run("solution", "00", "mean_and_spread").stdout == "# mean_and_spread\n"
