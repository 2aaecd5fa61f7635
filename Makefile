# The checks run with the tools of .venv if it is there, else with those on the path.
PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: check lint test format fuzz
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

# Ten minutes in all, with .venv/bin/pip install -e '.[fuzz]'; what it finds belongs into tests/corpus.
FUZZ_SECONDS ?= 200
fuzz:
	for target in case_json lines table; do \
		mkdir -p .fuzz/$$target && python -m fuzz $$target -max_total_time=$(FUZZ_SECONDS) -max_len=8192 -timeout=20 \
			-dict=fuzz/words.dict -artifact_prefix=.fuzz/$$target- .fuzz/$$target tests/corpus/$$target || exit 1; \
	done

# What is kept of the program's output, written anew after a change that was meant.
.PHONY: transcripts pictures
transcripts:
	WRITE_TRANSCRIPTS=1 pytest tests/test_transcripts.py

pictures:
	python -m docs.pictures.make
