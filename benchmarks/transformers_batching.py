"""What batches gain in the transformers engine: tokens a second at batch size 1 and at larger ones, on the same tasks.

    python -m benchmarks.transformers_batching --model smollm2-135m --limit 32 --batch-sizes 1,16

Prints a Markdown table. Every batch size generates the same answers in float32; how many are equal is told.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from spectool.model import Task
from spectool.read.tasks import load_tasks
from spectool.run.engines.engine import CompletionRequest, Engine, Sampling, complete
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.episode import Agent, Episode
from spectool.run.host import host_facts
from spectool.run.models import ModelFiles, resolve
from spectool.run.prompts.registry import prompt

TASKS = Path(__file__).parents[1] / "data" / "demo" / "tasks.jsonl"


class Measured(msgspec.Struct, frozen=True):
    """One pass; ``seconds`` are wall time, loading the model apart, ``processor`` of all cores together."""

    size: int
    seconds: float
    processor: float
    read: int
    written: int
    texts: dict[str, str]


def measured(model: ModelFiles, options: EngineOptions, tasks: Sequence[Task], new_tokens: int) -> tuple[Measured, dict[str, str]]:
    """The first turn of every task at one batch size, and the engine's details."""
    engine = load("transformers", model, options)
    requests = _requests(engine, tasks, new_tokens)
    # The first batch also pays for what is set up once.
    list(complete(engine, requests[:1]))
    start, cpu = time.monotonic(), time.process_time()
    done = list(complete(engine, requests))
    seconds, processor = time.monotonic() - start, time.process_time() - cpu
    details = dict(engine.details)
    engine.close()
    return Measured(
        size=options.batch_size or 0,
        seconds=seconds,
        processor=processor,
        read=sum(each.prompt_tokens for each in done),
        written=sum(each.completion_tokens for each in done),
        texts={each.id: each.text for each in done},
    ), details


def _requests(engine: Engine, tasks: Sequence[Task], new_tokens: int) -> list[CompletionRequest]:
    # A model whose template has no place for tools is asked in a prompt of ours.
    asked = prompt("chat_template" if engine.tool_section else "json_list")
    agent = Agent(engine=engine, prompt=asked, sampling=Sampling(max_new_tokens=new_tokens))
    return [Episode(task, 0, agent).request() for task in tasks]


def table(passes: Sequence[Measured]) -> str:
    """A row a batch size; the first is what the others are compared with."""
    first = passes[0]
    lines = [
        "| batch size | seconds | processor seconds | tokens/s read | tokens/s written | times as fast | same answers |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in passes:
        same = sum(each.texts[name] == text for name, text in first.texts.items())
        rates = f"{each.read / each.seconds:,.0f} | {each.written / each.seconds:,.1f} | {first.seconds / each.seconds:.2f}"
        lines.append(f"| {each.size} | {each.seconds:.1f} | {each.processor:.1f} | {rates} | {same} of {len(first.texts)} |")
    return "\n".join(lines)


def main() -> None:
    """Runs one pass a batch size and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="smollm2-135m")
    parser.add_argument("--limit", type=int, default=32, help="tasks")
    parser.add_argument("--batch-sizes", default="1,16")
    parser.add_argument("--max-new-tokens", type=int, default=64)
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--device", default="auto")
    chosen = parser.parse_args()
    tasks = list(load_tasks([str(TASKS)])[0].values())[: chosen.limit]
    model = resolve(chosen.model)
    passes: list[Measured] = []
    details: dict[str, str] = {}
    for size in map(int, chosen.batch_sizes.split(",")):
        options = EngineOptions(batch_size=size, dtype=chosen.dtype, device=chosen.device)
        done, details = measured(model, options, tasks, chosen.max_new_tokens)
        passes.append(done)
    host = host_facts()
    told = [
        model.name,
        f"{len(tasks)} demo tasks",
        f"up to {chosen.max_new_tokens} new tokens",
        *(f"{name} {each}" for name, each in details.items()),
    ]
    print(f"{'; '.join(told)}. {host['processor']}, {host['cores']} cores, {datetime.now(UTC).date()}.\n\n{table(passes)}")


if __name__ == "__main__":
    main()
