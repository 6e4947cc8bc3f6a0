"""How many calls a second each environment answers: ``python -m benchmarks.environments [--seed S] [--rounds N] [--functions]``.

Calls of all tools of an environment, each as often as another, are drawn from the schemas and the records; each is made in a fresh state.
Answered and refused calls are timed apart, in processor time of one process; the figures are of the median round. ``--functions`` adds the
mean time of each function.
Exit code 1 where the mix stays below the target.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from benchmarks.environment_calls import Drawer
from benchmarks.loading import table
from spectool.environments.core.environment import Environment
from spectool.environments.core.errors import ToolError
from spectool.environments.registry import ENVIRONMENTS

DRAWN = 100
"""Calls of each function."""
TARGET = 20_000
"""Calls a second that every environment shall answer."""

Call = tuple[str, Mapping[str, Any]]


def drawn(environment: Environment, seed: int) -> tuple[list[Call], list[Call]]:
    """The calls that a fresh state answers, and those that it refuses."""
    drawer = Drawer(environment, Random(seed))
    answered: list[Call] = []
    refused: list[Call] = []
    for _ in range(DRAWN):
        for tool in environment.tools:
            call = drawer.call_of(tool)
            (answered if _answers(environment, call) else refused).append(call)
    return answered, refused


def _answers(environment: Environment, call: Call) -> bool:
    try:
        environment.call(environment.fresh(), *call)
    except ToolError:
        return False
    return True


def seconds(environment: Environment, calls: Sequence[Call], rounds: int) -> float:
    """The processor time of one call, of the median round; NaN where there are none."""
    if not calls:
        return float("nan")
    took = []
    for _ in range(rounds):
        started = time.process_time()
        for call in calls:
            _answers(environment, call)
        took.append(time.process_time() - started)
    return statistics.median(took) / len(calls)


def _rate(answered: float, refused: float, calls: tuple[int, int]) -> float:
    """Calls a second over the mix."""
    spent = sum(number * each for number, each in zip(calls, (answered, refused), strict=True) if number)
    return sum(calls) / spent


def rows(seed: int, rounds: int) -> list[tuple[str, float, tuple[str, ...]]]:
    """For each environment its name, its calls a second, and its line of the table."""
    lines = []
    for environment in ENVIRONMENTS:
        calls = drawn(environment, seed)
        answered, refused = (seconds(environment, each, rounds) for each in calls)
        rate = _rate(answered, refused, (len(calls[0]), len(calls[1])))
        share = len(calls[0]) / sum(map(len, calls))
        figures = [f"{1 / each:,.0f}" if each == each else "-" for each in (answered, refused)]
        rows_held = sum(map(len, environment.records.values()))
        sizes = (str(len(environment.tools)), str(rows_held), f"{share:.0%}")
        lines.append((environment.name, rate, (environment.name, *sizes, *figures, f"{rate:,.0f}")))
    return lines


def functions(seed: int, rounds: int) -> list[tuple[str, str, str, str]]:
    """Each function's environment, name, share of calls answered, and microseconds a call, the slowest first."""
    found = []
    for environment in ENVIRONMENTS:
        answered, refused = drawn(environment, seed)
        good = Counter(name for name, _ in answered)
        for tool in environment.tools:
            calls = [call for call in (*answered, *refused) if call[0] == tool.name]
            found.append((seconds(environment, calls, rounds) * 1e6, environment.name, tool.name, good[tool.name] / len(calls)))
    return [(place, name, f"{share:.0%}", f"{micros:.1f}") for micros, place, name, share in sorted(found, reverse=True)]


def main(argv: Sequence[str] | None = None) -> int:
    """Prints everything as Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--functions", action="store_true", help="also the time of each function")
    options = parser.parse_args(argv)
    found = rows(options.seed, options.rounds)
    head = ("environment", "functions", "records", "answered", "answered/s", "refused/s", "calls/s over the mix")
    print(table(head, [line for _, _, line in found], 1))
    if options.functions:
        print("\n" + table(("environment", "function", "answered", "µs a call"), functions(options.seed, options.rounds), 2))
    slow = [name for name, rate, _ in found if rate < TARGET]
    print(f"\n{DRAWN} calls of each function, seed {options.seed}, median of {options.rounds} rounds, processor time of one process.")
    print(f"Below {TARGET:,} calls/s: {', '.join(slow) or 'none'}.")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
