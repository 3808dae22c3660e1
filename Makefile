# The tasks of the project. `make` lists them.

FUZZTIME ?= 30s
BENCH ?= .

.DEFAULT_GOAL := help
.PHONY: help test quick lint generate check reference fuzz bench ci

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

test: ## run all tests, shuffled, with the race detector
	go test -race -shuffle=on -timeout 60m ./...

quick: ## run the tests that neither build nor run programs, and fewer random ones
	go test -short ./...

lint: ## go vet and golangci-lint, at the version that CI uses
	.ci/lint

generate: ## generate the examples anew
	go generate ./examples/...

check: ## what is generated is up to date, and README and docs are true
	go tool jobgen -check ./...
	go run ./.ci/readme check
	go run ./.ci/readme reference
	go run ./.ci/readme try

reference: ## write the reference and the pictures in docs
	go run ./.ci/readme reference -w

fuzz: ## run every fuzz target for FUZZTIME (30s)
	.ci/fuzz $(FUZZTIME)

bench: ## run the benchmarks that match BENCH (all)
	go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

ci: ## everything that CI runs
	.ci/run
