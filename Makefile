# Needs Python 3.11 or later and make; nothing from a system's packages. Everything it installs
# goes to .venv/ and node_modules/. A stamp is written last: what was interrupted is done again.

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
# Another project's environment must not leak into this one.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTHONDONTWRITEBYTECODE

PY   := .venv/bin/python
PIP  := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
DATA ?= var
# What to hand to pytest: make test ARGS="tests/procurement -k quote"
ARGS ?=
JOBS ?= 3

.PHONY: help run reset test lint format bench features clean requirements
.PHONY: ready-to-run ready-to-test ready-to-bench

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

run: ready-to-run ## start everything in one process, with demonstration data
	@exec env RK_DEMONSTRATION=1 RK_DATA="$(DATA)" $(PY) -m services

reset: ## forget the data of `make run`
	@rm -rf -- "$(DATA)" && echo "$(DATA)/ is gone: the next start begins anew"

# Both always run, so that one answer says all there is to repair. The checks take one processor,
# so they go beside the tests, and say what they have found after them.
test: ready-to-test ## run every check and every test
	@failed=0; found=$$(mktemp); \
	$(MAKE) lint >"$$found" 2>&1 & checks=$$!; \
	$(PY) -m pytest -n $(JOBS) $(ARGS) || failed=1; \
	wait $$checks || failed=1; \
	cat "$$found"; rm -f "$$found"; \
	exit $$failed

lint: ready-to-test ## style, types, imports, templates, container files
	@failed=0; \
	check() { echo "— $$1"; shift; "$$@" || failed=1; }; \
	files() { git -c safe.directory='*' ls-files --cached --others --exclude-standard -- "$$@"; }; \
	check "ruff" $(PY) -m ruff check --quiet .; \
	check "ruff format" $(PY) -m ruff format --quiet --check .; \
	check "mypy" $(PY) -m mypy --no-error-summary; \
	check "import-linter" .venv/bin/lint-imports --no-logo; \
	if [ -n "$$(files '*.html')" ]; then check "djlint" .venv/bin/djlint --quiet --lint $$(files '*.html'); fi; \
	if [ -n "$$(files '*Dockerfile')" ]; then check "hadolint" .venv/bin/hadolint $$(files '*Dockerfile'); fi; \
	if [ -f docker-compose.yml ]; then check "docker compose" .venv/bin/docker-compose -f docker-compose.yml config --quiet --no-interpolate; fi; \
	exit $$failed

format: ready-to-test ## put the code in its common form
	@$(PY) -m ruff check --quiet --fix-only . && $(PY) -m ruff format --quiet .

bench: ready-to-bench ## measure against the bare libraries and other outboxes
	@exec $(PY) -m tests.bench $(ARGS)

features: ready-to-test ## which tests show which numbered feature
	@exec $(PY) -m tests.features $(ARGS)

clean: ## remove what was installed; the data stays
	@rm -rf -- .venv node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

requirements: ready-to-test ## pin the newest versions that the .in files allow
	@pin() { .venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --python-version 3.11 "$$1.in" -o "$$1.txt"; }; \
	pin requirements; pin requirements-dev; pin requirements-bench; pin requirements-node

# ---------------------------------------------------------------- what is installed

ready-to-run: .venv/.run node_modules/.run
ready-to-test: .venv/.dev node_modules/.dev
ready-to-bench: .venv/.bench node_modules/.run

.venv/.made:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
		if command -v $$python >/dev/null \
			&& $$python -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Preparing .venv with $$($$python --version)"; \
			if $$python -m venv --clear .venv; then touch $@; exit 0; fi; \
		fi; \
	done; \
	echo "Python 3.11 or later, with its venv module, is needed (Debian: apt-get install python3-venv)" >&2; \
	exit 1

.venv/.run: requirements.txt | .venv/.made
	@echo "Installing what the services need"; $(PIP) -r $< && touch $@

.venv/.dev: requirements-dev.txt | .venv/.made
	@echo "Installing what the tests need"; $(PIP) -r $< && touch .venv/.run $@

.venv/.bench: requirements-bench.txt | .venv/.dev
	@echo "Installing what the measures compare with"; $(PIP) -r $< && touch $@

# The machine's npm when it reads our lock file, else the one that the Python index carries.
NPM_CI = npm=npm; \
	version="$$(npm --version 2>/dev/null || true)"; \
	if ! [ "$${version%%.*}" -ge 7 ] 2>/dev/null; then \
		echo "No npm on this machine: taking the one of the Python index"; \
		$(PIP) -r requirements-node.txt || { echo "Install Node.js 20 or later, with npm" >&2; exit 1; }; \
		npm=.venv/bin/npm; export PATH="$(CURDIR)/.venv/bin:$$PATH"; \
	fi; \
	echo "Installing what the pages need"; \
	"$$npm" ci --ignore-scripts --no-audit --no-fund --loglevel=error

node_modules/.run: package-lock.json package.json .npmrc | .venv/.made
	@$(NPM_CI) --omit=dev && touch $@

node_modules/.dev: package-lock.json package.json .npmrc | .venv/.made
	@$(NPM_CI) && touch node_modules/.run $@
