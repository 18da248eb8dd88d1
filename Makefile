# One interface: what a person types, CI types too. Needs only Python 3.11 or later and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help install test demo check lint types contracts bench bench-reader bench-documents golden template pictures messages-doc clean

help:
	@echo "make install set up .venv with everything in it"
	@echo "make demo    play one real week of a real office (no token, no network)"
	@echo "make test    set up and run the whole suite"
	@echo "make check   lint, types, import contracts"
	@echo "make bench   figures about speed and memory, as ratios in one run"

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

install: $(STAMP)

demo: $(STAMP)
	@$(BIN)/giaoban demo

test: $(STAMP) check
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: lint contracts types

lint: $(STAMP)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

types: $(STAMP)
	@$(BIN)/mypy --no-error-summary

contracts: $(STAMP)
	@$(BIN)/lint-imports --no-logo > $(VENV)/contracts.txt || (cat $(VENV)/contracts.txt; exit 1)

bench: $(STAMP)
	@$(BIN)/python -m benchmarks.table

bench-reader: $(STAMP)
	@$(BIN)/python -m benchmarks.reader

bench-documents: $(STAMP)
	@$(BIN)/python -m benchmarks.documents

messages-doc: $(STAMP)
	@$(BIN)/python -m tests.print_messages
	@$(BIN)/python -m tests.print_message_inputs
	@$(BIN)/python -m tests.print_words
	@$(BIN)/python -m tests.print_rights

template: $(STAMP)
	@$(BIN)/python -m bot.rendering.word.factory templates/reports/bao-cao-tuan.docx

pictures: $(STAMP)
	@$(BIN)/python -m tests.print_pictures

clean:
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist *.egg-info
