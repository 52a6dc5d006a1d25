"""Exercises of c2w2: the averages that momentum and Adam begin with."""

import numpy as np
import pytest

from dlcourse.exercises.c2w2.oracle import SHAPES, random_parameters
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import classic_adaptive, classic_descent

__all__ = ["InitializeAdam", "InitializeVelocity"]

NETWORKS = [SHAPES, {"W1": (1, 5), "b1": (1, 1)}, {**SHAPES, "W3": (4, 2), "b3": (4, 1)}]


def zeros(shapes):
    return {f"d{name}": np.zeros(shape) for name, shape in shapes.items()}


def filled(parameters, number=0.0, prefix="d"):
    return {f"{prefix}{name}": np.full_like(value, number) for name, value in parameters.items()}


@exercise(points=1, reference=classic_descent.initialize_velocity, may_be=("returns_zeros",))
class InitializeVelocity:
    """The velocity before the first step: zeros beside every parameter."""

    hints = (
        "One array per parameter, in its shape. What is the name of the thing that is averaged?",
        'v["dW1"] = zeros in the shape of W1, v["db1"] = zeros in the shape of b1, and so on.',
        '`return {"d" + name: np.zeros_like(value) for name, value in parameters.items()}`',
    )

    @pytest.mark.parametrize("shapes", NETWORKS, ids=["two layers", "one layer", "three layers"])
    def test_zeros(self, initialize_velocity, rng, shapes):
        """Under "d" + name there are zeros in the shape of every parameter."""
        assert_close(initialize_velocity(random_parameters(rng, shapes)), zeros(shapes), "v")

    @mistake('The keys are those of the parameters. A velocity averages gradients: "dW1", "db1", …')
    def keys_of_the_parameters(parameters):
        return filled(parameters, prefix="")

    @mistake("The biases have no velocity. They have gradients, so they need one too.")
    def only_weights(parameters):
        return {name: zero for name, zero in filled(parameters).items() if name[1] == "W"}

    @mistake("It starts at one. Nothing has moved yet: zeros.")
    def ones(parameters):
        return filled(parameters, 1.0)

    @mistake("It starts as a copy of the parameters. Take their shapes, not their numbers.")
    def copies(parameters):
        return {f"d{name}": value.copy() for name, value in parameters.items()}

    @mistake("Every velocity is the number 0.0. It must be an array in the shape of its parameter.")
    def numbers(parameters):
        return {f"d{name}": 0.0 for name in parameters}

    @mistake(
        "Rows and columns are swapped: the shape of W is (n, n_prev), and so is that of its zeros."
    )
    def transposed(parameters):
        return {f"d{name}": np.zeros(value.T.shape) for name, value in parameters.items()}

    @mistake("The last layer is missing: layers 1 to L are range(1, L + 1).")
    def last_layer_forgotten(parameters):
        last = str(len(parameters) // 2)
        return {n: z for n, z in filled(parameters).items() if n[2:] != last}


@exercise(points=1, reference=classic_adaptive.initialize_adam, may_be=("returns_zeros",))
class InitializeAdam:
    """The two averages of Adam before the first step."""

    hints = (
        "Adam remembers what momentum remembers, and what RMSprop remembers.",
        'v["dW1"] and s["dW1"] are zeros in the shape of W1, and so on; return both.',
        "`return initialize_velocity(parameters), initialize_velocity(parameters)`",
    )

    @pytest.mark.parametrize("shapes", NETWORKS, ids=["two layers", "one layer", "three layers"])
    def test_zeros(self, initialize_adam, rng, shapes):
        """Two dictionaries, v and s, each with zeros in the shape of every parameter."""
        result = initialize_adam(random_parameters(rng, shapes))
        assert_close(result, (zeros(shapes), zeros(shapes)), "(v, s)")

    @mistake("Only one of the two averages is returned. Adam needs v and s.")
    def only_v(parameters):
        return filled(parameters)

    @mistake('The keys are those of the parameters. Gradients are averaged: "dW1", "db1", …')
    def keys_of_the_parameters(parameters):
        return filled(parameters, prefix=""), filled(parameters, prefix="")

    @mistake(
        "s starts at one, perhaps for fear of dividing by zero. ε takes care of that, and the bias "
        "correction is only right for a start at zero."
    )
    def ones_in_s(parameters):
        return filled(parameters), filled(parameters, 1.0)

    @mistake("The biases have no averages. They have gradients, so they need them too.")
    def only_weights(parameters):
        kept = {name: zero for name, zero in filled(parameters).items() if name[1] == "W"}
        return kept, dict(kept)

    @mistake("The last layer is missing: layers 1 to L are range(1, L + 1).")
    def last_layer_forgotten(parameters):
        last = str(len(parameters) // 2)
        kept = {n: z for n, z in filled(parameters).items() if n[2:] != last}
        return kept, dict(kept)

    @mistake("The averages are numbers. They must be arrays in the shape of their parameters.")
    def numbers(parameters):
        return {f"d{n}": 0.0 for n in parameters}, {f"d{n}": 0.0 for n in parameters}
