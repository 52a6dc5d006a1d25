import numpy as np
import pytest

from dlcourse.word2vec import EncodedCorpus, Progress, Settings, TrainingRun, describe
from dlcourse.word2vec import training as module
from dlcourse.word2vec.batches import prepare

V = 60
COUNTS = np.arange(V, 0, -1) * 10
FEW = Settings(sample=0, epochs=2, window=3)


def text(seed=0, n_sentences=200):
    """Sentences whose words are near each other in the alphabet, so that there is what to learn."""
    rng = np.random.default_rng(seed)
    numbers = []
    for length in rng.integers(1, 15, n_sentences):
        numbers += [*(rng.integers(0, V - 5) + rng.integers(0, 5, length)), -1]
    return EncodedCorpus(np.array(numbers, np.int32))


def table(seed=0, n=8):
    rng = np.random.default_rng(seed)
    half = (rng.random((V, n), np.float32) - 0.5) / n
    return np.concatenate([half, np.zeros_like(half)])


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 100)


@pytest.mark.parametrize("kind", ["skip_gram", "cbow"])
def test_the_cost_falls(kind):
    run = TrainingRun(table(), text(), COUNTS, FEW._replace(kind=kind, epochs=8, rate=0.1))
    costs = [progress.cost for progress in run]
    assert np.mean(costs[-10:]) < 0.9 * np.mean(costs[:10])


def test_progress_counts_words_and_the_rate_falls_linearly():
    corpus = text()
    seen = list(TrainingRun(table(), corpus, COUNTS, FEW))
    assert seen[-1].words == seen[-1].total == 2 * corpus.n_words
    assert seen[-1].seconds_left == 0 and seen[0].seconds_left > 0
    for before, after in zip(seen[:-1], seen[1:], strict=True):
        assert after.rate == pytest.approx(max(FEW.rate * (1 - before.words / before.total), 1e-4))


def test_equal_seeds_equal_vectors():
    tables = [table() for _ in range(3)]
    for vectors, seed in zip(tables, (0, 0, 1), strict=True):
        list(TrainingRun(vectors, text(), COUNTS, FEW._replace(seed=seed)))
    np.testing.assert_array_equal(tables[0], tables[1])
    assert not np.array_equal(tables[0], tables[2])


def test_every_piece_of_every_epoch_draws_anew(monkeypatch):
    drawn = []

    def recording(*arguments):
        groups = prepare(*arguments)
        drawn.append(groups.negatives[:3].tobytes())
        return groups

    monkeypatch.setattr(module, "prepare", recording)
    list(TrainingRun(table(), text(), COUNTS, FEW))
    assert len(set(drawn)) == len(drawn) > 10


@pytest.mark.parametrize("stop_after", [1, 7, 25])
@pytest.mark.parametrize("kind", ["skip_gram", "cbow"])
def test_a_checkpoint_resumes_exactly(tmp_path, stop_after, kind):
    path, settings = tmp_path / "run.npz", FEW._replace(kind=kind)
    whole = TrainingRun(table(), text(), COUNTS, settings)
    costs = [progress.cost for progress in whole]
    begun = TrainingRun(table(), text(), COUNTS, settings)
    for number, _ in enumerate(begun, 1):
        if number == stop_after:
            begun.save(path)
        if number == stop_after + 2:
            break  # as if it crashed a little later
    resumed = TrainingRun(table(seed=9), text(), COUNTS, settings)
    resumed.resume(path)
    assert [progress.cost for progress in resumed] == costs[stop_after:]
    np.testing.assert_array_equal(resumed.table, whole.table)
    assert list(tmp_path.iterdir()) == [path]


def test_a_finished_checkpoint_has_nothing_left(tmp_path):
    run = TrainingRun(table(), text(), COUNTS, FEW)
    run.resume(tmp_path / "not there yet.npz")
    list(run)
    run.save(tmp_path / "run.npz")
    again = TrainingRun(table(), text(), COUNTS, FEW)
    again.resume(tmp_path / "run.npz")
    assert list(again) == []


