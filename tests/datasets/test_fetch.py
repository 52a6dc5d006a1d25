"""Downloads against a server in this process that cuts, stalls, lies and refuses."""

import hashlib
import socket
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from dlcourse.datasets import fetch as room
from dlcourse.datasets.fetch import DownloadError, RemoteFile, fetch
from tests.datasets.file_server import serving

CONTENT = np.random.default_rng(0).bytes(300_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server():
    with serving({"data.bin": CONTENT}) as state:
        yield state


def remote(server, digest=DIGEST):
    return RemoteFile("data.bin", f"{server.url}/folder/data.bin", digest)


def visible(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_file_is_downloaded_once(server, cache, capsys):
    path = fetch(remote(server))
    assert path == cache / "data.bin" and path.read_bytes() == CONTENT
    assert fetch(remote(server)) == path
    assert server.requests == [None]
    assert visible(cache) == ["data.bin"] and not (cache / ".data.bin.part").exists()
    shown = capsys.readouterr()
    assert "data.bin" in shown.err and "300.0/300.0 kB" in shown.err and shown.out == ""


@pytest.mark.parametrize("promise", [True, False], ids=["length told", "length not told"])
def test_a_file_may_come_without_its_length(server, promise):
    server.promise = promise
    assert fetch(remote(server)).read_bytes() == CONTENT


def test_a_connection_that_breaks_is_taken_up_where_it_broke(server):
    server.cut = [100_000, 50_000]
    assert fetch(remote(server)).read_bytes() == CONTENT
    assert server.requests == [None, "bytes=100000-", "bytes=150000-"]


def test_a_server_without_ranges_starts_anew(server):
    server.cut, server.ranges = [100_000], False
    assert fetch(remote(server)).read_bytes() == CONTENT
    assert len(server.requests) == 2


def test_what_has_arrived_waits_for_the_next_call(server, cache):
    server.cut = [10_000, 10_000, 10_000, 10_000]
    with pytest.raises(DownloadError, match="connection ended after 40000 of 300000 bytes"):
        fetch(remote(server))
    assert visible(cache) == []
    assert (cache / ".data.bin.part").read_bytes() == CONTENT[:40_000]
    assert fetch(remote(server)).read_bytes() == CONTENT
    assert server.requests[-1] == "bytes=40000-"


def test_a_killed_process_leaves_a_beginning_that_the_next_one_completes(server, cache, tmp_path):
    server.cut, server.gate = [120_000], threading.Event()
    program = _start(remote(server), tmp_path / "said")
    part = cache / ".data.bin.part"
    _wait_until(lambda: part.exists() and part.stat().st_size > 50_000)
    program.kill()
    program.wait()
    arrived = part.stat().st_size
    assert visible(cache) == [] and 50_000 < arrived <= 120_000
    server.cut = []
    server.gate.set()
    assert fetch(remote(server)).read_bytes() == CONTENT
    assert server.requests == [None, f"bytes={arrived}-"]


def test_of_two_processes_one_downloads_and_the_other_waits(server, tmp_path):
    server.cut, server.gate = [120_000], threading.Event()
    said = [tmp_path / "first", tmp_path / "second"]
    programs = [_start(remote(server), path) for path in said]
    _wait_until(lambda: any("waiting" in path.read_text() for path in said))
    server.gate.set()
    assert [program.wait(30) for program in programs] == [0, 0]
    assert server.requests == [None]


def test_threads_wait_for_each_other_and_say_so(server, capsys):
    server.cut, server.gate = [1000], threading.Event()
    paths = []
    threads = [threading.Thread(target=lambda: paths.append(fetch(remote(server)))) for _ in "ab"]
    for thread in threads:
        thread.start()
    _wait_until(lambda: server.requests)
    time.sleep(0.1)
    server.gate.set()
    for thread in threads:
        thread.join()
    assert len(paths) == 2 and server.requests == [None]
    assert "Another process is downloading data.bin" in capsys.readouterr().err


def test_wrong_bytes_are_refused_and_thrown_away(server, cache):
    server.files["data.bin"] = CONTENT[:-1] + b"?"
    with pytest.raises(DownloadError, match="300000 bytes that came are not the expected ones"):
        fetch(remote(server))
    assert visible(cache) == [] and not (cache / ".data.bin.part").exists()
    assert len(server.requests) == 1


def test_a_file_that_is_too_short_on_the_server_is_refused(server, cache):
    server.files["data.bin"] = CONTENT[:1000]
    with pytest.raises(DownloadError, match="1000 bytes that came"):
        fetch(remote(server))
    assert visible(cache) == [] and not (cache / ".data.bin.part").exists()


@pytest.mark.parametrize("beginning", [b"of another file", CONTENT + b"and more"])
def test_a_wrong_beginning_is_dropped(server, cache, beginning):
    cache.mkdir()
    (cache / ".data.bin.part").write_bytes(beginning)
    assert fetch(remote(server)).read_bytes() == CONTENT
    assert server.requests == [f"bytes={len(beginning)}-", None]


def test_a_beginning_that_is_the_whole_file_is_enough(server, cache):
    cache.mkdir()
    (cache / ".data.bin.part").write_bytes(CONTENT)
    assert fetch(remote(server)).read_bytes() == CONTENT


def test_a_file_that_went_bad_in_the_cache_is_fetched_again(server, cache):
    fetch(remote(server)).write_bytes(CONTENT[:77])
    assert fetch(remote(server)).read_bytes() == CONTENT


def test_a_busy_server_is_asked_again(server):
    server.statuses = [503, 429]
    assert fetch(remote(server)).read_bytes() == CONTENT


@pytest.mark.parametrize("status", [403, 404])
def test_a_refusal_is_final(server, status):
    server.statuses = [status] * 5
    with pytest.raises(DownloadError, match=f"the server answered {status}") as caught:
        fetch(remote(server))
    assert len(server.requests) == 1
    assert server.url in str(caught.value) and "put the file at" in str(caught.value)


def test_no_server_is_said_at_once(cache):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        file = RemoteFile("data.bin", f"http://127.0.0.1:{port}/data.bin", DIGEST)
        with pytest.raises(DownloadError, match=r"data.bin could not be downloaded .*refused"):
            fetch(file)
    assert visible(cache) == []


def test_silence_counts_as_a_broken_connection(server, monkeypatch):
    monkeypatch.setitem(room.receive.__globals__, "_SECONDS_OF_SILENCE", 0.05)
    server.cut, server.gate = [1000], threading.Event()
    with pytest.raises(DownloadError, match="timed out"):
        fetch(remote(server))


def test_a_cache_that_cannot_be_written_is_said(server, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DLCOURSE_CACHE", str(tmp_path / "file"))
    with pytest.raises(DownloadError, match="DLCOURSE_CACHE"):
        fetch(remote(server))


def test_the_usual_cache_is_the_users(monkeypatch):
    monkeypatch.setenv("DLCOURSE_CACHE", "")
    assert "dlcourse" in str(room.cache_folder()) and room.cache_folder().name == "datasets"


def _start(file, said):
    program = "from dlcourse.datasets.fetch import RemoteFile, fetch; fetch(RemoteFile(*{!r}))"
    with open(said, "wb") as stderr:
        return subprocess.Popen([sys.executable, "-c", program.format(tuple(file))], stderr=stderr)


def _wait_until(happened):
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)
