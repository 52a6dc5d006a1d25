"""What holds for all tests: no windows, no chatter, no deadlines on a busy machine."""

import os

import hypothesis
import numpy  # noqa: F401 (the limit below holds for libraries that are loaded)
import threadpoolctl

# before anything imports them; an explicit choice of the caller's stands
os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# two workers on two cores: a second thread for each small product would only wait
threadpoolctl.threadpool_limits(1, user_api="blas")

hypothesis.settings.register_profile("shared machine", deadline=None)
hypothesis.settings.load_profile("shared machine")
