"""How many parameters a network has, without giving any of them memory."""

import keras

__all__ = ["count_parameters"]


def count_parameters(build, *arguments, **settings):
    """Parameters of the model that `build` makes, trainable or not.

    Args:
        build: function that returns a `keras.Model`.
        *arguments: of build.
        **settings: of build.

    Returns:
        int.
    """
    # in such a scope a variable knows its shape, and its value waits for the end of the scope
    with keras.StatelessScope(initialize_variables=False):
        count = build(*arguments, **settings).count_params()
    keras.utils.clear_session()  # or the next scope that ends would make them after all
    return count
