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

step "ruff" "$bin/ruff" check --quiet .
step "format" "$bin/ruff" format --check --quiet .
step "types" "$bin/mypy"
step "import contracts" "$bin/lint-imports" --no-cache
step "migrations" "$bin/python" manage.py makemigrations --check --dry-run
step "django" "$bin/python" manage.py check --fail-level WARNING
step "architecture" "$bin/python" -m pytest tests/architecture -q -p no:cacheprovider

if ((${#failed[@]})); then
    printf '\nFailed: %s\n' "${failed[*]}" >&2
    exit 1
fi
printf '\nAll checks passed.\n'
