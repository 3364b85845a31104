SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DESTDIR ?=

# What the program is built from, what its tests start beside it, and what `make bench` compares it with.
BUILD_PACKAGES := g++ make pkg-config libmicrohttpd-dev libmosquitto-dev libncurses-dev libpcre2-dev libprotobuf-c-dev librdkafka-dev libsimdjson-dev libsqlite3-dev libyaml-dev
TEST_PACKAGES := fish kcat mandoc mosquitto mosquitto-clients openssl prometheus python3 python3-paho-mqtt systemd tmux zsh
BENCH_PACKAGES := htop strace
SOAK_PACKAGES := openssh-client openssh-server screen
DEB_PACKAGES := dpkg-dev
STATIC_PACKAGES := liblz4-dev libsasl2-dev libssl-dev libzstd-dev zlib1g-dev

SWIFT_FILES := Package.swift Sources Tests themes
BUILD := swift build --explicit-target-dependency-import-check error
RELEASE := $(BUILD) -c release --static-swift-stdlib -Xswiftc -cross-module-optimization
BINARY := .build/release/egtop
BINARIES := $(BINARY) .build/release/egpipe

.PHONY: help
help: ## List these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

.PHONY: deps
deps: ## Install with apt what is missing to build and test; nothing is left running
	@.ci/deps $(BUILD_PACKAGES) $(TEST_PACKAGES)

.PHONY: build
build: ## Build for development
	$(BUILD)

.PHONY: test
test: deps ## Build and run all tests, and say what was left out
	@.ci/test

.PHONY: sanitize
sanitize: deps ## Run all tests but those of whole programs under the thread and the address sanitizer; takes its time
	@.ci/sanitize $(ARGS)

.PHONY: lint
lint: ## Check the format and the style of every Swift file
	swift format lint --strict --recursive --parallel $(SWIFT_FILES)

.PHONY: format
format: ## Format every Swift file in place
	swift format --in-place --recursive --parallel $(SWIFT_FILES)

.PHONY: snapshots
snapshots: ## Take the screen snapshots of the tests anew; read the difference before committing it
	RECORD_SNAPSHOTS=1 swift test --filter '^(PanesTests|ReportTests)\.' || true
	git status --short Tests

.PHONY: run
run: ## Run the dashboard, built for development, with ARGS="..."
	@$(BUILD) --product egtop --quiet
	@.build/debug/egtop $(ARGS)

.PHONY: demo
demo: deps release ## Run the dashboard on a made-up fleet, with brokers and a pipeline of its own
	@$(BINARY) demo $(ARGS)

.PHONY: fuzz
fuzz: deps ## Feed 15 million odd inputs to everything that reads what others wrote; ARGS=short for two minutes, ARGS=guided by libFuzzer, ARGS=alarms for the oracle of alarms
	@Tests/Fuzz/fuzz $(ARGS)

.PHONY: bench
bench: deps ## Measure it against mosquitto_sub, kcat and htop, or against the revision BASE; fails when a target is missed
	@.ci/deps $(BENCH_PACKAGES)
	@Tests/Bench/bench $(if $(BASE),--base $(BASE)) $(ARGS)

.PHONY: soak
soak: deps release ## Run it in all kinds of terminals behind a real sshd, and draw all views at all sizes; ARGS=kill, watching, frozen, connect or peers for the pipeline
	@.ci/deps $(SOAK_PACKAGES)
	@Tests/Soak/soak $(ARGS)
	@if [ -z '$(ARGS)' ]; then Tests/Soak/sizes; fi

.PHONY: pictures
pictures: deps release ## Take the pictures of README and the documentation anew from the real program
	@Tests/Soak/pictures $(ARGS)

.PHONY: docs
docs: ## Build the documentation, with a drawing of the targets made anew, in .build/docs
	@.ci/docs

.PHONY: release
release: ## Build for use: optimized, with Swift's libraries inside
	@$(RELEASE) --product egtop
	@$(RELEASE) --product egpipe

.PHONY: install
install: release ## Install with manual pages, completions and units of systemd below PREFIX=/usr/local (and DESTDIR, for packagers)
	@! ldd $(BINARIES) | grep -E 'libswift|Foundation|libdispatch|BlocksRuntime' \
	  || { echo 'install: the binary needs the libraries of Swift shown above' >&2; exit 1; }
	DESTDIR='$(DESTDIR)' .packaging/install .build/release '$(PREFIX)'

.PHONY: deb
deb: release ## Make a Debian package, install it into a root of its own and run it there
	@.ci/deps $(DEB_PACKAGES)
	@.packaging/deb

.PHONY: static
static: ## Build programs that need the fewest shared libraries, in .build/static
	@.ci/deps $(BUILD_PACKAGES) $(STATIC_PACKAGES)
	@.packaging/static $(RELEASE)

.PHONY: clean
clean: ## Delete all that was built
	rm -rf .build
