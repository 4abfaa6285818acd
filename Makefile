# Kelisim. `make run` shows the seeds; `make run FILES=folder` shows your own files; `make check` is what CI runs.

FILES ?= seeds/
ADDR ?= 127.0.0.1:8080
# The demo has a data folder of its own, so that the seeds never stand among your articles.
DATA ?= $(if $(filter seeds seeds/ ./seeds ./seeds/,$(FILES)),data/demo,data)
BIN := bin/kelisim
TEST ?= ./...
# Two packages at a time: the heavy tests run processes and a browser of their own.
GOTEST := go test -p 2 -timeout 20m

.PHONY: run build test test-cluster bench-cluster cluster-parts torture fuzz soak check race layout chromium axe axe-maybe rispy rispy-maybe bench bench-served bench-file bench-all golden map lexicon quality crossed lexicon-weights lexicon-agreements lexicon-relevance lexicon-stories crossed-agreements crossed-borders

run: build
	$(BIN) --data $(DATA) index $(FILES) || test $$? -eq 1
	$(BIN) --data $(DATA) serve --addr $(ADDR)

build:
	@mkdir -p bin
	go build -o $(BIN) ./cmd/kelisim

test: chromium axe-maybe rispy-maybe
	$(GOTEST) $(TEST)

# check is quick things first, then all tests, then under the race detector those that it can say something of.
check: layout test race

layout:
	@files=$$(gofmt -l $$(find . -name '*.go' -not -path './node_modules/*' -not -path './cmd/scratch-*')); \
	  if [ -n "$$files" ]; then echo "gofmt wants to change:"; echo "$$files"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...
	go test ./cmd/kelisim -run 'TestImports|TestTopLevel|TestProblem'

# The race detector slows work five to ten times, and sees only what goroutines do beside each other. An analysis of a text is one
# goroutine's; its tables and caches are read by many in the tests of index, web and cmd. There -short leaves out what is long for
# another reason (browsers, evaluations, memory), which «test» runs.
RACED := ./index/... ./web/... ./cmd/...
race:
	@if command -v $${CC:-gcc} >/dev/null 2>&1; then \
	  echo "$(GOTEST) -race -short $(RACED)"; CGO_ENABLED=1 $(GOTEST) -race -short $(RACED) && \
	  CGO_ENABLED=1 $(GOTEST) -race -run 'TestConcurrent|TestTogether' ./analysis/kazakh ./analysis/russian ./analysis/lexicon; \
	else \
	  echo "no C compiler: no test runs under the race detector (apt-get install gcc libc6-dev)"; fi

# The browser tests need Chromium. This installs Debian's where it may, and never fails.
chromium:
	@if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "installing Debian's chromium for the browser tests"; \
	  { apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 || \
	    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1; } || \
	    echo "it could not be installed: the browser tests are skipped"; \
	else echo "no Chromium: the browser tests are skipped (get it: apt-get install chromium)"; fi

# axe-core (MPL-2.0) checks pages for accessibility; it is fetched, never committed.
axe: node_modules/axe-core/axe.min.js
node_modules/axe-core/axe.min.js:
	@mkdir -p node_modules/axe-core
	cd node_modules && npm pack --silent axe-core@4 >/dev/null && tar -xzf axe-core-*.tgz -C axe-core --strip-components=1 && rm axe-core-*.tgz

axe-maybe:
	@if command -v npm >/dev/null 2>&1; then $(MAKE) -s axe || echo "axe-core could not be fetched: its test is skipped"; \
	else echo "no npm: the accessibility test is skipped (get it: apt-get install npm)"; fi

# rispy (MIT) reads RIS files of ours in a test: somebody else's parser. It is fetched, never committed.
RISPY := node_modules/rispy/rispy-0.10.0-py3-none-any.whl
rispy: $(RISPY)
$(RISPY):
	@mkdir -p $(@D)
	python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --dest $(@D) rispy==0.10.0

rispy-maybe:
	@if python3 -m pip --version >/dev/null 2>&1; then $(MAKE) -s rispy || echo "rispy could not be fetched: its test is skipped"; \
	else echo "no pip: the test of RIS files is skipped (get it: apt-get install python3-pip)"; fi

