"""What holds for all tests: no windows, no chatter, no deadlines on a busy machine."""

import os

import hypothesis

# before anything imports them; an explicit choice of the caller's stands
os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

hypothesis.settings.register_profile("shared machine", deadline=None)
hypothesis.settings.load_profile("shared machine")
