"""Hyper-parameter tuning: where to look, and what to believe."""

from dlcourse.exercises.c2w3 import (
    search_cross_validation,
    search_halving,
    search_hyper_model,
    search_models,
    search_rate_range,
    search_refined,
    search_scales,
    search_trials,
)

NOTEBOOK = "12_c2w3_tuning"
PROVIDES = ("dlcourse.tuning",)
BACKEND = "keras"

# in the order of the notebook
LogUniform = search_scales.LogUniform
SampleMomentum = search_scales.SampleMomentum
GridSearch = search_trials.GridSearch
RandomSearch = search_trials.RandomSearch
ZoomIn = search_refined.ZoomIn
CoarseToFine = search_refined.CoarseToFine
SuccessiveHalving = search_halving.SuccessiveHalving
RangeTest = search_rate_range.RangeTest
BuildMlp = search_models.BuildMlp
CrossValidate = search_cross_validation.CrossValidate
ReadCv = search_cross_validation.ReadCv
MlpHyperModel = search_hyper_model.MlpHyperModel
