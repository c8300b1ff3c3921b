# Préau's commands for people. Python 3.11 or newer and make are all they need.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench screenshots clean

help:  ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

demo: $(VENV)/.run  ## Put a MOOC online with its sample course: make demo PORT=8765
	@$(BIN)/preau demo --dir demo-site --port $(PORT) $(DEMO)

test: $(VENV)/.test  ## Run every test: make test TESTS=tests/kit
	@$(BIN)/python -m tests.run $(TESTS)

lint: $(VENV)/.test $(VENV)/.lint  ## Check style, types and the direction of imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports && $(BIN)/mypy

bench: $(VENV)/.test  ## Measure the site; results go to benchmarks/results/
	@$(BIN)/python -m benchmarks.pages

screenshots: $(VENV)/.test  ## The key pages at phone and desktop width, in docs/screenshots/
	@$(BIN)/python -m tests.screenshots

clean:  ## Remove the virtual environment and the demonstration site
	rm -rf $(VENV) demo-site

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Préau needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e . && touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]' && touch $@ $(VENV)/.run

$(VENV)/.lint: $(BIN)/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[lint]' && touch $@
