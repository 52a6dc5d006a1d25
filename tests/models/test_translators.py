"""Translators: step by step as all at once, blind to padding and to the future; they learn."""

import inspect

import keras
import numpy as np
import pytest
from keras import ops

from benchmarks.training_dates import recipes
from dlcourse.datasets.dates import (
    date_vocabularies,
    encode_iso_dates,
    encode_written_dates,
    generate_dates,
)
from dlcourse.decoding import Beams, beam_search, greedy_search
from dlcourse.models import build_encoder_decoder, build_transformer
from tests.backends import run_on
from tests.models.translating import BUILDERS, GIVEN, SOURCE, example, stepwise

FLOAT32 = {"rtol": 1e-5, "atol": 1e-5}
every_kind = pytest.mark.parametrize("kind", BUILDERS)


def array(tensor):
    return ops.convert_to_numpy(tensor)


@every_kind
def test_one_step_at_a_time_is_the_same(kind):
    assert stepwise([kind])[kind] < 1e-5


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_and_on_other_backends(backend):
    # the recurrent ones are hardly more than layers that the contract tries on every backend
    found = run_on(backend, "tests.models.translating:stepwise", ["transformer"])
    assert found["transformer"] < 1e-5


@every_kind
def test_neither_more_padding_nor_a_later_token_changes_anything(kind):
    model = example(kind)
    expected = array(model([SOURCE, GIVEN]))
    padded = np.pad(SOURCE, ((0, 0), (0, 3)))
    np.testing.assert_allclose(array(model([padded, GIVEN])), expected, **FLOAT32)
    later = GIVEN.copy()
    later[:, 2] = 0
    output = array(model([SOURCE, later]))
    np.testing.assert_allclose(output[:, :2], expected[:, :2], **FLOAT32)
    assert not np.allclose(output[:, 2:], expected[:, 2:])


@every_kind
def test_maps_of_attention_are_shares_of_what_was_read(kind):
    weights = array(example(kind).attention_map([SOURCE, GIVEN]))
    assert weights.shape == (2, 4, 5) and not weights[0, :, 3:].any()
    np.testing.assert_allclose(weights.sum(axis=-1), 1, rtol=1e-5)


@every_kind
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_it_survives_a_file(kind, tmp_path):
    model = example(kind)
    model.save(tmp_path / "translator.keras")
    loaded = keras.saving.load_model(tmp_path / "translator.keras")
    arguments = set(inspect.signature(type(model).__init__).parameters) - {"self", "kwargs"}
    assert all(getattr(loaded, name) == getattr(model, name) for name in arguments)
    np.testing.assert_array_equal(array(loaded([SOURCE, GIVEN])), array(model([SOURCE, GIVEN])))
    assert array(loaded.step(np.ones(2, "int32"), loaded.start(SOURCE))[0]).shape == (2, 7)


@every_kind
def test_searches_drive_it(kind):
    model = example(kind)
    start, options = np.ones(2, "int32"), {"max_length": 4, "end_tokens": 2}
    greedy = greedy_search(model.step, start, model.start(SOURCE), **options)
    best = beam_search(model.step, start, model.start(SOURCE), **options, beams=Beams(3, 1, 0))
    assert array(greedy.tokens).shape == (2, 4)
    gain = array(best.log_probabilities)[:, 0] - array(greedy.log_probabilities)
    assert (gain > -1e-5).all()


@pytest.mark.parametrize("build", [build_encoder_decoder, build_transformer])
def test_a_small_one_learns(build):
    keras.utils.set_random_seed(0)
    dates, (characters, digits) = generate_dates(512, 1), date_vocabularies()
    source = encode_written_dates(dates.train_written, characters)[:, :12]
    given, wanted = (tokens[:, :4] for tokens in encode_iso_dates(dates.train_iso, digits))
    sizes = {"dim": 16, "hidden": 16} if build is build_transformer else {"units": 16, "dim": 8}
    model = build((12, len(characters)), (4, len(digits)), **sizes)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss, jit_compile=False)
    losses = model.fit([source, given], wanted, 64, epochs=4, verbose=0).history["loss"]
    assert losses[0] < np.log(14) and losses[-1] < 0.8 * losses[0]


def test_the_recipes_of_the_benchmark_are_of_reasonable_size():
    for recipe in recipes().values():
        model = recipe.build((35, 50), (11, 14))
        assert 20_000 < model.count_params() < 200_000


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: build_encoder_decoder((5, 9), (4, 7), units=0), "units: expected a whole number"),
        (lambda: build_encoder_decoder((5, 0), (4, 7)), "source_size: expected a whole number"),
        (lambda: build_encoder_decoder((5, 9), (4, 7), kind="x"), "kind: expected one of gru"),
        (lambda: build_transformer((5, 9), (4, 7), blocks=0), "blocks: expected a whole number"),
        (lambda: build_transformer((5, 9), (4, 7), dim=6), "num_heads: expected a divisor of 6"),
    ],
)
def test_bad_input_is_explained(action, message):
    with pytest.raises(ValueError, match=message):
        action()
