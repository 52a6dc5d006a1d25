from dlcourse.progress import Progress


def line(result, name):
    return next(x for x in result.output.splitlines() if name in x)


def test_nothing_yet(run, own):
    result = run("progress", "--exercises", own)
    assert result.exit_code == 0
    assert "0 of 3" in line(result, "90_shop_sums")
    assert "Next: mean_and_spread in 00_start_here.ipynb" in result.output
    assert max(map(len, result.output.splitlines())) <= 80


def test_what_has_passed_is_counted(run, own):
    Progress().record("shop_sums", "total", True, 2.0)
    Progress().record("shop_sums", "discount", False, 1.5)
    Progress().record("shop_sums", "no longer there", True, 9.0)
    found = line(run("progress", "--exercises", own), "90_shop_sums")
    assert "1 of 3" in found
    assert "3.5 of 6" in found
