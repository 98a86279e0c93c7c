# Commands for a newcomer: make demo, make quick, make test.  They set up all they need in .venv.
PYTHON ?= python3
BIN := .venv/bin
# The versions with which the tests passed; empty for the newest that pyproject.toml allows.
CONSTRAINTS ?= constraints.txt
INSTALL := $(BIN)/python -m pip install --quiet $(if $(CONSTRAINTS),--constraint $(CONSTRAINTS))

.PHONY: demo quick test lint site links smoke release audit verify bench clean help

help:
	@echo "make demo    set up, answer the questions on the shipped raids, write the reports"
	@echo "make quick   set up, run the tests that take under a minute together"
	@echo "make test    set up, run all tests"
	@echo "make lint    set up, check style and types, of the page's modules too where Node is"
	@echo "make site    build the pages under docs as a site, for reading without a network"
	@echo "make links   ask every address that the pages name; what does not answer is told"
	@echo "make smoke   try the built wheel on every supported Python found, and with the lowest dependencies"
	@echo "make release build the wheel, the source archive and the list of parts into dist, the same bytes for everyone"
	@echo "make audit   ask whether a dependency or a module of the page has a known weakness, and build twice and compare"
	@echo "make verify  the long comparison of the engine with the independent one (about an hour)"
	@echo "make bench   measure speed against an independent implementation, C++ and a plain loop"
	@echo "make clean   remove .venv and the reports"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Skypact needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/.installed: pyproject.toml constraints.txt $(BIN)/python
	$(INSTALL) --editable '.[report,app]'
	@$(BIN)/python -c 'from skypact.study.kernels import warm; warm(print)'
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(INSTALL) --editable '.[report,app,dev]'
	@touch $@

demo: .venv/.installed
	@$(BIN)/python tools/demo.py

quick: .venv/.installed-dev
	$(BIN)/python -m pytest --numprocesses=2 --dist=worksteal -m 'not slow'

test: .venv/.installed-dev
	@sh tools/chromium.sh
	$(BIN)/python -m pytest --numprocesses=2 --dist=worksteal

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tools.page_types

site: .venv/.installed-dev
	$(BIN)/python -m sphinx --builder html --fail-on-warning --keep-going --quiet --jobs 2 docs build/site
	@echo "build/site/index.html"

links: .venv/.installed-dev
	-$(BIN)/python -m sphinx --builder linkcheck --quiet docs build/links

smoke: $(BIN)/python
	$(BIN)/python tools/smoke.py

release: .venv/.installed-dev
	$(BIN)/python -m tools.release

audit: .venv/.installed-dev
	$(BIN)/python -m tools.audit
	$(BIN)/python -m tools.release --check

verify: .venv/.installed-dev
	$(BIN)/python -m tests.oracle.campaign --raids 100000 --processes 2

bench: .venv/.installed-dev
	$(BIN)/skypact bench

clean:
	rm -rf .venv out
