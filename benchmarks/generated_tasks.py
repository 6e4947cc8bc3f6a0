"""Whether generated tasks hold: ``python -m benchmarks.generated_tasks [--number N] [--split S] [--seed S] [--every K] [--workers W]``.

Draws tasks as ``spectool tasks generate`` does and prints how fast, how many of their requests differ, how many come near to a request of
the benchmark's own val and test tasks (none shall), and what ``spectool tasks check`` finds in every K-th. Exit code 1 where a task has a
fault, is near a protected one, fewer than nine in ten requests differ, or not so many tasks can be drawn.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from multiprocessing import get_context

from benchmarks.loading import table
from spectool.benchmark.generate import asked, generate, sources
from spectool.benchmark.near import NearDuplicates
from spectool.benchmark.path_check import Played, TaskFault, check_gold
from spectool.benchmark.splits import SPLITS, Split
from spectool.benchmark.task_lines import task_line
from spectool.benchmark.templates.registry import BOOKS
from spectool.model import Task
from spectool.read.tasks import load_tasks
from spectool.resources import folder
from spectool.results.stream import uncollected

NUMBER = 10_000
DISTINCT = 0.9
"""The share of requests that shall differ."""
SHOWN = 20


def protected(split: str) -> NearDuplicates:
    """The requests of the benchmark's own val and test tasks, but for those of the split itself."""
    near = NearDuplicates()
    for name in ("val", "test"):
        if name != split:
            for task in load_tasks([folder("data") / "tasks" / f"{name}.jsonl"])[0].values():
                near.add(task.id, asked(task))
    return near


def drawn(split: Split, number: int, seed: int, near: NearDuplicates) -> tuple[list[Task], float, list[tuple[str, int]]]:
    """The tasks, written as ``spectool tasks generate`` writes them; the seconds of processor time; the sources that were used up."""
    used_up: list[tuple[str, int]] = []
    tasks: list[Task] = []
    with uncollected():
        started = time.process_time()
        made = generate(
            BOOKS,
            split,
            number,
            seed=seed,
            forbidden=lambda text: near.nearest(text) is not None,
            on_used_up=lambda source, count: used_up.append((source.name, count)),
        )
        for task in made:
            task_line(task)
            tasks.append(task)
        return tasks, time.process_time() - started, used_up


def checked(tasks: Sequence[Task], workers: int = 1) -> tuple[int, list[TaskFault]]:
    """How many plays the tasks allow, and the faults of those."""
    if workers == 1:
        played = [check_gold(task) for task in tasks]
    else:
        _TASKS[:] = tasks
        with uncollected(), get_context("fork").Pool(workers) as pool:
            played = pool.map(_check, range(len(tasks)), chunksize=50)
    return sum(each.plays for each in played), [fault for each in played for fault in each.faults]


# A forked process has the tasks already: sending them would take longer than checking.
_TASKS: list[Task] = []


def _check(number: int) -> Played:
    return check_gold(_TASKS[number])


def _by_environment(tasks: Sequence[Task], faults: Sequence[TaskFault]) -> str:
    where = {task.id: str(task.meta["environment"]) for task in tasks}
    requests: dict[str, set[str]] = defaultdict(set)
    templates: dict[str, set[str]] = defaultdict(set)
    for task in tasks:
        requests[where[task.id]].add(asked(task))
        templates[where[task.id]].add(str(task.meta["template"]))
    counts = Counter(where.values())
    failed = Counter(where[id] for id in {fault.task for fault in faults})
    rows = [
        (
            name,
            len(templates[name]),
            f"{counts[name]:,}",
            f"{len(requests[name]):,}",
            f"{len(requests[name]) / counts[name]:.1%}",
            failed[name],
        )
        for name in counts
    ]
    return table(("environment", "templates", "tasks", "requests that differ", "share", "tasks with a fault"), sorted(rows), 1)


def _told(tasks: Sequence[Task], faults: Sequence[TaskFault]) -> str:
    """One fault of each kind and template, with how many there are like it."""
    templates = {task.id: str(task.meta["template"]) for task in tasks}
    alike: dict[tuple[str, str], list[TaskFault]] = defaultdict(list)
    for fault in faults:
        alike[templates[fault.task], fault.kind].append(fault)
    shown = [
        f"\n- {template}, {kind} ({len(found):,}): `{found[0].task}` {found[0].message[:300]}" for (template, kind), found in alike.items()
    ]
    return "".join(shown[:SHOWN])


def main(argv: Sequence[str] | None = None) -> int:
    """Prints everything as Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--number", type=int, default=NUMBER)
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, metavar="K", help="check every K-th task only")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes that check")
    options = parser.parse_args(argv)
    near = protected(options.split)
    tasks, took, used_up = drawn(options.split, options.number, options.seed, near)
    too_near = sum(near.nearest(asked(task)) is not None for task in tasks)
    looked_at = tasks[:: options.every]
    plays, faults = checked(looked_at, options.workers)
    distinct = len({asked(task) for task in tasks}) / len(tasks)
    print(_by_environment(tasks, faults))
    print(f"\n{len(tasks):,} tasks of split {options.split}, seed {options.seed}, {len(tasks) / took:,.0f} a second of processor time.")
    print(f"Requests that differ: {distinct:.1%}. Near one of {len(near):,} protected requests: {too_near:,}.")
    print(f"{len(looked_at):,} checked in {plays:,} plays; {len({fault.task for fault in faults}):,} with a fault.")
    print(f"Sources with no more to give: {len(used_up):,} of {len(sources(BOOKS, options.split)):,}.")
    print(_told(tasks, faults))
    return int(bool(faults) or too_near > 0 or distinct < DISTINCT or len(tasks) < options.number)


if __name__ == "__main__":
    sys.exit(main())
