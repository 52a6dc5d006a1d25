"""Exercise of c2w3: successive halving."""

import pytest

from dlcourse.grading import assert_close, exercise, helper, mistake
from dlcourse.scratch import hyperparameter_search

__all__ = ["SuccessiveHalving"]


@helper
def curve(configuration, epochs):
    """Loss of a network that ends at one loss and starts higher by another: (end, start)."""
    end, start = configuration
    return end + start / epochs


# (end, start): number 2 ends best; 4 is best at first; 3 starts so slowly that nobody sees its end
CURVES = [(0.5, 1.0), (0.3, 1.38), (0.1, 1.5), (0.0, 9.0), (0.9, 0.1), (0.8, 2.0), (0.7, 1.1)]
RACES = [
    # first epochs, factor, and by hand: the winner and who is trained for how long
    (4, 2, 2, [(4, [0, 1, 2, 3, 4, 5, 6]), (8, [0, 1, 2]), (16, [2])]),
    (1, 3, 0, [(1, [0, 1, 2, 3, 4, 5, 6]), (3, [0, 4]), (9, [0])]),
    (2, 2, 2, [(2, [0, 1, 2, 3, 4, 5, 6]), (4, [1, 2, 4]), (8, [2])]),
]


def race(train, configurations, epochs, factor, **changed):
    """Successive halving for the mistakes, with what they get wrong as arguments."""
    alive, rounds, losses = list(range(len(configurations))), [], {}
    while True:
        if not (changed.get("first_losses") and losses):
            losses = {number: train(configurations[number], epochs) for number in alive}
        rounds.append((epochs, alive))
        if len(alive) == 1:
            return alive[0], rounds
        kept = max(1, changed.get("keep", lambda n: n // factor)(len(alive)))
        order = sorted(alive, key=losses.get, reverse=changed.get("worst", False))[:kept]
        alive = order if changed.get("by_loss") else sorted(order)
        epochs = changed.get("longer", lambda e: e * factor)(epochs)


@exercise(points=2, reference=hyperparameter_search.successive_halving)
class SuccessiveHalving:
    """Train all briefly, keep the best, train those longer, until one is left."""

    hints = (
        "What does a round need to know? Who is still in it, and how long they may train.",
        "In every round: losses of those alive after `epochs`; keep max(1, n // factor) of them "
        "with the lowest losses; epochs · factor. The last round trains one alone.",
        "`losses = {i: train(configurations[i], epochs) for i in alive}`, `rounds.append((epochs, "
        "alive))`, and if more than one: `alive = sorted(sorted(alive, key=losses.get)[: max(1, "
        "len(alive) // factor)])`, `epochs *= factor`",
    )

    @pytest.mark.parametrize(("epochs", "factor", "winner", "rounds"), RACES)
    def test_by_hand(self, successive_halving, epochs, factor, winner, rounds):
        """Seven learning curves: who is trained for how long, and who is left."""
        found = successive_halving(curve, list(CURVES), epochs, factor)
        assert isinstance(found, tuple | list) and len(found) == 2, "return (winner, rounds)"
        assert_close(list(found[1]), rounds, "the rounds (epochs, who is trained)")
        assert_close(found[0], winner, "the winner")

    def test_default(self, successive_halving):
        """Unless told otherwise, one of two is kept."""
        found = successive_halving(curve, list(CURVES[:4]), 10)
        assert_close(found, (2, [(10, [0, 1, 2, 3]), (20, [1, 2]), (40, [2])]), "winner and rounds")

    def test_one(self, successive_halving):
        """A single configuration wins after one round, in which it is trained."""
        assert_close(
            successive_halving(curve, [(0.3, 1.0)], 5, 3), (0, [(5, [0])]), "winner and rounds"
        )

    @mistake("The worst are kept. Losses are better when they are lower.")
    def worst_kept(train, configurations, epochs, factor=2):
        return race(train, configurations, epochs, factor, worst=True)

    @mistake("Every round is as long as the first. Those that are left train longer.")
    def never_longer(train, configurations, epochs, factor=2):
        return race(train, configurations, epochs, factor, longer=lambda e: e)

    @mistake("The epochs are added up. Every round has `factor` times as many as the one before.")
    def epochs_added(train, configurations, epochs, factor=2):
        return race(train, configurations, epochs, factor, longer=lambda e: e + epochs)

    @mistake("The losses of the first round decide all the others. Train again, for longer.")
    def first_losses_only(train, configurations, epochs, factor=2):
        return race(train, configurations, epochs, factor, first_losses=True)

    @mistake("The number that is kept is rounded up. Round it down, but keep at least one.")
    def rounded_up(train, configurations, epochs, factor=2):
        return race(
            train, configurations, epochs, factor, keep=lambda n: min(-(-n // factor), n - 1)
        )

    @mistake("Only the worst one leaves in each round. One of `factor` stays.")
    def one_by_one(train, configurations, epochs, factor=2):
        return race(train, configurations, epochs, factor, keep=lambda n: n - 1)

    @mistake("It always halves. Keep one of `factor`, and train `factor` times as long.")
    def factor_not_used(train, configurations, epochs, factor=2):
        return race(train, configurations, epochs, 2)

    @mistake("The last one is not trained any longer. The last round trains the winner alone.")
    def last_round_missing(train, configurations, epochs, factor=2):
        winner, rounds = race(train, configurations, epochs, factor)
        return winner, rounds[:-1]

    @mistake("The configurations of a round come in the order of their losses. Sort the indices.")
    def in_order_of_losses(train, configurations, epochs, factor=2):
        return race(train, configurations, epochs, factor, by_loss=True)
