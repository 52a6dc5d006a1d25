"""From one source per notebook to the learner's version and the complete one.

`build` writes (or compares) everything under `notebooks/`; `reset_blank` gives a learner one blank
back.
"""

from dlcourse.authoring.build import BuildReport, build
from dlcourse.authoring.reset import reset_blank

__all__ = ["BuildReport", "build", "reset_blank"]