# test-cluster runs the tests of the engine over OpenSearch against three real nodes on this machine: minutes, and 2 GB of memory.
# KELISIM_CLUSTER_URLS=http://… runs them against a cluster that is up already.
test-cluster: cluster-parts
	KELISIM_CLUSTER=1 go test -count=1 -v -timeout 90m ./index/cluster $(if $(CLUSTERTEST),-run '$(CLUSTERTEST)')
	KELISIM_CLUSTER=1 go test -count=1 -v -timeout 60m ./cmd/kelisim -run '$(or $(CLUSTERTEST),^TestCluster)'

# bench-cluster prints what the cluster costs beside the engine in a folder; KELISIM_CLUSTER_HEAP=1g gives its nodes more memory.
bench-cluster: cluster-parts
	KELISIM_CLUSTER=1 KELISIM_BENCH_ARTICLES=$(ARTICLES) go test -run '^$$' -bench Beside -benchtime 1x -timeout 240m ./index/cluster

# cluster-parts fetches OpenSearch from Maven Central once, by way of Maven and a JDK of 21 or later, and packs what starts a node.
CLUSTER_PARTS ?= $(or $(KELISIM_CLUSTER_PARTS),$(HOME)/.cache/kelisim-cluster)
cluster-parts:
	@[ -e $(CLUSTER_PARTS)/classes/kelisim/Node.class -a -e $(CLUSTER_PARTS)-secure/classes/kelisim/Node.class ] || [ -n "$(KELISIM_CLUSTER_URLS)" ] || { \
	  command -v mvn >/dev/null 2>&1 || { echo "no Maven: the tests with a cluster are skipped (get it: apt-get install maven)"; exit 0; }; \
	  for h in "$$JAVA_HOME" /usr/lib/jvm/*; do v=$$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$$h/release" 2>/dev/null); [ "$${v:-0}" -lt 21 ] || home=$$h; done; \
	  [ -n "$$home" ] || { echo "no JDK of 21 or later: the tests with a cluster are skipped (name one in JAVA_HOME)"; exit 0; }; \
	  cd index/cluster/testdata/node && export JAVA_HOME="$$home" && \
	    mvn -q -B -Dtarget=$(CLUSTER_PARTS) package || echo "its parts could not be had: the tests with a cluster are skipped"; \
	    mvn -q -B -Psecure -Dtarget=$(CLUSTER_PARTS)-secure package || echo "OpenSearch's security plugin could not be had: the tests with TLS and users are skipped"; }

# torture is the long form of the tests of keeping: kills, power cuts, full disks, harmed files. As root it mounts small disks.
ROUNDS ?= 200
torture:
	KELISIM_TORTURE=$(ROUNDS) go test -count=1 -v -timeout 120m ./index -run 'TestKilled|TestPowerCut'
	go test -count=1 -v -timeout 60m ./index/local -run 'Full|ReadOnly|Harmed|Damaged|Killed'
	go test -count=1 -v -timeout 60m ./index/archive -run 'Full|Shared|Killed|Damage'
	KELISIM_TORTURE=$(ROUNDS) go test -count=1 -v -timeout 60m ./cmd/kelisim -run 'TestFullDisk|TestHarmedFiles|TestKilled|TestPowerCut'

# fuzz makes up inputs for each reader and parser in turn, FUZZTIME each; what one fails on is kept in its package's testdata/fuzz as a test.
FUZZTIME ?= 10m
fuzz:
	@for f in $$(grep -rl '^func Fuzz' --include='*_test.go' analysis index web | sort); do \
	  for x in $$(sed -n 's/^func \(Fuzz[A-Za-z]*\).*/\1/p' $$f); do \
	    echo "== $$(dirname $$f) $$x"; go test ./$$(dirname $$f) -run '^$$' -fuzz "^$$x\$$" -fuzztime $(FUZZTIME) || exit 1; done; done

# soak holds a server under mixed load while articles come in, and looks at answers, memory, descriptors and how soon they are shown. SOAK=1h is the long form.
SOAK ?= 2m
soak:
	KELISIM_SOAK=$(SOAK) nice go test -count=1 -v -timeout 3h ./cmd/kelisim -run TestSoak

# bench prints the README's table of engines: stock bleve and Kelisim over the same articles in one run; ARTICLES=100000 is the
# long form. The last results stand in index/local/testdata/bench.md. bench-all runs every benchmark.
ARTICLES ?= 10000
bench:
	KELISIM_BENCH_ARTICLES=$(ARTICLES) go test -run '^$$' -bench Table -benchtime 1x -timeout 60m ./index/local

# bench-served prints what pages cost a real server over HTTP: DATA=folder is served as it is (articles are added), else ARTICLES are indexed first.
bench-served:
	KELISIM_BENCH_DATA=$(filter-out data data/demo,$(DATA)) KELISIM_BENCH_ARTICLES=$(ARTICLES) go test -run '^$$' -bench Served -benchtime 100x -timeout 60m ./cmd/kelisim

# bench-file prints what a JSONL of BYTES bytes, of articles of 20 kB, costs the real binary: the first run, and one with nothing changed.
# BYTES=2000000000 is the long form: an hour or more, and 4 GB in TMPDIR.
BYTES ?= 20000000
bench-file:
	KELISIM_BENCH_BYTES=$(BYTES) go test -run '^$$' -bench File -benchtime 1x -timeout 12h ./cmd/kelisim

bench-all:
	go test -run '^$$' -bench . -benchmem -timeout 60m ./...

# golden writes the recorded files anew; read them as a diff.
golden:
	KELISIM_GOLDEN=1 go test -count=1 ./cmd/kelisim -run TestRanking
	KELISIM_GOLDEN=1 go test -count=1 ./web/chart

# map makes the shapes of countries anew of Natural Earth's, by way of npm; the same file gives the same bytes.
map:
	@mkdir -p node_modules/world-atlas
	cd node_modules && npm pack --silent world-atlas@2.0.2 >/dev/null && tar -xzf world-atlas-*.tgz -C world-atlas --strip-components=1 && rm world-atlas-*.tgz
	go run ./web/chart/testdata/world node_modules/world-atlas/countries-50m.json > web/chart/data/world.new
	mv web/chart/data/world.new web/chart/data/world.txt

# lexicon learns the stems anew: Kazakh from the word list in the project, Russian from two wheels of the Python Package Index,
# which pip fetches; and what speaks for the borders of names, from texts in the project. The same inputs give the same bytes.
# Lists of words get the stems of the new analyzers, so they are packed by a program that is built with those: the project's own lists,
# or with WORDS="LEXICONDIR AUTHORITYDIR" those of two folders.
WHEELS := data/lexicon
WORDS ?=
GOLD := index/eval/testdata
NAMES := analysis/names/testdata
lexicon: build
	$(BIN) lexicon kazakh
	$(BIN) lexicon borders $(TAUGHT)
	@command -v python3 >/dev/null 2>&1 || { echo "Russian is left as it is: pip is needed to fetch its dictionary"; exit 1; }
	@mkdir -p $(WHEELS)
	python3 -m pip download --quiet --no-deps --only-binary=:all: --dest $(WHEELS) pymorphy3-dicts-ru==2.4.417150.4580142 wordfreq==3.1.1
	$(BIN) lexicon russian $(WHEELS)/pymorphy3_dicts_ru-*.whl $(WHEELS)/wordfreq-*.whl
	go run ./cmd/kelisim lexicon words $(WORDS)

# What teaches the borders of names; kinds.txt and unseen.txt never do.
TAUGHT := $(GOLD)/seeds.json $(GOLD)/items-dev $(GOLD)/articles-dev $(GOLD)/articles2-dev $(GOLD)/own-dev $(GOLD)/pages-dev $(NAMES)/kaznerd-valid.iob2 \
  $(NAMES)/news.txt $(NAMES)/learn.kk.txt $(NAMES)/learn.ru.txt $(NAMES)/learn.en.txt

# lexicon-nearest learns which body a name means from the names of texts with gold; the same texts give the same bytes. Borders see the
# chances that come of it in steps, and agreements see the names: score all three after it (kelisim eval facts).
lexicon-nearest: build
	$(BIN) lexicon nearest $(GOLD)/items-dev $(GOLD)/articles-dev $(GOLD)/articles2-dev $(GOLD)/own-dev $(GOLD)/pages-dev

# crossed prints the facts of the gold's articles, each read with borders that were learnt from the others: the honest figures.
crossed: build
	$(BIN) lexicon borders --crossed 5 $(TAUGHT) > data/crossed.jsonl
	$(BIN) eval facts --told data/crossed.jsonl

# lexicon-weights learns how far sources of words are trusted, from one half of parallel topics, and measures both halves.
FLORES ?= ../shared/retrieval/collections
PARALLEL = kk=$(FLORES)/flores-kk2ru/topics.tsv ru=$(FLORES)/flores-ru2kk/topics.tsv
lexicon-weights: build
	$(BIN) lexicon fit $(PARALLEL)
	go run ./cmd/kelisim lexicon measure $(PARALLEL)

# What teaches agreements: texts with gold, and sentences. The unseen folder never does.
AGREED := $(GOLD)/seeds.json $(GOLD)/articles-dev $(GOLD)/items-dev $(GOLD)/articles2-dev $(GOLD)/pages-dev $(GOLD)/own-dev $(wildcard analysis/agreements/testdata/*.txt)

# Pages do not teach claims: with them those of unseen texts are within chance (.827 → .838, .766 → .750, .842 → .865), and two sentences of testdata are lost.
CLAIMED := $(filter-out $(GOLD)/pages-dev,$(AGREED)) $(wildcard analysis/agreements/claims/testdata/*.txt)

# crossed-borders learns the borders of names in five parts, each from the texts of the others: agreements are learnt on names that are
# no better than in a text that nothing learnt from.
CROSSED := data/borders
crossed-borders: build
	@mkdir -p $(CROSSED)
	$(BIN) lexicon borders --crossed 5 --to $(CROSSED) $(TAUGHT)

# lexicon-agreements learns what speaks for an agreement, its kind and its status, and which numbers are claims. The same texts give the same bytes.
lexicon-agreements: build crossed-borders
	$(BIN) learn agreements --borders $(CROSSED) $(AGREED)
	$(BIN) learn claims $(CLAIMED)

# lexicon-relevance learns what is about education and agreements, from one half of the labelled items, and measures both halves.
lexicon-relevance: build
	$(BIN) learn relevance $(wildcard analysis/relevance/testdata/*.tsv)

# lexicon-stories counts what many texts tell, then learns which tell one story. learn.txt, whose texts that only look alike are many, is taught
# five times; the aside files never are.
TOLD := analysis/story/testdata
lexicon-stories: build
	$(BIN) learn stories --count $(GOLD)/own-dev
	$(MAKE) -s build
	$(BIN) learn stories $(GOLD)/own-dev $(TOLD)/learn2.txt $(TOLD)/learn3.txt $(foreach _,1 2 3 4 5,$(TOLD)/learn.txt)

# crossed-agreements prints the facts of the gold's articles, their agreements read by a model that learnt from the others.
crossed-agreements: build crossed-borders
	$(BIN) learn agreements --crossed 5 --borders $(CROSSED) $(AGREED) > data/crossed.agreements.jsonl
	$(BIN) eval facts --told data/crossed.agreements.jsonl $(GOLD)/seeds.json $(GOLD)/articles-dev $(GOLD)/items-dev $(GOLD)/articles2-dev $(GOLD)/own-dev

# quality prints the figures of the README's quality table: word forms (typF: share of words whose forms meet, in %; terms: how
# many index terms a word has), then facts read out of articles.
MORPH := index/eval/testdata/morph
quality: build
	@if command -v python3 >/dev/null 2>&1; then \
	  for table in kk-ktb kk-silver kk-um-noun; do \
	    echo "== $$table"; case $$table in *-um-*) how=--citation;; *) how=;; esac; \
	    python3 $(MORPH)/evalmorph.py $$how --split dev --boot 0 --gold $(MORPH)/$$table.dev.tsv --cmd 'kelisim=$(BIN) analyze --lang kk --terms'; done; \
	  echo "== ru-all"; python3 $(MORPH)/evalmorph.py --split dev --boot 0 --gold $(MORPH)/ru-all.dev.tsv --cmd 'kelisim=$(BIN) analyze --lang ru --terms'; \
	else echo "no python3: the figures of word forms are left out (apt-get install python3)"; fi
	@echo "== facts"
	@$(BIN) eval facts
