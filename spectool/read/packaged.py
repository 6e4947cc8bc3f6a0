"""Tasks that travel with SpecTool, by short names: what stands for a path wherever tasks are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from spectool.read.source import FormatError
from spectool.resources import folder

PACKAGED: Mapping[str, str] = {
    "demo": "demo/tasks.jsonl",
    "benchmark": "tasks",
    "benchmark:dev": "tasks/dev.jsonl",
    "benchmark:val": "tasks/val.jsonl",
    "benchmark:test": "tasks/test.jsonl",
}


def located(name: str | Path) -> str | Path:
    """Where packaged tasks lie; ``name`` itself where it is a path, also where a file here happens to have such a name.

    Raises:
        FormatError: it begins as those of the benchmark do, and there is none of that name.
    """
    known = str(name)
    if known in PACKAGED and not Path(known).exists():
        return folder("data") / PACKAGED[known]
    if known.startswith("benchmark:") and not Path(known).exists():
        raise FormatError(f"no tasks '{known[:80]}'; there are {', '.join(PACKAGED)}")
    return name
