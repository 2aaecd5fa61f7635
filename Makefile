# The checks run with the tools of .venv if it is there, else with those on the path.
PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: check lint test format
check: test lint

lint:
	ruff format --check .
	ruff check .
	mypy
	lint-imports
	spasmhelp check

test:
	pytest

format:
	ruff format .
	ruff check --fix .
