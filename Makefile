# Two commands: `make run` opens the dashboard, `make test` runs the tests. Both set up what they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TESTS  := $(VENV)/.ready-for-tests
BENCH  := $(VENV)/.ready-for-bench
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
          --no-emit-index-url --no-annotate --no-header --upgrade --quiet

.PHONY: help run workshop test test-all lint lock docs words pictures bench load room browser clean

help:            ## say what there is
	@grep -E '^[a-z-]+: .*##|^[a-z-]+: *##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 10

run: $(READY)    ## set up and open the dashboard
	$(BIN)/python -m dashboard

workshop: $(READY)   ## set up and hold workshops: people on the local network join with their phones
	$(BIN)/python -m dashboard --workshop

test: $(TESTS) browser lint   ## set up and run the tests, a real browser included
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not long"

test-all: $(TESTS) browser lint   ## the same with the tests that take long (half an hour)
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: $(TESTS)   ## style, types, and the walls between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

load: $(TESTS)   ## measure thirty users at once (five minutes)
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.print_page

room: $(TESTS)   ## measure workshops with sixty phones (a quarter of an hour)
	$(BIN)/python -m benchmarks.room
	$(BIN)/python -m benchmarks.print_page

browser:         ## make sure there is a browser to test in
	@sh tests/browser/ensure_browser.sh

lock: $(TESTS)   ## choose versions anew and write the lock files, with hashes
	$(COMPILE) --extra setup -o requirements.lock
	$(COMPILE) --extra setup --extra test -o requirements-test.lock
	$(COMPILE) --extra bench --constraint requirements-test.lock -o requirements-bench.lock

docs: $(TESTS)   ## print the reference pages and the workshop kit anew
	$(BIN)/python -m docs.print_reference
	$(BIN)/python -m docs.print_workshop

words: $(TESTS)  ## bring the language files up to date
	$(BIN)/python -m docs.words

pictures: $(TESTS) browser   ## take the pictures of the documentation anew
	$(BIN)/python -m docs.pictures

bench: $(BENCH)  ## measure speed and memory, beside other simulators (half an hour)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.print_page

clean:           ## forget the set-up
	rm -rf $(VENV)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Upstream needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make a virtual environment. On Debian: apt install python3-venv"; exit 2; }
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $(READY)

$(TESTS): $(READY) requirements-test.lock
	$(PIP) --require-hashes -r requirements-test.lock
	@touch $(TESTS)

$(BENCH): $(TESTS) requirements-bench.lock
	$(PIP) --require-hashes -r requirements-bench.lock
	@touch $(BENCH)
