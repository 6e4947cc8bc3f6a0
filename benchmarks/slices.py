"""How often slices are found where there are none, and where there is one: the level and the power of ``spectool.patterns.slices``.

    python -m benchmarks.slices --shuffles 200 --seeds 20

Tasks have samples, samples have calls, and both are alike: the rate of a task, and of a sample within it, is drawn from a gamma
distribution around the pattern's rate, so that a test that took calls for independent would find slices everywhere. *Shuffled*: the
findings of whole tasks are dealt out again over the tasks, so that no condition has anything to do with them. *Uneven*: the rates are
equal, but tasks with one of the conditions have four times the calls. *Planted*: under one condition (of one or two terms) the rate is
``--lift`` times that of elsewhere.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Mapping, Sequence

import msgspec

from spectool.patterns.conditions import Task, Term
from spectool.patterns.slices import LEVEL, Counted, Tested, believed, find

TERMS: Mapping[str, tuple[int, int]] = {
    # Attribute: how many values there are, and how many of them a task has.
    "category": (6, 1),
    "environment": (8, 1),
    "n_tools": (3, 1),
    "n_gold": (3, 1),
    "prompt_length": (6, 1),
    "offered": (30, 8),
    "due": (12, 2),
    "word": (60, 8),
}


class Design(msgspec.Struct, frozen=True, kw_only=True):
    """One simulated model: so many tasks, samples of each, calls of a sample; the rate of each pattern, a call; how unlike tasks are."""

    tasks: int
    samples: int
    calls: int
    rates: tuple[float, ...]
    shape: float
    lift: float


Planted = tuple[Term, ...]


def tasks_of(design: Design, draw: random.Random) -> list[Task]:
    """Tasks with their terms; the halves are drawn, as the hash of a name does."""
    made = []
    for number in range(design.tasks):
        terms = [Term(attribute=name, value=str(v)) for name, (of, some) in TERMS.items() for v in sorted(draw.sample(range(of), some))]
        made.append(Task(name=f"task-{number}", confirming=draw.random() < 0.5, terms=tuple(terms)))
    return made


def counted(design: Design, rates: Sequence[float], calls: Sequence[int], draw: random.Random) -> list[Counted]:
    """What is found in each task, given its rate and the calls of each of its samples."""
    made = []
    for rate, places in zip(rates, calls, strict=True):
        of_task = rate * draw.gammavariate(design.shape, 1 / design.shape)
        of_samples = [min(1.0, of_task * draw.gammavariate(2, 1 / 2)) for _ in range(design.samples)]
        found = sum(draw.random() < chance for chance in of_samples for _ in range(places))
        made.append(Counted(found=found, places=places * design.samples, trajectories=design.samples, example=None))
    return made


def found_in(tasks: Sequence[Task], patterns: Sequence[Sequence[Counted]]) -> list[Tested]:
    """Everything believed of one model, of all that was tested in its patterns."""
    names = [task.name for task in tasks]
    by_task = [dict(zip(names, counts, strict=True)) for counts in patterns]
    return [
        each for each, _ in believed([each for number, of in enumerate(by_task) for each in find("model", f"pattern-{number}", tasks, of)])
    ]


def shuffled(design: Design, seed: int) -> bool:
    """Whether any slice is found in findings that were dealt out again over the tasks."""
    draw = random.Random(seed)
    tasks = tasks_of(design, draw)
    patterns = [counted(design, [rate] * len(tasks), [design.calls] * len(tasks), draw) for rate in design.rates]
    for of in patterns:
        draw.shuffle(of)
    return bool(found_in(tasks, patterns))


def uneven(design: Design, seed: int) -> bool:
    """Whether any slice is found where tasks of one condition only have more calls."""
    draw = random.Random(seed)
    tasks = tasks_of(design, draw)
    longer = tasks[0].terms[0]
    calls = [design.calls * (4 if longer in task.terms else 1) for task in tasks]
    return bool(found_in(tasks, [counted(design, [rate] * len(tasks), calls, draw) for rate in design.rates]))


def planted(design: Design, terms: int, seed: int) -> tuple[bool, int, int]:
    """Whether the planted condition is found (one of its terms at least, and no other pattern's); its tasks; slices of other patterns."""
    draw = random.Random(seed)
    tasks = tasks_of(design, draw)
    condition = {1: (Term(attribute="due", value="0"),), 2: (Term(attribute="n_gold", value="0"), Term(attribute="n_tools", value="0"))}[
        terms
    ]
    inside = [set(condition) <= set(task.terms) for task in tasks]
    rates = [[rate * (design.lift if number == 0 and holds else 1) for holds in inside] for number, rate in enumerate(design.rates)]
    shown = found_in(tasks, [counted(design, each, [design.calls] * len(tasks), draw) for each in rates])
    right = [each for each in shown if each.error == "pattern-0" and set(condition) & set(each.terms)]
    exact = any(set(each.terms) == set(condition) for each in right)
    return exact if terms == 1 else bool(right), sum(inside), len(shown) - len(right)


def share(name: str, hits: Sequence[bool], seconds: float) -> bool:
    """Prints one row of the null; whether it is within the level and two of its standard errors."""
    bound = LEVEL + 2 * math.sqrt(LEVEL * (1 - LEVEL) / len(hits))
    rate = sum(hits) / len(hits)
    print(
        f"| {name} | {len(hits)} | {sum(hits)} | {rate:.3f} | {bound:.3f} | {'yes' if rate <= bound else 'NO'} | {seconds:.0f} |",
        flush=True,
    )
    return rate <= bound


def main() -> None:
    """Simulate and print Markdown; exit code 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=240)
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--calls", type=int, default=8, help="of a trajectory")
    parser.add_argument("--rates", type=float, nargs="+", default=[0.04, 0.01, 0.1, 0.25], help="of a call, a pattern each")
    parser.add_argument("--shape", type=float, default=1.0, help="of the gamma distribution of tasks: smaller is more alike within a task")
    parser.add_argument("--lift", type=float, default=5.0, help="of the planted slice of the first pattern")
    parser.add_argument("--shuffles", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=20)
    chosen = parser.parse_args()
    design = Design(
        tasks=chosen.tasks, samples=chosen.samples, calls=chosen.calls, rates=tuple(chosen.rates), shape=chosen.shape, lift=chosen.lift
    )
    print(f"{design.tasks} tasks, {design.samples} samples a task, {design.calls} calls a trajectory; rates {design.rates}\n")
    print(f"| no slice there | runs | with a slice at q < {LEVEL} | share | at most | held | seconds |\n|---|--:|--:|--:|--:|---|--:|")
    good = True
    for name, null in (("shuffled", shuffled), ("uneven", uneven)):
        start = time.perf_counter()
        hits = [null(design, seed) for seed in range(chosen.shuffles)]
        good &= share(name, hits, time.perf_counter() - start)
    print(f"\n| planted, {design.lift:g} times the rate | seeds | found | tasks in it | slices of other patterns |\n|---|--:|--:|--:|--:|")
    for terms in (1, 2):
        runs = [planted(design, terms, seed) for seed in range(chosen.seeds)]
        found, sizes = sum(run[0] for run in runs), [run[1] for run in runs]
        print(
            f"| {terms} term{'s' * (terms > 1)} | {len(runs)} | {found} | {min(sizes)} to {max(sizes)} | {sum(run[2] for run in runs)} |",
            flush=True,
        )
        good &= terms > 1 or found >= 0.95 * len(runs)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
