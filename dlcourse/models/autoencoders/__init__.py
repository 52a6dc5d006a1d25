"""Networks that learn to repeat their input through a code: one kind per module."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "build_convolutional_autoencoder": "convolutional",
    "build_decoder": "halves",
    "build_deep_autoencoder": "deep",
    "build_denoising_autoencoder": "denoising",
    "build_encoder": "halves",
    "build_linear_autoencoder": "linear",
    "build_sparse_autoencoder": "sparse",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
