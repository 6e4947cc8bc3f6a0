"""Record what a packaged model does on the benchmark: ``python -m scripts.recorded_runs MODEL [--splits dev,test] [--limit N]``.

Each split is run with feedback off and with feedback, into ``data/runs/MODEL.SPLIT.FEEDBACK.jsonl``. The runs are those of
``spectool run`` with the settings below; one vLLM engine serves all of them, so that what the prompts of both levels of feedback share is
read once (prefix caching, as far as ``VLLM_CPU_KVCACHE_SPACE`` GiB hold it). Tasks are taken in a stratified order, so that any number of
them from the start is spread over environments and kinds as the whole split is. Started again, it goes on where it was.
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
from spectool.run.engines import vllm
from spectool.run.engines.engine import Engine
from spectool.run.engines.facts import engine_version
from spectool.run.engines.options import EngineOptions
from spectool.run.models import fingerprint, resolve
from spectool.run.run import RunSettings, run_tasks

ROOT = Path(__file__).parents[1]
RUNS = ROOT / "data" / "runs"
FEEDBACK = ("off", "error")
MODELS: Mapping[str, Mapping[str, Any]] = {
    # Its template has no place for tools, and without an example it only chats.
    "smollm2-135m": {"prompt": "worked_example", "max_new_tokens": 192},
    "qwen2.5-coder-1.5b": {"prompt": "chat_template", "max_new_tokens": 256},
}
# More requests at once than vLLM takes on a processor by itself: a step of so few is bound by reading the weights.
OPTIONS: Mapping[str, Any] = {"dtype": "bfloat16", "max_length": 8192, "batch_size": 48}


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


def record(model: str, splits: Sequence[str], limit: int | None, folder: Path) -> None:
    """Run both levels of feedback over each split."""
    files = resolve(model)
    about = {"model": model, "model_files": fingerprint(files), "engine": vllm.NAME, "engine_version": engine_version(vllm.NAME)}
    engine = vllm.load(files, EngineOptions(**OPTIONS))
    try:
        for split in splits:
            found, rejected = load_tasks([str(ROOT / "data" / "tasks" / f"{split}.jsonl")])
            if rejected:
                raise SystemExit(f"{rejected[0].source}:{rejected[0].line}: {rejected[0].reason}")
            tasks = stratified(found.values())
            for feedback in FEEDBACK:
                settings = RunSettings(**about, **OPTIONS, **MODELS[model], feedback=feedback, limit=limit)
                out = folder / f"{model}.{split}.{feedback}.jsonl"
                done = run_tasks(tasks, settings, lambda: Shared(engine), out, resume=out.exists())
                totals = done.totals
                sys.stderr.write(
                    f"{out.name}: {done.kept + totals.episodes} episodes; {totals.episodes} in {totals.seconds:.0f} s, "
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
    asked = parser.parse_args()
    record(asked.model, asked.splits.split(","), asked.limit, asked.folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
