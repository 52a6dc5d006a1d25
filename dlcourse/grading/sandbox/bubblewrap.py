"""The command that puts a process into a room of its own (Linux, where bubblewrap is installed).

Inside there is no network, no other process, and of the disk only the interpreter with its
libraries and the kit, all read-only; the home folder and /tmp are private and small.
"""

import functools
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

import dlcourse

__all__ = [
    "HOME",
    "KIT",
    "bubblewrap_works",
    "library_paths",
    "wrap",
    "writable_folders",
]

KIT = "/kit"
HOME = "/home/learner"
_WRITABLE = (HOME, "/tmp", "/dev/shm")  # private to the sandbox: file systems in memory
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_SETTINGS = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/fonts",
             "/etc/localtime", "/etc/alternatives")  # fmt: skip
_RIGHTS = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_DAC_OVERRIDE", "CAP_FOWNER")


@functools.cache
def bubblewrap_works() -> bool:
    """Whether bubblewrap is installed and this system lets it work."""
    program = shutil.which("bwrap")
    if program is None or not sys.platform.startswith("linux"):
        return False
    probe = [program, *_namespaces(), "--ro-bind", "/", "/", "--proc", "/proc", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def wrap(command: list[str], kit: Path, environment: dict[str, str], hidden: Iterable[Path],
         scratch_mb: int) -> list[str]:  # fmt: skip
    """The command line that runs `command` inside the room.

    Args:
        command: What to run.
        kit: Folder that is seen as `KIT`.
        environment: Its environment variables; it gets no others.
        hidden: Folders that must not be seen even where they lie inside something that is.
        scratch_mb: Size of each writable folder, in MiB.
    """
    size = str(scratch_mb * 2**20)
    arguments = [shutil.which("bwrap") or "bwrap", *_namespaces(), "--die-with-parent",
                 "--as-pid-1", "--new-session", "--clearenv"]  # fmt: skip
    shown = sorted({*_libraries()})
    arguments += [*_show_system()]
    for parent in sorted({p for folder in shown for p in folder.parents if p.name}):
        if not any(parent.is_relative_to(system) for system in _SYSTEM):
            arguments += ["--perms", "0755", "--dir", str(parent)]
    for folder in shown:
        arguments += ["--ro-bind", str(folder), str(folder)]
    for folder in _inside([*_copies_of_dlcourse(shown), *hidden], shown):
        arguments += ["--tmpfs", str(folder), "--remount-ro", str(folder)]
    arguments += ["--ro-bind", str(kit), KIT, "--proc", "/proc", "--dev", "/dev"]
    for writable in writable_folders():
        arguments += ["--size", size, "--perms", "1777", "--tmpfs", writable]
    arguments += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME]
    for name, value in environment.items():
        arguments += ["--setenv", name, value]
    return [*arguments, "--", *command]


def library_paths() -> list[str]:
    """Where the grader itself finds installed packages, however they came to be on its path."""
    return [p for p in sys.path if p.endswith(("site-packages", "dist-packages"))]


def _namespaces() -> list[str]:
    """Everything of its own: processes, network, host name, message queues, and rights."""
    own = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
           "--unshare-cgroup-try", "--cap-drop", "ALL"]  # fmt: skip
    if os.getuid() != 0:
        return [*own, "--unshare-user"]
    # root needs no user namespace, and without one the warm parent can give each submission a
    # user id of its own
    return [*own, *(word for right in _RIGHTS for word in ("--cap-add", right))]


def writable_folders() -> list[str]:
    """The folders in which a submission may write; not one that an environment lies in."""
    libraries = list(_libraries())
    return [f for f in _WRITABLE if not any(lib.is_relative_to(f) for lib in libraries)]


def _show_system() -> Iterator[str]:
    for name in _SYSTEM:
        if os.path.islink(name):
            yield from ("--symlink", os.readlink(name), name)
        elif os.path.isdir(name):
            yield from ("--ro-bind", name, name)
    for name in _SETTINGS:
        yield from ("--ro-bind-try", name, name)


def _libraries() -> Iterator[Path]:
    """Where the interpreter and what is installed for it lie, outside the system's folders."""
    paths = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}
    paths |= set(library_paths())
    folders = {Path(p) for p in paths if os.path.isdir(p)}
    folders |= {f.resolve() for f in folders} | {Path(os.path.realpath(sys.executable)).parent}
    system = [Path(s) for s in _SYSTEM]
    for folder in folders:
        others = [*system, *(f for f in folders if f != folder)]
        if not any(folder.is_relative_to(o) for o in others):
            yield folder


def _copies_of_dlcourse(shown: Iterable[Path]) -> Iterator[Path]:
    """Every place where our package lies, imported from there or not: each holds the answers."""
    yield Path(dlcourse.__file__).parent
    folders = {Path(p) for p in (*sys.path, *sysconfig.get_paths().values())}
    for root in (*shown, Path("/usr"), Path("/usr/local")):
        for library in ("lib", "lib64"):
            folders |= {*root.glob(f"{library}/python3*/*-packages")}
        folders |= {root, root / "Lib" / "site-packages"}
    yield from (folder / "dlcourse" for folder in folders)


def _inside(hidden: Iterable[Path], shown: Iterable[Path]) -> Iterator[Path]:
    visible = [*shown, *(Path(s) for s in _SYSTEM)]
    covered: list[Path] = []
    for folder in sorted({Path(h).resolve() for h in hidden}):  # a folder before those in it
        if any(folder.is_relative_to(c) for c in covered):
            continue
        if folder.is_dir() and any(folder.is_relative_to(v) for v in visible):
            covered.append(folder)
            yield folder
