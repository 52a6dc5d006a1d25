"""NumPy for deep learning: vectorization, shapes and broadcasting."""

from dlcourse.exercises import (
    _c1w2_broadcasting,
    _c1w2_columns,
    _c1w2_losses,
    _c1w2_rows,
    _c1w2_sigmoid,
)

NOTEBOOK = "02_c1w2_numpy_basics"
PROVIDES = ()
BACKEND = "numpy"

# in the order of the notebook
BasicSigmoid = _c1w2_sigmoid.BasicSigmoid
Sigmoid = _c1w2_sigmoid.Sigmoid
SigmoidDerivative = _c1w2_sigmoid.SigmoidDerivative
Dot = _c1w2_columns.Dot
Image2Vector = _c1w2_columns.Image2Vector
AsColumn = _c1w2_columns.AsColumn
BroadcastShape = _c1w2_broadcasting.BroadcastShape
PercentOfTotal = _c1w2_broadcasting.PercentOfTotal
NormalizeRows = _c1w2_rows.NormalizeRows
Softmax = _c1w2_rows.Softmax
L1 = _c1w2_losses.L1
L2 = _c1w2_losses.L2
