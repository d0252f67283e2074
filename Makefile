# `make run` and `make test` each set up .venv by themselves; a bare Python 3.11 and make will do.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: setup run test static tests check vectors bench pictures clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1" -c constraints.txt
	$(BIN)/python -m pip install --quiet --no-compile -c constraints.txt torch -e . --group dev
	touch $(STAMP)

run: $(STAMP)
	$(BIN)/mattra serve

# Everything a release needs.
test: static tests

# The fast tier, for every save.
check: static
	$(BIN)/pytest -n auto --dist loadgroup -m "not slow"

static: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

tests: $(STAMP)
	$(BIN)/pytest -n auto --dist loadgroup

# After the knowledge was changed: its vectors for the package, so that the first start is quick.
vectors: $(STAMP)
	MATTRA_HOME=$$(mktemp -d) $(BIN)/python -m qa.shipping

bench: $(STAMP)
	$(BIN)/python -m bench

# The pictures of each tab for the README.
pictures: $(STAMP)
	$(BIN)/python -m bench.pictures

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
