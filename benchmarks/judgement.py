"""Holds the tool's own judgement of BFCL's single-turn outputs against BFCL's verdict and against a recount of every argument.

    python -m benchmarks.judgement DATA

``DATA`` holds ``bfcl/results/v3/{result,score}`` and ``bfcl/datasets/v3``. Printed are: the rows that BFCL fails and the tool finds
clean, with the decision that clears each; whether all errors of a call are found where several hide behind BFCL's first; how wrong values
are distributed over their subtypes; and certain findings on rows that BFCL passes, with the decision behind each kind. Exit code 1 where a
row is without its decision, or an error of a call is missed.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bfcl_recount import FailingCall, failing_calls
from benchmarks.loading import rate, shown, table, trajectories
from benchmarks.reasons import apart_because, decision_behind
from spectool.classify.classify import classify
from spectool.classify.compat.stricter import bfcl_stricter
from spectool.model import Finding, Task, Trajectory
from spectool.read.tasks import load_tasks

SHOWN = 20
MAX_OTHER = 0.15
OPEN = "**none: to be looked at**"
_ARGUMENT = re.compile(r"\.calls\[\d+\]\.arguments(?:\.([A-Za-z_]\w*)|\[\"((?:[^\"\\]|\\.)*)\"\])")


@dataclass(frozen=True)
class Row:
    """One output: as it was read, with BFCL's label and the tool's findings that blame someone."""

    attempt: Trajectory
    label: str
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """Model and question."""
        return f"{self.attempt.model} {self.attempt.id}"


def rows_of(attempts: Iterable[Trajectory]) -> list[Row]:
    """The single-turn outputs that BFCL has judged.

    Raises:
        RuntimeError: a detector crashed.
    """
    rows = []
    for attempt in attempts:
        label = attempt.meta.get("compat_label")
        if str(attempt.meta["category"]).startswith("multi_turn") or not isinstance(label, str):
            continue
        verdict = classify(attempt)
        if verdict.crashed:
            raise RuntimeError(f"{attempt.id}: {verdict.crashed[0]}")
        found = (f for outcome in verdict.outcomes for f in outcome.findings)
        rows.append(Row(attempt, label, tuple(f for f in found if f.level in ("core", "extended"))))
    return rows


def cleared(rows: Sequence[Row], tasks: Mapping[str, Task]) -> tuple[str, int]:
    """Failing rows without a finding, by decision, and how many have none."""
    failing = [row for row in rows if row.label != "ok"]
    clean = [row for row in failing if not row.findings]
    decisions = {row.name: _decision(row, tasks) for row in clean}
    by_decision: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in clean:
        by_decision[decisions[row.name] or OPEN, row.label].append(row.name)
    found = rate((row.attempt.id, bool(row.findings)) for row in failing)
    covered = rate((row.attempt.id, bool(row.findings or decisions[row.name])) for row in failing)
    lines = [(decision, label, len(names), ", ".join(sorted(names)[:2])) for (decision, label), names in sorted(by_decision.items())]
    text = f"Failing rows with at least one finding: {shown(found)}; with a finding or a decision: {shown(covered, 2)}.\n\n" + table(
        ("`bfcl_stricter`: decision", "BFCL's label", "rows", "such as"), lines
    )
    return text, sum(decision is None for decision in decisions.values())


def _decision(row: Row, tasks: Mapping[str, Task]) -> str | None:
    return bfcl_stricter(row.attempt, tasks.get(row.attempt.id))


def all_errors(rows: Sequence[Row], recounted: Iterable[FailingCall]) -> tuple[str, int]:
    """Whether the arguments blamed are those that differ, and how many calls are apart without a reason."""
    by_name = {(row.attempt.model, row.attempt.id): row for row in rows}
    alike, several, why = [], [], Counter[str]()
    apart: list[str] = []
    for call in recounted:
        row = by_name[call.model, call.id]
        ours = arguments_blamed(row.findings)
        alike.append((call.id, ours == call.differing))
        reasons = {name: apart_because(call, name, row.findings) for name in sorted(ours ^ call.differing)}
        why.update(reason or OPEN for reason in reasons.values())
        if len(call.differing) > 1:
            several.append((call.id, all(name in ours or reasons[name] for name in call.differing)))
        told = f"recount {sorted(call.differing)}, tool {sorted(ours)}; gold {dict(call.gold)}, given {dict(call.given)}"
        apart += [f"{row.name} `{name}`: {told:.300}" for name, reason in reasons.items() if reason is None]
    text = (
        f"Failing rows with one decoded call of the gold's function: {len(alike)}. The arguments blamed are those that differ: "
        f"{shown(rate(alike))}. Of calls with two or more differing arguments, each is blamed or cleared by a decision: "
        f"{shown(rate(several))}.\n\n"
        + table(("arguments apart because", "n"), why.most_common(), 1)
        + "".join(f"\n- {line}" for line in apart[:SHOWN])
    )
    return text, len(apart)


def arguments_blamed(findings: Iterable[Finding]) -> frozenset[str]:
    """The names of the top-level arguments that findings of the seven point at."""
    found = (_ARGUMENT.search(f.path) for f in findings if f.level == "core")
    return frozenset(match[1] or match[2].replace('\\"', '"') for match in found if match)


def subtypes(rows: Sequence[Row]) -> tuple[str, bool]:
    """How wrong values are distributed, and whether too many are only ``other``."""
    counts: Counter[str] = Counter()
    by_language: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for each in row.findings:
            if each.error == "IAV":
                counts[each.subtype] += 1
                by_language[each.subtype, str(row.attempt.meta["language"])] += 1
    total = counts.total()
    other = rate((row.attempt.id, f.subtype == "other") for row in rows for f in row.findings if f.error == "IAV")
    languages = ("python", "java", "javascript")
    lines = [(name, n, f"{100 * n / total:.1f} %", *(by_language[name, each] for each in languages)) for name, n in counts.most_common()]
    text = f"{total:,} findings; `other`: {shown(other)} (goal: at most {100 * MAX_OTHER:.0f} %).\n\n"
    return text + table(("IAV", "findings", "share", *languages), lines, 1), (other.rate or 0.0) > MAX_OTHER


def on_passing(rows: Sequence[Row]) -> tuple[str, int]:
    """Certain findings of the seven on rows that BFCL passes, by kind, and how many have no decision behind them."""
    passing = [row for row in rows if row.label == "ok"]
    kinds: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in passing:
        for each in row.findings:
            if each.level == "core" and each.tier == "certain":
                kind = f"{each.error}.{each.subtype}"
                kinds[_category(row.attempt), kind, decision_behind(row.attempt, each) or OPEN].append((row.name, each.message))
    touched = rate((row.attempt.id, any(f.level == "core" and f.tier == "certain" for f in row.findings)) for row in passing)
    lines = [
        (where, kind, len(found), len({name for name, _ in found}), decision, f"{found[0][0]}: {found[0][1][:90]}")
        for (where, kind, decision), found in sorted(kinds.items())
    ]
    head = ("category", "finding", "findings", "rows", "decision behind it", "such as")
    missing = sum(len(found) for (_, _, decision), found in kinds.items() if decision == OPEN)
    return f"Passing rows with a certain finding of the seven: {shown(touched, 2)}.\n\n{table(head, lines)}", missing


def _category(attempt: Trajectory) -> str:
    category = str(attempt.meta["category"])
    if category.endswith("irrelevance"):
        return "irrelevance"
    return "relevance" if category.endswith("relevance") else str(attempt.meta["language"])


def main(argv: list[str] | None = None) -> int:
    """Prints the four sections; 1 where one of them leaves something unexplained."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    bfcl = parser.parse_args(argv).data / "bfcl"
    datasets = [bfcl / "datasets" / "v3"]
    rows = rows_of(trajectories(bfcl / "results" / "v3" / "result", tasks=datasets))
    failed = sum(row.label != "ok" for row in rows)
    models = len({row.attempt.model for row in rows})
    print(f"## Own judgement\n\nBFCL v3, single turn: {len(rows):,} outputs of {models} models, {failed:,} of which BFCL fails.\n")
    text, unexplained = cleared(rows, load_tasks(datasets)[0])
    print(f"### Rows that BFCL fails\n\n{text}\n")
    text, apart = all_errors(rows, failing_calls(bfcl / "results" / "v3" / "score"))
    print(f"### All errors of a call\n\n{text}\n")
    text, too_many = subtypes(rows)
    print(f"### Kinds of wrong values\n\n{text}\n")
    text, unreasoned = on_passing(rows)
    print(f"### Certain findings on rows that BFCL passes\n\n{text}")
    return 1 if unexplained or apart or too_many or unreasoned else 0


if __name__ == "__main__":
    sys.exit(main())
