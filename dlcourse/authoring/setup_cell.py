"""The first code cell of every notebook: the same cell works locally and on Colab."""

import textwrap

__all__ = ["setup_cell"]

_CELL = """\
# Run this cell first. It installs dlcourse only where it is missing, and leaves the NumPy,
# TensorFlow, Keras, JAX and PyTorch that are already there as they are.
import importlib.util

if importlib.util.find_spec("dlcourse") is None:
    import subprocess
    import sys
    import tempfile
    from importlib.metadata import distributions
    from pathlib import Path

{package}
    keep = "numpy scipy ml-dtypes tensorflow tensorflow-cpu keras jax jaxlib torch".split()
    pins = [f"{{d.name}}=={{d.version}}" for name in keep for d in distributions(name=name)]
    constraints = Path(tempfile.mkdtemp(), "constraints.txt")
    constraints.write_text("\\n".join(pins))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--constraint", str(constraints)]
    subprocess.run([*pip, package], check=True)
    importlib.invalidate_caches()

import dlcourse

lesson = dlcourse.lesson({arguments})
lesson"""

_PUBLISHED = '''\
package = "dlcourse @ git+{address}"'''

_WHEEL = """\
wheels = sorted(Path().glob("dlcourse-*.whl"))
if not wheels:
    raise ModuleNotFoundError(
        "dlcourse is not installed here. On your own computer: close this, run `make lab` (or "
        "`pip install .`) in the folder of the course, and open the notebook again. On Colab: "
        "upload the file dlcourse-….whl (folder symbol on the left; `pip wheel --no-deps .` in "
        "the folder of the course makes it) and run this cell again."
    )
package = str(wheels[-1].resolve())"""


def setup_cell(lesson_name: str, address: str, folder: str = "") -> str:
    """Source of the set-up cell.

    Args:
        lesson_name: Which lesson the notebook belongs to.
        address: The project's repository; empty while it is not published.
        folder: An instructor's folder of exercises, seen from the notebook; empty for the course.
    """
    package = _PUBLISHED.format(address=address) if address else _WHEEL
    arguments = f'"{lesson_name}"' + (f', folder="{folder}"' if folder else "")
    return _CELL.format(package=textwrap.indent(package, "    "), arguments=arguments)
