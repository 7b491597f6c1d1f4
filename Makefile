# Works on a fresh machine with Python 3.11 or newer and make. Options for a command go in ARGS:
#   make test ARGS="-k undo"        make run ARGS="--port 9000"        make setup PYTHON=python3.13

PYTHON ?= python3
JOBS ?= 2
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALLED := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench fuzz crash lock

help:  ## List the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

setup: $(INSTALLED)  ## Build .venv from the locks

run: $(INSTALLED)  ## Serve on http://127.0.0.1:8000
	$(BIN)/carnet serve $(ARGS)

test: $(INSTALLED)  ## Run the tests, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

check: $(INSTALLED)  ## Check style, types and the walls of the house
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(INSTALLED)  ## Measure Carnet beside a bare program
	$(BIN)/python -m bench $(ARGS)

fuzz: $(INSTALLED) .venv/.fuzz/.installed  ## Throw cases by the thousand at the three APIs
	$(BIN)/python -m bench.fuzz $(ARGS)

.venv/.fuzz/.installed: .venv/.locked requirements/fuzz.txt
	$(PYTHON) -m venv --clear .venv/.fuzz
	.venv/.fuzz/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements/fuzz.txt
	@touch $@

crash: $(INSTALLED)  ## Kill the server among writers, for minutes
	$(BIN)/python -m pytest -m crash $(ARGS)

# A changed lock rebuilds the environment whole, so that nothing stays behind that the lock no longer names.
.venv/.locked: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Carnet needs Python 3.11 or newer: make setup PYTHON=...")'
	@echo "Setting up .venv, which takes about a minute the first time"
	$(PYTHON) -m venv --clear .venv
	$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

$(INSTALLED): .venv/.locked pyproject.toml
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Pins are kept where they still fit; ARGS=--upgrade takes the newest. The locks hold for every platform and for
# Python 3.11 and later, with hashes and without addresses.
COMPILE = $$tools/bin/uv pip compile --no-config --quiet --universal --python-version 3.11 \
	--generate-hashes --annotation-style line --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" $(ARGS)

lock:  ## Pin again what pyproject.toml asks for
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(PYTHON) -m venv "$$tools"; "$$tools/bin/pip" --disable-pip-version-check --quiet install uv; \
	$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.txt; \
	$(COMPILE) pyproject.toml --constraint requirements/dev.txt --output-file requirements/runtime.txt; \
	$(COMPILE) --group pyproject.toml:fuzz --output-file requirements/fuzz.txt; \
	if grep -n '://' requirements/*.txt; then echo "A lock may hold no address" >&2; exit 1; fi
