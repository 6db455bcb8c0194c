# The only commands that anyone has to learn. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help serve test acceptance lint format check content-report check-readme lint-report bench soak-reload bench-scale bench-lint bench-hostile fuzz soak test-thread test-address test-mhd1 site images image image-check clean

# Further arguments for what the target runs, such as `make serve ARGS="--port 0"`.
ARGS ?=
# The debug build is what the tests use, so nothing is built twice.
DEBUG := .build/debug/explain-server
RELEASE := .build/release/explain-server
SWIFT_FILES := Sources Tests Package.swift
IMAGE ?= explain-server

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do printf '  make %-16s %s\n' "$$name" "$$text"; done

serve: ## Install what is missing, build, and serve config/ on 127.0.0.1:8080 (ARGS="--port 0")
	@scripts/install-dependencies build
	swift build -c release --static-swift-stdlib --product explain-server
	@exec $(RELEASE) serve $(ARGS)

test: ## The gate: format, layers, build, tests, content, README
	@scripts/install-dependencies build curl python3
	@$(MAKE) --no-print-directory lint
	swift build --build-tests
	swift test --skip-build
	$(DEBUG) check
	scripts/check-readme $(DEBUG)

acceptance: $(DEBUG) ## The service in a real browser, with the stock clients, behind caches and balancers (ARGS="-k iframe")
	scripts/acceptance $(ARGS)

lint: ## Format and layers of the code, without building
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)
	@if grep -rnE '^[^/]*import +CHTTPD' Sources Tests | grep -v '^Sources/HTTPD/'; then echo 'error: only Sources/HTTPD may import CHTTPD'; exit 1; fi
	@if grep -rnE '^[^/]*import +CCompression' Sources Tests | grep -v '^Sources/Compression/'; then echo 'error: only Sources/Compression may import CCompression'; exit 1; fi

format: ## Bring the code into the format that lint wants
	swift format --in-place --parallel --recursive $(SWIFT_FILES)

$(DEBUG): FORCE
	@scripts/install-dependencies build
	swift build --product explain-server
FORCE:

check: $(DEBUG) ## Check config/: every problem with file and line
	$(DEBUG) check

content-report: $(DEBUG) ## Check config/ and print the measures of every piece
	$(DEBUG) check --report

check-readme: $(DEBUG) ## Run the README's examples and compare what they print (ARGS=--update)
	@scripts/install-dependencies curl python3
	scripts/check-readme $(ARGS) $(DEBUG)

bench: ## Speed, CPU, memory and cold start, beside a minimal C program, nginx and Hummingbird (ARGS="--json")
	@scripts/install-dependencies build wrk nginx cc python3
	swift build -c release --static-swift-stdlib --product explain-server
	swift build -c release --static-swift-stdlib --package-path Benchmarks/hummingbird-app
	Benchmarks/bench --hummingbird Benchmarks/hummingbird-app/.build/release/HummingbirdBench $(ARGS) $(RELEASE)

soak-reload: ## 200 good and bad reloads in turn under load: no failed request, flat memory (ARGS="--reloads 20")
	@scripts/install-dependencies build wrk python3
	swift build -c release --static-swift-stdlib --product explain-server
	Benchmarks/soak-reload $(ARGS) $(RELEASE)

lint-report: ## Precision, recall and false alarms of the style gate on its labelled corpus (ARGS="--misses tuning")
	@scripts/install-dependencies build
	swift build -c release --static-swift-stdlib --product LintTrials
	.build/release/LintTrials report $(ARGS)

bench-scale: ## Load time, memory, filtered queries and checks with 100 to 100,000 made-up facts
	@scripts/install-dependencies build
	swift build -c release --static-swift-stdlib --product LintTrials
	.build/release/LintTrials scale $(ARGS)

bench-lint: ## Nanoseconds per byte of the style gate from 1 KB to 1 MB, beside proselint on the same text
	@scripts/install-dependencies build python3 python3-venv
	swift build -c release --static-swift-stdlib --product LintTrials
	Benchmarks/bench-lint .build/release/LintTrials $(ARGS)

bench-hostile: ## What slow, silent and too many clients cost a good one beside them, and how soon they are gone
	@scripts/install-dependencies build python3
	swift build -c release --static-swift-stdlib --product explain-server
	Benchmarks/bench-hostile $(ARGS) $(RELEASE)

fuzz: ## Over a million hostile inputs: requests, queries, headers, JSON and MCP over the wire; texts through the style gate (ARGS="--seed 7")
	@scripts/install-dependencies build
	swift build -c release --static-swift-stdlib --product explain-server
	swift build -c release --static-swift-stdlib --product ServerTrials
	swift build -c release --static-swift-stdlib --product LintTrials
	.build/release/ServerTrials fuzz $(ARGS)
	.build/release/LintTrials fuzz $(ARGS)

soak: ## Two million mixed requests; fails if memory or descriptors grow (ARGS="--count 200000")
	@scripts/install-dependencies build
	swift build -c release --static-swift-stdlib --product explain-server
	swift build -c release --static-swift-stdlib --product ServerTrials
	.build/release/ServerTrials soak $(ARGS)

test-thread: ## The tests under Thread Sanitizer, in .build-tsan (ARGS="--filter HTTPDTests")
	@scripts/install-dependencies build
	scripts/test-sanitized thread $(ARGS)

test-address: ## The tests under Address Sanitizer, in .build-asan (ARGS="--filter HTTPDTests")
	@scripts/install-dependencies build
	scripts/test-sanitized address $(ARGS)

test-mhd1: ## The tests that talk HTTP, against libmicrohttpd 1.0.x from Debian's source package
	@scripts/install-dependencies build cc make dpkg-dev
	scripts/test-mhd1

site: ## Write the whole site as static files into site/
	@scripts/install-dependencies build
	swift build -c release --static-swift-stdlib --product explain-server
	$(RELEASE) render --all site $(ARGS)

images: $(DEBUG) ## Draw the pictures that chats show beside a link; commit what changed
	scripts/acceptance --install
	.build/acceptance/bin/python scripts/draw-images $(DEBUG)

image: ## Build the container image explain-server with docker or podman, else with buildah (IMAGE=name)
	scripts/build-image $(IMAGE)

image-check: ## Build the image without an engine, run it read-only and without rights, ask its health, stop it
	scripts/check-image $(IMAGE)

clean: ## Remove everything that was built
	rm -rf .build .build-tsan .build-asan .build-mhd1 site
