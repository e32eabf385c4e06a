# Chancery's everyday commands. `make refresh` is all a fresh clone needs: it sets up the environment once, in .venv.
.DEFAULT_GOAL := help
.PHONY: help refresh demo ui test check format quality docs bench clean

PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do $$python -c '' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
READY := .venv/.ready
DEV_READY := .venv/.ready-dev
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

help:  ## What there is to make.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Chancery needs Python 3.11 or newer: make PYTHON=/path/to/it")'
	@echo "Setting up .venv, once" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) --editable '.[all]'
	@touch $@

$(DEV_READY): $(READY)
	@$(INSTALL) --editable '.[all,dev]'
	@touch $@

refresh: $(READY)  ## Read what is new in seeds/ into var/chancery.duckdb.
	@$(BIN)/chancery refresh

demo: $(READY)  ## See every view filled: a year of invented news, its warehouse and briefing in var/demo/.
	@rm -rf var/demo
	@$(BIN)/python -m tests.scenario var/demo/seeds
	@$(BIN)/chancery refresh --seeds var/demo/seeds --warehouse var/demo/chancery.duckdb
	@$(BIN)/chancery export --warehouse var/demo/chancery.duckdb
	@echo
	@echo "Read  var/demo/briefing.html"
	@echo "Ask   $(BIN)/chancery query \"from engagement.follow_through\" --warehouse var/demo/chancery.duckdb"
	@echo "Look  $(BIN)/chancery ui --seeds var/demo/seeds --warehouse var/demo/chancery.duckdb"

ui: $(READY)  ## Open Dagster on http://localhost:3000, with the seeds sensor and the nightly schedule running.
	@$(BIN)/chancery ui

test: $(DEV_READY)  ## Prove it: every test, the browser's included where Chromium is installed.
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: $(DEV_READY)  ## Formatting, lint and types.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(DEV_READY)  ## Put the code into its usual form.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

quality: $(DEV_READY)  ## Score the engine on the annotated articles.
	@$(BIN)/python -m tests.quality.gold

docs: $(DEV_READY)  ## Write the data dictionary, and README's transcripts as they are today.
	@$(BIN)/python -m docs.build

bench: $(DEV_READY)  ## Measure: start-up, scale, throughput, memory, views.
	@$(BIN)/python -m benchmarks

clean:  ## Remove everything generated, the warehouse included, but for the environment.
	rm -rf var .pytest_cache .ruff_cache .mypy_cache .hypothesis
