"""Two date translators after a short training: what share of unseen dates is right to the letter.

    python -m benchmarks.training_dates

Each learns from 20000 dates in seven languages and many written forms (`generate_dates`) and then
writes 1000 others, none of which occurred in training in whatever form, character by character,
each time the likeliest one. A date counts if all its ten characters are right and it ends there.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import time
from typing import NamedTuple

import numpy as np
from rich.console import Console
from rich.table import Table

__all__ = ["Recipe", "Result", "main", "measure", "recipes", "tables"]

GOAL = 0.95
EXAMPLES, UNSEEN = 20_000, 1000


class Recipe(NamedTuple):
    """How a translator is made and trained.

    Args:
        build: function from the shapes of source and target to the model.
        rate: Adam's highest learning rate, reached after a tenth of the steps; then it falls along
            a cosine.
        epochs: passes over the examples.
        batch: examples in a step.
    """

    build: object
    rate: float
    epochs: int
    batch: int = 128


class Result(NamedTuple):
    """What a translator has come to.

    Args:
        exact: share of the unseen dates that are right to the letter.
        seconds: of training, the first step's tracing included.
        parameters: number of weights.
    """

    exact: float
    seconds: float
    parameters: int


def recipes():
    """The translators by name."""
    from dlcourse.models import build_encoder_decoder, build_transformer

    return {
        "LSTM both ways, additive attention, LSTM": Recipe(build_encoder_decoder, 1e-2, 3),
        "transformer, one block each": Recipe(build_transformer, 2e-3, 3, 64),
    }


def measure(recipe, seed=0):
    """Train a translator and try it.

    Args:
        recipe: how to make and train it.
        seed: whole number for the dates, the initial weights and the order.

    Returns:
        Result.
    """
    import keras

    from dlcourse.datasets.dates import (
        WRITTEN_LENGTH,
        date_vocabularies,
        encode_iso_dates,
        encode_written_dates,
        generate_dates,
    )
    from dlcourse.decoding import greedy_search
    from dlcourse.vocabulary import EOS

    keras.utils.set_random_seed(seed)
    dates, (characters, digits) = generate_dates(EXAMPLES, UNSEEN, seed), date_vocabularies()
    written = encode_written_dates(dates.train_written, characters)
    given, wanted = encode_iso_dates(dates.train_iso, digits)
    model = recipe.build((WRITTEN_LENGTH, len(characters)), (given.shape[1], len(digits)))
    _compile(model, recipe)
    begin = time.perf_counter()
    model.fit([written, given], wanted, recipe.batch, recipe.epochs, verbose=0)
    seconds = time.perf_counter() - begin
    unseen = encode_written_dates(dates.test_written, characters)
    start = np.full(len(unseen), given[0, 0])
    end = digits[EOS]
    found = greedy_search(model.step, start, model.start(unseen), given.shape[1], end)
    answers = ["".join(digits.decode(row)) for row in keras.ops.convert_to_numpy(found.tokens)]
    right = [answer == iso for answer, iso in zip(answers, dates.test_iso, strict=True)]
    return Result(float(np.mean(right)), seconds, model.count_params())


def _compile(model, recipe):
    import keras

    steps = recipe.epochs * -(-EXAMPLES // recipe.batch)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, steps - steps // 10, warmup_target=recipe.rate, warmup_steps=steps // 10
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate, global_clipnorm=1.0), loss)


def tables():
    """The table of this benchmark in a list, measured now."""
    table = Table(
        *("translator", "parameters", "seconds of training", "right to the letter", "goal"),
        title=f"{UNSEEN} unseen dates after {EXAMPLES} examples",
    )
    for name, recipe in recipes().items():
        result = measure(recipe)
        verdict = "reached" if result.exact >= GOAL else "MISSED"
        figures = f"{result.parameters:,}", f"{result.seconds:.0f}", f"{result.exact:.1%}"
        table.add_row(name, *figures, f"≥ {GOAL:.0%} {verdict}")
    return [table]


def main():
    """Print the table."""
    console = Console()
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
