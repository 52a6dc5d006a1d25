"""NumPy for deep learning: vectorization, shapes and broadcasting."""

from dlcourse.exercises.c1w2 import (
    broadcasting,
    columns,
    losses,
    rows,
    sigmoid,
)

NOTEBOOK = "02_c1w2_numpy_basics"
PROVIDES = ()
BACKEND = "numpy"

# in the order of the notebook
BasicSigmoid = sigmoid.BasicSigmoid
Sigmoid = sigmoid.Sigmoid
SigmoidDerivative = sigmoid.SigmoidDerivative
Dot = columns.Dot
Image2Vector = columns.Image2Vector
AsColumn = columns.AsColumn
BroadcastShape = broadcasting.BroadcastShape
PercentOfTotal = broadcasting.PercentOfTotal
NormalizeRows = rows.NormalizeRows
Softmax = rows.Softmax
L1 = losses.L1
L2 = losses.L2
