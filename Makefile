# The short door: `make serve` to read and write, `make test` to prove. `make help` lists the rest.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CACHE  := .cache
ADDR   ?= 127.0.0.1:8000
ARGS   ?=

export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

##@ Every day

.PHONY: serve
serve: setup ## the site at http://127.0.0.1:8000, following every save (ADDR=host:port for elsewhere; FULL=false for a faster one)
	$(BIN)/mkdocs serve --dev-addr $(ADDR) $(ARGS)

.PHONY: test
test: setup browser ## every test, a real browser included (ARGS='-k reload' for some; WHOLE=1 for no samples)
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: check
check: setup ## lint, format, types, the catalog, and the prose
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy sizing macros tests tools
	$(BIN)/python -m sizing check
	$(BIN)/python -m macros.prose

.PHONY: site
site: setup ## the strictly built site in site/; when the build fails or is killed, the last good one stays
	@rm -rf .site-new
	$(BIN)/mkdocs build --strict --site-dir .site-new
	@$(BIN)/python -m tools.swap .site-new site

# Under Zensical entries have no pages of their own: only MkDocs' hooks make those. The rest of what these write comes
# after. Zensical keeps pages in .cache/ by their Markdown alone, so it builds a copy.
ZENSICAL := .cache/zensical
PROJECT  := $(ZENSICAL)/project

.PHONY: site-zensical
site-zensical: export PYTHONPATH := $(CURDIR)
site-zensical: $(ZENSICAL)/.installed ## the same sources built by Zensical in site-zensical/, tables equal on the same addresses
	@rm -rf $(PROJECT) site-zensical && mkdir -p $(PROJECT)
	@cp -r mkdocs.yml docs macros overrides $(PROJECT) && ln -s $(CURDIR)/catalog $(CURDIR)/sizing $(PROJECT)
	cd $(PROJECT) && FULL=false $(CURDIR)/$(ZENSICAL)/bin/zensical build --strict
	@mv $(PROJECT)/site site-zensical
	$(ZENSICAL)/bin/python -m sizing export --site site-zensical/assets/sizing
	$(ZENSICAL)/bin/python -m sizing export --api site-zensical/api/v1

##@ Now and then

.PHONY: setup
setup: $(VENV)/.project ## .venv/ with everything in the lock, and this project, editable
	@true

.PHONY: browser
browser: setup ## the browser that the tests drive, and a Chinese font, where they are missing
	@$(BIN)/python -m tests.site.chromium

.PHONY: fit
fit: setup ## fit the constants of speed to the measurements, with cross-validation: sizing/engine/fitted.json
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m sizing.proof.fit $(ARGS)

.PHONY: schema
schema: setup ## the JSON Schemas of the catalog's files, and their first lines: docs/schema/ (after a new key or file)
	$(BIN)/python -m tools.schema

.PHONY: changes
changes: setup ## what changed in the catalog day by day, from git: docs/changes.json
	$(BIN)/python -m tools.changes

.PHONY: accuracy
accuracy: setup ## the engine beside what the real tools and measurements say
	$(BIN)/sizing accuracy

# The record of the real tools: llama.cpp's source comes in llama-cpp-python's source distribution, its converter runs on
# models without weights. An empty LLAMA_CPP_PYTHON takes the newest release.
RECORD           := .cache/record
LLAMA_CPP_PYTHON ?= 0.3.36

.PHONY: verify
verify: export LLAMA_CPP_SRC     := $(CURDIR)/$(RECORD)/source/vendor/llama.cpp
verify: export LLAMA_CPP_BIN     := $(CURDIR)/$(RECORD)/bin
verify: export LLAMA_CPP_DEVICES := $(CURDIR)/$(RECORD)/devices/bin
verify: setup $(RECORD)/bin/llama-fit-params $(RECORD)/devices/bin/llama-fit-params $(RECORD)/.python ## record what the real tools say anew, and compare (an hour)
	$(RECORD)/python/bin/python -m tools.defaults --check
	$(RECORD)/python/bin/python -m tools.record.families --check
	$(RECORD)/python/bin/python -m tools.record.doors
	$(RECORD)/python/bin/python -m tools.record
	$(RECORD)/python/bin/python -m tools.record.devices
	$(RECORD)/python/bin/python -m tools.record.launched
	$(BIN)/sizing accuracy
	$(BIN)/pytest tests/sizing/proof/test_record.py

.PHONY: engine
engine: setup ## the engine for browsers, from the one in Python: sizing/engine/engine.mjs
	$(BIN)/python -m tools.javascript

# The plugin for Obsidian: Node and its packages build it, as the lock beside it has them.
obsidian/node_modules/.package-lock.json: obsidian/package-lock.json
	npm ci --prefix obsidian --ignore-scripts --no-audit --no-fund
	@touch $@

.PHONY: obsidian
obsidian: setup obsidian/node_modules/.package-lock.json ## the plugin for Obsidian, with all data: obsidian/dist/ (needs Node 20 or newer)
	$(BIN)/python -m tools.obsidian $(ARGS)

MUTANTS := .cache/mutants

.PHONY: wheel
wheel: setup ## the package as others install it, in dist/; of one commit the same bytes everywhere (SOURCE_DATE_EPOCH)
	@rm -rf build
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@rm -rf build

