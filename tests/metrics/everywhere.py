"""The metrics on whatever backend is running, over batches and in a compiled `fit`."""

import keras
import numpy as np

from dlcourse import metrics

__all__ = ["BATCHES", "make_all", "report"]

RNG = np.random.default_rng(5)
# three classes, one of them rare, in batches of different sizes
BATCHES = [(RNG.choice(3, n, p=[0.5, 0.45, 0.05]), RNG.integers(0, 3, n)) for n in (7, 40, 1)]


def make_all():
    """One metric of each kind for three classes."""
    return {
        "counts": metrics.ConfusionMatrix(3),
        "precision": metrics.Precision(3, average=None),
        "recall": metrics.Recall(3, average="macro"),
        "f1": metrics.F1Score(3, average="macro"),
        "iou": metrics.MeanIoU(3),
        "weighted": metrics.WeightedError([1.0, 2.0, 100.0]),
    }


def report():
    """Results after all batches, out-of-range labels, and the logs of a compiled training."""
    made = make_all()
    for metric in made.values():
        for y_true, y_pred in BATCHES:
            metric.update_state(y_true, y_pred)
    results = {name: metric.result() for name, metric in made.items()}
    results["out of range"] = metrics.confusion_matrix([0, 3], [0, 0], 3)
    return {**results, "fit": fitted()}


def fitted():
    """Metrics as `fit` logs them, and as they come out of predictions."""
    x = np.random.default_rng(0).standard_normal((30, 2)).astype("float32")
    y = (x[:, 0] > 0).astype("int32") + (x[:, 1] > 0)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=list(make_all().values())[2:])
    model.fit(x, y, batch_size=8, epochs=1, verbose=0)
    logs = model.evaluate(x, y, batch_size=8, verbose=0, return_dict=True)
    table = metrics.confusion_matrix(y, np.argmax(model.predict(x, verbose=0), -1), 3)
    f1 = metrics.mean_over_present(metrics.f1_per_class(table), table)
    return {"logged": float(logs["f1_score"]), "computed": float(f1), "names": sorted(logs)}
