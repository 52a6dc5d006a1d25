"""An image classifier: two layers against L layers, and a look at the errors."""

from dlcourse.exercises import _c1w4_images, _c1w4_quiz, _c1w4_training

NOTEBOOK = "06_c1w4_image_classifier"
PROVIDES = ("dlcourse.scratch.activations", "dlcourse.scratch.dense")
QUIZ = _c1w4_quiz.QUIZ

# in the order of the notebook
PreprocessImages = _c1w4_images.PreprocessImages
TwoLayerModel = _c1w4_training.TwoLayerModel
Predict = _c1w4_images.Predict
LLayerModel = _c1w4_training.LLayerModel
MislabelledExamples = _c1w4_images.MislabelledExamples
