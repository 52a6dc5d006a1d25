"""Batch normalization and softmax: steadier layers, and a choice of many."""

from dlcourse.exercises.c2w3 import (
    batch_norm_backward,
    batch_norm_forward,
    batch_norm_layer,
    batch_norm_prediction,
    dropout_layer,
    mlp_variants,
    softmax_losses,
    softmax_probabilities,
)

NOTEBOOK = "11_c2w3_batch_norm_and_softmax"
PROVIDES = ()
BACKEND = "keras"

# in the order of the notebook
BatchNormForward = batch_norm_forward.BatchNormForward
BatchNormBackward = batch_norm_backward.BatchNormBackward
UpdateRunning = batch_norm_prediction.UpdateRunning
BatchNormInference = batch_norm_prediction.BatchNormInference
FoldBatchNorm = batch_norm_prediction.FoldBatchNorm
Softmax = softmax_probabilities.Softmax
CrossEntropy = softmax_losses.CrossEntropy
SoftmaxCrossEntropy = softmax_losses.SoftmaxCrossEntropy
TwoClasses = softmax_probabilities.TwoClasses
BatchNormalization = batch_norm_layer.BatchNormalization
InvertedDropout = dropout_layer.InvertedDropout
BuildMnistMlp = mlp_variants.BuildMnistMlp
