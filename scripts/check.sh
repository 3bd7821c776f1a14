#!/usr/bin/env bash
# What `make check` asks of the code: every check runs, whichever failed before it.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()

step() {
    local title=$1
    shift
    printf '\n== %s\n' "$title"
    "$@" || failed+=("$title")
}

checked_types() {
    wait "$typing"
    local code=$?
    cat "$types"
    return "$code"
}

types=$(mktemp)
"$bin/mypy" >"$types" 2>&1 & # takes one core for as long as all the others together take another
typing=$!
trap 'kill "$typing" 2>/dev/null; rm -f "$types"' EXIT

step "ruff" "$bin/ruff" check --quiet .
step "format" "$bin/ruff" format --check --quiet .
step "import contracts" "$bin/lint-imports" --no-cache
step "migrations" "$bin/python" manage.py makemigrations --check --dry-run
step "django" "$bin/python" manage.py check --fail-level WARNING
step "architecture" "$bin/python" -m pytest tests/architecture -q -p no:cacheprovider
step "types" checked_types

if ((${#failed[@]})); then
    printf '\nFailed: %s\n' "${failed[*]}" >&2
    exit 1
fi
printf '\nAll checks passed.\n'
