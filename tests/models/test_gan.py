"""The GAN: its one loss gives each network its own gradient, on every backend."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from dlcourse.datasets.digit_images import BRIGHTEST, digits
from dlcourse.models.gan import GAN, build_gan
from tests.backends import BACKENDS, run_on

FLOAT32 = 1e-5


@functools.cache
def _steps_on(backend):
    return run_on(backend, "tests.models.generative_steps")


@pytest.fixture(params=BACKENDS)
def steps(request):
    return _steps_on(request.param)


def _sigmoid(score):
    return 1 / (1 + np.exp(-score))


def test_each_network_gets_the_gradient_of_its_own_loss(steps):
    """Against the derivatives by hand, d(−log σ(s))/ds = σ(s) − 1, for linear networks."""
    kernel, bias, fake = np.array([0.5, -1.0, 2.0]), 0.3, np.array([0.2, -0.4, 0.6])
    real = np.random.default_rng(0).random((8, 3), dtype=np.float32)
    error_real = _sigmoid(real @ kernel + bias) - 0.9  # the target is smoothed
    error_fake = _sigmoid(fake @ kernel + bias)
    fooled = _sigmoid(fake @ kernel + bias) - 1
    expected = [
        -(error_real @ real / 8 + error_fake * fake),
        -(error_real.mean() + error_fake),
        -fooled * kernel,
    ]
    for run in steps["gan"]:
        for change, slope in zip(run["changes"], expected, strict=True):
            np.testing.assert_allclose(change, np.ravel(slope), rtol=1e-4, atol=FLOAT32)


def test_the_two_losses_are_reported(steps):
    kernel, bias, fake = np.array([0.5, -1.0, 2.0]), 0.3, np.array([0.2, -0.4, 0.6])
    for logs in (run["logs"] for run in steps["gan"]):
        assert logs["generator"] == pytest.approx(-np.log(_sigmoid(fake @ kernel + bias)), rel=1e-4)
        assert logs["loss"] == pytest.approx(logs["generator"] + logs["discriminator"], rel=1e-4)


def test_a_step_reads_each_weight_of_the_discriminator_once():
    """A second read could come after the update: TensorFlow's optimizer drops its order."""
    gan = build_gan((4, 4, 1), latent=2, width=1)
    gan.compile(keras.optimizers.SGD(1.0), jit_compile=False)
    gan.optimizer.build(gan.trainable_variables)
    step = tf.function(lambda x: gan.train_step((x,)))
    graph = step.get_concrete_function(tf.zeros((2, 4, 4, 1))).graph
    reads = [op.inputs[0] for op in graph.get_operations() if op.type == "ReadVariableOp"]
    for variable in gan.discriminator.trainable_variables:
        (inside,) = [i for outside, i in graph.captures if outside is variable.value.handle]
        assert sum(read is inside for read in reads) == 1, variable.path


def test_fit_trains_both_networks(steps):
    assert steps["history"]["finite"]
    assert min(steps["history"]["moved"]) > 1e-5


def test_every_backend_paints_the_same(steps):
    ours, theirs = steps["style"], _steps_on("tensorflow")["style"]
    assert ours["loss"][-1] < ours["loss"][0]
    np.testing.assert_allclose(ours["style"], theirs["style"], rtol=1e-3)
    np.testing.assert_allclose(ours["loss"], theirs["loss"], rtol=1e-3)
    # Adam's first steps are as long for a gradient of rounding errors as for any other
    differences = np.abs(np.subtract(ours["picture"], theirs["picture"]))
    assert np.mean(differences > 1e-3) < 0.02


def test_forgeries_come_to_resemble_digits():
    x = (digits().train_images / BRIGHTEST)[..., None].astype("float32")
    keras.utils.set_random_seed(0)
    gan = build_gan((8, 8, 1), latent=8, width=8)
    gan.optimizer.learning_rate = 2e-3
    before = _distance_of_means(gan.sample(100), x)
    gan.fit(x, batch_size=64, epochs=8, verbose=0)
    assert _distance_of_means(gan.sample(100), x) < 0.8 * before


def _distance_of_means(samples, real):
    return np.linalg.norm(samples.mean(axis=0) - real.mean(axis=0))


def test_samples_are_reproducible_and_in_range():
    gan = build_gan((8, 12, 3), latent=5, width=2)
    samples = gan.sample(4, seed=1)
    assert samples.shape == (4, 8, 12, 3)
    assert samples.min() >= 0 and samples.max() <= 1
    np.testing.assert_array_equal(samples, gan.sample(4, seed=1))
    assert np.abs(samples - gan.sample(4, seed=2)).max() > 1e-6


# TensorFlow's variables are not quite ready for NumPy 2, which Keras meets when it saves
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_a_saved_gan_goes_on_as_it_was(tmp_path):
    gan = build_gan((8, 8, 1), latent=3, width=2)
    gan.train_on_batch(gan.sample(8))
    gan.save(tmp_path / "gan.keras")
    again = keras.saving.load_model(tmp_path / "gan.keras")
    np.testing.assert_allclose(again.sample(2), gan.sample(2), atol=1e-6)
    assert again.smoothing == gan.smoothing
    assert int(again.optimizer.iterations.value) == 1


def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match=r"divisible by 4; got \(10, 8, 1\), 100 and 64"):
        build_gan((10, 8, 1))
    gan = build_gan((8, 8, 1), latent=3, width=2)
    with pytest.raises(ValueError, match=r"smoothing: expected a number in \[0, 0.5\); got 1"):
        GAN(gan.generator, gan.discriminator, smoothing=1)
    with pytest.raises(ValueError, match="generator, discriminator: expected images of one shape"):
        GAN(gan.generator, build_gan((12, 8, 1), latent=3, width=2).discriminator)