.PHONY: sbom
sbom: setup $(CACHE)/release/.installed ## what the package and the site are made of, by name, version, hash and licence: dist/sbom.json
	@mkdir -p dist
	$(CACHE)/release/python/bin/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml \
	  --output-file dist/sbom.json $(VENV)

.PHONY: links
links: setup $(CACHE)/links/.installed ## ask every address that facts were read at: .cache/links/links.md, and when each last answered (minutes)
	$(BIN)/python -m tools.links $(CACHE)/links/python/bin/lychee $(CACHE)/links

.PHONY: mutants
mutants: setup $(MUTANTS)/.installed ## change the engine's formulas one at a time: does a test notice? (an hour; ARGS='sizing.engine.layout*')
	PYTHONPATH=$(CURDIR)/$(MUTANTS)/lib $(BIN)/python -m tools.mutants $(ARGS)

.PHONY: bench
bench: setup ## plans a CPU second, and loading 100 and 1,000 models
	$(BIN)/python -m tools.bench

.PHONY: scale
scale: setup ## what larger catalogs cost, 100 to 5,000 models: docs/scale.json, which the page of methods shows (minutes)
	$(BIN)/python -m tools.scale $(ARGS)

.PHONY: format
format: setup ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: lock
lock: ## write requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer releases)
	@command -v uv >/dev/null || test -x $(BIN)/uv || { $(MAKE) setup && $(BIN)/pip install --quiet uv; }
	PATH="$$PATH:$(CURDIR)/$(BIN)" UV_CUSTOM_COMPILE_COMMAND='make lock' uv pip compile pyproject.toml \
	  --extra site --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-config --quiet --output-file requirements.lock $(ARGS)

.PHONY: lock-zensical
lock-zensical: setup ## write tools/zensical/requirements.txt anew from requirements.in (ARGS=--upgrade for newer releases)
	@test -x $(BIN)/uv || $(BIN)/pip install --quiet uv
	UV_CUSTOM_COMPILE_COMMAND='make lock-zensical' $(BIN)/uv pip compile tools/zensical/requirements.in --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-config --quiet \
	  --output-file tools/zensical/requirements.txt $(ARGS)

.PHONY: clean
clean: ## remove everything that make made
	rm -rf $(VENV) $(CACHE) build dist obsidian/dist obsidian/node_modules site site-zensical .site-new .site-old
	rm -rf *.egg-info .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The environment in two steps, each with its stamp: a changed lock starts afresh, a changed pyproject.toml
# only installs the project again.
$(VENV)/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed, $(PYTHON) is $$($(PYTHON) -V); say make PYTHON=python3.x" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/.project: $(VENV)/.locked pyproject.toml
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(RECORD)/source:
	@rm -rf $(RECORD)/download && mkdir -p $(RECORD)/download
	$(PYTHON) -m pip download --quiet --no-deps --no-binary :all: --dest $(RECORD)/download \
	  llama-cpp-python$(if $(LLAMA_CPP_PYTHON),==$(LLAMA_CPP_PYTHON))
	tar -xzf $(RECORD)/download/*.tar.gz -C $(RECORD)/download
	mv $(RECORD)/download/*/ $@

LLAMA_CPP_OPTIONS := -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=OFF -DLLAMA_CURL=OFF -DLLAMA_BUILD_TESTS=OFF \
  -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_EXAMPLES=OFF

$(RECORD)/bin/llama-fit-params: | $(RECORD)/source
	cmake -S $(RECORD)/source/vendor/llama.cpp -B $(RECORD) $(LLAMA_CPP_OPTIONS)
	cmake --build $(RECORD) --parallel --target llama-quantize llama-fit-params

# Devices without a GPU: the RPC backend, patched in a copy of the source.
$(RECORD)/devices/bin/llama-fit-params: tools/record/cuda.patch | $(RECORD)/source
	rm -rf $(RECORD)/devices && mkdir -p $(RECORD)/devices
	cp -r $(RECORD)/source/vendor/llama.cpp $(RECORD)/devices/source
	patch --directory $(RECORD)/devices/source --strip 1 < tools/record/cuda.patch
	cmake -S $(RECORD)/devices/source -B $(RECORD)/devices $(LLAMA_CPP_OPTIONS) -DGGML_RPC=ON
	cmake --build $(RECORD)/devices --parallel --target ggml-rpc-server llama-fit-params

$(ZENSICAL)/.installed: tools/zensical/requirements.txt
	$(PYTHON) -m venv --clear $(ZENSICAL)
	$(ZENSICAL)/bin/pip install --quiet --require-hashes --requirement $<
	@touch $@

$(MUTANTS)/.installed: tools/mutants/requirements.txt
	rm -rf $(MUTANTS)/lib
	$(BIN)/pip install --quiet --target $(MUTANTS)/lib --requirement $<
	@touch $@

$(CACHE)/release/.installed: tools/release/requirements.txt
	$(PYTHON) -m venv --clear $(CACHE)/release/python
	$(CACHE)/release/python/bin/pip install --quiet --require-hashes --requirement $<
	@touch $@

$(CACHE)/links/.installed: tools/links/requirements.txt
	$(PYTHON) -m venv --clear $(CACHE)/links/python
	$(CACHE)/links/python/bin/pip install --quiet --require-hashes --requirement $<
	@touch $@

$(RECORD)/.python: tools/record/requirements.txt
	$(PYTHON) -m venv --clear $(RECORD)/python
	$(RECORD)/python/bin/pip install --quiet --requirement tools/record/requirements.txt
	@touch $@
