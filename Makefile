# What CI does, one name each. Everything is a plain go command underneath.
GOLANGCI_VERSION := v2.15.0
GO ?= go

.PHONY: all build run test race lint fmt bench fuzz sample figures pictures ci

all: build test

build:
	CGO_ENABLED=0 $(GO) build -trimpath -o obzvon ./cmd/obzvon

run:
	$(GO) run ./cmd/obzvon run

test:
	$(GO) test ./...

race:
	$(GO) test -race ./...

# The linter is a tool, not a dependency: it is installed through the module
# proxy and never enters go.mod.
lint:
	$(GO) vet ./...
	$(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION) run ./...

fmt:
	gofmt -w .

# Each benchmark once, so that none can rot; for figures see docs/figures.md.
bench:
	$(GO) test -run '^$$' -bench . -benchtime 1x ./...

FUZZTIME ?= 30s
fuzz:
	sh .ci/fuzz $(FUZZTIME)

# Rewrites the embedded sample data; a test holds it to its generator.
sample:
	$(GO) run ./cmd/obzvon/sample/samplegen

# Rewrites docs/figures.md on a quiet machine; cmd/figures says what can be set,
# such as FIGURES_DOCS=200000 for a rehearsal.
figures:
	$(GO) run ./cmd/figures

# Makes the pictures of the pages in docs/pictures anew, on the sample data. It needs
# Chromium; the list and the plan are those of the day on which it is run.
pictures:
	OBZVON_CHROMIUM=required OBZVON_SHOTS=$(CURDIR)/docs/pictures $(GO) test -count=1 -run TestPictures ./cmd/obzvon/pagestest

ci:
	bash .ci/run
