"""Exercise of c2w3: a network and its space as keras-tuner wants them."""

import numpy as np
import pytest

from dlcourse.exercises.c2w3.search_networks import network
from dlcourse.grading import assert_close, exercise, helper, mistake

__all__ = ["MlpHyperModel"]


@helper
def sampled(hyper_model):
    """Draw values for every hyper-parameter that the class declares: name → list of numbers."""
    import keras_tuner  # noqa: PLC0415

    hp = keras_tuner.HyperParameters()
    hyper_model().build(hp)
    return {
        part.name: [float(part.random_sample(seed)) for seed in range(300)] for part in hp.space
    }


@helper
def chosen(hyper_model, values):
    """What a model has that is built with given values: parameters, dropout, rate."""
    import keras_tuner  # noqa: PLC0415

    hp = keras_tuner.HyperParameters()
    hyper_model().build(hp)
    hp.values.update(values)
    model = hyper_model().build(hp)
    model.run_eagerly = True
    drops = [layer.rate for layer in model.layers if hasattr(layer, "rate")]
    rate = float(model.optimizer.learning_rate)
    return model.count_params(), [float(drop) for drop in drops], rate


def hyper_model(**changed):
    """An instance for the mistakes, with what they get wrong as arguments."""
    import keras_tuner  # noqa: PLC0415 - it imports TensorFlow, which takes seconds

    widths = changed.get("widths", [16, 32, 64, 128])
    highest = changed.get("highest", 0.5)
    scale = changed.get("scale", "log")

    class Wrong(keras_tuner.HyperModel):
        def build(self, hp):
            units = hp.Choice("units", widths)
            dropout = hp.Float("dropout", 0.0, highest)
            rate = hp.Float(changed.get("name", "learning_rate"), 1e-4, 1e-1, sampling=scale)
            values = {"units": units, "dropout": dropout, "learning_rate": rate}
            return network((64,), 10, values | changed.get("fixed", {}))

    return Wrong()


@exercise(
    points=2,
    reference="dlcourse.exercises.c2w3.search_answers:MlpHyperModel",
    returns_objects=True,
    # a class that is used on the learner's side only, where these two cannot spoil anything
    may_be=("returns_its_input", "returns_a_constant"),
)
class MlpHyperModel:
    """Your network and its space as a HyperModel of keras-tuner."""

    hints = (
        "hp gives a value when you tell it a name and a range. Which of its methods draws from a "
        "list, and which a number on the log scale?",
        'hp.Choice("units", [16, 32, 64, 128]); hp.Float("dropout", 0.0, 0.5); '
        'hp.Float("learning_rate", 1e-4, 1e-1, sampling="log").',
        '`return build_mlp((64,), 10, units=hp.Choice("units", [16, 32, 64, 128]), dropout=…, '
        "learning_rate=…)`",
    )

    def test_names(self, MlpHyperModel):
        """It declares units, dropout and learning_rate, and nothing else."""
        found = sorted(sampled(MlpHyperModel))
        assert found == ["dropout", "learning_rate", "units"], f"it declares {found}"

    def test_ranges(self, MlpHyperModel):
        """Units 16, 32, 64, 128; dropout up to 0.5; the rate 0.0001 to 0.1 on the log scale."""
        drawn = {name: np.array(values) for name, values in sampled(MlpHyperModel).items()}
        assert set(drawn) == {"dropout", "learning_rate", "units"}, f"it declares {sorted(drawn)}"
        widths = sorted(set(drawn["units"].tolist()))
        assert widths == [16, 32, 64, 128], f"the widths drawn are {widths}"
        drops = drawn["dropout"]
        assert 0 <= drops.min() < 0.05 and 0.45 < drops.max() <= 0.5, (
            f"the dropout drawn reaches from {drops.min():.2f} to {drops.max():.2f}"
        )
        exponents = np.log10(drawn["learning_rate"])
        assert -4 <= exponents.min() + 1e-6 and exponents.max() - 1e-6 <= -1, (
            f"the rates drawn reach from 10^{exponents.min():.1f} to 10^{exponents.max():.1f}"
        )
        share = np.mean(exponents < -2.5)
        assert 0.35 < share < 0.65, (
            f"{share:.0%} of the rates are below 10^-2.5, expected about half on the log scale"
        )

    @pytest.mark.parametrize(("units", "dropout", "rate"), [(16, 0.25, 0.02), (128, 0.4, 3e-4)])
    def test_values_are_used(self, MlpHyperModel, units, dropout, rate):
        """The model has the width, the dropout and the rate that hp gives."""
        values = {"units": units, "dropout": dropout, "learning_rate": rate}
        parameters, drops, found_rate = chosen(MlpHyperModel, values)
        expected = 64 * units + units + units * 10 + 10
        assert parameters == expected, f"{parameters} parameters, expected {expected}"
        assert_close(drops, [dropout], "the rates of the dropout layers")
        assert_close(found_rate, rate, "the learning rate", 1e-4)

    @mistake('The rate is drawn evenly between its bounds: `sampling="log"`.')
    def linear_rate():
        return hyper_model(scale="linear")

    @mistake("The widths are multiples, not powers of two: 16, 32, 64, 128.")
    def even_widths():
        return hyper_model(widths=[16, 48, 80, 112, 128])

    @mistake("The learning rate is declared, but not passed to the builder.")
    def rate_not_used():
        return hyper_model(fixed={"learning_rate": 1e-3})

    @mistake("The dropout is declared, but not passed to the builder.")
    def dropout_not_used():
        return hyper_model(fixed={"dropout": 0.0})

    @mistake("Up to 90 % of the units may be dropped. The range ends at 0.5.")
    def too_much_dropout():
        return hyper_model(highest=0.9)

    @mistake('The rate is declared as "lr". Its name should be "learning_rate".')
    def other_name():
        return hyper_model(name="lr")
