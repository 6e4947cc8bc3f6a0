# Every target sets up what it needs in .venv (vLLM and Ray: .venv-vllm; Inspect: .venv-inspect), once; scripts/setup*.sh say how. PYTHON=... chooses the interpreter.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo app test test-slow test-engines test-inspect lint format docs clean

VENV ?= .venv
ENGINES ?= .venv-vllm
INSPECT ?= .venv-inspect
BIN := $(VENV)/bin
DEMO := data/demo/outputs.smollm2-135m.jsonl data/demo/outputs.qwen2.5-coder-1.5b.jsonl
export VENV ENGINES INSPECT

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## classify the recorded outputs of two small real models (no model is run) and show the table
	@scripts/setup.sh app
	@$(BIN)/spectool classify $(DEMO) -o results/demo
	@printf '\nSee the same in the browser:  %s/spectool app results/demo\n' '$(BIN)'

app: ## open the app on the result folders below results/
	@scripts/setup.sh app
	@mkdir -p results
	@$(BIN)/spectool app results

test: ## everyday checks: lint, format, types, quick tests
	@scripts/setup.sh app,dev
	@$(MAKE) --no-print-directory lint
	@$(BIN)/pytest -n 2

test-slow: ## slow tests: real models, a browser, the built wheel, Inspect, vLLM and Ray
	@scripts/setup.sh app,hf,dev
	@scripts/setup_chromium.sh
	@scripts/setup_vllm.sh
	@$(BIN)/pytest -m "slow and not engines"
	@$(MAKE) --no-print-directory test-inspect
	@$(MAKE) --no-print-directory test-engines

test-engines: ## of the slow tests those of vLLM (for a CPU) and Ray
	@scripts/setup_vllm.sh
	@$(ENGINES)/bin/pytest -m engines tests/run

test-inspect: ## of the slow tests those of Inspect AI and Inspect Scout
	@scripts/setup_inspect.sh
	@$(INSPECT)/bin/pytest -m slow tests/integrations/test_inspect.py

lint: ## ruff (lint, format) and mypy
	@scripts/setup.sh app,dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: ## let ruff format and mend what it can
	@scripts/setup.sh app,dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: ## write the generated pages anew (docs/errors.md, formats.md, benchmark.md, cli.md)
	@scripts/setup.sh app,dev
	@$(BIN)/python -m spectool.report.errors_page docs/errors.md
	@$(BIN)/python -m spectool.report.formats_page docs/formats.md
	@$(BIN)/python -m spectool.report.benchmark_page docs/benchmark.md
	@$(BIN)/python -m spectool.cli.page docs/cli.md

clean: ## remove caches and built packages; results and .venv stay
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './$(VENV)/*' -not -path './$(ENGINES)/*' -prune -exec rm -rf {} +
