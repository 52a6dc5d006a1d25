"""`python -m dlcourse` is the `dlcourse` command."""

from dlcourse.cli import main

if __name__ == "__main__":
    main(prog_name="dlcourse")
