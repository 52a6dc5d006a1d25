"""A noisy module is imported in silence, and the stream works again afterwards."""

import os
import sys

import pytest

import dlcourse
from dlcourse.quiet import import_quietly

NOISY = """
import os
os.write(2, b"greetings from below")
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Write a module that may be imported; it is forgotten afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "noisy_module", raising=False)

    def write(text):
        (tmp_path / "noisy_module.py").write_text(text)

    yield write
    sys.modules.pop("noisy_module", None)


def test_nothing_is_heard(module, capfd):
    module(NOISY)
    assert import_quietly("noisy_module")
    assert "noisy_module" in sys.modules
    os.write(2, b"afterwards")
    assert capfd.readouterr().err == "afterwards"


def test_errors_are_raised_and_the_stream_comes_back(module, capfd):
    module("raise ValueError('broken')")
    with pytest.raises(ValueError, match="broken"):
        import_quietly("noisy_module")
    os.write(2, b"afterwards")
    assert capfd.readouterr().err == "afterwards"


def test_what_is_missing_is_left_to_whoever_needs_it():
    assert not import_quietly("no_such_module_anywhere")


def test_no_file_stays_open(module):
    module(NOISY)
    before = os.dup(0)
    os.close(before)
    import_quietly("noisy_module")
    after = os.dup(0)
    os.close(after)
    assert after == before


def test_a_lesson_that_needs_keras_says_how_to_get_it(monkeypatch):
    from dlcourse import notebook

    monkeypatch.setattr(notebook, "import_quietly", lambda name: False)
    with pytest.raises(ModuleNotFoundError, match="pip install tensorflow keras"):
        dlcourse.lesson("c1w1_from_one_neuron")
