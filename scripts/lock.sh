#!/usr/bin/env bash
# Makes requirements/*.txt from requirements/*.in: versions and hashes, never an address.
# Needs uv on the PATH; an existing lock is kept where it still fits (remove it to move everything up).
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
    uv pip compile --quiet --python-version 3.11 --universal --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
compile requirements/core.in -o requirements/core.txt
compile requirements/dev.in --constraints requirements/core.txt -o requirements/dev.txt
compile requirements/front.in -o requirements/front.txt
if grep -nE '://|^--(index|extra|find|trusted)' requirements/*.txt; then
    echo "An address stands in a lock." >&2
    exit 1
fi
