"""What holds for all tests: no windows, no chatter, no deadlines on a busy machine."""

import gc
import os
import signal

import hypothesis
import numpy  # noqa: F401 (the limit below holds for libraries that are loaded)
import threadpoolctl

# before anything imports them; an explicit choice of the caller's stands
os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# seconds; a test that waits for ever fails and says where. Not in pyproject.toml, which also holds
# where notebooks are checked without pytest-timeout
os.environ.setdefault("PYTEST_TIMEOUT", "900")

# In the background of a script Ctrl-C is ignored, also by every process that is started there; some
# tests start one in order to interrupt it.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# two workers on two cores: a second thread for each small product would only wait
threadpoolctl.threadpool_limits(1, user_api="blas")

# Keras and TensorFlow leave a million objects that stay. The collector would go through them again
# and again, for a sixth of the time of a run, and find nothing; so it waits for more that is new.
gc.set_threshold(50_000, 20, 20)

# The quick one is for each change, with the same examples each time, so that a change is judged and
# not a draw; the other, `--hypothesis-profile thorough`, draws anew and is for the day before a
# release. Deadlines would only tell how busy the machine is.
hypothesis.settings.register_profile("quick", deadline=None, max_examples=25, derandomize=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=500)
hypothesis.settings.load_profile("quick")


def pytest_terminal_summary(terminalreporter):
    """Print which layers keep their contract on which backends, if that was tested."""
    reports = [r for kind in ("passed", "failed") for r in terminalreporter.stats.get(kind, [])]
    counts = dict(
        value for r in reports for name, value in r.user_properties if name == "layer contract"
    )
    if counts:
        from tests.layers.table import lines

        terminalreporter.section("layers: checks of the contract that hold")
        for line in lines(counts):
            terminalreporter.write_line(line)
