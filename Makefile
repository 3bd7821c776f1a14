# 邻站 — see `make help`. Everything is prepared by scripts/prepare.py, step by step, each step once.
PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
# Else every command, worker and test process would compile the house anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help prepare prepare-test run test check format bench lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

prepare: ## environment and front end, what `run` needs
	@$(PYTHON) scripts/prepare.py run

prepare-test: ## the same, and what tests need
	@$(PYTHON) scripts/prepare.py test

run: prepare ## prepare everything and serve http://127.0.0.1:8000 with the demo city
	@exec $(BIN)/linzhan up --demo --host $(HOST) --port $(PORT)

test: prepare-test ## the whole suite, browser tests included (ARGS="-k name" for a part)
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: prepare-test ## linters, types, import contracts, migrations, glossary and personal-data marks
	@scripts/check.sh

format: prepare-test ## format the code
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: prepare-test ## the benchmark suite: a table, and JSON beside it
	@$(BIN)/python -m bench $(ARGS)

lock: ## make requirements/*.txt anew from requirements/*.in (needs uv)
	@scripts/lock.sh

clean: ## remove what was built; data in var/ stays
	rm -rf .venv .build frontend/node_modules frontend/dist
