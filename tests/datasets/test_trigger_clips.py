"""The clips: complete, apart by voice, and what their script makes."""

import hashlib
import importlib.util
import wave

import numpy as np
import pytest

from dlcourse.audio import SceneRecipe, level, synthesize_scenes
from dlcourse.datasets import trigger_word_clips
from dlcourse.datasets.project_data import project_data

FOLDER = project_data("trigger_clips")
FILES = sorted(FOLDER.rglob("*.wav"))


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location(
        "make_clips", FOLDER.parent / "make_trigger_clips.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def clips():
    return trigger_word_clips()


def test_the_loader_reads_every_file(clips, script):
    lists = [found for part in clips[:2] for found in part]
    assert [len(found) for found in lists] == [4, 14, 21, 1, 6, 12]
    names = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FILES}
    assert names == set(script.clip_names())
    assert len(names) == sum(map(len, lists)) == 58


def test_the_files_are_small():
    assert sum(path.stat().st_size for path in FILES) <= 600_000


def test_lengths_and_levels(clips):
    for part in clips[:2]:
        for background in part.backgrounds:
            assert len(background) == 2.6 * clips.rate
            assert level(background) == pytest.approx(-35, abs=0.05)
        for word in part.activates + part.negatives:
            assert 0.25 < len(word) / clips.rate < 0.65
            assert level(word) == pytest.approx(-20, abs=0.05)
            assert word.dtype == np.float32


def test_no_clip_comes_twice():
    assert len({hashlib.sha256(path.read_bytes()).digest() for path in FILES}) == len(FILES)


def test_voices_of_the_test_are_not_those_of_training(script):
    assert not set(script.VOICES["train"]) & set(script.VOICES["test"])
    assert len(script.VOICES["test"]) == 3


def test_the_script_makes_the_files_byte_for_byte(script, tmp_path):
    chosen = [n for n in script.clip_names() if "voice2" in n or "background" in n]
    assert len(chosen) > 10
    for name in chosen:
        path = tmp_path / "clip.wav"
        script.write_wav(path, script.make_clip(name), script.RATE)
        assert path.read_bytes() == (FOLDER / f"{name}.wav").read_bytes(), name


def test_the_script_writes_everything(script, tmp_path, monkeypatch):
    some = script.clip_names()[:2]
    monkeypatch.setattr(script, "clip_names", lambda: some)
    script.main(tmp_path)
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.wav")} == {
        f"{name}.wav" for name in some
    }
    with wave.open(str(tmp_path / f"{some[0]}.wav")) as file:
        assert file.getframerate() == 8000


def test_the_clips_fit_a_recipe(clips):
    recipe = SceneRecipe(n_samples=20_000, n_steps=59, ones=6)
    scenes = synthesize_scenes(3, clips.test, np.random.default_rng(0), recipe)
    assert scenes.samples.shape == (3, 20_000)
    assert np.isfinite(scenes.samples).all()


def test_a_missing_file_is_named():
    with pytest.raises(FileNotFoundError, match="no_such_clips: missing; install dlcourse again"):
        project_data("no_such_clips")
