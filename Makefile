# Two commands are enough on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
TOGETHER := --dist loadfile --no-loadscope-reorder  # what a file shares is made once; conftest puts the longest first

.PHONY: demo test quick check format bench bench-quick examples readme clean

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/installed-test: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: .venv/installed  ## ingest the invented reviews of examples/ and print their themes
	$(BIN)/srtminer --store .venv/demo.db ingest examples
	$(BIN)/srtminer --store .venv/demo.db themes
	@echo 'To type srtminer yourself: source $(BIN)/activate; export SRTMINER_STORE=.venv/demo.db'

check: .venv/installed-test  ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check  ## everything that has to pass
	$(BIN)/pytest -n 2 $(TOGETHER)

quick: .venv/installed-test  ## the tests that take no time
	$(BIN)/pytest -n 2 $(TOGETHER) -m 'not slow'

format: .venv/installed-test  ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/installed-test  ## speed and memory beside other libraries
	$(BIN)/python -m tests.bench

bench-quick: .venv/installed-test  ## the same of less, in a minute
	$(BIN)/python -m tests.bench --quick

examples: .venv/installed-test  ## make the PDFs of examples/ again from their texts
	$(BIN)/python -m tests.make_examples

readme: .venv/installed-test  ## run the commands of README and guides, write what they print and draw the pictures
	$(BIN)/python -m tests.readme --write

clean:
	rm -rf .venv build dist *.egg-info
