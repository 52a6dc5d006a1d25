"""LeNet-5 of the paper and of the course: sizes, connections, and 97 % of the digits."""

import keras
import numpy as np
import pytest

from dlcourse.losses.map_criterion import map_criterion_loss
from dlcourse.models.digit_patterns import digit_patterns
from dlcourse.models.lenet import C3_SEES, build_course_lenet, build_lenet5
from tests.models.digits_for_keras import digit_batches, with_shifted_copies


def test_parameters_are_those_of_the_paper():
    counts = {layer.name: layer.count_params() for layer in build_lenet5().layers}
    # §II-B gives each of these; C5 and F6 have 120 · (400 + 1) and 84 · (120 + 1)
    of_paper = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48120, "F6": 10164}
    assert {name: counts[name] for name in of_paper} == of_paper
    assert sum(np.prod(w.shape) for w in build_lenet5().trainable_weights) == 60000


def test_connections_are_those_of_the_paper():
    # each weight of a convolution is used at every place; a square of S2 has four inputs
    places = {"C1": 28 * 28, "C3": 10 * 10, "C5": 1, "F6": 1, "output": 1}
    counts = {layer.name: layer.count_params() for layer in build_lenet5().layers}
    connections = sum(counts[name] * number for name, number in places.items())
    connections += 6 * 14 * 14 * (4 + 1) + 16 * 5 * 5 * (4 + 1)
    assert connections == 340_908


def test_table_one_of_the_paper():
    rows = [sorted(row) for row in C3_SEES]
    assert [len(row) for row in rows] == [3] * 6 + [4] * 9 + [6]
    assert len({tuple(row) for row in rows}) == 16
    assert np.all(np.bincount(np.concatenate(rows)) == 10)  # ten crosses in each line of it


def test_patterns_differ_and_like_digits_are_near():
    patterns = digit_patterns()
    assert patterns.shape == (10, 84) and set(np.unique(patterns)) == {-1, 1}
    distances = np.sum(patterns[:, None] != patterns, axis=2)
    assert np.all(distances[~np.eye(10, dtype=bool)] >= 4)
    assert distances[3, 8] < distances[3, 4] and distances[0, 8] < distances[0, 7]


def test_activations_and_parameters_are_those_of_the_course():
    model = build_course_lenet()
    names = ("CONV1", "POOL1", "CONV2", "POOL2", "FC3", "FC4", "softmax")
    sizes = [int(np.prod(model.get_layer(name).output.shape[1:])) for name in names]
    assert sizes == [6272, 1568, 1600, 400, 120, 84, 10]
    counts = [layer.count_params() for layer in model.layers if layer.weights]
    assert counts == [608, 3216, 48120, 10164, 850]
    assert model.count_params() == 62958


@pytest.mark.parametrize(
    ("build", "loss"),
    [
        (build_lenet5, map_criterion_loss),
        (lambda: build_course_lenet((32, 32, 1)), "sparse_categorical_crossentropy"),
    ],
    ids=["1998", "the course's"],
)
def test_learns_the_digits(build, loss):
    x, y, test_x, test_y = digit_batches(32)
    keras.utils.set_random_seed(0)
    model = build()
    x, y = with_shifted_copies(x, y, pixels=2)
    rate = keras.optimizers.schedules.CosineDecay(3e-3, 4 * len(x) // 32)
    model.compile(keras.optimizers.Adam(rate), loss)
    model.fit(x, y, epochs=4, batch_size=32, verbose=0)
    accuracy = np.mean(model.predict(test_x, verbose=0).argmax(axis=1) == test_y)
    assert accuracy >= 0.97, f"{model.name}: {accuracy:.1%}"


# TensorFlow's own variables do not know how NumPy 2 asks for a copy
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_saving_keeps_the_network_of_1998(tmp_path):
    model = build_lenet5()
    model.save(tmp_path / "lenet.keras")
    images = np.random.default_rng(0).random((2, 32, 32, 1), dtype="float32")
    loaded = keras.saving.load_model(tmp_path / "lenet.keras")
    assert np.array_equal(loaded.predict_on_batch(images), model.predict_on_batch(images))


def test_small_images_are_refused():
    with pytest.raises(ValueError, match=r"input_shape: expected .* 16 by 16.*got \(8, 8, 1\)"):
        build_course_lenet((8, 8, 1))
