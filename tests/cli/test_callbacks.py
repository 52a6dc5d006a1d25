import pytest

from dlcourse.cli.callbacks import Carrier


@pytest.mark.parametrize("error", [ZeroDivisionError, SystemExit])
def test_an_error_of_a_callback_waits_and_ends_the_calls(error):
    called = []

    def callback(value):
        called.append(value)
        if value == 2:
            raise error

    carrier = Carrier(callback)
    for value in (1, 2, 3):
        carrier(value)
    assert called == [1, 2]
    with pytest.raises(error):
        carrier.deliver()


def test_a_callback_without_an_error_delivers_none():
    carrier = Carrier(lambda value: None)
    carrier(1)
    carrier.deliver()


def test_ctrl_c_does_not_wait():
    def callback(value):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Carrier(callback)(1)
