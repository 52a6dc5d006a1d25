"""16-bit WAV files and resampling: lossless where they can be, clear where they cannot."""

import io
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dlcourse.audio import read_wav, resampled, write_wav

INT16 = st.integers(-(2**15), 2**15 - 1)


def written(samples, rate=8000):
    file = io.BytesIO()
    write_wav(file, samples, rate)
    file.seek(0)
    return file


def raw_file(data, channels=1, width=2, rate=8000):
    file = io.BytesIO()
    with wave.open(file, "wb") as sink:
        sink.setnchannels(channels)
        sink.setsampwidth(width)
        sink.setframerate(rate)
        sink.writeframes(data)
    file.seek(0)
    return file


@given(arrays(np.int16, st.integers(1, 50), elements=INT16))
def test_every_value_of_16_bits_survives(values):
    clip = read_wav(raw_file(values.astype("<i2").tobytes()))
    assert clip.samples.dtype == np.float32
    np.testing.assert_array_equal(clip.samples * 2**15, values)
    np.testing.assert_array_equal(read_wav(written(clip.samples)).samples, clip.samples)


@given(arrays(float, st.integers(1, 50), elements=st.floats(-1, 1)))
def test_writing_rounds_by_half_a_step_at_most(samples):
    error = np.abs(read_wav(written(samples)).samples - samples)
    near_top = samples > 1 - 2**-15  # 1 itself has no place in 16 bits
    assert np.all(error <= np.where(near_top, 2**-15, 2**-16))


def test_full_scale_does_not_turn_over():
    clip = read_wav(written(np.array([1.0, -1.0])))
    np.testing.assert_array_equal(clip.samples, [1 - 2**-15, -1])


def test_paths_and_rates(tmp_path):
    path = tmp_path / "a.wav"
    write_wav(path, np.array([0.5]), 44_100)
    assert read_wav(str(path), rate=44_100).rate == 44_100
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 44_100)
    with pytest.raises(ValueError, match=r"expected 8000 samples per second; got 44100.*resampled"):
        read_wav(path, rate=8000)


def test_stereo_is_averaged():
    frames = np.array([[1000, 3000], [-500, 500]], "<i2")
    clip = read_wav(raw_file(frames.tobytes(), channels=2))
    np.testing.assert_allclose(clip.samples * 2**15, [2000, 0], rtol=1e-5)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (io.BytesIO(b"no sound"), "expected a WAV file"),
        (io.BytesIO(b""), "it ends too early"),
        (raw_file(b"\x80\x80", width=1), "expected 16 bits per sample; got 8"),
        (raw_file(b""), "expected at least one sample"),
    ],
    ids=["other file", "empty file", "8 bits", "empty clip"],
)
def test_files_that_are_no_such_clip(file, message):
    with pytest.raises(ValueError, match=message):
        read_wav(file)


def test_a_file_that_was_cut_off_keeps_its_whole_frames():
    data = raw_file(np.arange(100, dtype="<i2").tobytes(), channels=2).getvalue()
    clip = read_wav(io.BytesIO(data[:-7]))
    np.testing.assert_allclose(clip.samples * 2**15, np.arange(48) * 2 + 0.5, rtol=1e-5)


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (np.array([0.0, -1.5]), r"samples: expected -1 to 1; the largest is 1\.5"),
        (np.array([0, 1]), "expected floats with full scale at 1; got int64"),
        (np.zeros((2, 5)), r"expected one channel, shape \(n,\); got \(2, 5\)"),
        (np.array([]), "expected at least one sample"),
        (np.array([np.nan]), "infinite or NaN"),
    ],
)
def test_samples_that_cannot_be_written(samples, message):
    file = io.BytesIO()
    with pytest.raises(ValueError, match=message):
        write_wav(file, samples, 8000)
    assert file.getvalue() == b""


@pytest.mark.parametrize("rate", [0, -1, 8000.5, "8000"])
def test_rates_that_are_none(rate):
    with pytest.raises(ValueError, match="rate: expected whole samples per second"):
        write_wav(io.BytesIO(), np.zeros(1), rate)


def test_resampling_keeps_a_tone():
    def tone(rate):
        return np.sin(2 * np.pi * 300 * np.arange(rate) / rate)

    found = resampled(tone(44_100), 44_100, 8000)
    assert found.shape == (8000,)
    np.testing.assert_allclose(found[200:-200], tone(8000)[200:-200], atol=0.005)


def test_resampling_removes_what_the_lower_rate_cannot_hold():
    tone = np.sin(2 * np.pi * 5000 * np.arange(44_100) / 44_100)
    assert np.abs(resampled(tone, 44_100, 8000)[200:-200]).max() < 0.005


def test_the_same_rate_changes_nothing():
    samples = np.random.default_rng(0).normal(size=50)
    np.testing.assert_allclose(resampled(samples, 8000, 8000), samples, atol=1e-7)
