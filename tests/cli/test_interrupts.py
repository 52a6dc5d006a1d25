import signal
import threading

import pytest

from dlcourse.cli.interrupts import Carrier, interruptible


def press():
    signal.raise_signal(signal.SIGINT)


def test_without_ctrl_c_nothing_happens():
    before = signal.getsignal(signal.SIGINT)
    with interruptible() as pressed:
        assert not pressed()
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_that_was_swallowed_ends_it_all_the_same():
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), interruptible() as pressed:
        with pytest.raises(KeyboardInterrupt):
            press()
        assert pressed()
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_that_ctrl_c_led_to_is_not_taken_for_a_defect():
    with pytest.raises(KeyboardInterrupt), interruptible():
        with pytest.raises(KeyboardInterrupt):
            press()
        raise RuntimeError("no tests were run")


def test_other_errors_stay_what_they_are():
    with pytest.raises(ZeroDivisionError), interruptible():
        raise ZeroDivisionError


def test_it_can_be_used_outside_the_main_thread():
    found = []

    def work():
        with interruptible() as pressed:
            found.append(pressed())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [False]


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
