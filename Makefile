# Everything a developer does. `make` explains each target.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export MINGA_HOME ?= $(CURDIR)/var
export PYTHONPATH := $(CURDIR)/src:$(CURDIR)
JOBS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

.DEFAULT_GOAL := help
.PHONY: help run minga test check check-style check-types check-house check-templates bench docs book lock wheel assets clean

help: ## explain each target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run assets ## start Minga here: database, server and background work (data in var/; Ctrl-C stops it)
	@exec $(BIN)/python -m minga.site.cli up $(ARGS)

test: $(VENV)/.test assets ## run the whole suite, with journeys in a real browser
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup $(ARGS)

check: $(VENV)/.test assets ## everything that is checked without running Minga: style, types, house rules, templates
	@$(MAKE) --no-print-directory -j$(JOBS) --output-sync=target check-types check-style check-house check-templates

check-style:
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

check-types:
	@$(BIN)/mypy

check-house:
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -q -p no:cacheprovider -m "not slow" tests/structure

check-templates:
	@$(BIN)/djlint src --lint --quiet

bench: $(VENV)/.run assets ## measure the promised figures (ARGS=--quick for smaller sizes; ARGS=ledger for one topic)
	@$(BIN)/python -m bench $(ARGS)

docs: $(VENV)/.test ## write the generated reference pages, the snapshot of all facts and the API's description
	@$(BIN)/python -m minga.site.cli facts --write
	@$(BIN)/python -m minga.site.cli openapi > docs/reference/openapi.json
	@$(BIN)/python docs/generate.py

book: $(VENV)/.test ## build the documentation as a website into build/docs (a link that leads nowhere fails)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict $(ARGS)

minga: $(VENV)/.run ## run one of Minga's own commands here: make minga ARGS="plan verify"
	@$(BIN)/python -m minga.site.cli $(ARGS)

lock: $(VENV)/.test ## write requirements/ again from pyproject.toml, with hashes (ARGS=--upgrade for newer versions)
	@for set in run: build:--group=build test:--group=build,--group=test; do \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url $(ARGS) pyproject.toml \
	    $$(echo $${set#*:} | tr , ' ') --output-file requirements/$${set%%:*}.txt || exit 1; done

wheel: $(VENV)/.run ## build the wheel, with the assets inside, into dist/
	@$(BIN)/hatchling build -t wheel

assets: $(VENV)/.run
	@$(BIN)/python -m minga.ui.build

clean: ## remove what the targets above made, except the data in var/
	rm -rf $(VENV) build dist node_modules src/minga/ui/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Minga needs Python 3.11 or newer. Name another one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/build.txt $(BIN)/python
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements/test.txt
	@touch $@
