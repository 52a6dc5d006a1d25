"""A cache of its own for every test, and no proxies on the way to the server in the next thread."""

import pytest

from dlcourse.datasets import fetch


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("DLCOURSE_CACHE", str(folder))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(fetch, "_FIRST_PAUSE", 0.001)
    return folder
