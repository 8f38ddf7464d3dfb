# SPDX-License-Identifier: Apache-2.0
# Everything needs only make and Python; what else is needed is installed into environments here.

PYTHON ?= python3
# The last TensorFlow with Estimators has no wheels for anything newer.
PYTHON_ESTIMATOR ?= python3.11
VENV ?= .venv
# For the demo or for pytest, such as ARGS=--no-serve or ARGS="-m 'not slow'".
ARGS ?=
# How many processes run the tests: one more than there are processors, as tests wait too; at most
# eight, as each takes a gigabyte with its browser.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(8, 1 + (os.cpu_count() or 1)))')

# What is never imported needs no compiling.
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --no-compile
IN_VENV := $(VENV)/bin/python

# Else each of the hundreds of processes that tests start compiles TensorFlow or PyTorch anew.
unexport PYTHONDONTWRITEBYTECODE

# A file's tests share what they look at. The files with long tests have names that come first.
PYTEST = $(IN_VENV) -m pytest --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder
NPM := $(IN_VENV) build_tools/node.py --prefix frontend

# An environment is current while its stamp bears the checksum of what describes it.
KEY := $(shell cat pyproject.toml setup.py build_tools/*.py | cksum | cut -d ' ' -f 1)
DEMO := $(VENV)/.demo-$(KEY)
DEV := $(VENV)/.dev-$(KEY)
FRAMEWORKS := .venv-frameworks/.installed-$(shell cat tests/frameworks/requirements.txt tests/frameworks/requirements-alone.txt | cksum | cut -d ' ' -f 1)
ESTIMATOR := .venv-estimator/.installed-$(shell cksum < tests/frameworks/requirements-estimator.txt | cut -d ' ' -f 1)

BUNDLE := tb_pairs_plugin/static/index.js
NODE_MODULES := frontend/node_modules/.package-lock.json
FRONTEND_SOURCES := $(shell find frontend/src -type f -not -name '*.test.ts') \
	$(wildcard frontend/*.json frontend/*.mjs)

.DELETE_ON_ERROR:
.PHONY: help demo test test-frontend test-python test-frameworks test-estimator test-all \
	test-python-all environments browsers nightly fuzz compat soak check check-frontend wheel \
	sbom node clean distclean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

demo: $(DEMO) $(BUNDLE) ## Train for a minute and look at it in TensorBoard (ARGS=--no-serve: only train)
	@$(IN_VENV) -m demo $(ARGS)

test: test-frontend ## Run all tests (ARGS is for pytest)
	@$(MAKE) --no-print-directory test-python

test-frontend: check-frontend
	$(NPM) test

test-python: $(DEV) $(BUNDLE)
	@PAIRS_CHROMIUM="$$(scripts/browsers)" && export PAIRS_CHROMIUM && $(PYTEST) $(ARGS)

test-frameworks: $(DEV) $(BUNDLE) $(FRAMEWORKS) ## Run the tests that need PyTorch, Lightning, JAX and the like
	@PAIRS_TEST_PYTHONS=.venv-frameworks/bin/python \
		PAIRS_TEST_REQUIRE='torch.*|tensorboardx.*|accelerate.*|(lightning|transformers|monai|mmengine|ignite|fastai|pickled).*|keras-(jax|torch)|example-((torch|accelerate|lightning|transformers|ignite|monai|mmengine|fastai).*|depth)' \
		$(PYTEST) tests/frameworks tests/examples \
		-k 'torch or tensorboardx or accelerate or lightning or transformers or monai or mmengine or ignite or fastai or jax or depth' $(ARGS)

test-estimator: $(DEV) $(BUNDLE) $(ESTIMATOR) ## Run the tests that need TensorFlow 2.15 and its Estimators
	@PAIRS_TEST_PYTHONS=.venv-estimator/bin/python PAIRS_TEST_REQUIRE='.*estimator.*|keras-tf.keras' \
		$(PYTEST) tests/frameworks tests/examples -k 'estimator or tf.keras' $(ARGS)

test-all: test-frontend ## Run all tests, also those with environments of their own
	@$(MAKE) --no-print-directory test-python-all

# What both environments and this one have runs once. clu is in none: it asks for Flax, and with it
# for hundreds of megabytes.
IN_ALL := PAIRS_TEST_PYTHONS=.venv-frameworks/bin/python:.venv-estimator/bin/python PAIRS_TEST_REQUIRE='(?!clu|example-flax).*'

# One run of pytest and one summary.
test-python-all: $(FRAMEWORKS) $(ESTIMATOR)
	@$(IN_ALL) $(MAKE) --no-print-directory test-python

nightly: $(DEV) $(BUNDLE) $(FRAMEWORKS) $(ESTIMATOR) ## Run what takes long and seldom finds anything: whole examples, long benchmarks in short, then fuzz
	@PAIRS_CHROMIUM="$$(scripts/browsers)" && export PAIRS_CHROMIUM && $(IN_ALL) $(PYTEST) -m nightly $(ARGS)
	@$(MAKE) --no-print-directory fuzz

fuzz: $(DEV) $(BUNDLE) ## Show the server 100,000 wrong logs, and logs and requests of all sorts (half an hour)
	PAIRS_FUZZ=long $(IN_VENV) -m pytest tests/fuzz $(ARGS)

compat: wheel ## Try the wheel beside TensorBoard 2.17 to 2.21, TensorFlow 2.15 to 2.21, PyTorch, on the Pythons there are
	$(IN_VENV) scripts/compat.py $(ARGS)

soak: $(DEV) $(BUNDLE) ## Log for half an hour while four browsers look (ARGS="--minutes 3")
	@PAIRS_CHROMIUM="$$(scripts/browsers)" && export PAIRS_CHROMIUM && $(IN_VENV) -m benchmarks.soak $(ARGS)

check: check-frontend $(DEV) ## Look at the code: ruff, mypy, tsc, eslint, Prettier
	$(IN_VENV) -m ruff check
	$(IN_VENV) -m ruff format --check
	$(IN_VENV) -m mypy

check-frontend: $(NODE_MODULES)
	$(NPM) run typecheck
	$(NPM) run lint

wheel: $(DEV) ## Build the wheel and the sdist into dist/
	$(IN_VENV) -m build

sbom: wheel ## List what the package brings along, in CycloneDX, into dist/
	rm -rf .venv-sbom
	$(PYTHON) -m venv .venv-sbom
	.venv-sbom/bin/python $(PIP_INSTALL) dist/*.whl
	$(IN_VENV) $(PIP_INSTALL) 'cyclonedx-bom>=7'
	$(IN_VENV) -m cyclonedx_py environment .venv-sbom/bin/python --output-file dist/sbom-python.json
	$(NPM) sbom --omit dev --sbom-format cyclonedx > dist/sbom-frontend.json
	rm -rf .venv-sbom

clean: ## Remove what was built, but keep the environments
	rm -rf build dist *.egg-info tb_pairs_plugin/static demo/logs
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis

distclean: clean ## Remove everything that git ignores here
	rm -rf $(VENV) .venv-frameworks .venv-estimator .venv-sbom frontend/node_modules

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
		echo "Want Python 3.10 or newer, got $$($(PYTHON) --version); try make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(DEMO): | $(VENV)/bin/python
	@echo "Installing the plugin, TensorFlow and what the demo needs into $(VENV); this takes a few minutes once."
	@$(IN_VENV) $(PIP_INSTALL) --editable '.[demo]'
	@rm -f $(VENV)/.demo-*
	@touch $@

# Builds the bundle too, from what npm installs.
$(DEV): | $(NODE_MODULES)
	@echo "Installing the plugin, its tools and all that the tests need into $(VENV); this takes a few minutes once."
	@$(IN_VENV) $(PIP_INSTALL) --editable '.[dev]'
	@rm -f $(VENV)/.dev-* $(VENV)/.demo-*
	@touch $@ $(DEMO)

$(FRAMEWORKS):
	$(PYTHON) -m venv .venv-frameworks
	.venv-frameworks/bin/python $(PIP_INSTALL) -r tests/frameworks/requirements.txt
	.venv-frameworks/bin/python $(PIP_INSTALL) --no-deps -r tests/frameworks/requirements-alone.txt
	@touch $@

$(ESTIMATOR):
	$(PYTHON_ESTIMATOR) -m venv .venv-estimator
	.venv-estimator/bin/python $(PIP_INSTALL) -r tests/frameworks/requirements-estimator.txt
	@touch $@

# All that is installed before the tests run; with --jobs, at the same time.
environments: $(DEV) $(FRAMEWORKS) $(ESTIMATOR) browsers

browsers:
	@scripts/browsers > /dev/null

node: | $(VENV)/bin/python
	@$(IN_VENV) build_tools/node.py --available || \
		$(IN_VENV) $(PIP_INSTALL) "$$($(IN_VENV) build_tools/node.py --requirement)"

$(NODE_MODULES): frontend/package.json frontend/package-lock.json | node
	$(NPM) ci --no-audit --no-fund
	@touch $@

$(BUNDLE): $(FRONTEND_SOURCES) $(NODE_MODULES)
	$(NPM) run build
