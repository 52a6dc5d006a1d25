"""Exercises of c1w4 around a trained network: images in, decisions out, errors to look at."""

import numpy as np
import pytest

from dlcourse.exercises.c1w4.oracle import random_network, run_network
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import dense, networks


@exercise(points=2, reference=networks.preprocess_images)
class PreprocessImages:
    """Images as columns of numbers between 0 and 1."""

    hints = (
        "What must the first column hold? And which axis of images counts the images?",
        "Flatten each image into a row, shape (m, n_x); transpose; divide by the brightest value.",
        "images.reshape(images.shape[0], -1).T / brightest",
    )

    def test_by_hand(self, preprocess_images):
        """Two images of 2 by 2 pixels become two columns in reading order."""
        images = np.array([[[0, 1], [2, 3]], [[4, 4], [0, 2]]], dtype=np.uint8)
        expected = np.array([[0.0, 1.0], [0.25, 1.0], [0.5, 0.0], [0.75, 0.5]])
        assert_close(preprocess_images(images, 4), expected, "X")

    def test_every_pixel_of_every_image(self, preprocess_images, rng):
        """Column i holds image i, row after row, divided by the brightest value there can be."""
        images = rng.integers(0, 17, (5, 3, 4)).astype(float)
        columns = [[images[i, r, c] / 16 for r in range(3) for c in range(4)] for i in range(5)]
        assert_close(preprocess_images(images, 16), np.array(columns).T, "X")

    def test_colours(self, preprocess_images, rng):
        """Colour images, with a further axis for red, green and blue, become columns as well."""
        images = rng.integers(0, 200, (2, 4, 4, 3), dtype=np.uint8)
        expected = np.stack([image.ravel() / 255 for image in images], axis=1)
        assert_close(preprocess_images(images, 255), expected, "X")

    def test_images_stay_as_they_are(self, preprocess_images):
        """The given images are not changed."""
        images = np.array([[[1.0, 2.0], [3.0, 4.0]]])
        preprocess_images(images, 4)
        assert_close(images, np.array([[[1.0, 2.0], [3.0, 4.0]]]), "the images after the call")

    @mistake(
        "reshape(-1, m) has the right shape, but deals the pixels out over the columns: each "
        "holds parts of several images. Make a row of each image first, then transpose."
    )
    def shuffled_pixels(images, brightest):
        return images.reshape(-1, len(images)) / brightest

    @mistake("The images are rows. Transpose: here examples are columns.")
    def images_in_rows(images, brightest):
        return images.reshape(len(images), -1) / brightest

    @mistake("The values are not scaled. Divide by brightest, so that they lie from 0 to 1.")
    def not_scaled(images, brightest):
        return images.reshape(len(images), -1).T * 1.0

    @mistake(
        "You divide by the largest value that happens to be in these images, so that training and "
        "test data would be scaled differently. Divide by brightest."
    )
    def scaled_by_maximum(images, brightest):
        return images.reshape(len(images), -1).T / images.max()

    @mistake("255 is right for most image files, not for all. Divide by the argument brightest.")
    def always_255(images, brightest):
        return images.reshape(len(images), -1).T / 255

    @mistake("// drops what is behind the point, so only 0 and 1 are left. Divide with /.")
    def whole_numbers(images, brightest):
        return images.reshape(len(images), -1).T // brightest

    @mistake(
        "/= changes the images that you were given (and fails for whole numbers). Write "
        "X = X / brightest."
    )
    def in_place(images, brightest):
        X = images.reshape(len(images), -1).T
        X /= brightest
        return X


