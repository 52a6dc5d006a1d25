"""Siamese networks: shared weights, unit length, FaceNet's counts; and that they learn."""

import keras
import numpy as np
import pytest

from dlcourse import datasets
from dlcourse.losses import TripletLoss
from dlcourse.models.facenet import build_facenet
from dlcourse.models.siamese import build_embedding, build_siamese_verifier, build_triplet_network

FLOAT32 = 1e-5


def pictures(count, seed=0):
    return np.random.default_rng(seed).random((count, 3, 8, 8, 1)).astype(np.float32)


def test_embeddings_have_length_one():
    for dimensions, length in ((5, 5), (None, 4 * 4 * 16)):
        embeddings = build_embedding((8, 8, 1), dimensions, width=8)(pictures(3)[0])
        assert embeddings.shape == (3, length)
        np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1, rtol=FLOAT32)


def test_parameters_of_the_full_size():
    filters = [32, 64, 128, 256, 256, 256]  # 96 pixels are halved to 3
    expected = sum(9 * a * b + 4 * b for a, b in zip([3, *filters], filters, strict=False))
    assert build_embedding().count_params() == expected + (3 * 3 * 256 + 1) * 128


def test_the_verifier_embeds_both_pictures_with_the_same_weights():
    embedding = build_embedding((8, 8, 1), 6, width=4)
    first, second, _ = pictures(3)
    for similarity in ("absolute", "chi_squared"):
        verifier = build_siamese_verifier(embedding, similarity)
        assert verifier.count_params() == embedding.count_params() + 6 + 1
        there, back = verifier([first, second]), verifier([second, first])
        np.testing.assert_allclose(there, back, rtol=FLOAT32)
        assert np.all((np.asarray(there) > 0) & (np.asarray(there) < 1))


def test_the_triplet_network_stacks_three_embeddings():
    embedding = build_embedding((8, 8, 1), 6, width=4)
    network = build_triplet_network(embedding)
    assert network.count_params() == embedding.count_params()
    triplet = list(pictures(3))
    expected = np.stack([embedding(x) for x in triplet], axis=1)
    np.testing.assert_allclose(network(triplet), expected, rtol=FLOAT32, atol=FLOAT32)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_networks_come_back_from_a_file(tmp_path):
    embedding = build_embedding((8, 8, 1), 6, width=4)
    triplet = list(pictures(3))
    for number, model in enumerate(
        [build_siamese_verifier(embedding), build_triplet_network(embedding)]
    ):
        inputs = triplet[: len(model.inputs)]
        model.save(tmp_path / f"{number}.keras")
        again = keras.models.load_model(tmp_path / f"{number}.keras")
        np.testing.assert_allclose(again(inputs), model(inputs), rtol=FLOAT32, atol=FLOAT32)


def test_triplets_and_pairs_of_digits_are_learned():
    """Triplets first; then the head learns to answer from the distances that they left."""
    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    data = datasets.digits_with_held_out_classes((8, 9))
    embedding = build_embedding((8, 8, 1), 16, width=8)
    network = build_triplet_network(embedding)
    network.compile("adam", TripletLoss(0.5), jit_compile=False)
    triplets = datasets.sample_triplets(data.seen_images, data.seen_labels, 1500, rng)
    costs = network.fit(list(triplets), np.zeros(1500), epochs=2, verbose=0).history["loss"]
    assert costs[-1] < 0.7 * costs[0]
    verifier = build_siamese_verifier(embedding)
    optimizer = keras.optimizers.Adam(0.01)
    verifier.compile(optimizer, "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    pairs = datasets.sample_pairs(data.seen_images, data.seen_labels, 1500, rng)
    verifier.fit(pairs[:2], pairs.same, epochs=3, verbose=0)
    left, right, same = datasets.sample_pairs(data.seen_images, data.seen_labels, 400, rng)
    _, accuracy = verifier.evaluate([left, right], same, verbose=0)
    assert accuracy > 0.8


def facenet_table():
    """The parameter column of the paper's table 2, in thousands as it rounds them."""
    return {"2": 115, "3a": 164, "3b": 228, "3c": 398, "4a": 545, "4b": 595, "4c": 654,
            "4d": 722, "4e": 717, "5a": 1600, "5b": 1600}  # fmt: skip


def test_facenet_has_the_parameters_of_its_table():
    model = build_facenet()
    counts = dict.fromkeys(facenet_table(), 0)
    for layer in model.layers:
        module = layer.name.split("_")[0]
        if module in counts:
            counts[module] += layer.count_params()
    for module, thousands in facenet_table().items():
        assert counts[module] == pytest.approx(1000 * thousands, rel=0.05), module
    assert model.get_layer("conv1").count_params() == 9472
    assert model.get_layer("embedding").count_params() == 1024 * 128 + 128
    assert model.count_params() == pytest.approx(7.5e6, rel=0.02)
    shapes = {name: model.get_layer(name).output.shape[1:] for name in ("3a", "3c", "4e", "5b")}
    assert shapes == {"3a": (28, 28, 256), "3c": (14, 14, 640), "4e": (7, 7, 1024),
                      "5b": (7, 7, 1024)}  # fmt: skip


def test_a_small_facenet_embeds_on_the_sphere():
    model = build_facenet((32, 32, 3), dimensions=16, width=0.125)
    embeddings = model(np.random.default_rng(0).random((2, 32, 32, 3)))
    np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1, rtol=FLOAT32)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: build_embedding((8, 8, 1), 0), "dimensions: expected at least 1, got 0"),
        (lambda: build_embedding((8, 8, 1), None, 0), "width: expected at least 1, got 0"),
        (lambda: build_facenet(dimensions=0), "dimensions: expected at least 1, got 0"),
        (lambda: build_facenet(width=0), "width: expected a positive factor, got 0"),
    ],
)
def test_impossible_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
