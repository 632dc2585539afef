# make run     install what is missing and serve on http://localhost:8501
# make test    install what is missing and run every test: unit, pages, browser
# make check   format, lint, types, tests
# make bench   measurements as ratios, simulations of coverage, load
# make words   collect the texts of the audit into data/locale/*.po, and say what is not translated
# make sample  write the sample company's files anew (fixed seed)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --no-input --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := run
.PHONY: run test check bench sample words fast lint chromium

run: $(VENV)/.run
	@$(BIN)/streamlit run app.py

test: $(VENV)/.test chromium
	@$(BIN)/python -m pytest

fast: $(VENV)/.test
	@$(BIN)/python -m pytest -m "not slow and not browser"

lint: $(VENV)/.test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

check: lint test

bench: $(VENV)/.test chromium
	@$(BIN)/python -m tests.bench

words: $(VENV)/.run
	@$(BIN)/python data/locale/make_catalogue.py

sample: $(VENV)/.run
	@$(BIN)/python data/sample/make_sample.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "AMP needs Python 3.11 or newer; say which with: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.txt constraints.txt | $(VENV)/bin/python
	@echo "Installing what AMP needs (about a minute, once) ..."
	@$(PIP) --requirement requirements.txt
	@touch $@

$(VENV)/.test: tests/requirements.txt $(VENV)/.run
	@$(PIP) --requirement tests/requirements.txt
	@touch $@

chromium:
	@sh tests/chromium.sh
