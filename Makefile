# Two commands are all that is needed: `make run` starts Openback, `make test` runs every test.
# Both set up what is missing first: Python packages in .venv, npm packages, the browser's files.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run demo test check format bench accuracy assets setup watch lock changelog clean

# The first Python on PATH that is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$p"; break; fi; done)
VENV := .venv/bin
SETUP = @if [ -z "$(PYTHON)" ]; then \
	echo "Openback needs Python 3.11 or newer on PATH: install it, then run this again." >&2; exit 1; fi; \
	"$(PYTHON)" -m scripts.setup

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

run: ## Set up what is missing and open the app (ARGS="--port 9000 --no-browser")
	$(SETUP) app
	@exec $(VENV)/openback $(ARGS)

demo: ## The same, on a throw-away database of a sample person
	$(SETUP) app
	@exec $(VENV)/openback demo $(ARGS)

test: ## Set up what is missing and run every test, a real browser included (ARGS="-k session")
	$(SETUP) test
	$(VENV)/python -m pytest --all --but browser -n auto --dist loadfile --max-worker-restart=0 $(ARGS) || [ $$? -eq 5 ]
	$(VENV)/python -m pytest --all --only browser $(ARGS) || [ $$? -eq 5 ]
	cd frontend && npm run --silent test

check: ## Style, types, floors, and the same for the browser's side
	$(SETUP) dev
	$(VENV)/python -m ruff format --check .
	$(VENV)/python -m ruff check .
	$(VENV)/python -m mypy
	$(VENV)/lint-imports --no-logo
	@$(VENV)/python hatch_build.py --packages
	cd frontend && npm run --silent check && npm run --silent test

format: ## Format, and mend what a machine can mend
	$(SETUP) dev
	$(VENV)/python -m ruff format .
	$(VENV)/python -m ruff check --fix .

bench: ## Benchmarks: a table, and bench.json
	$(SETUP) dev
	$(VENV)/python -m benchmarks

accuracy: ## Measure the motion engine on made sets and write docs/accuracy.md again (ARGS="--sets 6")
	$(SETUP) dev
	$(VENV)/python -m scripts.accuracy $(ARGS)

assets: ## Build the browser's files, if frontend/ changed
	$(SETUP) app

setup: ## Everything a developer needs, and nothing started
	$(SETUP) test

watch: ## Keep building the browser's files while you edit (in a second terminal)
	$(SETUP) app
	@$(VENV)/python hatch_build.py --packages
	cd frontend && node scripts/build.mjs --watch

lock: ## Write the lock files anew from pyproject.toml and package.json (ARGS=--upgrade for the newest)
	@if [ -z "$(PYTHON)" ]; then echo "Openback needs Python 3.11 or newer on PATH." >&2; exit 1; fi
	"$(PYTHON)" -m scripts.lock $(ARGS)
	cd frontend && npm install --package-lock-only --ignore-scripts

changelog: ## Gather changelog.d into CHANGELOG.md (VERSION=0.2.0)
	$(SETUP) dev
	$(VENV)/python -m towncrier build --yes --version "$(VERSION)"

clean: ## Remove everything that was made here; your data lives elsewhere
	rm -rf .venv .make build dist frontend/node_modules src/openback/web/static/dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache bench.json
	find src tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
