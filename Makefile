# What one types. `make` alone lists the targets; each is a few lines that can be read and typed by hand.

.DEFAULT_GOAL := help
.NOTPARALLEL:

# The first Python on the path that is new enough; `make demo PYTHON=python3.12` names another.
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach name,$(CANDIDATES),$(shell $(name) -c '$(IS_NEW_ENOUGH)' 2>/dev/null && echo $(name))))
PORT ?= 8000
ONLY ?=
UPGRADE ?=
# `make test-all` empties both.
UNLESS ?= not slow
# Tests of what a page shows, of rules on paper and of lists that are only read: both databases answer them alike, and
# `make test` runs them on SQLite alone. What is about saving, locking, searching, sorting or summing runs on both, and so
# does every new file until it is named here.
ALIKE ?= tests/ui/* tests/front/* tests/releases/* tests/test_doors.py \
	$(addprefix tests/desk/test_,evidence_file.py filing_detail.py navigation.py no_figure_is_changed.py upload_file.py) \
	$(addprefix tests/filings/test_,contract_add.py entry_add.py filing_detail.py firm_doors.py grid.py home.py \
		ministry.py one_list_of_rules.py query_list.py receipt.py rules_frames.py upload_layout.py upload_marked.py \
		workbook_*.py) \
	$(addprefix tests/members/test_,admin.py invitation_open.py viewing.py) \
	$(addprefix tests/reference/test_,admin.py *_detail.py *_list.py list_*.py lists.py) \
	$(addprefix tests/publishing/test_,cards.py comparing.py deciding.py desk_doors.py desk_rules.py digits.py directories.py \
		edition_files.py editor.py figures.py importing.py knowledge.py letter.py letter_pictures.py linking.py \
		mailing_pages.py newsletter_pages.py pasting.py policy_chapters.py policy_files.py print.py printing.py \
		publishing_feeds.py web_medium.py wechat.py word.py) \
	$(addprefix tests/statistics/test_,api.py api_described.py api_examples.py builder_files.py builder_pages.py \
		changes.py changes_pages.py downloads.py drawings.py growth_page.py printed_figures.py themes.py withheld.py \
		*_detail.py *_list.py)

BIN := .venv/bin
PY := $(BIN)/python
MANAGE := $(PY) manage.py
PIP := $(PY) -m pip --disable-pip-version-check -qq --no-input
STEP := .ci/step
VAR := $(or $(PORTAL_VAR),var)

# Compiled modules are kept whatever the surroundings say: else every process of a test run compiles all of them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo setup serve clean-demo test test-all lint format coverage bench messages lock

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F '|' '{printf "  make %-12s %s\n", $$1, $$2}'

# ── Running ──────────────────────────────────────────────────────────────────────────────────────

demo: port-is-free setup serve ## Set up the demo association and serve it (PORT=8000)

setup: .venv/.packages .env ## Everything that `make demo` does, without serving
	@grep -q '^PORTAL_MODE=demo$$' .env || { echo "✗ .env says that this is no demo: nothing was touched."; exit 1; }
	@$(MAKE) --silent $(VAR)/.static-collected & collecting=$$!; \
		$(MANAGE) set_up_demo; made=$$?; wait $$collecting && exit $$made
	@echo "✓ Everything is set up."

$(VAR)/.static-collected: .venv/.packages $(shell find static portal/*/static -type f 2>/dev/null)
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

serve: port-is-free ## Serve what is set up
	@[ -f .venv/.packages ] && [ -f .env ] || { echo "✗ Nothing is set up yet: make setup does it."; exit 1; }
	@! grep -q '^PORTAL_MODE=demo$$' .env || $(MANAGE) demo_accounts
	@printf '\n→ The portal is at  http://127.0.0.1:$(PORT)/   (English: http://127.0.0.1:$(PORT)/en/)\n'
	@printf '  Ctrl+C ends it; make serve starts it again.\n\n'
	@exec $(PY) -m gunicorn association.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread --workers 2 --threads 4 \
		--log-level warning --no-control-socket

clean-demo: ## Throw the demo's data and settings away (var/ and .env)
	rm -rf var .env

.PHONY: port-is-free
port-is-free: .venv/.made
	@$(PY) .ci/port_is_free.py $(PORT)

