"""The patience rule, against Keras's callback and by hand."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.early_stopping import best_epoch, should_stop, stopping_epoch

# quarters, so that adding min_delta (Keras) and subtracting it (here) round alike: not at all
quarters = st.integers(-20, 20).map(lambda n: n / 4)
histories = st.lists(quarters, min_size=1, max_size=30)


def as_keras_does(history, patience, min_delta):
    callback = keras.callbacks.EarlyStopping("val_loss", min_delta, patience, mode="min")
    callback.set_model(SimpleNamespace(stop_training=False))
    callback.on_train_begin()
    for epoch, value in enumerate(history):
        callback.on_epoch_end(epoch, {"val_loss": value})
        if callback.model.stop_training:
            return epoch, callback.best_epoch
    return None, callback.best_epoch


@given(histories, st.integers(1, 6), st.sampled_from([0.0, 0.25, 1.0]))
def test_same_epochs_as_keras(history, patience, min_delta):
    stop, best = as_keras_does(history, patience, min_delta)
    assert stopping_epoch(history, patience, min_delta) == stop
    seen = history if stop is None else history[: stop + 1]
    assert best_epoch(seen, min_delta) == best


@given(histories, st.integers(1, 6))
def test_asking_after_every_epoch_is_asking_at_the_end(history, patience):
    asked = [should_stop(history[: epoch + 1], patience) for epoch in range(len(history))]
    stop = stopping_epoch(history, patience)
    assert (asked.index(True) if True in asked else None) == stop


@given(histories)
def test_the_best_epoch_is_the_first_of_the_lowest(history):
    assert best_epoch(history) == int(np.argmin(history))


@given(histories, st.integers(1, 6))
def test_more_patience_never_stops_earlier(history, patience):
    hasty, patient = stopping_epoch(history, patience), stopping_epoch(history, patience + 1)
    assert patient is None or patient > hasty


def test_by_hand():
    history = [0.9, 0.5, 0.6, 0.55, 0.4]
    assert [stopping_epoch(history, patience) for patience in (1, 2, 3)] == [2, 3, None]
    assert [best_epoch(history, min_delta) for min_delta in (0, 0.2, 1)] == [4, 1, 0]


def test_nan_is_no_improvement():
    assert best_epoch([np.nan, 0.5, np.nan]) == 1
    assert stopping_epoch([0.5, np.nan, np.nan, 0.1], patience=2) == 2


@pytest.mark.parametrize("history", [[], np.zeros((2, 2)), 0.5])
def test_only_a_sequence_is_a_history(history):
    for ask in (best_epoch, lambda h: stopping_epoch(h, 1), lambda h: should_stop(h, 1)):
        with pytest.raises(ValueError, match="history: expected one number for each epoch.*got"):
            ask(history)


def test_impossible_settings_are_named():
    with pytest.raises(ValueError, match="patience: expected 1 epoch or more; got 0"):
        should_stop([1.0], 0)
    with pytest.raises(ValueError, match=r"min_delta: expected 0 or more; got -0\.5"):
        best_epoch([1.0], -0.5)
