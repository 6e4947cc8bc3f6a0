"""Record what a packaged model does on the benchmark: ``python -m scripts.recorded_runs MODEL [--splits dev,test] [--limit N]``.

A model whose ``engine`` is ``openai`` is behind the server at ``--base-url``: ``data/runs/README.md`` says how it was started.

Each split is run with feedback off and with feedback, into ``data/runs/MODEL.SPLIT.FEEDBACK.jsonl``. The runs are those of
``spectool run`` with the settings below. What this script adds: one engine serves all of them, and they go on in turns, a few tasks each,
so that the prompts that both levels of feedback share are read once (prefix caching). Tasks are taken in a stratified order, so that any
number of them from the start is spread over environments and kinds as the whole split is. Started again, it goes on where it was.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from spectool.model import Task
from spectool.read.tasks import load_tasks
from spectool.run.engines.engine import Engine
from spectool.run.engines.facts import engine_version
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.models import fingerprint, resolve
from spectool.run.run import RunSettings, run_tasks

ROOT = Path(__file__).parents[1]
RUNS = ROOT / "data" / "runs"
FEEDBACK = ("off", "error")
# Tasks of one turn of the wheel: what they share has to fit into the key-value cache.
AT_ONCE = 24
MODELS: Mapping[str, Mapping[str, Any]] = {
    # Its template has no place for tools, and without an example it only chats.
    "smollm2-135m": {"engine": "vllm", "dtype": "bfloat16", "max_length": 8192, "prompt": "worked_example", "max_new_tokens": 192},
    "qwen2.5-coder-1.5b": {"engine": "openai", "raw_text": "hermes", "prompt": "chat_template", "max_new_tokens": 256},
}
OF_ENGINE = ("dtype", "max_length", "raw_text")


class Shared:
    """An engine that outlives the runs that use it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def close(self) -> None:
        """Not yet: another run follows."""


def stratified(tasks: Iterable[Task]) -> dict[str, Task]:
    """The tasks by id, in an order in which every stretch has its share of each environment and kind; the same every time."""
    strata: dict[tuple[str, ...], list[Task]] = defaultdict(list)
    for task in sorted(tasks, key=lambda task: blake2b(task.id.encode()).digest()):
        strata[tuple(sorted(tag for tag in task.tags if tag.startswith(("environment:", "kind:"))))].append(task)
    placed = [((place + 0.5) / len(stratum), task) for stratum in strata.values() for place, task in enumerate(stratum)]
    return {task.id: task for _, task in sorted(placed, key=lambda pair: (pair[0], blake2b(pair[1].id.encode()).digest()))}


def record(model: str, splits: Sequence[str], limit: int | None, folder: Path, server: Mapping[str, Any]) -> None:
    """Run both levels of feedback over each split; ``server`` holds the address and batch size of one."""
    files, chosen = resolve(model), MODELS[model]
    engine = load(chosen["engine"], files, EngineOptions(**{name: chosen[name] for name in OF_ENGINE if name in chosen}, **server))
    about = {"model": model, "model_files": fingerprint(files), "engine_version": engine_version(chosen["engine"])}
    try:
        for split in splits:
            found, rejected = load_tasks([str(ROOT / "data" / "tasks" / f"{split}.jsonl")])
            if rejected:
                raise SystemExit(f"{rejected[0].source}:{rejected[0].line}: {rejected[0].reason}")
            tasks = stratified(found.values())
            most = min(limit or len(tasks), len(tasks))
            for end in [*range(AT_ONCE, most, AT_ONCE), most]:
                for feedback in FEEDBACK:
                    settings = RunSettings(**about, **chosen, feedback=feedback, limit=end)
                    out = folder / f"{model}.{split}.{feedback}.jsonl"
                    done = run_tasks(tasks, settings, lambda: Shared(engine), out, resume=out.exists())
                    totals = done.totals
                    sys.stderr.write(
                        f"{out.name}: {done.kept + totals.episodes} of {most}; {totals.episodes} in {totals.seconds:.0f} s, "
                        f"{totals.turns} turns, {totals.prompt_tokens:,} + {totals.completion_tokens:,} tokens\n"
                    )
    finally:
        engine.close()


def main() -> int:
    """Record the runs of one model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("model", choices=sorted(MODELS))
    parser.add_argument("--splits", default="dev,test")
    parser.add_argument("--limit", type=int, help="tasks of each split, from the start of the stratified order")
    parser.add_argument("--folder", type=Path, default=RUNS)
    parser.add_argument("--base-url", help="of the server")
    parser.add_argument("--batch-size", type=int, help="requests that the server is sent at once")
    asked = parser.parse_args()
    server = {name: value for name in ("base_url", "batch_size") if (value := getattr(asked, name)) is not None}
    record(asked.model, asked.splits.split(","), asked.limit, asked.folder, server)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
