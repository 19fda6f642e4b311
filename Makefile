# The same verbs at home and in CI. Nothing but python3 (3.11-3.13), pip and gcc is needed beforehand.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
DEMO_HOME := .cache/demo
QUESTION := Vilka stadsdelar nämner Trefas eller SIG unga?

.PHONY: browser help demo serve test lint format eval bench docs install install-dev system clean
.DEFAULT_GOAL := help

help: ## Visa vad som går att göra
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/pyvenv.cfg:
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "spana kräver Python 3.11-3.13; ange en: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

# torch first and pinned: an open range would fetch several GB of CUDA packages.
$(VENV)/.installed: $(VENV)/pyvenv.cfg pyproject.toml
	@echo "Installerar spana i $(VENV) (första gången tar det några minuter) …"
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(VENV)/.installed ## Skapa .venv och installera spana

install-dev: $(VENV)/.installed-dev

system: ## Installera Tesseract (läser inskannade sidor) om det saknas
	@if command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx swe; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installerar tesseract-ocr och tesseract-ocr-swe …"; \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-swe) >/dev/null 2>&1 \
		|| echo "Det gick inte att installera Tesseract; inskannade sidor redovisas som oläsliga."; \
	else \
		echo "Inskannade sidor kan inte läsas förrän Tesseract finns. Be om paketen: tesseract-ocr tesseract-ocr-swe"; \
	fi

browser: ## Installera Chromium (provar webbsidorna) om det saknas
	@if [ -x /usr/bin/chromium ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installerar chromium …"; \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) >/dev/null 2>&1 \
		|| echo "Det gick inte att installera Chromium; proven av webbsidorna hoppas över."; \
	else \
		echo "Proven av webbsidorna hoppas över tills Chromium finns. Be om paketet: chromium"; \
	fi

demo: install system ## Läs in exempelarkivet och ställ en fråga
	$(BIN)/spana --home $(DEMO_HOME) ingest examples/archive
	@echo
	@echo "$(QUESTION)"
	@TTY_COMPATIBLE=1 COLUMNS=$$(tput cols 2>/dev/null || echo 140) $(BIN)/spana --home $(DEMO_HOME) ask "$(QUESTION)"
	@echo
	@echo "Öppna webbsidan: make serve, och gå till http://127.0.0.1:8000"

serve: install ## Starta webbsidan över exempelarkivet
	$(BIN)/spana --home $(DEMO_HOME) serve

test: lint ## Kör alla kontroller och tester
	$(BIN)/python -m pytest -q

lint: install-dev ## Kontrollera stil, typer och beroenden mellan paketen
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install-dev ## Rätta stilen
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: install-dev ## Mät kvaliteten mot facit
	$(BIN)/python -m eval quality --shared $(SHARED)

bench: install-dev ## Mät tid och minne
	$(BIN)/python -m eval bench --shared $(SHARED)

docs: install-dev ## Skriv om de sidor i docs/ som görs av koden
	$(BIN)/python -m api.reference docs/commands.md

clean: ## Ta bort det som går att skapa igen
	rm -rf .cache build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
