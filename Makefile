# Everything that is done to this project, by one word each. `make` alone lists the words.
PYTHON ?= python3
UV := .uv/bin/uv
PY := .venv/bin/python
READY := .venv/.ready
SYNC = --frozen --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help setup test unit lint types imports docs docs-check packs demo bench check clean campaign

help:  ## List these words
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/:.*  ## /\t/' | expand -t 12

setup: $(READY)  ## Make .venv with everything pinned; needs only python3 and the network

$(READY): pyproject.toml uv.lock tools/get_uv.py tools/pylock.uv.toml
	@$(PYTHON) tools/get_uv.py
	@$(UV) sync $(SYNC) || $(UV) sync --system-certs $(SYNC)
	@touch $@

demo: $(READY)  ## Three years of real figures through an invented council, in goldenthread-demo
	@.venv/bin/goldenthread demo

test: $(READY)  ## Every test, on up to four cores
	$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

unit: $(READY)  ## Only the tests that touch no disk
	$(PY) -m pytest tests/unit

lint: $(READY)  ## ruff: rules and format
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(READY)  ## mypy, strict
	$(PY) -m mypy

imports: $(READY)  ## Folders are the architecture: who may import whom
	.venv/bin/lint-imports

docs: $(READY)  ## Write the generated reference pages again
	$(PY) -m goldenthread.docs

docs-check: $(READY)
	$(PY) -m goldenthread.docs --check

packs: $(READY)  ## Check every pack and run its own tests
	.venv/bin/goldenthread pack check --strict
	.venv/bin/goldenthread pack test --strict

BENCHMARKS := $(basename $(notdir $(wildcard benchmarks/[a-z]*.py)))
bench: $(READY)  ## Measure; prints ratios and never fails on a time
	@for each in $(BENCHMARKS); do \
	  $(UV) run --isolated --frozen --quiet --group bench --python $(PY) python -m benchmarks.$$each || exit 1; \
	done

campaign: $(READY)  ## The long, seeded campaigns at release size
	GOLDENTHREAD_CAMPAIGN=release $(PY) -m pytest tests/campaigns -m campaign -s

check: lint types imports docs-check test  ## What CI runs

clean:  ## Remove what was made here
	rm -rf .venv .uv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
