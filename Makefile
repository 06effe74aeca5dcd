# make demo   set up, then play the main job from start to end through the real window
# make run    open the program
# make test   set up, then run every test
# make soak   the tests that have a long profile, at full length: a kill at every step of every act
# make lint   ruff, mypy, import-linter, translations
# make bench  measure against peers and bare lower bounds
# make build  wheel and frozen program, into var/; build-windows does it for Windows, under Wine
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
export PYTHONDONTWRITEBYTECODE ?=
export PYTHONUTF8 := 1

.PHONY: run demo test soak lint format bench build build-windows screenshots translations lock clean
.DEFAULT_GOAL := demo

$(READY): build/requirements.txt build/set_up.sh pyproject.toml
	@PYTHON="$(PYTHON)" sh build/set_up.sh $(VENV)
	@touch $@

run: $(READY)
	$(BIN)/sotram-window

demo: $(READY)
	$(BIN)/sotram demo --out var/demo

test: $(READY)
	$(BIN)/python -m pytest -n 2 -q

soak: $(READY)
	SOTRAM_SOAK=1 $(BIN)/python -m pytest -n 2 -q -m soak

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python build/translations.py --check

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m tests.benchmarks

build: $(READY)
	$(BIN)/python build/make_program.py

build-windows: $(READY)
	$(BIN)/python build/windows/run.py build/make_program.py

screenshots: $(READY)
	$(BIN)/python build/make_screenshots.py

translations: $(READY)
	$(BIN)/python build/translations.py

lock:
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 --no-header -o build/requirements.txt

clean:
	rm -rf $(VENV) var
