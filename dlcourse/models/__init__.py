"""Functions that return a `keras.Model`, and nothing else."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    # perceptrons and multi-layer perceptrons
    "build_logistic_regression": "perceptron",
    "build_mlp": "mlp",
    "build_mnist_mlp": "mnist_mlp",
    "build_perceptron": "perceptron",
    "build_softmax_regression": "perceptron",
    "build_tiny_yolo": "yolo",
    # plain convolutional networks
    "build_alexnet": "alexnet",
    "build_course_lenet": "lenet",
    "build_lenet5": "lenet",
    "build_vgg16": "vgg",
    "build_vgg19": "vgg",
    # residual, Inception and mobile networks
    "build_efficientnet": "efficientnet",
    "build_googlenet": "googlenet",
    "build_mobilenet_v1": "mobilenet_v1",
    "build_mobilenet_v2": "mobilenet_v2",
    "build_resnet": "resnet",
    "transplant_weights": "pretrained_weights",
    # sequence to sequence
    "build_encoder_decoder": "encoder_decoder",
    "build_transformer": "transformer",
    # language models, and texts in classes
    "build_averaged_sentiment": "sentiment",
    "build_character_language_model": "character_language_model",
    "build_deep_sentiment": "sentiment",
    "build_lstm_sentiment": "sentiment",
    "build_sequence_generator": "sequence_generator",
    "build_step_model": "character_language_model",
    "build_tfidf_classifier": "text_classifiers",
    "build_word_vector_classifier": "text_classifiers",
    # audio
    "build_trigger_word": "trigger_word",
    # segmentation
    "build_unet": "unet",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
