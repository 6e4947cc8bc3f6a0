"""Does ``spectool compare`` cry wolf, and what does it see? Rejection under the null, power, coverage, false claims over many patterns.

    python -m benchmarks.compare [--tasks 240 2000] [--samples 1 4] [--points 3 5] [--own 0 0.3] [--simulations 1000] [--intervals 200]

Tasks differ in how hard they are: the chance to pass one is drawn from Beta(0.9, 0.6) (60 % on average, many tasks nearly always or never
passed). Both models find a task equally hard, but for a share ``own`` of the tasks, where each draws its own difficulty: then they differ
task by task and are yet equally good. For power the second model passes that much more often, in proportion to what is left to gain.

Every simulated comparison goes through the code that the command runs. Beside its test stand three others over the same tasks (McNemar's
over majorities, over "in any sample", and over which model passes more often), and McNemar's over pairs of samples as if each were a task
of its own, which is what not to do.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from math import comb
from typing import NamedTuple

from benchmarks.loading import table
from spectool.patterns.false_discovery import q_values
from spectool.patterns.mcnemar import exact, paired_p
from spectool.patterns.paired import SIGNIFICANT, Tally, change_of

SEED = 20241113
LEVELS = 2000
SHAPE = (0.9, 0.6)
TESTS = ("compare", "by majority", "in any sample", "by the larger share", "samples as tasks")

Cell = tuple[int, int, int]
"""Samples of a task that pass: of the first model, of the second, and pairs of which both do."""


class Setting(NamedTuple):
    """What is simulated; ``gain`` is the true difference, a fraction, ``own`` the share of tasks whose difficulty is each model's own."""

    tasks: int
    samples: int
    gain: float = 0.0
    own: float = 0.0


def cells(setting: Setting) -> tuple[list[Cell], list[float]]:
    """All outcomes of a task with their summed chances, over all levels of difficulty."""
    draw = random.Random(SEED)
    levels = [draw.betavariate(*SHAPE) for _ in range(LEVELS)]
    share = setting.gain * LEVELS / sum(1 - level for level in levels)
    before = [_binomial(setting.samples, level) for level in levels]
    after = [_binomial(setting.samples, level + share * (1 - level)) for level in levels]
    apart = [[sum(column) / LEVELS for column in zip(*side, strict=True)] for side in (before, after)]
    chances: Counter[Cell] = Counter()
    for one, other in product(range(setting.samples + 1), repeat=2):
        alike = sum(left[one] * right[other] for left, right in zip(before, after, strict=True)) / LEVELS
        chance = (1 - setting.own) * alike + setting.own * apart[0][one] * apart[1][other]
        for both in range(max(0, one + other - setting.samples), min(one, other) + 1):
            ways = comb(one, both) * comb(setting.samples - one, other - both) / comb(setting.samples, other)
            chances[one, other, both] = chance * ways
    return list(chances), list(accumulate(chances.values()))


def _binomial(n: int, chance: float) -> list[float]:
    return [comb(n, count) * chance**count * (1 - chance) ** (n - count) for count in range(n + 1)]


def comparisons(setting: Setting, times: int) -> Iterator[Counter[Cell]]:
    """Simulated comparisons: how many of the tasks had which outcome."""
    outcomes, summed = cells(setting)
    draw = random.Random(f"{SEED} {setting}")
    for _ in range(times):
        yield Counter(draw.choices(outcomes, cum_weights=summed, k=setting.tasks))


def p_values(outcomes: Counter[Cell], samples: int) -> list[float]:
    """One p-value a test, in the order of ``TESTS``."""
    found = [[0, 0] for _ in TESTS[1:]]
    for (before, after, both), tasks in outcomes.items():
        leaning = ((after > samples / 2) - (before > samples / 2), (after > 0) - (before > 0), (after > before) - (after < before))
        for place, side in enumerate(leaning):
            if side:
                found[place][side < 0] += tasks
        found[-1] = [found[-1][0] + tasks * (after - both), found[-1][1] + tasks * (before - both)]
    ours = paired_p((after - before, tasks) for (before, after, _), tasks in outcomes.items())
    return [ours, *(exact(up, down) for up, down in found)]


def rejections(setting: Setting, times: int) -> list[float]:
    """The share of comparisons that each test calls significant."""
    found = [0] * len(TESTS)
    for outcomes in comparisons(setting, times):
        found = [count + (p < SIGNIFICANT) for count, p in zip(found, p_values(outcomes, setting.samples), strict=True)]
    return [count / times for count in found]


def coverage(setting: Setting, times: int) -> float:
    """The share of 95 % intervals that hold the true difference."""
    held = 0
    for outcomes in comparisons(setting, times):
        alike = [Tally(before=one, after=other, pairs=setting.samples, tasks=tasks) for (one, other, _), tasks in outcomes.items()]
        change = change_of(alike)
        held += change.low is not None and change.high is not None and change.low <= setting.gain <= change.high
    return held / times


def false_claims(setting: Setting, patterns: int, times: int) -> float:
    """The share of comparisons of two alike models in which any of the patterns is called changed (q < 0.05)."""
    claimed, drawn = 0, comparisons(setting, times * patterns)
    for _ in range(times):
        p = [p_values(next(drawn), setting.samples)[0] for _ in range(patterns)]
        claimed += min(q_values(p)) < SIGNIFICANT
    return claimed / times


def _percent(shares: Sequence[float]) -> list[str]:
    return [f"{100 * share:.1f}" for share in shares]


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, nargs="+", default=[240, 2000])
    parser.add_argument("--samples", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--points", type=float, nargs="+", default=[3.0, 5.0])
    parser.add_argument("--own", type=float, nargs="+", default=[0.0, 0.3])
    parser.add_argument("--simulations", type=int, default=1000)
    parser.add_argument("--intervals", type=int, default=200)
    parser.add_argument("--patterns", type=int, default=20)
    given = parser.parse_args(argv)
    sizes = list(product(given.own, given.tasks, given.samples))
    rows: list[list[object]] = []
    for points, (own, tasks, samples) in product((0.0, *given.points), sizes):
        shares = rejections(Setting(tasks, samples, points / 100, own), given.simulations)
        rows.append([f"{points:g}" if points else "0 (null)", own, f"{tasks:,}", samples, *_percent(shares)])
    print(f"Significant at p < 0.05, in % of {given.simulations:,} comparisons\n")
    print(table(["points", "own", "tasks", "samples", *TESTS], rows, 1))
    print(f"\nIn % of {given.intervals:,} comparisons: the 95 % interval holds the true difference; one of {given.patterns} patterns of")
    print("which none changed is called changed (q < 0.05)\n")
    held: list[list[object]] = []
    for own, tasks, samples in sizes:
        shares = [coverage(Setting(tasks, samples, points / 100, own), given.intervals) for points in (0.0, given.points[-1])]
        shares.append(false_claims(Setting(tasks, samples, 0.0, own), given.patterns, given.intervals))
        held.append([own, f"{tasks:,}", samples, *_percent(shares)])
    ends = [f"interval, {points:g} points" for points in (0.0, given.points[-1])]
    print(table(["own", "tasks", "samples", *ends, "false claim"], held, 1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