@exercise(points=2, reference=networks.predict)
class Predict:
    """Decisions from probabilities."""

    hints = (
        "What does the network say about an example, and when is that a yes?",
        "One output unit: 1 where AL > 0.5, else 0. Several: the row with the largest entry of "
        "each column. Both of shape (1, m).",
        "(AL > 0.5).astype(int) for one row, np.argmax(AL, axis=0, keepdims=True) for several",
    )

    def test_by_hand(self, predict):
        """A single unit with w = 2 and b = -1 says yes where x is above 0.5."""
        parameters = {"W1": np.array([[2.0]]), "b1": np.array([[-1.0]])}
        predictions = predict(np.array([[0.0, 0.6, 0.7, 3.0, 0.4]]), parameters)
        assert_close(predictions, np.array([[0, 1, 1, 1, 0]]), "the predictions")

    @pytest.mark.parametrize("layer_dims", [[3, 5, 1], [4, 6, 5, 3, 1]])
    def test_yes_or_no(self, predict, rng, layer_dims):
        """It is 1 exactly where the probability of a deep network is above 0.5."""
        X, parameters = rng.standard_normal((layer_dims[0], 40)), random_network(rng, layer_dims)
        P, _ = run_network(X, parameters)
        # moves the median to one half, so that both answers occur
        last = f"b{len(layer_dims) - 1}"
        parameters[last] = parameters[last] - np.median(np.log(P / (1 - P)))
        P, _ = run_network(X, parameters)
        assert_close(predict(X, parameters), np.where(P > 0.5, 1, 0), "the predictions")

    def test_several_classes(self, predict, rng):
        """With several output units it is the number of the most probable class."""
        X, parameters = rng.standard_normal((3, 30)), random_network(rng, [3, 6, 4])
        P, _ = run_network(X, parameters)
        expected = np.array([[max(range(4), key=lambda k: P[k, i]) for i in range(30)]])
        assert_close(predict(X, parameters), expected, "the predictions")

    @mistake("These are the probabilities. Decide: compare them with 0.5.")
    def probabilities(X, parameters):
        return dense.l_model_forward(X, parameters)[0]

    @mistake("A probability is always above 0, so every answer is yes. Compare with 0.5.")
    def above_zero(X, parameters):
        AL, _ = dense.l_model_forward(X, parameters)
        return (AL > 0).astype(int) if len(AL) == 1 else networks.predict(X, parameters)

    @mistake("argmax over a single row is always 0. With one output unit compare with 0.5.")
    def argmax_of_one(X, parameters):
        return np.argmax(dense.l_model_forward(X, parameters)[0], axis=0, keepdims=True)

    @mistake(
        "With several classes the most probable one may stay below 0.5. Take np.argmax over the "
        "rows there."
    )
    def one_half_for_several(X, parameters):
        return (dense.l_model_forward(X, parameters)[0] > 0.5).astype(int)

    @mistake("The result has lost its row: keep the shape (1, m), the one of Y.")
    def flat(X, parameters):
        return networks.predict(X, parameters)[0]

    @mistake("Yes and no are exchanged: 1 means that the probability is above 0.5.")
    def exchanged(X, parameters):
        AL, _ = dense.l_model_forward(X, parameters)
        return (AL <= 0.5).astype(int) if len(AL) == 1 else networks.predict(X, parameters)


@exercise(points=2, reference=networks.mislabelled_examples)
class MislabelledExamples:
    """The examples that the network gets wrong, the most confident errors first."""

    hints = (
        "When is an example wrong, and how far from its label is then the probability?",
        "wrong: (p > 0.5) ≠ y; order by |p - y|, the largest first.",
        "wrong = np.flatnonzero((probabilities > 0.5) != (Y == 1)); "
        "wrong[np.argsort(-np.abs(probabilities - Y)[0, wrong])]",
    )

    def test_by_hand(self, mislabelled_examples):
        """Of six examples three are wrong, by 0.9, 0.8 and 0.6."""
        probabilities = np.array([[0.4, 0.95, 0.8, 0.3, 0.1, 0.6]])
        found = mislabelled_examples(probabilities, np.array([[1, 1, 0, 0, 1, 1]]))
        assert_close(found, np.array([4, 2, 0]), "the columns")

    def test_both_kinds_of_error(self, mislabelled_examples, rng):
        """Missed ones and false alarms are found, and sorted by how wrong they are."""
        probabilities = rng.permutation(np.linspace(0.01, 0.98, 40))[np.newaxis]
        Y = rng.permutation(np.arange(40) % 2)[np.newaxis]
        pairs = [
            (abs(p - y), i) for i, (p, y) in enumerate(zip(probabilities[0], Y[0], strict=True))
        ]
        expected = [i for distance, i in sorted(pairs, reverse=True) if distance >= 0.5]
        assert_close(mislabelled_examples(probabilities, Y), np.array(expected), "the columns")

    def test_nothing_wrong(self, mislabelled_examples):
        """Where every answer is right the result is empty."""
        found = mislabelled_examples(np.array([[0.9, 0.2]]), np.array([[1, 0]]))
        assert_close(found, np.array([], dtype=int), "the columns")

    @mistake("These are the examples that are right. Ask where prediction and label differ.")
    def right_ones(probabilities, Y):
        return np.flatnonzero((probabilities > 0.5) == (Y == 1))

    @mistake("They come in the order of the data. Sort by |probability - label|, largest first.")
    def not_sorted(probabilities, Y):
        return np.flatnonzero((probabilities > 0.5) != (Y == 1))

    @mistake("The most doubtful errors come first: argsort sorts upwards. Turn the order round.")
    def most_doubtful_first(probabilities, Y):
        return networks.mislabelled_examples(probabilities, Y)[::-1]

    @mistake(
        "Only false alarms are found. A missed 1 is an error as well: compare the decision with "
        "the label in both directions."
    )
    def false_alarms_only(probabilities, Y):
        found = networks.mislabelled_examples(probabilities, Y)
        return found[Y[0, found] == 0]

    @mistake(
        "They are sorted by the probability itself. A confident miss has a small one: sort by its "
        "distance from the label."
    )
    def sorted_by_probability(probabilities, Y):
        wrong = np.flatnonzero((probabilities > 0.5) != (Y == 1))
        return wrong[np.argsort(-probabilities[0, wrong])]

    @mistake("This is a table of True and False. Wanted are the numbers of the columns.")
    def mask(probabilities, Y):
        return (probabilities > 0.5) != (Y == 1)
