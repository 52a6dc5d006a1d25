"""Short reviews of films, composed by a grammar in which the order of the words decides."""

import numpy as np

from dlcourse.datasets.labelled_texts import LabelledTexts

__all__ = ["composed_reviews", "negation_reviews"]

_BAD = "bad dull boring silly ugly weak slow clumsy tedious shallow noisy stale".split()
_GOOD = "good lively gripping clever pretty strong fast elegant funny deep moving fresh".split()
# in the order of their frequency
_TRAIN_WORDS = {
    "part": (
        "plot story acting music dialogue camera cast script hero villain beginning finale opening "
        "narrator sound costume stage lighting title prologue"
    ).split(),
    "whole": "film movie drama sequel western musical cartoon remake".split(),
    "hedge": "rather quite really somewhat fully partly".split(),
    "who": "brother sister mother friend father neighbour aunt boss".split(),
}
_TEST_WORDS = {
    "part": "ending editing scenery soundtrack".split(),
    "whole": "picture comedy thriller".split(),
    "hedge": "fairly very truly".split(),
    "who": "uncle cousin teacher".split(),
}
_OPENINGS = (
    "I saw it with my {who}. ",
    "My {who} chose this {whole}. ",
    "I think: ",
    "In the end, this is what I think: ",
    *("",) * 6,
)
# {a} and {c} say what the review says, {b} and {n} the opposite; {n} is negated
_PLAIN = (
    "The {part} is {a}.",
    "I found the {whole} {a}.",
    "The {part} was {hedge} {a}.",
    "I thought that the {part} was {a} and {c}.",
    "The {part} is not only {a} but also {c}.",
)
_NEGATED = (
    "The {part} is not {n}.",
    "The {whole} was never {n}.",
    "I did not find the {part} {n}.",
    "The {part} was anything but {n}.",
    "Nobody could call the {whole} {n}.",
)
_CONTRASTED = (
    "The {part} is {b}, but the {whole} is {a}.",
    "Although the {part} is {b}, the {whole} is {a}.",
    "The {whole} is {a}, although the {part} is {b}.",
    "The {part} is not {n} but {a}.",
    "The {part} is {a}, not {n}.",
)
_TEST_PLAIN = (
    "I think that the {whole} is {hedge} {a}.",
    "The {part} is {a}, and the {whole} is {a} too.",
)
_TEST_NEGATED = (
    "I would not call the {whole} {n}.",
    "I never thought that the {part} was {n}.",
    "Nobody found the {part} {n}.",
)
_TEST_CONTRASTED = (
    "The {whole} is not {n}, it is {a}.",
    "I found the {part} {b}, but the {whole} {a}.",
    "Although I found the {part} {b}, the {whole} is {a}.",
)
# a third of the pairs of these and an adjective are in no review for training
_NEGATING = tuple(template for template in (*_NEGATED, *_CONTRASTED) if "{n}" in template)
_EVERY = 3
_CLASSES = ("negative", "positive")


def composed_reviews(train=3000, test=600, seed=0):
    """Compose reviews, half of them good and half bad.

    A third are plain, a third negated ("the plot is not dull") and a third contrasted ("the plot
    is dull, but the film is gripping"), some behind an opening that says nothing. The reviews for
    testing have the same words of praise and blame, but their own nouns, hedges and turns of
    phrase. Nouns follow Zipf's law: with a min_count, the vocabulary leaves rare ones out, and UNK
    is learned.

    Args:
        train: how many reviews for training, at least 2.
        test: how many for testing, at least 2.
        seed: of the random numbers.

    Returns:
        LabelledTexts; label 1 is a good review. Short reviews may come twice.

    Raises:
        ValueError: a number is below 2.

    Example:
        >>> reviews = composed_reviews()
        >>> reviews.train_texts[2], reviews.class_names[reviews.train_labels[2]]
        ('The movie was never good.', 'negative')
    """
    if min(train, test) < 2:
        raise ValueError(f"train, test: expected at least 2 each, got {(train, test)}")
    rng = np.random.default_rng(seed)
    known = _PLAIN, _NEGATED, _CONTRASTED
    unknown = _TEST_PLAIN, _TEST_NEGATED, _TEST_CONTRASTED
    return LabelledTexts(
        *_reviews(train, known, _TRAIN_WORDS, rng),
        *_reviews(test, unknown, _TEST_WORDS, rng),
        _CLASSES,
        "short reviews composed by a grammar",
    )


