"""How often do the rules that need no gold speak on runs that pass: the false alarms of IAV by what was said, with gold hidden.

    python -m benchmarks.grounding DATA

``DATA`` holds ``bfcl/{datasets,results}/v3``, ``tau_bench/`` and ``tau2/``. A run passes by its harness's reward, else by our verdict with
gold; then gold is hidden and judged again. A value that the model rightly knew (the cards of a deck, the state a city lies in) is counted
as a false alarm. Beside it: of the values that gold proves wrong on failing BFCL runs, how many these rules see without it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from benchmarks.loading import rate, shown, table, trajectories
from spectool.classify.classify import PASSING_REWARD, classify
from spectool.model import Finding, Trajectory

SAID = frozenset({"stale_value", "premature_dependency", "ungrounded"})
WRONG = frozenset({"other", "partial", "scale", "unexpected"})
CATEGORIES = (
    "simple",
    "multiple",
    "parallel",
    "parallel_multiple",
    "live_simple",
    "live_multiple",
    "live_parallel",
    "live_parallel_multiple",
)
SHOWN = 12


def bfcl(data: Path) -> Iterator[Trajectory]:
    """Every kept model's outputs of the single-turn Python categories, with questions and gold of their generation."""
    for model in sorted((data / "bfcl/results/v3/result").iterdir()):
        for category in CATEGORIES:
            outputs = model / f"BFCL_v3_{category}_result.json"
            if outputs.is_file():
                yield from trajectories(outputs, tasks=[data / f"bfcl/datasets/v3/BFCL_v3_{category}.json"])


def values(trajectory: Trajectory, subtypes: frozenset[str]) -> list[Finding]:
    """The findings of IAV of these subtypes."""
    return [f for found in classify(trajectory).outcomes if found.error == "IAV" for f in found.findings if f.subtype in subtypes]


def section(name: str, runs: Iterable[Trajectory]) -> tuple[list[str], Counter[str], list[tuple[str, bool]]]:
    """The row of one data set, the alarms by subtype and value, and of each value proven wrong whether it is seen without gold."""
    alarms: list[tuple[str, bool]] = []
    what: Counter[str] = Counter()
    seen: list[tuple[str, bool]] = []
    for run in runs:
        passed = run.reward >= PASSING_REWARD if run.reward is not None else classify(run).passed
        found = values(replace(run, gold=None), SAID)
        if passed:
            alarms.append((run.task or run.id, bool(found)))
            what.update(f"{each.subtype}: {run.id} {each.path.partition('.arguments.')[2]} = {each.got!r}" for each in found)
        else:
            paths = {each.path for each in found}
            seen += [(run.task or run.id, wrong.path in paths) for wrong in values(run, WRONG)]
    return [name, shown(rate(alarms), 2)], what, seen


def main(argv: list[str] | None = None) -> int:
    """Prints the table, what was flagged, and the recall."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    data = parser.parse_args(argv).data
    sets = (
        ("BFCL v3, single turn", bfcl(data)),
        ("tau-bench airline", trajectories(data / "tau_bench/gpt-4o-airline.json", tools=data / "tau_bench/tools_airline.json")),
        (
            "tau2 airline",
            trajectories(data / "tau2/toolorchestra_airline_gpt-5_1trial.json", tools=data / "tau2/tools_airline_derived.json"),
        ),
    )
    sections = [section(name, runs) for name, runs in sets]
    print("## Values without a source, gold hidden\n")
    print(table(("runs that pass", "with a finding of IAV by what was said"), [row for row, _, _ in sections], 1))
    what = sum((alarms for _, alarms, _ in sections), Counter[str]())
    print("\nFlagged, for instance:\n\n" + "\n".join(f"- {line}" for line in sorted(what)[:: max(1, len(what) // SHOWN)]))
    print(f"\nValues that gold proves wrong in BFCL, seen without it: {shown(rate(sections[0][2]))}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
