"""An image classifier: two layers against L layers, and a look at the errors."""

from dlcourse.exercises.c1w4 import images, quiz, training

NOTEBOOK = "06_c1w4_image_classifier"
PROVIDES = ("dlcourse.scratch.activations", "dlcourse.scratch.dense")
QUIZ = quiz.QUIZ

# in the order of the notebook
PreprocessImages = images.PreprocessImages
TwoLayerModel = training.TwoLayerModel
Predict = images.Predict
LLayerModel = training.LLayerModel
MislabelledExamples = images.MislabelledExamples
