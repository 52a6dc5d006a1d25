"""The `dlcourse` command.

Each command has a module of its own name here, with a click command called `command`. They import
the engine inside their functions, so that `dlcourse --help` answers at once.
"""

from dlcourse.cli.app import main

__all__ = ["main"]
