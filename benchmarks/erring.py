"""The tool held against an agent that errs on purpose: in runs with replies, steps and users, is what was planted found, and no more?

    python -m benchmarks.erring [--tasks FILE ...] [--seed S] [--every N]

Over the tasks of ``data/tasks``, each in its own world: one run for every subtype that finds a place, without feedback and with the
fullest, and runs in which every call may err. The truth of each, consequences included, is known from how it was made. Exit code 1 where
a run shows anything else than was planted in it, or a task's world is not the one here.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.injection import told
from benchmarks.loading import table
from spectool.benchmark.agreement import agreement
from spectool.benchmark.draft import Planted
from spectool.benchmark.erring import each_subtype, erring
from spectool.benchmark.inject import Injection
from spectool.classify.taxonomy import load
from spectool.environments.episode.feedback import Feedback
from spectool.environments.episode.world import StaleWorld, World
from spectool.model import Task
from spectool.read.tasks import load_tasks

TASKS = Path(__file__).parents[1] / "data" / "tasks"
MODES: tuple[Feedback, ...] = ("off", "options")
KINDS = ("single", "multi-step", "parallel", "dialogue", "none due")
# Of every call, of every run, and of every refused call: so often each pattern occurs in the runs that err at rates.
RATES = {
    "IFE": 0.05, "IFN": 0.08, "IAN": 0.1, "IAT": 0.12, "IAV": 0.3, "IAC": 0.05, "RAC": 0.03, "wrong_tool": 0.03, "extra_call": 0.03,
    "unneeded_call": 0.3, "incomplete_answer": 0.03, "RAC.retry_same_error": 0.1, "unrecovered_error": 0.1, "ignored_tool_error": 0.1,
}  # fmt: skip
SEEDS = 2
SHOWN = 20
# Why a subtype that rules decide is planted in no run of these tasks.
ABSENT = {
    "wrong_order.order": "no gold of these tasks binds the order of its calls",
    "name_alias.separator": "no function's name holds a character that an interface rewrites",
    "wrong_answer.claim": "every claim is a bare value: told with another figure it is simply not told, `incomplete_answer`",
    "wrong_answer.judged": "a judge's to say",
    "incomplete_answer.judged": "a judge's to say",
}


def kind_of(task: Task) -> str:
    """What sort of run solves a task."""
    gold = task.gold
    if gold is None or gold.paths == ((),):
        return "none due"
    if "user" in task.meta:
        return "dialogue"
    if gold.mode == "unordered":
        return "parallel"
    return "multi-step" if any(len(path) > 1 for path in gold.paths) else "single"


class Tally:
    """Findings planted, missed and extra, by subtype and kind of task, and the runs that differ."""

    def __init__(self) -> None:
        self.runs: Counter[str] = Counter()
        self.exact: Counter[str] = Counter()
        self.slips: Counter[int] = Counter()
        self.counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.differences: list[str] = []

    def add(self, kind: str, run: Injection) -> None:
        """Classifies one run."""
        held = agreement(run)
        self.runs[kind] += 1
        self.exact[kind] += held.is_exact
        self.slips[len(run.slips)] += 1
        for what, findings in (("planted", run.planted), ("missed", held.missed), ("extra", held.extra)):
            for found in findings:
                self.counts[_name(found), kind][what] += 1
        if not held.is_exact:
            self.differences.append(f"- `{run.trajectory.id}`: missed {told(held.missed)}; extra {told(held.extra)}")

    def overall(self) -> str:
        """How many runs there were, and how many showed just what was planted."""
        kinds = ", ".join(f"{self.exact[kind]:,} of {self.runs[kind]:,} {kind}" for kind in KINDS if self.runs[kind])
        return f"{self.exact.total():,} of {self.runs.total():,} runs exact ({kinds})."

    def lines(self) -> Iterator[str]:
        """One row a subtype: findings planted, found and extra, precision and recall over all, then for each kind of task."""
        yield self.overall() + "\n"
        head = ("error.subtype", "planted", "found", "extra", "precision", "recall", *(f"{kind}: planted, P, R" for kind in KINDS))
        yield table(head, [self._row(name) for name in self.names()], 1)
        yield from ["", "**Runs that differ**\n", *self.differences[:SHOWN]] if self.differences else ()

    def names(self) -> list[str]:
        """The subtypes seen, in the order of the taxonomy."""
        order = [f"{error.code}.{subtype.code}" for error in load().errors for subtype in error.subtypes]
        return sorted({name for name, _ in self.counts}, key=order.index)

    def _row(self, name: str) -> tuple[str, ...]:
        total = sum((self.counts[name, kind] for kind in KINDS), Counter[str]())
        found = total["planted"] - total["missed"]
        cells = (", ".join((f"{each['planted']:,}", *_rates(each))) if each else "–" for each in (self.counts[name, k] for k in KINDS))
        return name, f"{total['planted']:,}", f"{found:,}", f"{total['extra']:,}", *_rates(total), *cells


def _name(found: Planted) -> str:
    return f"{found.error}.{found.subtype}"


def _rates(counts: Counter[str]) -> tuple[str, str]:
    """Precision and recall, each rounded down, so that 1.00 means all."""
    found = counts["planted"] - counts["missed"]
    return _share(found, found + counts["extra"]), _share(found, counts["planted"])


def _share(part: int, whole: int) -> str:
    return f"{part * 100 // whole / 100:.2f}" if whole else "–"


def unplaced(tallies: Iterable[Tally]) -> Iterator[str]:
    """The subtypes that rules decide and that were planted nowhere, each with the reason."""
    seen = {name for tally in tallies for name in tally.names()}
    for error in load().errors:
        for subtype in error.subtypes:
            name = f"{error.code}.{subtype.code}"
            if error.decided_by == "rule" and name not in seen:
                yield f"- `{name}`: {ABSENT.get(name, 'found no place in these tasks')}"


def here(tasks: Iterable[Task], notes: list[str]) -> Iterator[Task]:
    """The tasks whose worlds are those here; of the others ``notes`` says why they are left out."""
    for task in tasks:
        try:
            if World.of(task) is not None:
                yield task
        except StaleWorld as error:
            notes.append(f"- {error}")


def main(argv: Sequence[str] | None = None) -> int:
    """Prints everything as Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tasks", type=Path, nargs="+", default=sorted(TASKS.glob("*.jsonl")), metavar="FILE")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="err at every Nth task only")
    options = parser.parse_args(argv)
    started = time.perf_counter()
    loaded, _ = load_tasks(options.tasks)
    notes: list[str] = []
    tasks = list(here(list(loaded.values())[:: options.every], notes))
    tallies = [Tally() for _ in MODES]
    at_rates = Tally()
    for feedback, tally in zip(MODES, tallies, strict=True):
        for task in tasks:
            for run in each_subtype(task, seed=options.seed, feedback=feedback):
                tally.add(kind_of(task), run)
        for seed in range(options.seed, options.seed + SEEDS):
            for task, run in zip(tasks, erring(tasks, RATES, seed=seed, feedback=feedback), strict=True):
                at_rates.add(kind_of(task), run)
        print(f"## One slip a run, feedback `{feedback}`\n\n" + "\n".join(tally.lines()) + "\n", flush=True)
    strewn = ", ".join(f"{count:,} with {number}" for number, count in sorted(at_rates.slips.items()))
    print(f"## Slips at rates, feedback `{'` and `'.join(MODES)}`\n\n{at_rates.overall()} Slips planted: {strewn}.\n")
    print("\n".join(at_rates.differences[:SHOWN]))
    print("## Planted nowhere\n\n" + "\n".join([*unplaced((*tallies, at_rates)), *notes]) + "\n")
    print(f"{len(tasks):,} tasks; seed {options.seed}; {time.perf_counter() - started:.0f} s")
    return int(bool(notes) or any(tally.differences for tally in (*tallies, at_rates)))


if __name__ == "__main__":
    sys.exit(main())
