# What is done often. ARGS passes arguments on, PYTHON chooses the interpreter:
#   make run ARGS="--for 20s"    make test ARGS="-k cron"    make test PYTHON=python3.12

ARGS ?=
WORKERS ?= 2
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test check bench torture clean

help: ## Show this list
	@awk -F ': ## ' '/^[a-z]+: ## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

run: ## Show deskcron at work: jobs that become due within seconds
	@sh packaging/setup.sh environment test
	@.venv/bin/deskcron demo $(ARGS)

test: ## Run the tests
	@sh packaging/setup.sh environment test
	@sh packaging/setup.sh system
	@.venv/bin/python -m pytest -n $(WORKERS) $(ARGS)

check: ## Check format, style, types, import rules and dependencies
	@sh packaging/setup.sh environment test,dev
	@sh packaging/check.sh

bench: ## Measure speed and memory
	@sh packaging/setup.sh environment test,bench
	@.venv/bin/python tests/bench/run.py $(ARGS)

torture: ## Kill the engine at random moments, and count that nothing is lost or run twice
	@sh packaging/setup.sh environment test
	@sh packaging/setup.sh system
	@.venv/bin/python tests/e2e/torture.py $(ARGS)

clean: ## Remove .venv, caches and what was built
	@rm -rf .venv build dist torture .coverage .*_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
