#!/usr/bin/env bash
# Makes .venv and installs SpecTool into it with the extras named, at the versions of constraints.txt.
# Does nothing when that was done before with the same pins.
#
#   scripts/setup.sh app,dev
#
# PYTHON chooses the interpreter (3.11 or newer), VENV the folder.
set -euo pipefail
cd "$(dirname "$0")/.."

extras=${1:?usage: scripts/setup.sh EXTRAS, for example app,dev}
venv=${VENV:-.venv}
export PIP_DISABLE_PIP_VERSION_CHECK=1

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3.11 python3.12 python3 python3.13}; do
    # The interpreter has to run, not only to be found: version managers put shims on PATH for versions they do not have.
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "no Python 3.11 or newer on PATH; on Debian 12: apt-get install python3 python3-venv"
}

# Debian ships venv's pip (ensurepip) as a package of its own.
need_ensurepip() {
  "$1" -c 'import ensurepip' 2>/dev/null && return
  local package
  package=$("$1" -c 'import sys; print(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")')
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    printf 'installing %s, which "python3 -m venv" needs\n' "$package" >&2
    (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$package") >/dev/null ||
      fail "apt-get could not install $package; install it by hand and run this again"
  else
    fail "this Python can not make virtual environments; on Debian: apt-get install $package"
  fi
}

pins=$(cat pyproject.toml constraints.txt | sha256sum | cut -c1-12)
stamp="$venv/.spectool-${extras//,/+}-$pins"
if [ -f "$stamp" ] && "$venv/bin/python" -c '' 2>/dev/null; then
  exit 0
fi

if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
  python=$(find_python)
  need_ensurepip "$python"
  printf 'making %s with %s\n' "$venv" "$("$python" --version)" >&2
  "$python" -m venv --clear "$venv"
fi

printf 'installing spectool[%s] into %s (once; a minute or so, more with hf)\n' "$extras" "$venv" >&2
started=$SECONDS
# --no-compile halves the time: Python compiles what it really imports, when it does.
install=("$venv/bin/python" -m pip install --quiet --progress-bar off --no-compile -c constraints.txt)
case ",$extras," in
  # First and by itself: whatever asks for torch later finds this very version there.
  *,hf,*) "${install[@]}" torch ;;
esac
"${install[@]}" --editable ".[$extras]"
rm -f "$venv/.spectool-${extras//,/+}"-*
touch "$stamp"
printf 'installed in %s s\n' $((SECONDS - started)) >&2
