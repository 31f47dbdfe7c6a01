# Two commands are enough: `make run` and `make test`. Everything is installed into .venv from lock files with hashes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
# A lock file is whole, so nothing is resolved: pip 23 would look at a newer `pydantic[email]` than the locked one.
LOCKED := $(PIP) --require-hashes --no-deps
DATA ?= ../shared/data/$(if $(filter train vectors bench-sizing,$(MAKECMDGOALS)),sizing,recorded)
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help setup run demo recorded test check drill bench bench-load bench-sizing train vectors lock setup-test

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.runtime ## environment in .venv, command at .venv/bin/wecena

run: setup ## the service on http://127.0.0.1:8000, data in ./var
	$(BIN)/wecena run

demo: setup ## the same on a throw-away database beside two simulated forges
	$(BIN)/wecena demo

recorded: setup ## the main job on recorded deliveries and lists: make recorded DATA=FOLDER
	$(BIN)/wecena recorded $(DATA)

test: setup-test ## all tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: setup-test ## what is installed, formatting, lint, types, import contracts, Dockerfile
	$(BIN)/python -m pip check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile
	$(BIN)/python -m connector.web.catalogue --check

drill: setup-test ## the slow proofs
	$(BIN)/python -m pytest -n $(WORKERS) -m drill

bench: setup-test ## measure beside peers, tables of ratios: make bench SCENARIO=intake
	$(BIN)/python -m tests.bench $(SCENARIO)

bench-load: setup-test ## 50 deliveries a second for ten minutes beside a dead forge, and 100,000 for the memory
	$(BIN)/python -m tests.bench load --seconds 600
	$(BIN)/python -m tests.bench memory --count 100000

train: $(VENV)/.train ## the model of sizes anew, same data and lock file, same model: make train DATA=FOLDER
	OMP_NUM_THREADS=1 $(BIN)/python -m connector.sizing.training train $(DATA)

vectors: $(VENV)-vectors/.done ## what the model learns from sentence vectors anew; packages of several GB: make vectors DATA=FOLDER
	HF_HUB_OFFLINE=1 $(VENV)-vectors/bin/python -m connector.sizing.training.vectors $(DATA)

bench-sizing: $(VENV)/.train ## the model of sizes beside its baselines: make bench-sizing DATA=FOLDER
	OMP_NUM_THREADS=1 $(BIN)/python -m connector.sizing.training bench $(DATA)

lock: $(VENV)/bin/python ## write the lock files anew
	$(PIP) uv
	$(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --output-file requirements.lock
	$(BIN)/uv pip compile --quiet pyproject.toml --extra test --extra gunicorn --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --constraint requirements.lock --output-file requirements-test.lock
	$(BIN)/uv pip compile --quiet pyproject.toml --extra train --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --constraint requirements-test.lock --output-file requirements-train.lock
	$(BIN)/uv pip compile --quiet requirements-vectors.in --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --constraint requirements-train.lock --output-file requirements-vectors.lock
	$(BIN)/uv pip compile --quiet requirements-build.in --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --output-file requirements-build.lock

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock requirements-build.lock pyproject.toml | $(VENV)/bin/python
	$(LOCKED) -r requirements-build.lock -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

setup-test: $(VENV)/.test node_modules/.done

$(VENV)/.test: requirements-test.lock $(VENV)/.runtime
	$(LOCKED) -r requirements-test.lock
	@touch $@

$(VENV)/.train: requirements-train.lock $(VENV)/.runtime
	$(LOCKED) -r requirements-train.lock
	@touch $@

$(VENV)-vectors/.done: requirements-vectors.lock
	$(PYTHON) -m venv $(VENV)-vectors
	$(VENV)-vectors/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps -r $<
	@touch $@

node_modules/.done: package-lock.json .npmrc
	@if command -v npm >/dev/null; then npm ci --silent && touch $@; else \
	  echo "npm is missing: tests that read npm packages will be skipped (Debian: apt-get install npm)"; fi
