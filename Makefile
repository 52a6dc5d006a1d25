# make lab     open the course in JupyterLab
# make test    test everything
#
# Both make the environment first, in .venv, once; PYTHON chooses its Python (3.11 to 3.13):
#     make test PYTHON=python3.12
# CONTRIBUTING.md and README.md name the same steps for people without make.

PYTHON ?= python3
VENV ?= .venv

# More options for JupyterLab, such as: make lab LAB_OPTIONS="--no-browser --port 8890"
LAB_OPTIONS ?=
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
BACKENDS := $(VENV)/installed-backends

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help environment lab test

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

lab: environment
	$(BIN)/jupyter lab $(LAB_OPTIONS) notebooks/00_start_here.ipynb

# The quick ones first: what they find need not wait for the tests, whose summary comes last.
test: environment $(BACKENDS)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/dlcourse build --check
	$(BIN)/python -m pytest -n 2 --dist worksteal

environment: $(STAMP)

# The stamp is younger than both files exactly while the environment agrees with them.
$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info < (3, 14); sys.exit(0 if ok else "dlcourse needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is %d.%d: make $(MAKECMDGOALS) PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -e .
	@touch $@

# JAX and PyTorch, which only the tests need; the constraint keeps them from changing the rest.
$(BACKENDS): requirements-backends.txt $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-backends.txt -c requirements.txt
	@touch $@
