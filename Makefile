# The one front door. `make run` and `make test` are all a newcomer needs.
PYTHON ?= python3.11
UV := .tools/bin/uv
RUN := $(UV) run --no-sync
export PIP_FIND_LINKS :=
export PYTHONPATH := src
ARGS ?=

.PHONY: install install-dev run demo test check test-all test-postgres e2e bench bench-reading bench-counting bench-names bench-pages bench-duplicates bench-sheets bench-imports bench-routing bench-briefings vendor fuzz crash crash-import oracle messages lock-check clean

$(UV):
	@$(PYTHON) -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check 'uv>=0.7,<1'

install: $(UV)
	@$(UV) sync --quiet --frozen --no-default-groups --python $(PYTHON)
	@$(RUN) python tools/compile_messages.py
	@$(RUN) zhaoyin route warm
	@$(RUN) zhaoyin read --help >/dev/null

install-dev: $(UV)
	@$(UV) sync --quiet --frozen --group dev --extra postgres --extra splink --python $(PYTHON)
	@$(RUN) python tools/compile_messages.py
	@$(RUN) zhaoyin route warm
	@$(RUN) zhaoyin read --help >/dev/null

run: install
	@$(RUN) zhaoyin demo --if-empty
	@$(RUN) zhaoyin serve $(ARGS)

demo: install
	@$(RUN) zhaoyin demo $(ARGS)

test: install-dev
	@$(RUN) pytest -n 2 -m "not journey and not slow" $(ARGS)

test-postgres: install-dev
	@$(RUN) python tools/with_postgres.py pytest -n 2 -m "not journey" tests/apps tests/architecture $(ARGS)

e2e: install-dev
	@$(RUN) pytest -m journey tests/journeys $(ARGS)

test-all: install-dev
	@$(RUN) pytest -n 2 -m "slow" $(ARGS)
	@$(MAKE) --no-print-directory test-postgres
	@$(MAKE) --no-print-directory e2e
	@$(MAKE) --no-print-directory bench ARGS=--small

check: install-dev lock-check
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy
	@$(RUN) lint-imports
	@$(RUN) djlint --quiet --lint src
	@$(RUN) python tools/check_sizes.py
	@$(RUN) python tools/check_messages.py
	@$(RUN) python tools/vendor.py --check
	@$(RUN) zhaoyin manage makemigrations --check --dry-run
	@$(RUN) zhaoyin manage check --fail-level WARNING

lock-check: $(UV)
	@$(UV) lock --check --quiet
	@! grep -oE 'https?://[^/" ]+' uv.lock | sort -u | grep -vE '^https://(pypi\.org|files\.pythonhosted\.org)$$'

bench: bench-reading bench-counting bench-names bench-pages bench-duplicates bench-sheets bench-imports bench-routing bench-briefings

bench-reading: install-dev
	@$(RUN) python -m benchmarks.reading $(ARGS)

bench-counting: install-dev
	@$(RUN) python -m benchmarks.counting $(ARGS)

bench-names: install-dev
	@$(RUN) python -m benchmarks.names $(ARGS)

bench-pages: install-dev
	@$(RUN) python -m benchmarks.pages $(ARGS)

bench-sheets: install-dev
	@$(RUN) python -m benchmarks.sheets $(ARGS)

bench-duplicates: install-dev
	@$(RUN) python -m benchmarks.duplicates $(ARGS)

bench-deduplication: install-dev
	@$(RUN) python -m benchmarks.deduplication $(ARGS)

bench-imports: install-dev
	@$(RUN) python -m benchmarks.imports $(ARGS)

bench-briefings: install-dev
	@$(RUN) python -m benchmarks.briefings $(ARGS)

bench-routing: install-dev
	@$(RUN) python -m benchmarks.routing $(ARGS)

vendor: install-dev
	@$(RUN) python tools/vendor.py

messages: install-dev
	@$(RUN) python tools/check_messages.py --update

fuzz: install-dev
	@$(RUN) python tools/fuzz.py $(ARGS)

crash: install-dev
	@$(RUN) python tools/crash.py $(ARGS)

crash-import: install-dev
	@$(RUN) python tools/crash_import.py $(ARGS)

oracle: install-dev
	@$(RUN) python tools/oracle.py $(ARGS)

clean:
	rm -rf .venv .tools var
