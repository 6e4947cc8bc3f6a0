"""Puts finished recordings into the repository: ``python -m scripts.publish_runs FOLDER``.

Each ``FOLDER/NAME.jsonl`` with its journal becomes ``data/runs/NAME.jsonl.zst`` and ``data/runs/NAME.run.json``; ``data/runs/README.md`` is
written from the journals, so that no figure in it is written by hand.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from scripts.recorded_runs import RUNS

LEVEL = 19

HEAD = """# Recorded runs

What two small models that come as Python packages did on the benchmark's tasks ([docs/benchmark.md](../../docs/benchmark.md)): real
outputs, unedited. Written by `python -m scripts.publish_runs FOLDER` from the journals beside the files. The models are
Qwen2.5-Coder-1.5B-Instruct (Q4_K_M) and SmolLM2-135M-Instruct (Q4_1), both Apache-2.0, run in bfloat16. They are small, so they fail often:
this is what the tool is for.

Tasks are taken in a stratified order, so that the first N of a split have their share of every environment and kind. `off`: a call that
its schema does not take fails as it would anywhere; `error`: the model is told what is wrong with it ([docs/run.md](../../docs/run.md)).
Training data may be made from `dev`; `test` is for reporting only.

```
scripts/setup_vllm.sh
{commands}
```

| file | attempts | ended by | assistant turns | tokens read | tokens written | time | recorded |
|---|--:|---|--:|--:|--:|--:|---|
{rows}

Tokens read count each turn's whole prompt; most of it is in the prefix cache. Time is the sum of all sittings, on {host}, with other
work beside it for a part of it. Versions: {versions}. `error` under *ended by*: the prompt had grown beyond the 8,192 tokens that the runs
were given.
"""


def published(run: Path) -> dict[str, Any]:
    """Compress a run into its place; returns what its row of the table says."""
    data = run.read_bytes()
    (RUNS / f"{run.name}.zst").write_bytes(zstandard.ZstdCompressor(level=LEVEL).compress(data))
    journal = run.with_name(f"{run.name}.run.json").read_bytes()
    (RUNS / f"{run.stem}.run.json").write_bytes(journal)
    rows = [msgspec.json.decode(line)["meta"] for line in data.splitlines()]
    sittings = msgspec.json.decode(journal)["sittings"]
    return {
        "file": f"{run.name}.zst",
        "attempts": len(rows),
        "ends": Counter(row["stopped"] for row in rows),
        "turns": sum(len(row["turn_tokens"]) for row in rows),
        "read": sum(row["prompt_tokens"] for row in rows),
        "written": sum(row["completion_tokens"] for row in rows),
        "seconds": sum(sitting["totals"]["seconds"] for sitting in sittings if sitting["totals"]),
        "killed": sum(sitting["totals"] is None for sitting in sittings),
        "date": sittings[-1]["started"][:10],
        "details": sittings[-1]["details"],
        "host": sittings[-1]["host"],
    }


def row_of(facts: dict[str, Any]) -> str:
    """A row of the table."""
    ends = ", ".join(f"{count} {end}" for end, count in facts["ends"].most_common())
    minutes = f"{facts['seconds'] / 60:.0f} min" + (f" and {facts['killed']} cut short" if facts["killed"] else "")
    figures = f"{facts['turns']:,} | {facts['read']:,} | {facts['written']:,} | {minutes} | {facts['date']}"
    return f"| `{facts['file']}` | {facts['attempts']} | {ends} | {figures} |"


def main() -> int:
    """Publish every finished run of a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    RUNS.mkdir(parents=True, exist_ok=True)
    every = [published(run) for run in sorted(asked.folder.glob("*.jsonl"))]
    models = sorted({facts["file"].partition(".dev.")[0].partition(".test.")[0] for facts in every})
    limits = {model: max(facts["attempts"] for facts in every if facts["file"].startswith(model)) for model in models}
    commands = "\n".join(
        f"VLLM_CPU_KVCACHE_SPACE=11 .venv-vllm/bin/python -m scripts.recorded_runs {model} --limit {limits[model]}" for model in models
    )
    host = every[-1]["host"]
    machine = f"{host['cores']} cores ({host['processor']}, {host['memory_gib']} GiB, no GPU)"
    versions = ", ".join(f"{name} {value}" for name, value in every[-1]["details"].items() if name not in ("dtype", "device"))
    text = HEAD.format(commands=commands, rows="\n".join(map(row_of, every)), host=machine, versions=versions)
    (RUNS / "README.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
