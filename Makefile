# Every target makes what it needs: `make run` and `make test` work in a fresh clone.
.DEFAULT_GOAL := help
.PHONY: help run test lint format bench torture lock schema topics messages

BIN := .venv/bin
PARALLEL := -n auto --dist worksteal

help:  ## List the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run:  ## Start Waymark: on Discord with DISCORD_TOKEN, else in the sandbox
	@scripts/install.sh run
	@exec $(BIN)/waymark run

test:  ## Run all tests
	@scripts/install.sh dev
	$(BIN)/pytest $(PARALLEL) --cov --cov-report= tests/bot
	$(BIN)/pytest $(PARALLEL) --ignore=tests/bot
	$(BIN)/coverage report --fail-under=92 --skip-covered --sort=cover
	$(BIN)/coverage report --fail-under=100 --include="$$($(BIN)/python -m tests.architecture.pure)"

lint:  ## Check style, types and import contracts
	@scripts/install.sh dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

format:  ## Format the code and mend what can be mended
	@scripts/install.sh dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench:  ## Run the benchmarks (each prints a ratio against a named peer)
	@scripts/install.sh dev
	$(BIN)/python -m tests.benchmarks

torture:  ## Run the tests at full size, with limits in milliseconds
	@scripts/install.sh dev
	WAYMARK_TORTURE=1 $(BIN)/pytest $(PARALLEL) $(ARGS)

lock:  ## Pin all dependencies anew, within pyproject.toml
	@scripts/install.sh dev
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --extra sandbox --extra postgres -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --group build \
	--custom-compile-command "make lock"

schema:  ## Write the JSON Schema of content packs
	@scripts/install.sh dev
	$(BIN)/waymark content schema

topics:  ## Learn anew how questions are understood, from data/asking/ and the packs
	@scripts/install.sh dev
	$(BIN)/waymark content topics

messages:  ## Collect the texts to translate into data/locales/waymark.pot
	@scripts/install.sh dev
	$(BIN)/pybabel -q extract -k later -k locale_str --omit-header --no-location --sort-output \
		-o data/locales/waymark.pot bot cogs
