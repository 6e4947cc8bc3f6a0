#!/usr/bin/env bash
# Makes .venv-inspect: Inspect AI, Inspect Scout, and SpecTool with what their tests need, at the versions of constraints-inspect.txt.
# An environment of its own, since Scout asks for an older DuckDB than constraints.txt pins (SpecTool itself works with both).
# Does nothing when that was done before with the same pins.
#
#   scripts/setup_inspect.sh
#
# INSPECT is the folder; the interpreter is that of .venv.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${INSPECT:-.venv-inspect}
export PIP_DISABLE_PIP_VERSION_CHECK=1

pins=$(cat pyproject.toml constraints-inspect.txt scripts/setup_inspect.sh | sha256sum | cut -c1-12)
stamp="$venv/.spectool-inspect-$pins"
if [ -f "$stamp" ] && "$venv/bin/python" -c '' 2>/dev/null; then
  exit 0
fi

if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
  # The everyday environment's interpreter is known to run and to make environments: scripts/setup.sh sees to both.
  everyday=${VENV:-.venv}
  [ -x "$everyday/bin/python" ] || scripts/setup.sh app,dev
  python=$("$everyday/bin/python" -c 'import sys; print(sys._base_executable)')
  printf 'making %s with %s\n' "$venv" "$("$python" --version)" >&2
  "$python" -m venv --clear "$venv"
fi

printf 'installing Inspect AI and Inspect Scout into %s (once; some minutes)\n' "$venv" >&2
started=$SECONDS
"$venv/bin/python" -m pip install --quiet --progress-bar off -c constraints-inspect.txt pytest pytest-xdist hypothesis --editable '.[inspect]'
"$venv/bin/python" -c 'import inspect_ai, inspect_scout'
rm -f "$venv"/.spectool-inspect-*
touch "$stamp"
printf 'installed in %s s\n' $((SECONDS - started)) >&2
