"""Gradient checking and clipping: trust the gradients, and keep them in bounds."""

from dlcourse.exercises.c2w1 import (
    clipped_gradients,
    differences,
    gradient_checks,
    gradient_quiz,
)

NOTEBOOK = "09_c2w1_gradient_checking"
PROVIDES = ()
BACKEND = "numpy"
QUIZ = gradient_quiz.QUIZ

# in the order of the notebook
TwoSidedDifference = differences.TwoSidedDifference
GradientCheck = differences.GradientCheck
GradientCheckN = gradient_checks.GradientCheckN
WorstComponent = gradient_checks.WorstComponent
ClipByValue = clipped_gradients.ClipByValue
ClipByNorm = clipped_gradients.ClipByNorm
ClipByGlobalNorm = clipped_gradients.ClipByGlobalNorm
