"""Spectrograms against SciPy's and matplotlib's, Parseval's theorem, and bad input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import mlab
from scipy import signal

from dlcourse.audio import decibels, model_inputs, spectrogram

FLOAT64 = 1e-7


def noise(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape) * 0.1


@given(
    length=st.integers(1, 40),
    data=st.data(),
    window=st.sampled_from(["hann", "hamming", "boxcar"]),
    scaling=st.sampled_from(["density", "spectrum"]),
)
def test_equal_to_scipy(length, data, window, scaling):
    overlap = data.draw(st.integers(0, length - 1))
    samples = noise(data.draw(st.integers(length, 120)))
    found = spectrogram(samples, 800, length, overlap, window, scaling)
    expected = signal.spectrogram(
        *(samples, 800, window, length, overlap), detrend=False, scaling=scaling
    )
    for ours, scipys in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, scipys, rtol=FLOAT64, atol=1e-15)


def test_equal_to_matplotlibs_as_the_course_uses_it():
    samples = noise(4410)
    found = spectrogram(samples, 8000, 200, 120, np.hanning(200))
    power, frequencies, times = mlab.specgram(samples, NFFT=200, Fs=8000, noverlap=120)
    np.testing.assert_allclose(found.power, power, rtol=FLOAT64)
    np.testing.assert_allclose(found.frequencies, frequencies)
    np.testing.assert_allclose(found.times, times)


def test_ten_seconds_of_the_course_have_its_shape():
    found = spectrogram(np.zeros(441_000, np.float32), 44_100)
    assert found.power.shape == (101, 5511)
    assert found.power.dtype == np.float32


def test_a_batch_is_its_recordings():
    samples = noise(2, 3, 500)
    power = spectrogram(samples, 8000).power
    assert power.shape == (2, 3, 101, 4)
    np.testing.assert_allclose(power[1, 2], spectrogram(samples[1, 2], 8000).power)


@given(st.integers(2, 30))
def test_the_density_sums_to_the_power(length):
    """Parseval: with a window of ones, power per Hz times the distance of the frequencies."""
    samples = noise(length)
    found = spectrogram(samples, 100, length, 0, "boxcar")
    assert found.power.sum() * 100 / length == pytest.approx(np.mean(samples**2), rel=FLOAT64)


@given(st.floats(0.01, 100))
def test_twice_as_loud_is_six_decibels(factor):
    samples = noise(300)
    louder = spectrogram(factor * samples, 8000).power
    gain = decibels(louder, 1e-30) - decibels(spectrogram(samples, 8000).power, 1e-30)
    np.testing.assert_allclose(gain, 20 * np.log10(factor), atol=1e-6)


def test_silence_stays_finite():
    assert not spectrogram(np.zeros(200), 8000).power.any()
    np.testing.assert_array_equal(decibels(np.zeros(3)), -120)
    np.testing.assert_array_equal(model_inputs(np.zeros((1, 280)), 8000), -np.ones((1, 2, 101)))


def test_what_the_network_gets():
    samples = noise(2, 1000).astype(np.float32)
    inputs = model_inputs(samples, 8000)
    assert (inputs.shape, inputs.dtype) == ((2, 11, 101), np.float32)
    power = spectrogram(samples[1], 8000).power
    expected = np.maximum((10 * np.log10(power) + 60) / 10, -1)
    np.testing.assert_allclose(inputs[1].T, expected, atol=1e-4)
    assert np.all(expected.min(axis=1) < expected.max(axis=1))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.zeros(199), 8000), r"at least one window of 200 .* got shape \(199,\)"),
        ((np.zeros(0), 8000), "expected at least one sample"),
        ((np.zeros(300, int), 8000), "expected floats"),
        ((np.zeros(300), 8000, 200, 200), "overlap: expected less than window_length"),
        ((np.zeros(300), 8000, 200, -1), "overlap: expected a whole number of at least 0"),
        ((np.zeros(300), 8000, 0), "window_length: expected a whole number"),
        ((np.zeros(300), 8000, 200, 120, np.ones(199)), r"window: .*got shape \(199,\)"),
        ((np.zeros(300), 8000, 200, 120, "hann", "power"), "expected one of density, spectrum"),
        ((np.zeros(300), 0), "rate: expected whole samples per second"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        spectrogram(*arguments)


def test_a_floor_of_zero_is_none():
    with pytest.raises(ValueError, match="floor: expected a power above 0"):
        decibels(np.ones(1), 0)
