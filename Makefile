# make demo   set up, then play the main job from start to end through the real window
# make run    open the program
# make test   set up, then run every test
# make soak   the tests that have a long profile, at full length: a kill at every step of every act
# make lint   ruff, mypy, import-linter, translations
# make bench  measure against peers and bare lower bounds
# make build  wheel and frozen program, into var/; build-windows does it for Windows, under Wine
# make clean  takes away what make made; registries stay
# make check-fresh  the commands above on a bare Debian 12 and 13 (root, debootstrap)
#
# SOTRAM_VENV and SOTRAM_VAR put the environment and all results elsewhere: a source that cannot be written is enough.
PYTHON ?= python3
VENV := $(or $(SOTRAM_VENV),.venv)
VAR := $(or $(SOTRAM_VAR),var)
PY := "$(VENV)/bin/python"
export PYTHON
export PYTHONDONTWRITEBYTECODE ?=
export PYTHONUTF8 := 1
export SOTRAM_VAR := $(VAR)
export HYPOTHESIS_STORAGE_DIRECTORY := $(VAR)/cache/hypothesis
export MYPY_CACHE_DIR := $(VAR)/cache/mypy
export RUFF_CACHE_DIR := $(VAR)/cache/ruff

.PHONY: run demo test soak lint format bench build build-windows screenshots translations lock clean ready check-fresh
.DEFAULT_GOAL := demo

# Looked at every time, in a moment: what the system lacks, then the environment.
ready:
	@sh build/check_system.sh $(firstword $(MAKECMDGOALS) demo)
	@MAKECMDGOALS="$(MAKECMDGOALS)" sh build/set_up.sh "$(VENV)" "$(VAR)"

run: ready
	@$(PY) -m desktop.app

demo: ready
	@$(PY) -m desktop.cli demo --out "$(VAR)/demo"

test: ready
	$(PY) -m pytest -n 2 -q

soak: ready
	SOTRAM_SOAK=1 $(PY) -m pytest -n 2 -q -m soak

lint: ready
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --cache-dir "$(VAR)/cache/import-linter"
	$(PY) build/translations.py --check

format: ready
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: ready
	$(PY) -m tests.benchmarks

build: ready
	$(PY) build/make_program.py

build-windows: ready
	$(PY) build/windows/run.py build/make_program.py

screenshots: ready
	$(PY) build/make_screenshots.py

translations: ready
	$(PY) build/translations.py

lock:
	"$(VENV)/bin/uv" pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 --no-header -o build/requirements.txt

clean:
	@$(PYTHON) -B build/clean.py "$(VENV)" "$(VAR)"

check-fresh:
	@sh build/check_fresh.sh
