# Fonds. On a fresh machine with git and make:
#
#   make run     installs what is missing, builds, opens the sample archive
#   make test    the same set-up, then every test
#   make build   build/fonds
#   make lint    formatting, vet, staticcheck, the rules of the house
#   make fuzz    the fuzz tests, FUZZTIME=30s each, and the long property tests
#   make bench   the measurements, each beside its floor
#   make conformance  what is published, opened in the tools of others
#   make pictures  those of the README, taken anew by the journey
#   make clean   removes build/, Go too where the set-up put it there

SHELL := /bin/sh

# Go from the build folder comes first: it is there only where the machine's own is missing or too old (.ci/setup).
export PATH := $(CURDIR)/build/go/bin:$(PATH):/usr/local/go/bin

# migrated_fynedo: Fyne's threads the new way. sqlite_fts5: full text search. x11: on Linux, so that Chinese input
# methods work; a Wayland desktop runs it by XWayland.
export TAGS := migrated_fynedo sqlite_fts5$(if $(filter Linux,$(shell uname -s)), x11)

export FUZZTIME ?= 30s

# Fyne and SQLite are C for a good part.
export CGO_ENABLED := 1

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: build run test lint fuzz bench conformance pictures clean setup setup-test

# Go knows best what is out of date, so the program is always asked for. The version is stamped here and not by Go,
# which would want git to trust the folder.
build: setup
	go build -buildvcs=false -tags "$(TAGS)" -ldflags "-X main.version=$$(.ci/version)" -o build/fonds .

run: build
	@.ci/open-sample build/fonds

test: setup-test
	@.ci/test

lint: setup
	@unformatted=$$(gofmt -l main.go app widgets storage assets); \
		[ -z "$$unformatted" ] || { echo "not formatted, run gofmt -w on:"; echo "$$unformatted"; exit 1; }
	go vet -tags "$(TAGS)" ./...
	go run $(STATICCHECK) -tags "$(subst $() $(),$(comma),$(TAGS))" ./...
	go test -count=1 -tags "$(TAGS)" ./app -run 'TestFloors|TestTopLevel|TestFileLength'

fuzz: setup-test
	@.ci/fuzz

bench: setup-test
	@.ci/bench

conformance: setup-test build
	@.ci/conformance

pictures: setup-test
	@mkdir -p assets/pictures
	FONDS_PICTURES=$(CURDIR)/assets/pictures .ci/display go test -count=1 -tags "$(TAGS)" ./app -run 'TestJourney$$|TestJourneyOfAPublication|TestJourneyOfARepair'
	for f in assets/pictures/*.png; do convert $$f -colors 200 -strip png8:$$f; done

clean:
	rm -rf build

setup:
	@.ci/setup build

setup-test:
	@.ci/setup test

comma := ,
