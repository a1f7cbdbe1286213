# What a developer types. README has the two commands of a newcomer.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: install test check format wheel wheelhouse offline samples model docs bench accuracy

install: $(BIN)/reviewer
$(BIN)/reviewer: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	touch $@

test: install
	$(BIN)/python -m pytest -n auto

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/reviewer rules check

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: install
	$(BIN)/python -m build --outdir dist

# A folder from which an office without a network installs: pip install --no-index --find-links wheelhouse reviewer
wheelhouse: wheel
	rm -rf wheelhouse
	$(BIN)/python -m pip wheel --quiet --wheel-dir wheelhouse dist/*.whl

# Proves the wheelhouse: an environment of its own, no index, outside the checkout.
offline: wheelhouse
	sh tests/offline_install.sh $(PYTHON) wheelhouse

samples: install
	$(BIN)/python samples/make.py

model: install
	$(BIN)/reviewer model train --network --persons models/corpus-persons

docs: install
	$(BIN)/python docs/make.py

bench: install
	$(BIN)/python benchmarks/cold_start.py --enforce

# What is found and raised on the annotated texts, by type, with intervals.
accuracy: install
	$(BIN)/python tests/evaluation/scoring.py > benchmarks/accuracy.md