def negation_reviews(pairs=200, seed=1):
    """Compose pairs of reviews whose words alone do not tell which of them is the good one.

    Half of the pairs are the same words in two orders ("The plot is not dull but lively." and "The
    plot is not lively but dull."): a model that only counts words gets exactly one of the two
    right. The other half are a negated review and a plain one with the same adjective: as in
    exclusive or, whatever a sum of words does with "not", one of the four combinations is wrong.
    No review for training negates the same adjective by the same turn of phrase.

    Args:
        pairs: how many, at least 1.
        seed: of the random numbers.

    Returns:
        (texts, labels): tuple of 2 · pairs str, of each pair first the good and then the bad one,
        and int64 (2 · pairs,).

    Raises:
        ValueError: pairs is below 1.

    Example:
        >>> texts, labels = negation_reviews()
        >>> texts[2:4], labels[2:4].tolist()
        (('I did not find the story noisy.', 'I found the movie noisy.'), [1, 0])
    """
    if pairs < 1:
        raise ValueError(f"pairs: expected at least 1, got {pairs}")
    rng = np.random.default_rng(seed)
    make = _same_words, _negated_and_plain
    texts = [text for number in range(pairs) for text in make[number % 2](rng)]
    return tuple(texts), np.tile(np.array([1, 0], np.int64), pairs)


def _reviews(count, kinds, words, rng):
    labels = rng.permutation(np.arange(count, dtype=np.int64) % 2)
    texts = []
    for label in labels:
        template = _one_of(_one_of(kinds, rng), rng)
        same, opposite = (_GOOD, _BAD) if label else (_BAD, _GOOD)
        a, c = (same[place] for place in rng.permutation(len(same))[:2])
        b, n = (_one_of(found, rng) for found in (opposite, _negated(opposite, template, False)))
        template = _one_of(_OPENINGS, rng) + template
        texts.append(template.format(a=a, b=b, c=c, n=n, **_drawn(words, rng)))
    return tuple(texts), labels


def _negated(adjectives, template, held_out):
    """The adjectives that a template negates in training, or (held_out) the other ones."""
    if template not in _NEGATING:
        return adjectives
    first = _NEGATING.index(template)
    return [w for place, w in enumerate(adjectives, first) if (place % _EVERY == 0) == held_out]


def _same_words(rng):
    template, nouns = _one_of(_CONTRASTED, rng), _drawn(_TRAIN_WORDS, rng)
    good, bad = (_one_of(_negated(words, template, True), rng) for words in (_GOOD, _BAD))
    yield template.format(a=good, b=bad, n=bad, **nouns)
    yield template.format(a=bad, b=good, n=good, **nouns)


def _negated_and_plain(rng):
    template, is_praise, nouns = (
        _one_of(_NEGATED, rng),
        rng.random() < 0.5,
        _drawn(_TRAIN_WORDS, rng),
    )
    word = _one_of(_negated(_GOOD if is_praise else _BAD, template, True), rng)
    plain = _one_of(_PLAIN[:2], rng).format(a=word, **nouns)
    negated = template.format(n=word, **nouns)
    yield from (plain, negated) if is_praise else (negated, plain)


def _drawn(words, rng):
    """A word of each kind; the r-th most frequent one with a probability in proportion to 1/r."""
    chosen = {}
    for kind, found in words.items():
        cumulative = np.cumsum(1 / np.arange(1, len(found) + 1))
        chosen[kind] = found[np.searchsorted(cumulative, rng.random() * cumulative[-1])]
    return chosen


def _one_of(choices, rng):
    return choices[rng.integers(len(choices))]
