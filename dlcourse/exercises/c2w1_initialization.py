"""Initialization and normalisation: a good start for inputs and weights."""

from dlcourse.exercises.c2w1 import (
    initial_networks,
    input_normalization,
    signal_measurement,
    weight_draws,
)

NOTEBOOK = "07_c2w1_initialization"
PROVIDES = ()
BACKEND = "numpy"

# in the order of the notebook
FitNormalizer = input_normalization.FitNormalizer
Normalize = input_normalization.Normalize
InitializeParametersZeros = initial_networks.InitializeParametersZeros
InitializeParametersRandom = initial_networks.InitializeParametersRandom
SignalSizes = signal_measurement.SignalSizes
UniformByFanIn = weight_draws.UniformByFanIn
GlorotNormal = weight_draws.GlorotNormal
GlorotUniform = weight_draws.GlorotUniform
InitializeParametersHe = initial_networks.InitializeParametersHe
HeUniform = weight_draws.HeUniform
GradientSizes = signal_measurement.GradientSizes
