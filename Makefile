# The checks run with the tools of .venv if it is there, else with those on the path.
PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: check lint test deep format fuzz mutants audit lowest newest
check: test deep lint

# The short run: two minutes. The deep one draws all examples, sweeps over all, and measures what it runs through.
test:
	pytest

deep lint:
	.ci/$@

format:
	ruff format .
	ruff check --fix .

# A quarter of an hour in all, with .venv/bin/pip install -e '.[fuzz]'; what it finds belongs into tests/corpus.
FUZZ_SECONDS ?= 130
FUZZ ?= sentence asked guide batch case_json lines table
fuzz:
	for target in $(FUZZ); do \
		mkdir -p .fuzz/$$target && python -m fuzz $$target -max_total_time=$(FUZZ_SECONDS) -max_len=8192 -timeout=20 \
			-dict=fuzz/words.dict -artifact_prefix=.fuzz/$$target- .fuzz/$$target tests/corpus/$$target || exit 1; \
	done

# How much of what lay people said is read right; WORDS is a file of more such rows.
.PHONY: words
words:
	python -m tests.words.measure --show $(WORDS)

# What is kept of the program's output, written anew after a change that was meant.
.PHONY: transcripts pictures
transcripts:
	WRITE_TRANSCRIPTS=1 pytest -n 0 tests/test_transcripts.py tests/test_guide_transcripts.py

pictures:
	python -m docs.pictures.make

# What a release must pass; `.ci/unstable FOLDER` tries it with the Pythons of Debian's unstable too.
.PHONY: release-check
release-check:
	.ci/release

# The man page, after a change of what `--help` says; and dist/spasmhelp.pyz, of a wheel made anew.
.PHONY: man zipapp
man:
	python -m release.manpage

zipapp:
	rm -rf dist && python -m build -q --outdir dist && python -m release.zipapp dist/*.whl dist

# With .venv/bin/pip install -e '.[mutants]'; two hours, so name a part: make mutants MUTANTS='spasmhelp.core.steps.*'.
# `mutmut show NAME` shows one that survived.
MUTANTS ?= spasmhelp.core.*
mutants:
	SEEDS=25 mutmut run --max-children 2 "$(MUTANTS)"
	mutmut results
	mutmut export-cicd-stats && cat mutants/mutmut-cicd-stats.json

# With .venv/bin/pip install -e '.[audit]'; asks an advisory database, so it needs the network.
audit:
	pip-audit --skip-editable

# The tests with the lowest versions that pyproject.toml allows of what the program needs, and with the newest.
lowest newest:
	rm -rf .venv-$@ && python3 -m venv .venv-$@
	python3 -c 'import re, tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
		print(*(re.sub(">=([^,]+).*", r"==\1", one) for one in project["dependencies"]), sep="\n")' > .venv-$@/lowest.txt
	.venv-$@/bin/pip install -q -U $(if $(filter lowest,$@),-c .venv-$@/lowest.txt,--upgrade-strategy eager) -e '.[test]'
	.venv-$@/bin/pip list && .venv-$@/bin/pytest
