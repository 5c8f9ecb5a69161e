# Everything a person or a machine does with this project. `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
QUICK := not integration and not faults and not browser and not slow

.DEFAULT_GOAL := help
.PHONY: help setup demo up test test-quick lint bench clean chromium

help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*  ## /  make \1 — /p' $(MAKEFILE_LIST)

setup:  ## make .venv, once; a second time does nothing
	@$(PYTHON) tools/setup.py

demo: setup  ## run everything here and play a lively stream: make demo ARGS="--rate 200 --seconds 60"
	@$(BIN)/tingfeng demo $(ARGS)

up: setup  ## run everything here for real: make up ARGS="--data-dir data --port 8080"
	@$(BIN)/tingfeng up $(ARGS)

test: setup chromium  ## run every test (under 12 minutes on 2 cores)
	@$(BIN)/python -m pytest -q $(ARGS)

test-quick: setup  ## run the tests that need no engine, no browser and no patience
	@$(BIN)/python -m pytest -q -m "$(QUICK)" $(ARGS)

lint: setup  ## style, types, and which room may import which
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup  ## measure what README claims
	@$(BIN)/python -m benchmarks $(ARGS)

clean:  ## remove what can be made again; the data folder stays
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

chromium:
	@sh tools/chromium.sh