# Each deployment has settings of its own: in the demo a secret key made here, and the moment at which its clock started.
.env: | .venv/.made
	@umask 077; printf 'PORTAL_MODE=demo\nSECRET_KEY=%s\nDEMO_SET_UP_AT=%s\n' \
		"$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(48))')" "$$(date -u +%Y-%m-%dT%H:%M:%S+00:00)" > .venv/new.env
	@mv .venv/new.env .env

# ── Packages: each list is installed once, and again when it has changed ─────────────────────────

.venv/.made:
	@"$(PYTHON)" -c '$(IS_NEW_ENOUGH)' 2>/dev/null || { \
		echo "✗ Python 3.11 or newer is needed, and none was found."; \
		echo "  Install one, or name it: make demo PYTHON=/path/to/python3.12"; exit 1; }
	@$(STEP) "Making .venv" "$(PYTHON)" -m venv .venv || { \
		echo "  On Debian and Ubuntu the package python3-venv may be missing."; exit 1; }
	@touch $@

.venv/.packages: requirements.txt | .venv/.made
	@$(STEP) "Installing packages (about a minute the first time)" $(PIP) install --no-deps --require-hashes -r $<
	@touch $@

.venv/.test-packages: requirements-test.txt | .venv/.packages
	@$(STEP) "Installing the tests' packages (about a minute the first time)" $(PIP) install --no-deps --require-hashes -r $<
	@touch $@

.venv/.bench-packages: requirements-bench.txt | .venv/.packages
	@$(STEP) "Installing the benches' packages" $(PIP) install --no-deps --require-hashes -r $<
	@touch $@

# ── Working on it ────────────────────────────────────────────────────────────────────────────────

test: .venv/.test-packages lint ## Style, layers and the tests, on SQLite and on a temporary PostgreSQL
	@.ci/chromium
	@echo "→ The tests, on SQLite …"
	@# What those on PostgreSQL start from takes one process half a minute: it is built meanwhile.
	@.ci/with-postgres $(PY) -m tests.databases world >/dev/null 2>&1 & $(PY) -m pytest -n auto --dist worksteal -m "$(UNLESS)"
	@.ci/with-postgres $(PY) -m pytest -n auto --dist worksteal -m "database and not browser$(if $(UNLESS), and not demo and $(UNLESS))" \
		$(ALIKE:%=--ignore-glob='%')

# Building the demo on PostgreSQL takes as long as a quarter of the tests there: it is left to test-all.
test-all: ## The same with the slow tests, and all that touch the database on PostgreSQL too
	@$(MAKE) --no-print-directory test UNLESS= ALIKE=

lint: .venv/.test-packages ## Style and layers alone
	@$(STEP) "Style" $(BIN)/ruff check --quiet
	@$(STEP) "Layout" $(BIN)/ruff format --check --quiet
	@$(STEP) "Layers" .ci/quietly $(PY) $(BIN)/lint-imports

format: .venv/.test-packages ## Put style and layout right where a machine can
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format --quiet

coverage: .venv/.test-packages ## What the tests reach, as build/coverage/index.html
	@$(PY) -m coverage erase
	@$(PY) -m coverage run -m pytest -n auto --dist worksteal -m "$(UNLESS)"
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report --skip-covered --skip-empty
	@$(PY) -m coverage html --quiet

bench: .venv/.bench-packages ## Measured ratios, into build/bench.json (ONLY=name for one, or for those that begin so)
	@$(PY) -m bench $(ONLY)

messages: .venv/.packages ## Gather the texts to translate into locale/, and compile (needs gettext)
	@$(PY) -m django makemessages --locale zh_Hans --extension html,txt,py --no-location --no-wrap --no-obsolete \
		--ignore '.venv/*' --ignore 'build/*' --ignore 'var/*' --ignore 'tests/*' --ignore 'bench/*' --verbosity 0
	@$(MANAGE) compilemessages --ignore .venv

lock: .venv/.test-packages ## Write down versions and hashes for requirements*.in (UPGRADE=--upgrade looks for newer ones)
	@[ -x $(BIN)/uv ] || $(PIP) install uv
	@for list in requirements requirements-test requirements-bench requirements-spark; do \
		.ci/quietly $(BIN)/uv pip compile --quiet $(UPGRADE) --generate-hashes --python-version 3.11 --universal \
			--no-emit-index-url --no-emit-find-links --no-header $$list.in -o $$list.txt || exit 1; done