def test_a_checkpoint_of_another_training_is_refused(tmp_path):
    path = tmp_path / "run.npz"
    TrainingRun(table(), text(), COUNTS, FEW).save(path)
    for run, message in (
        (TrainingRun(table(), text(), COUNTS, FEW._replace(window=4)), "settings"),
        (TrainingRun(table(), text(seed=1), COUNTS, FEW), "corpus"),
        (TrainingRun(table(n=9), text(), COUNTS, FEW), r"a table \(120, 9\), got \(120, 8\)"),
    ):
        with pytest.raises(ValueError, match=f"expected .*{message}"):
            run.resume(path)


@pytest.mark.parametrize("kind", ["skip_gram", "cbow"])
@pytest.mark.parametrize("rate", [0.04, 0.2, 1.0])
def test_the_same_words_over_and_over_do_not_make_vectors_grow(kind, rate):
    # the worst for steps that start from the same vectors: all updates are of four rows
    numbers = np.tile(np.array([0, 1] * 20 + [-1], np.int32), 300)
    vectors = np.ones((4, 8), np.float32)
    settings = Settings(kind, sample=0, rate=rate, epochs=5)
    costs = [p.cost for p in TrainingRun(vectors, EncodedCorpus(numbers), [1, 1], settings)]
    # both words are as frequent everywhere, so that nothing is better than σ = 1 / (1 + k)
    assert costs[-1] < 1.02 * (np.log(6) + 5 * np.log(6 / 5))
    assert np.abs(vectors).max() < 3


def test_windows_longer_than_sentences():
    vectors = table()
    list(TrainingRun(vectors, text(), COUNTS, FEW._replace(window=40)))
    assert np.all(np.isfinite(vectors)) and vectors[V:].any()


def test_a_corpus_of_which_subsampling_leaves_nothing_teaches_nothing():
    vectors = table()
    corpus = EncodedCorpus(np.array([0, 1, -1], np.int32))
    list(TrainingRun(vectors, corpus, COUNTS, Settings(sample=1e-12)))
    np.testing.assert_array_equal(vectors, table())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "glove"}, "kind: expected one of skip_gram, cbow; got 'glove'"),
        ({"window": 0}, "window: expected at least 1"),
        ({"negatives": 0}, "negatives: expected at least 1"),
        ({"epochs": 0}, "epochs: expected at least 1"),
        ({"rate": 0.0}, "rate: expected above 0"),
        ({"rate": float("nan")}, "rate: expected above 0"),
        ({"sample": -1}, "sample: expected 0 or more"),
    ],
)
def test_settings_out_of_range(change, message):
    with pytest.raises(ValueError, match=message):
        TrainingRun(table(), text(), COUNTS, FEW._replace(**change))


def test_corpora_without_anything_to_learn():
    lonely = EncodedCorpus(np.array([0, -1, 1, -1], np.int32))
    with pytest.raises(ValueError, match="no pair of neighbours"):
        TrainingRun(table(), lonely, COUNTS, FEW)
    with pytest.raises(ValueError, match="counts: expected at least 2 words"):
        TrainingRun(np.zeros((2, 3), np.float32), text(), [5], FEW)
    with pytest.raises(ValueError, match="table: expected 4 rows; got 120"):
        TrainingRun(table(), text(), [5, 5], FEW)
    with pytest.raises(ValueError, match="corpus: expected numbers below 10, .* got 58"):
        TrainingRun(np.zeros((20, 3), np.float32), text(), np.ones(10), FEW)


def test_describe():
    assert describe(Progress(1, 4, 1e6, 59.6, 3.0, 0.01)).startswith("25.0 % · 1,000,000 words/s")
    assert "1 min 0 s left" in describe(Progress(1, 4, 1e6, 59.6, 3.0, 0.01))
