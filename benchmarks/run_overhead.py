"""What ``spectool run --engine vllm`` takes beyond the engine itself: tokens a second beside vLLM alone, and the engine's idle share.

    python -m benchmarks.run_overhead --model smollm2-135m

One process, one loaded engine. *Alone*: vLLM with all prompts at once as token ids, and nothing done with the answers. *Run*: all of
``run_tasks`` (rendering, decoding, parsing, running tally, rows with checksums, journal). Passes alternate, the prefix cache is emptied
before each, and the first pair is not counted. The second table is of tasks of several steps in environments, where the run decides what
the engine gets next: for how much of the time it had nothing under way, and how much passed outside of its calls (vLLM's own process goes
on meanwhile, so this is an upper bound).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from spectool.model import Task
from spectool.read.tasks import load_tasks
from spectool.run.engines.engine import Completion, CompletionRequest, Engine, Sampling
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.episode import Agent, Episode
from spectool.run.host import host_facts
from spectool.run.models import resolve
from spectool.run.prompts.registry import prompt
from spectool.run.run import RunSettings, run_tasks

PROMPT = "worked_example"
GOAL = 0.95


class Pass(msgspec.Struct, frozen=True, kw_only=True):
    """One pass: tokens read and written, seconds on the clock, and of processors: in this process and those it started, in this alone."""

    tokens: int
    seconds: float
    work: float
    own: float


class Lent:
    """An engine that a run may not close, and that notes when it was called."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name, self.details = engine.name, engine.details
        self.tool_section, self.capacity = engine.tool_section, engine.capacity
        self.under_way = self.tokens = 0
        self.inside = self.empty = 0.0
        self._since = time.perf_counter()

    def submit(self, requests: Sequence[CompletionRequest]) -> None:
        """As the engine does; ends a time with nothing under way."""
        if requests and not self.under_way:
            self.empty += time.perf_counter() - self._since
        self.under_way += len(requests)
        self._engine.submit(requests)

    def finished(self) -> Sequence[Completion]:
        """As the engine does, timed."""
        start = time.perf_counter()
        done = self._engine.finished()
        self._since = time.perf_counter()
        self.inside += self._since - start
        self.under_way -= len(done)
        self.tokens += sum(each.prompt_tokens + each.completion_tokens for each in done)
        return done

    def close(self) -> None:
        """Leaves the engine as it is."""


def timed(action: Callable[[], int]) -> Pass:
    """A pass of ``action``, which returns the number of tokens."""
    work, own, start = _work(), time.process_time(), time.perf_counter()
    tokens = action()
    seconds = time.perf_counter() - start
    return Pass(tokens=tokens, seconds=seconds, work=_work() - work, own=time.process_time() - own)


def _work() -> float:
    psutil = import_module("psutil")
    me = psutil.Process()
    every = [process.cpu_times() for process in (me, *me.children(recursive=True))]
    return float(sum(each.user + each.system for each in every))


def alone(engine: Any, requests: Sequence[CompletionRequest]) -> Pass:
    """The prompts' token ids through vLLM's own engine, and nothing besides."""
    prompts = [engine._renderer.prompt(request) for request in requests]
    inner = engine._engine
    inner.reset_prefix_cache()

    def generate() -> int:
        for each in prompts:
            inner.add_request(each.id, {"prompt_token_ids": list(each.tokens)}, engine._parameters(each.request))
        tokens = sum(len(each.tokens) for each in prompts)
        while inner.has_unfinished_requests():
            tokens += sum(len(output.outputs[0].token_ids) for output in inner.step() if output.finished)
        return tokens

    return timed(generate)


def run(engine: Any, tasks: Sequence[Task], settings: RunSettings) -> tuple[Pass, Lent]:
    """A whole run into a file that is thrown away."""
    engine._engine.reset_prefix_cache()
    lent = Lent(engine)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "outputs.jsonl"

        def go() -> int:
            summary = run_tasks({task.id: task for task in tasks}, settings, lambda: lent, out, on_progress=lambda _: None)
            if summary.totals.failed:
                raise SystemExit(f"{summary.totals.failed} episodes failed: {summary.errors}")
            return lent.tokens

        return timed(go), lent


def single_turn(tasks: Sequence[Task]) -> list[Task]:
    """The tasks without what would answer their calls."""
    return [msgspec.structs.replace(task, meta={**task.meta, "script": None}) if "script" in task.meta else task for task in tasks]


