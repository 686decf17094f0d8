#!/bin/sh
# Run every check on the code, also after one has failed, and name those that failed.
set -u
cd "$(dirname "$0")/.." || exit 1
PATH="$PWD/.venv/bin:$PATH"
export PATH
failed=

check() {
    printf '\n--- %s\n' "$*"
    "$@" || failed="$failed
  $*"
}

check ruff format --check
check ruff check
check mypy
check lint-imports
check deptry .

if [ -n "$failed" ]; then
    printf '\nFailed:%s\n' "$failed"
    exit 1
fi
printf '\nAll checks passed.\n'
