"""The tool held against itself: gold answers broken in known ways, once and twice, must show exactly what was planted.

    python -m benchmarks.injection [--data DATA] [--seed S] [--every N]

Without ``--data`` over the demo tasks alone; with it also over ``DATA/bfcl/datasets/v4``. Gold is first replayed: a task whose schemas
refuse its gold, or whose perfect answer is not clean, is listed and left out. Exit code 1 where any broken answer shows anything else
than was planted in it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.loading import table
from spectool.benchmark.agreement import agreement, findings
from spectool.benchmark.inject import SLIPS, GoldFault, Injection, Planted, doubles, injections, replay
from spectool.model import Task
from spectool.read.tasks import load_tasks

DEMO = Path(__file__).parents[1] / "data" / "demo" / "tasks.jsonl"
SHOWN = 20
DOUBLES = 2
EVENTS = frozenset({"tool_error", "refusal"})


class Tally:
    """Planted, found, missed and extra findings of each error and subtype, and the answers that differ."""

    def __init__(self) -> None:
        self.answers = self.exact = 0
        self.by_name: dict[str, Counter[str]] = defaultdict(Counter)
        self.differences: dict[str, list[str]] = defaultdict(list)

    def add(self, injection: Injection) -> None:
        """Classifies one broken answer."""
        held = agreement(injection)
        self.answers += 1
        self.exact += held.is_exact
        for kind, planted in (("planted", injection.planted), ("missed", held.missed), ("extra", held.extra)):
            for each in planted:
                self.by_name[f"{each.error}.{each.subtype}"][kind] += 1
        for slip in set(injection.slips):
            self.by_name[slip]["answers"] += 1
            self.by_name[slip]["exact"] += held.is_exact
        if not held.is_exact:
            line = f"`{injection.trajectory.id}`: missed {told(held.missed)}; extra {told(held.extra)}"
            self.differences[" + ".join(injection.slips)].append(line)

    def lines(self) -> Iterator[str]:
        """The table, then the answers that differ, the first of each kind."""
        names = [slip.name for slip in SLIPS]
        ordered = sorted(self.by_name, key=lambda name: (names.index(name) if name in names else len(names), name))
        head = ("error.subtype", "broken answers", "exact", "findings planted", "missed", "extra")
        kinds = ("answers", "exact", "planted", "missed", "extra")
        rows = [(name, *(f"{self.by_name[name][kind]:,}" for kind in kinds)) for name in ordered]
        yield f"{self.exact:,} of {self.answers:,} answers exact ({self.exact / max(self.answers, 1):.3%}).\n"
        yield table(head, rows, 1)
        for kind, found in self.differences.items():
            yield f"\n**{kind}**: {len(found)} answers differ\n"
            yield "\n".join(f"- {line}" for line in found[:SHOWN])


def told(planted: Sequence[Planted]) -> str:
    """Findings in one line, each with its tier and place."""
    return ", ".join(f"{each.error}.{each.subtype} ({each.tier}) at `{each.path}`" for each in planted) or "nothing"


def sound(tasks: Iterable[Task], notes: list[str]) -> Iterator[Task]:
    """The tasks whose gold, replayed, is clean; of the others ``notes`` says why they are left out."""
    replayed = 0
    left = len(notes)
    for task in tasks:
        answer = replay(task)
        if answer is None:
            continue
        replayed += 1
        if isinstance(answer, GoldFault):
            notes.append(f"- `{task.id}`: {'; '.join(answer.refused)[:300]}")
        elif blamed := [each for each in findings(answer) if each.error not in EVENTS]:
            notes.append(f"- `{task.id}`: its perfect answer shows {told(blamed)}")
        else:
            yield task
    notes.insert(0, f"{replayed:,} golds replayed, {replayed - len(notes) + left:,} of them clean; gold faults:\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Prints everything as Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="the folder of public data; with it BFCL v4's gold is broken as well")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="break every Nth task only")
    options = parser.parse_args(argv)
    started = time.perf_counter()
    paths = [DEMO, *([options.data / "bfcl" / "datasets" / "v4"] if options.data else [])]
    tasks, rejected = load_tasks(paths)
    notes: list[str] = []
    single, double = Tally(), Tally()
    for task in sound(list(tasks.values())[:: options.every], notes):
        for injection in injections(task, seed=options.seed):
            single.add(injection)
        for injection in doubles(task, seed=options.seed, number=DOUBLES):
            double.add(injection)
    for title, lines in (("One slip", single.lines()), ("Two slips at once", double.lines()), ("Gold replayed", notes)):
        print(f"## {title}\n\n" + "\n".join(lines) + "\n")
    took = time.perf_counter() - started
    print(f"{len(tasks):,} tasks ({len(rejected)} unreadable), one in {options.every} broken; seed {options.seed}; {took:.0f} s")
    return int(single.exact < single.answers or double.exact < double.answers)


if __name__ == "__main__":
    sys.exit(main())
