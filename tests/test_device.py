"""The device and the scale are told without TensorFlow."""

import stat
import subprocess
import sys

import pytest

from dlcourse import device


@pytest.fixture
def driver(monkeypatch, tmp_path):
    """Install a pretended nvidia-smi that runs a shell script, or none."""

    def install(script=None):
        device._ask_driver.cache_clear()
        monkeypatch.setenv("PATH", str(tmp_path))
        if script is not None:
            program = tmp_path / "nvidia-smi"
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(program.stat().st_mode | stat.S_IEXEC)

    for name in ("DLCOURSE_SCALE", "CUDA_VISIBLE_DEVICES"):
        monkeypatch.delenv(name, raising=False)
    yield install
    device._ask_driver.cache_clear()


needs_a_shell = pytest.mark.skipif(sys.platform == "win32", reason="a shell script")


def test_without_a_driver_it_is_a_cpu(driver):
    driver()
    assert device.scale() == "quick"
    assert device.device_line().startswith("Runs on the CPU (")
    assert device.device_line().endswith("), at the quick scale.")


@needs_a_shell
def test_a_gpu_is_named(driver):
    driver('echo "Tesla T4"\necho "Tesla T5"')
    assert device.scale() == "full"
    assert device.device_line() == "Runs on a GPU (Tesla T4), at the full scale."


@needs_a_shell
def test_a_hidden_gpu_is_none(driver, monkeypatch):
    driver("echo Tesla T4")
    for hidden in ("", "-1"):
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", hidden)
        assert device.gpu_name() == ""


@needs_a_shell
def test_a_program_without_its_driver_is_no_gpu(driver):
    driver("echo NVIDIA-SMI has failed; exit 9")
    assert device.gpu_name() == ""


@pytest.mark.parametrize("wanted", ["quick", "full", " FULL "])
def test_the_scale_can_be_chosen(driver, monkeypatch, wanted):
    driver()
    monkeypatch.setenv("DLCOURSE_SCALE", wanted)
    assert device.scale() == wanted.strip().lower()


def test_another_scale_is_refused(monkeypatch):
    monkeypatch.setenv("DLCOURSE_SCALE", "huge")
    with pytest.raises(ValueError, match='expected "quick" or "full", got \'huge\''):
        device.scale()


def test_tensorflow_stays_unloaded():
    program = "import sys, dlcourse; dlcourse.scale(); print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert {"tensorflow", "keras", "torch", "jax", "pytest"}.isdisjoint(run.stdout.split())
