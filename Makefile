# The verbs of the book; `make help` lists them. Works with GNU make 3.81, -j, and paths with spaces.

PYTHON = python3
UV_VERSION = 0.13.9

# Always the environment's Python and never its scripts: those break when the folder moves.
RUN = .venv/bin/python
READY = .venv/ready
BROWSER = .venv/browser
EXT = PYTHONPATH=book/_ext $(RUN)

LOCK = build/cache/uv/bin/python -m uv pip compile --quiet --universal --fork-strategy fewest \
  --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
  --no-emit-find-links

.PHONY: help html epub pdf print book test test-all pythons accept po po-check po-status language live bench linkcheck audit lock clean
.DEFAULT_GOAL := help

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

html: $(READY) ## build every HTML edition and the front page: build/html/index.html
	@$(EXT) -m import_karo.verbs.build html

epub: $(READY) ## build every EPUB: build/epub/import-karo-*.epub
	@$(EXT) -m import_karo.verbs.build epub

pdf: $(READY) ## build every PDF for the screen: build/pdf/import-karo-*.pdf
	@$(EXT) -m import_karo.verbs.build pdf

print: $(READY) ## build what a printer wants, interior and cover: build/print/
	@$(EXT) -m import_karo.verbs.build print

book: $(READY) ## build everything that can be published
	@$(EXT) -m import_karo.verbs.build epub pdf print code html

test: $(READY) ## check everything that needs Python alone
	@$(RUN) -m pytest -n auto

test-all: $(READY) $(BROWSER) ## the same on every supported Python; nothing may be skipped
	@$(RUN) -m pytest -n auto --everything

pythons: $(READY) ## fetch current Pythons beside the machine's own (Debian)
	@PYTHONPATH=tests $(RUN) -m transcripts.fetch

accept: $(READY) ## record changed transcripts again (T=code/modules for some)
	@PYTHONPATH=tests $(RUN) -m transcripts.accept $(T)

po: $(READY) ## bring the catalogs up to date with the chapters
	@$(EXT) -m import_karo.verbs.catalogs po

po-check: $(READY) ## name every fault of the catalogs (L=en for one language)
	@$(EXT) -m import_karo.verbs.catalogs po-check $(L)

language: $(READY) ## start a new language: make language L=mr (OUT=mr takes it out)
	@$(EXT) -m import_karo.verbs.catalogs language $(if $(OUT),--out $(OUT),$(L))

po-status: $(READY) ## show what is translated, chapter by chapter
	@$(EXT) -m import_karo.verbs.catalogs po-status

live: $(READY) ## preview that rebuilds and reloads on save (L=en or L=parallel)
	@$(EXT) -m import_karo.verbs.live $(L)

bench: $(READY) $(BROWSER) ## measure what the book promises about cost
	@PYTHONPATH=tests:book/_ext $(RUN) -m verbs.bench $(if $(KEEP),--keep)

linkcheck: $(READY) ## follow the links to other sites: advice, the network may be missing
	@$(RUN) -m sphinx -q -b linkcheck -c . -d build/cache/doctrees/linkcheck book \
	  build/cache/linkcheck || echo 'make linkcheck: see above; this is advice'

audit: $(READY) ## spoil every shown line in turn, then edit a small book at random (SEED=2)
	@PYTHONPATH=tests $(RUN) -m transcripts.audit
	@PYTHONPATH=tests $(RUN) -m verbs.random_edits $(SEED)

lock: $(READY) ## resolve requirements.txt again from pyproject.toml
	@test -x build/cache/uv/bin/python || $(RUN) -m venv build/cache/uv
	@build/cache/uv/bin/python -m pip install --quiet uv==$(UV_VERSION)
	@$(LOCK) --upgrade --group pyproject.toml:book --group pyproject.toml:test \
	  --output-file requirements.txt
	@$(LOCK) --upgrade --group pyproject.toml:browser --constraint requirements.txt \
	  --output-file tests/browser/requirements.txt

clean: ## remove everything that was built (not the environment)
	@rm -rf build
	@find locale \( -name '*.mo' -o -name sphinx.js \) -type f -exec rm -f {} +

# Made by the first verb, renewed when the content of the lock changes.
$(READY): requirements.txt
	@$(PYTHON) book/_ext/import_karo/verbs/set_up.py $<

$(BROWSER): tests/browser/requirements.txt $(READY)
	@$(PYTHON) book/_ext/import_karo/verbs/set_up.py $< browser
