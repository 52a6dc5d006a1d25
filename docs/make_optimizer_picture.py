"""Makes the picture of the optimizers in README.md again.

    python docs/make_optimizer_picture.py

Needs nothing but dlcourse: the same races as in notebook 10, run by the optimizers of the library.
"""

from pathlib import Path

import matplotlib

matplotlib.use("agg")

from dlcourse import plotting
from dlcourse.scratch.races import RACES
from dlcourse.scratch.surfaces import SURFACES
from dlcourse.scratch.trajectories import trajectory

PICTURE = Path(__file__).parent / "optimizers.png"
STEPS = 150
DPI = 90


def race_panels():
    """Draw up every race as a panel, in the order of the notebook."""
    panels = {}
    for name, race in RACES.items():
        surface = SURFACES[name]
        paths = {
            optimizer: trajectory(name, optimizer, race.start, STEPS, **hyperparameters)
            for optimizer, hyperparameters in race.hyperparameters.items()
        }
        panels[race.title] = plotting.PathPanel(
            surface.height, paths, race.x_range, race.y_range, tuple(surface.minima)
        )
    return panels


if __name__ == "__main__":
    figure = plotting.optimizer_paths(race_panels())
    figure.savefig(PICTURE, dpi=DPI, metadata={"Software": None})
