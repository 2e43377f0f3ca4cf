# OneStory. `make` lists the commands.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# Each command starts several processes: what the first compiled, the others read.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-fast explore lint bench load lock clean

help:
	@echo "make demo       set everything up and run the made-up area (PORT=8000, RESET=1 starts afresh)"
	@echo "make test       set everything up and run every test"
	@echo "make test-fast  the tests that need neither a browser nor the database"
	@echo "make explore    the generative tests on examples that nobody has tried yet"
	@echo "make lint       style and import rules"
	@echo "make bench      speeds on the county-size data set, for docs/benchmarks.md"
	@echo "make load       50 people at work for two minutes, on this machine only"
	@echo "make lock       choose versions anew and write the lock files"
	@echo "make clean      remove what was set up, the demonstration's data too"

.venv/run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "OneStory needs Python 3.11 or later."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get install -y -q python3-venv; } || \
	  { echo "Please install Debian's package python3-venv, then try again."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: .venv/run
	@ONESTORY_DEMO=1 $(BIN)/onestory demo $(if $(RESET),--reset) $(if $(PORT),--port $(PORT))

test: .venv/dev lint
	@tests/ensure_chromium
	$(BIN)/pytest -n 2 --dist loadgroup

test-fast: .venv/dev
	$(BIN)/pytest -n 2 -m "not browser and not slow and not database"

explore: .venv/dev
	$(BIN)/pytest -n 2 --dist loadgroup --hypothesis-profile=explore tests/generative

lint: .venv/dev
	$(BIN)/ruff check onestory synthetic tests
	$(BIN)/ruff format --check onestory synthetic tests
	$(BIN)/lint-imports --no-cache

bench: .venv/dev
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.snapshots
	$(BIN)/python -m tests.bench.measures
	$(BIN)/python -m tests.bench.reports

load: .venv/dev
	$(BIN)/python -m tests.bench.load

lock: .venv/dev
	$(BIN)/uv pip compile --upgrade --extra dev pyproject.toml --generate-hashes --no-header --no-annotate -o requirements-dev.txt
	$(BIN)/uv pip compile --upgrade pyproject.toml --generate-hashes --no-header --no-annotate -c requirements-dev.txt -o requirements.txt

clean:
	rm -rf .venv .onestory .onestory-test
