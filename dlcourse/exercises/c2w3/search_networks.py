"""What the tests of the searchable network ask on the learner's side, and the wrong networks."""

from dlcourse.grading import helper


@helper
def forward(build, hidden, weights, X):
    """Parameters, and predictions with given weights, of a model built with some arguments."""
    import keras  # noqa: PLC0415 - a helper travels as source

    model = build((6,), 3, **hidden)
    shapes = [tuple(w.shape) for w in model.get_weights()]
    if shapes != [w.shape for w in weights]:
        return shapes, None
    model.set_weights(weights)
    return shapes, keras.ops.convert_to_numpy(model(X, training=False))


@helper
def share_dropped(build, dropout):
    """Mean output of a model in training, whose hidden units are all 1 and whose weights are 0."""
    import keras  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    model = build((2,), 2, units=2000, dropout=dropout)
    weights = [np.zeros(w.shape) for w in model.get_weights()]
    weights[1][:] = 1.0  # every hidden unit is 1, whatever the input
    weights[2][:, 0] = 1.0 / 2000
    model.set_weights(weights)
    X = np.zeros((64, 2))
    still, noisy = (
        keras.ops.convert_to_numpy(model(X, training=training)) for training in (False, True)
    )
    logits = [np.log(p[:, 0] / p[:, 1]) for p in (still, noisy)]
    return float(np.mean(logits[0])), float(np.std(logits[1])), float(np.mean(logits[1]))


@helper
def judged(build, X, y):
    """Loss of a new model on some examples, and its weights; or what is missing."""
    model = build((2,), 2, units=4)
    if not getattr(model, "compiled", False):
        return "the model is not compiled"
    model.run_eagerly = True
    found = model.test_on_batch(X, y, return_dict=True)
    if "accuracy" not in found:
        return "the model does not watch the accuracy"
    return float(found["loss"]), [w.tolist() for w in model.get_weights()]


@helper
def first_step(build, **rate):
    """How far the first step of a new model's optimizer goes down a slope of 5."""
    import keras  # noqa: PLC0415

    model = build((2,), 2, units=4, **rate)
    if not getattr(model, "compiled", False):
        return "the model is not compiled"
    place = keras.Variable([1.0])
    model.optimizer.build([place])
    model.optimizer.apply([keras.ops.convert_to_tensor([5.0])], [place])
    return 1.0 - float(place[0])


def network(input_shape, classes, hyper, **changed):
    """The builder for the mistakes, with what they get wrong as arguments."""
    import keras  # noqa: PLC0415 - only where a model is needed: it takes seconds

    layers = keras.layers
    dropout = hyper.get("dropout", 0.0)
    stack = [keras.Input(tuple(input_shape)), layers.Flatten()]
    for _ in range(hyper.get("layers", 1)):
        stack.append(layers.Dense(hyper.get("units", 64), hyper.get("activation", "relu")))
        if dropout:
            stack.append(layers.Dropout(dropout))
    model = keras.Sequential([*stack, layers.Dense(classes, changed.get("output", "softmax"))])
    if changed.get("compiled", True):
        optimizer = keras.optimizers.Adam(hyper.get("learning_rate", 1e-3))
        metrics = changed.get("metrics", ["accuracy"])
        model.compile(optimizer, "sparse_categorical_crossentropy", metrics=metrics)
    return model
