"""How long does each analysis take on a million findings, and with how much memory?

    python -m benchmarks.million [--folder DIR] [--findings 1000000] [--only NAME ...] [--runs 1]

Makes (once) a result folder of drawn attempts, four models with three samples a task, and runs each analysis in a process of its own, from
opening the folder to its answer. Wall time is what a user waits for; CPU time (user and system, all threads) says what it costs on a
machine that others load, too. Memory is the peak of the whole process.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.loading import table
from benchmarks.million_slips import slips_of
from benchmarks.million_world import MODELS, SAMPLES, attempt, problems
from spectool.model import Trajectory, Verdict
from spectool.patterns.audit import audit_folders
from spectool.patterns.clusters import find_clusters
from spectool.patterns.compare import compare
from spectool.patterns.graphs import find_graphs
from spectool.patterns.graphs_cooccurrence import co_occurrence
from spectool.patterns.graphs_tables import prepare
from spectool.patterns.rates import rates
from spectool.patterns.shapes import find_shapes
from spectool.patterns.slices import slices
from spectool.patterns.systemic import find_systemic
from spectool.results.folder import SCHEMA_VERSION, FolderWriter, new_folder, write_summary
from spectool.results.summary import Counts, Settings, Summary
from spectool.results.tables import TASK, connect, rows

LIMIT_SECONDS, LIMIT_BYTES = 20, 2 << 30
_BATCH = 2_000


def make(folder: Path, findings: int) -> None:
    """Writes a result folder with at least so many findings."""
    found = attempts = 0
    waiting: list[tuple[Trajectory, Verdict]] = []
    with new_folder(folder) as made:
        with FolderWriter(made) as writer:
            for problem in problems():
                tries = product(range(len(MODELS)), range(SAMPLES))
                waiting += [attempt(problem, model, sample, tuple(slips_of(problem, model, sample))) for model, sample in tries]
                if len(waiting) < _BATCH:
                    continue
                found += sum(len(outcome.findings) for _, verdict in waiting for outcome in verdict.outcomes)
                attempts += len(waiting)
                writer.add(*zip(*waiting, strict=True))
                waiting = []
                if found >= findings:
                    break
        counts = Counts(records=attempts, trajectories=attempts, findings=found)
        summary = Summary(
            schema_version=SCHEMA_VERSION,
            spectool="0",
            created="",
            inputs=(),
            settings=Settings(),
            counts=counts,
            models=(),
            rejected=(),
            crashed=(),
            notes=(),
        )
        write_summary(made, summary)


def _seeing(run: Callable[[Any], object]) -> Callable[[Path], object]:
    """An analysis of what a connection sees."""

    def opened(folder: Path) -> object:
        with connect(folder) as cursor:
            return run(cursor)

    return opened


_DIMENSIONS = ("model", "category", "prompt_length", "subtype", "tool", "argument", "step")
ANALYSES: Mapping[str, Callable[[Path], object]] = {
    **{f"rates by {by}": _seeing(partial(rates, by=by)) for by in _DIMENSIONS},
    "shapes": _seeing(find_shapes),
    "co-occurrence": _seeing(lambda cursor: co_occurrence(cursor, prepare(cursor))),
    "compare, 4 models": lambda folder: compare([folder]),
    "graphs, all": _seeing(find_graphs),
    "slices": _seeing(slices),
    "clusters": _seeing(find_clusters),
    "systemic causes": _seeing(find_systemic),
    "audit, 4 models": lambda folder: audit_folders([folder]),
}


def measure(name: str, folder: Path) -> None:
    """Runs one analysis in this process and prints its figures as JSON: seconds of wall and CPU, bytes at the peak."""
    begun = time.perf_counter()
    ANALYSES[name](folder)
    wall, used = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": peak}))


def measured(name: str, folder: Path, runs: int) -> Mapping[str, float]:
    """The quickest of so many runs, each in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.million", "--folder", str(folder), "--measure", name]
    done = [subprocess.run(command, capture_output=True, text=True, check=False) for _ in range(runs)]
    for each in done:
        if each.returncode:
            raise SystemExit(f"{name}: {each.stderr[-2000:]}")
    figures: list[dict[str, float]] = [json.loads(each.stdout) for each in done]
    return min(figures, key=lambda each: each["wall"])


def _row(name: str, found: Mapping[str, float]) -> list[object]:
    within = "yes" if found["wall"] <= LIMIT_SECONDS and found["peak"] <= LIMIT_BYTES else "no"
    return [name, f"{found['wall']:.1f}", f"{found['cpu']:.1f}", f"{found['peak'] / (1 << 30):.2f}", within]


def _facts(folder: Path) -> str:
    with connect(folder) as cursor:
        told = rows(cursor, f"SELECT count(*) AS n, count(DISTINCT {TASK}) AS tasks, count(DISTINCT model) AS models FROM trajectories t")[
            0
        ]
        found = rows(cursor, "SELECT count(*) AS n, count(DISTINCT (error, subtype, tool, message)) AS texts FROM findings")[0]
        outcomes = rows(cursor, "SELECT count(*) AS n FROM outcomes")[0]["n"]
    size = sum(path.stat().st_size for path in folder.iterdir()) / (1 << 20)
    return (
        f"{found['n']:,} findings ({found['texts']:,} different messages) in {told['n']:,} trajectories of {told['models']} models at "
        f"{told['tasks']:,} tasks; {outcomes:,} outcomes; {size:,.0f} MB"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Makes the folder where it is missing, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("results/million"))
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="+", choices=ANALYSES, default=list(ANALYSES), metavar="NAME")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--measure", choices=ANALYSES, help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    if given.measure:
        measure(given.measure, given.folder)
        return 0
    if not given.folder.exists():
        make(given.folder, given.findings)
    print(_facts(given.folder))
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} CPUs (load before: {load:.1f}), Python {platform.python_version()}\n")
    lines = []
    for name in given.only:
        lines.append(_row(name, measured(name, given.folder, given.runs)))
        print(*lines[-1], sep="  ", file=sys.stderr)
    print(table(["analysis", "wall s", "CPU s", "peak GiB", f"within {LIMIT_SECONDS} s and 2 GiB"], lines, 1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
