"""Pictures of sound: what is drawn where."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting

SPECTRUM = np.array([0.0, 100, 200]), np.array([0.1, 0.2]), np.array([[1, 0], [0.1, 1], [1e-3, 1]])


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_samples_are_drawn_at_their_seconds():
    ax = plotting.waveform(np.array([0, 0.5, -0.25]), rate=2)
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[0, 0], [0.5, 0.5], [1, -0.25]])
    assert ax.get_xlim() == (0, 1.5)


def test_silence_can_be_drawn():
    low, high = plotting.waveform(np.zeros(4), rate=2).get_ylim()
    assert low < 0 < high
    silent = plotting.sound_spectrum((*SPECTRUM[:2], np.zeros((3, 2))))
    assert np.all(silent.collections[0].get_array() == -200)


def test_a_spectrogram_is_in_decibels():
    ax = plotting.sound_spectrum(SPECTRUM)
    np.testing.assert_allclose(
        ax.collections[0].get_array().reshape(3, 2), [[0, -200], [-10, 0], [-30, 0]], atol=1e-6
    )
    assert ax.get_legend() is None


def test_segments_have_rows_of_their_own():
    ax = plotting.sound_spectrum(SPECTRUM, {"trigger": [(0.1, 0.15)], "other": [(0.0, 0.2)] * 2})
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["trigger", "other"]
    trigger, other = ax.collections[1:]
    (box,) = trigger.get_paths()
    assert box.vertices[:, 0].min() == pytest.approx(0.1)
    assert box.vertices[:, 0].max() == pytest.approx(0.15)
    assert len(other.get_paths()) == 2
    assert box.vertices[:, 1].max() < other.get_paths()[0].vertices[:, 1].min()
    assert box.vertices[:, 1].min() > 200


def test_probabilities_cover_the_recording():
    ax = plotting.trigger_probabilities([0.25, 1.0], seconds=3, ends=[1, 2], detections=[1.5])
    np.testing.assert_allclose(ax.patches[0].get_data().edges, [0, 1.5, 3])
    assert [line.get_xdata()[0] for line in ax.lines] == [1, 2, 1.5]
    assert len(ax.get_legend().get_texts()) == 3


def test_the_panel_shares_its_seconds():
    figure = plotting.detection_panel(
        *(np.zeros(8), 2, SPECTRUM, {"trigger": [(1, 2)], "other": []}, [0.0, 1.0], [])
    )
    wave, spectrum, probabilities = figure.axes[:3]
    assert wave.get_xlim() == spectrum.get_xlim() == probabilities.get_xlim() == (0, 4)
    assert probabilities.lines[0].get_xdata()[0] == 2


def test_power_that_does_not_fit():
    with pytest.raises(ValueError, match=r"expected power \(3, 2\) .*; got \(2, 3\)"):
        plotting.sound_spectrum((*SPECTRUM[:2], SPECTRUM[2].T))
