"""What the tests of the batch normalization layer look at, on the learner's side."""

from dlcourse.grading import helper


@helper
def after_steps(layer, batches, gamma=None, beta=None):
    """Outputs of the last of some training steps, and the running statistics, to three decimals."""
    layer.build(batches[0].shape)
    if gamma is not None:
        layer.gamma.assign(gamma)
        layer.beta.assign(beta)
    for batch in batches:
        outputs = layer(batch, training=True)
    # the same formula in another order is another last digit
    results = outputs, layer.moving_mean, layer.moving_variance
    return [result.numpy().round(3) for result in results]


@helper
def in_half_precision(layer, batch):
    """Type of the outputs, whether they are wrong, and the running mean to one decimal."""
    layer.build(batch.shape)
    outputs = layer(batch, training=True).numpy()
    wide = batch.astype("float64")
    expected = (wide - wide.mean(axis=0)) / (wide.var(axis=0) + 1e-3) ** 0.5
    return (
        outputs.dtype.name,
        bool(abs(outputs - expected).max() > 0.03),
        layer.moving_mean.numpy().round(1),
    )


@helper
def prediction(layer, inputs, gamma, beta, mean, variance):
    """Outputs without training, with given weights, and the running mean after it."""
    layer.build(inputs.shape)
    for name, value in zip(
        ("gamma", "beta", "moving_mean", "moving_variance"), (gamma, beta, mean, variance)
    ):
        getattr(layer, name).assign(value)
    results = layer(inputs), layer(inputs[:1], training=False), layer.moving_mean
    return [result.numpy().round(3) for result in results]


@helper
def sizes_of_weights(layer, units):
    """Shapes of what learns and of what does not."""
    layer.build((None, units))
    learns, rests = layer.trainable_weights, layer.non_trainable_weights
    return [tuple(w.shape) for w in learns], [tuple(w.shape) for w in rests]


@helper
def gradients_in_training(layer, Z, gamma, weights):
    """Gradients of Σ weights · outputs with respect to Z, gamma and beta: steps of length 1."""
    import keras  # noqa: PLC0415 - a helper travels as source
    import numpy as np  # noqa: PLC0415

    layer.build(Z.shape)
    # the kernel of a Dense layer whose inputs are the identity is what comes out of it
    before = keras.layers.Dense(Z.shape[1], use_bias=False)
    model = keras.Sequential([keras.Input((len(Z),)), before, layer])
    before.kernel.assign(Z)
    layer.gamma.assign(gamma)
    watched = before.kernel, layer.gamma, layer.beta
    start = [w.numpy() for w in watched]
    model.compile(
        keras.optimizers.SGD(1.0), lambda y, out: keras.ops.sum(y * out), run_eagerly=True
    )
    model.train_on_batch(np.eye(len(Z), dtype="float32"), weights)
    return [(a - w.numpy()).round(3) for a, w in zip(start, watched)]


@helper
def through_a_file(layer, batch):
    """What the layer predicts, and what it predicts and keeps when it is loaded from a file."""
    import tempfile  # noqa: PLC0415
    import warnings  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    import keras  # noqa: PLC0415

    start = keras.Input(batch.shape[1:])
    model = keras.Model(start, layer(start))
    model(batch, training=True)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Keras's own, about NumPy 2
        path = str(Path(folder) / "model.keras")
        model.save(path)
        own = {type(layer).__name__: type(layer)}
        loaded = keras.models.load_model(path, custom_objects=own)
    outputs = model(batch), loaded(batch)
    loaded(batch, training=True)
    results = *outputs, loaded.layers[-1].moving_mean
    return [result.numpy().round(3) for result in results]
