# What is done often. ARGS passes arguments on, PYTHON chooses the interpreter:
#   make run ARGS=--hidden    make test ARGS="-k cron"    make test PYTHON=python3.12

ARGS ?=
WORKERS ?= 2
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test desktop check bench shots texts torture clean

help: ## Show this list
	@awk -F ': ## ' '/^[a-z]+: ## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

run: ## Open the window; without a display show jobs that become due within seconds
	@sh packaging/setup.sh environment test
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || [ "$$(uname)" = Darwin ]; then \
		sh packaging/setup.sh libraries screen && .venv/bin/deskcron $(ARGS); \
	else \
		.venv/bin/deskcron demo $(ARGS); \
	fi

test: ## Run the tests
	@sh packaging/setup.sh environment test
	@sh packaging/setup.sh system
	@sh packaging/setup.sh libraries offscreen
	@.venv/bin/python -m pytest -n $(WORKERS) $(ARGS)

desktop: ## Install the virtual desktop on which some tests drive the program
	@sh packaging/setup.sh environment test
	@sh packaging/setup.sh desktop

check: ## Check format, style, types, import rules and dependencies
	@sh packaging/setup.sh environment test,dev
	@sh packaging/check.sh

bench: ## Measure speed and memory
	@sh packaging/setup.sh environment test,bench
	@.venv/bin/python tests/bench/run.py $(ARGS)

shots: ## Photograph every page and dialog, light and dark, into build/shots
	@sh packaging/setup.sh environment test
	@.venv/bin/python tests/shots/run.py $(ARGS)

texts: ## Collect the texts for translators, and compile the translations
	@sh packaging/setup.sh environment test
	@sh packaging/texts.sh extract
	@sh packaging/texts.sh renew
	@sh packaging/texts.sh compile

torture: ## Kill the engine at random moments, and count that nothing is lost or run twice
	@sh packaging/setup.sh environment test
	@sh packaging/setup.sh system
	@.venv/bin/python tests/e2e/torture.py $(ARGS)

clean: ## Remove .venv, caches and what was built
	@rm -rf .venv build dist torture .coverage .*_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