def shortest(tasks: Sequence[Task], number: int) -> list[Task]:
    """The tasks with the shortest lists of tools."""
    return sorted(tasks, key=lambda task: (len(msgspec.json.encode([tool.parameters for tool in task.tool_sets[0]])), task.id))[:number]


def overhead(engine: Engine, tasks: Sequence[Task], settings: RunSettings, passes: int) -> bool:
    """Prints the first table; whether the goal is reached."""
    sampling = Sampling(max_new_tokens=settings.max_new_tokens)
    agent = Agent(engine=engine, prompt=prompt(PROMPT), sampling=sampling)
    requests = [Episode(task, 0, agent).request() for task in tasks]
    pairs = [(alone(engine, requests), run(engine, tasks, settings)[0]) for _ in range(passes + 1)][1:]
    print("| pass | tokens | alone, tokens/s | run, tokens/s | ratio | processor seconds alone | run | ratio | this process alone | run |")
    print("|--:|" + "--:|" * 9)
    for number, (raw, ours) in enumerate(pairs, 1):
        speed, theirs = ours.tokens / ours.seconds, raw.tokens / raw.seconds
        clock = f"{ours.tokens:,} | {theirs:,.0f} | {speed:,.0f} | {speed / theirs:.3f}"
        works = f"{raw.work:.1f} | {ours.work:.1f} | {_ratio(raw.work, ours.work, raw, ours):.3f}"
        print(f"| {number} | {clock} | {works} | {raw.own:.2f} | {ours.own:.2f} |")
    clocks = median(_ratio(raw.seconds, ours.seconds, raw, ours) for raw, ours in pairs)
    work = median(_ratio(raw.work, ours.work, raw, ours) for raw, ours in pairs)
    extra = median((ours.own - raw.own) / ours.seconds for raw, ours in pairs)
    print(f"\nThis process, which is all that a run adds, took {extra:.2%} of one processor more than vLLM alone had it take.")
    print(f"\nMedian ratio: **{clocks:.3f}** by the clock, {work:.3f} by processor time; the goal is {GOAL}.\n")
    return clocks >= GOAL


def _ratio(theirs: float, ours: float, raw: Pass, run: Pass) -> float:
    return (theirs / raw.tokens) / (ours / run.tokens)


def idle(engine: Engine, tasks: Sequence[Task], settings: RunSettings, passes: int) -> None:
    """Prints the second table."""
    print("| pass | turns' tokens | seconds | tokens/s | nothing under way | outside of the engine's calls |\n|--:|--:|--:|--:|--:|--:|")
    for number in range(1, passes + 1):
        whole, lent = run(engine, tasks, settings)
        shares = f"{lent.empty / whole.seconds:.2%} | {1 - lent.inside / whole.seconds:.2%}"
        print(f"| {number} | {whole.tokens:,} | {whole.seconds:.1f} | {whole.tokens / whole.seconds:,.0f} | {shares} |")


def main() -> None:
    """Load once, measure both, print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="smollm2-135m")
    parser.add_argument("--tasks", default="data/demo/tasks.jsonl", help="of one turn each")
    parser.add_argument("--loop-tasks", default="data/tasks/dev.jsonl", help="in environments")
    parser.add_argument("--number", type=int, default=136, help="tasks of one turn")
    parser.add_argument("--loop-number", type=int, default=32, help="tasks in environments, those with the shortest lists of tools")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--max-new-tokens", type=int, default=64)
    parser.add_argument("--dtype", default="auto")
    chosen = parser.parse_args()
    engine = load("vllm", resolve(chosen.model), EngineOptions(dtype=chosen.dtype))
    settings = RunSettings(model=chosen.model, engine="vllm", prompt=PROMPT, max_new_tokens=chosen.max_new_tokens, world_steps=4)
    print(", ".join(f"{name} {value}" for name, value in {**host_facts(), **engine.details}.items()), end="\n\n")
    simple = single_turn(list(load_tasks([chosen.tasks])[0].values())[: chosen.number])
    print(f"{len(simple)} tasks of one turn, at most {chosen.max_new_tokens} new tokens.\n", flush=True)
    reached = overhead(engine, simple, settings, chosen.passes)
    loop = shortest(list(load_tasks([chosen.loop_tasks])[0].values()), chosen.loop_number)
    print(f"{len(loop)} tasks of up to 4 turns in environments.\n", flush=True)
    idle(engine, loop, settings, chosen.passes)
    engine.close()
    raise SystemExit(0 if reached else 1)


if __name__ == "__main__":
    main()
