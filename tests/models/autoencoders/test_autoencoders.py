"""Autoencoders: what each kind is for, measured."""

import keras
import numpy as np
import pytest
from sklearn.decomposition import PCA

from dlcourse.datasets.digit_images import BRIGHTEST, digits
from dlcourse.models import autoencoders
from dlcourse.scratch.reduction import pca_fit, subspace_angles


@pytest.fixture(scope="module")
def pixels():
    data = digits()
    return tuple(
        (images.reshape(-1, 64) / BRIGHTEST).astype("float32")
        for images in (data.train_images, data.test_images)
    )


def _fit(model, x, epochs, learning_rate=3e-3):
    keras.utils.set_random_seed(0)
    model.compile(keras.optimizers.Adam(learning_rate), "mse", jit_compile=False)
    model.fit(x, x, batch_size=128, epochs=epochs, verbose=0)
    return model


def _elongated(n_directions=6, n_long=2, m=256):
    """Points along two long and four short axes that stand obliquely, around (1, 1, …)."""
    rng = np.random.default_rng(0)
    axes, _ = np.linalg.qr(rng.standard_normal((n_directions, n_directions)))
    lengths = np.where(np.arange(n_directions) < n_long, 2.0, 0.3)
    return (1 + rng.standard_normal((m, n_directions)) * lengths @ axes.T).astype("float32")


def test_the_linear_one_finds_the_subspace_of_the_principal_components():
    x = _elongated()
    keras.utils.set_random_seed(0)
    model = autoencoders.build_linear_autoencoder(n_inputs=6, n_code=2)
    model.compile(keras.optimizers.Adam(0.01), "mse", jit_compile=False)
    before = _largest_angle(model, x)
    steps = np.tile(x, (1500, 1))
    # one long epoch of full batches instead of many short ones: the same steps, less waiting
    model.fit(steps, steps, batch_size=256, shuffle=False, verbose=0)
    assert before > 0.3
    assert _largest_angle(model, x) < 0.01
    best = np.mean((x - (pca := PCA(2).fit(x)).inverse_transform(pca.transform(x))) ** 2)
    assert model.evaluate(x, x, batch_size=256, verbose=0) == pytest.approx(best, rel=1e-3)


def _largest_angle(model, x):
    kernel = model.get_layer("output").kernel.numpy()  # (code, inputs)
    return np.max(subspace_angles(kernel, pca_fit(x, 2)["components"]))


def test_the_deep_one_keeps_more_than_principal_components(pixels):
    train, test = pixels
    keras.utils.set_random_seed(0)
    model = autoencoders.build_deep_autoencoder(64, hidden=(128, 64), n_code=4)
    _fit(model, train, epochs=40)
    pca = PCA(4).fit(train)
    linear = np.mean((test - pca.inverse_transform(pca.transform(test))) ** 2)
    assert np.mean((test - model.predict(test, verbose=0)) ** 2) < 0.85 * linear


def test_the_convolutional_one_learns_to_repeat_images(pixels):
    train, test = (x.reshape(-1, 8, 8, 1) for x in pixels)
    keras.utils.set_random_seed(0)
    model = autoencoders.build_convolutional_autoencoder((8, 8, 1), widths=(8, 16), n_code=4)
    _fit(model, train, epochs=25)
    pixel_means = np.mean((test - train.mean(axis=0)) ** 2)
    assert np.mean((test - model.predict(test, verbose=0)) ** 2) < 0.5 * pixel_means


def test_the_denoising_one_beats_principal_components(pixels):
    train, test = pixels
    keras.utils.set_random_seed(0)
    model = autoencoders.build_denoising_autoencoder(64, hidden=(128,), n_code=12, stddev=0.3)
    _fit(model, train, epochs=25)
    noisy = test + np.random.default_rng(0).normal(0, 0.3, test.shape).astype("float32")
    pca = PCA(12).fit(train)
    linear = np.mean((test - pca.inverse_transform(pca.transform(noisy))) ** 2)
    assert np.mean((test - model.predict(noisy, verbose=0)) ** 2) < 0.8 * linear


def test_noise_is_added_in_training_only(pixels):
    model = autoencoders.build_denoising_autoencoder(64, hidden=(8,), n_code=2)
    x = pixels[1][:4]
    calm = [keras.ops.convert_to_numpy(model(x, training=False)) for _ in range(2)]
    np.testing.assert_array_equal(*calm)
    assert np.abs(calm[0] - keras.ops.convert_to_numpy(model(x, training=True))).max() > 1e-3


def test_the_penalty_makes_the_code_sparse(pixels):
    active = {}
    for penalty in (0, 3e-3):
        keras.utils.set_random_seed(0)
        model = autoencoders.build_sparse_autoencoder(64, n_code=100, penalty=penalty)
        _fit(model, pixels[0], epochs=10)
        code = autoencoders.build_encoder(model).predict(pixels[1], verbose=0)
        active[penalty] = np.mean(code > 1e-3)
    assert active[3e-3] < 0.5 * active[0]


def test_the_penalty_is_the_published_one():
    model = autoencoders.build_sparse_autoencoder(3, n_code=5, penalty=0.1)
    x = np.random.default_rng(0).random((4, 3), dtype=np.float32)
    model(x)
    penalty = float(sum(model.losses))
    code = autoencoders.build_encoder(model).predict(x, verbose=0)
    assert penalty == pytest.approx(0.1 * np.abs(code).sum(axis=1).mean(), 1e-5)


@pytest.mark.parametrize(
    ("build", "shape"),
    [
        (lambda: autoencoders.build_linear_autoencoder(6, 2), (6,)),
        (lambda: autoencoders.build_deep_autoencoder(6, (5, 4), 2), (6,)),
        (lambda: autoencoders.build_convolutional_autoencoder((8, 4, 3), (2, 3), 2), (8, 4, 3)),
        (lambda: autoencoders.build_denoising_autoencoder(6, (5,), 2), (6,)),
        (lambda: autoencoders.build_sparse_autoencoder(6, 9), (6,)),
    ],
    ids=["linear", "deep", "convolutional", "denoising", "sparse"],
)
def test_two_halves_make_the_whole(build, shape):
    model = build()
    x = np.random.default_rng(0).random((3, *shape), dtype=np.float32)
    code = autoencoders.build_encoder(model)(x)
    whole = autoencoders.build_decoder(model)(code)
    np.testing.assert_allclose(whole, model(x), atol=1e-6)
    assert tuple(model(x).shape) == x.shape


def test_full_sizes():
    assert autoencoders.build_deep_autoencoder().count_params() == 2_837_314
    code = autoencoders.build_convolutional_autoencoder().get_layer("code")
    assert code.output.shape == (None, 7, 7, 8)


def test_wrong_sizes_are_refused():
    with pytest.raises(ValueError, match="n_code: expected at most n_inputs = 4; got 5"):
        autoencoders.build_linear_autoencoder(4, 5)
    with pytest.raises(ValueError, match=r"hidden: expected whole numbers .*; got \(\)"):
        autoencoders.build_deep_autoencoder(hidden=())
    with pytest.raises(ValueError, match="divisible by 4, to be halved 2 times"):
        autoencoders.build_convolutional_autoencoder((10, 8, 1))
    with pytest.raises(ValueError, match="stddev: expected noise, a number > 0; got 0"):
        autoencoders.build_denoising_autoencoder(stddev=0)
    with pytest.raises(ValueError, match="penalty: expected a number >= 0; got -1"):
        autoencoders.build_sparse_autoencoder(penalty=-1)
    with pytest.raises(ValueError, match="code"):
        autoencoders.build_encoder(keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)]))
