"""Says how often the tool blames runs that passed, pattern by pattern and gold mode by gold mode.

    python -m benchmarks.false_alarms DATA

``DATA`` holds ``tau_bench/``, ``tau2/`` and ``toolalpaca/``. A run passed where the harness's own reward is 1 (ToolAlpaca: where GPT-4
called its process correct). A run is blamed where a finding of tier ``certain`` names the agent; the seven patterns of the paper and the
patterns that rules add to them are counted apart. Intervals are over tasks. Exit code 1 where a frontier model's native call is said to
be ``certain`` IFN, IAN, IAT or IFE: all such calls of these runs were accepted by the tools.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from benchmarks.loading import calls_of, gap, listed, rate, shown, table, trajectories
from spectool.classify.classify import classify
from spectool.model import Finding, GoldMode, Trajectory
from spectool.results.interval import Rate

MODES: tuple[GoldMode, ...] = ("exact", "ordered", "unordered", "required", "writes")
# What these models' tools never refused: the claim is that none of it is found.
NEVER = ("IFN", "IAN", "IAT", "IFE")
LEVELS = ("core", "extended")
SHOWN = 12
READING = """
*Blamed*: a finding of tier `certain` names the agent. *Recall*: of the runs that failed, the share blamed; *false alarms*: of
those that passed; *gap*: the first less the second. 95 % intervals, clustered by task.
"""
WHY = """
Which mode: where the reward looks at the state that a run leaves (tau-bench, tau2), `writes` tells failing from passing runs
best. Reads have many right orders and numbers, so a mode that binds them (`exact`, `ordered`, `unordered`, `required`) blames
passing runs for looking things up in another way. Where the gold mostly reads (ToolAlpaca), `writes` has little to compare:
`required`, the reader's choice, and the other three differ by less than their intervals, and what blames passing runs is mostly
a value that GPT-4 let pass (a free text, an optional argument, a spelling). WorkBench's runs come without a reward and are not
counted here.
"""
Judged = tuple[Trajectory, list[Finding]]


@dataclass(frozen=True, eq=False)
class Runs:
    """One log: its attempts, each with a verdict of its own, and whether its calls have to be free of ``NEVER``."""

    name: str
    attempts: tuple[Trajectory, ...]
    clean: bool

    @property
    def title(self) -> str:
        """The name with what was counted."""
        calls = sum(1 for attempt in self.attempts for _ in calls_of(attempt))
        decided = [attempt for attempt in self.attempts if attempt.reward is not None]
        passed = sum(map(has_passed, decided))
        tasks = len({attempt.task for attempt in self.attempts})
        return f"{self.name} ({len(self.attempts)} runs of {tasks} tasks, {calls:,} calls; {passed} passed, {len(decided) - passed} failed)"


def all_runs(data: Path) -> Iterator[Runs]:
    """The logs that come with a verdict on each run."""
    airline = data / "tau_bench"
    yield Runs(
        "tau-bench airline, GPT-4o",
        tuple(trajectories(airline / "gpt-4o-airline.json", tools=airline / "tools_airline.json")),
        clean=True,
    )
    second = data / "tau2"
    for path in sorted(second.glob("*_1trial.json")):
        yield Runs("tau2 airline, GPT-5", tuple(trajectories(path, tools=second / "tools_airline_derived.json")), clean=True)
    alpaca = data / "toolalpaca"
    yield Runs("ToolAlpaca, GPT-4's verdict", tuple(trajectories(alpaca / "rows.jsonl", tasks=[alpaca / "data"])), clean=False)


def has_passed(attempt: Trajectory) -> bool:
    """Whether the harness's own score says so."""
    return attempt.reward is not None and attempt.reward >= 1.0 - 1e-9


def findings(attempt: Trajectory, mode: GoldMode | None) -> list[Finding]:
    """What is found under a gold mode; ``None`` is without any gold."""
    verdict = classify(attempt, gold_mode=mode) if mode else classify(replace(attempt, gold=None))
    if verdict.crashed:
        raise RuntimeError(f"{attempt.id}: {verdict.crashed[0]}")
    return [each for outcome in verdict.outcomes for each in outcome.findings]


def blames(found: Iterable[Finding], levels: Sequence[str], codes: Iterable[str] | None = None) -> bool:
    """Whether a certain finding of these levels (and codes, where given) names the agent."""
    return any(_is_blame(f, levels) and (codes is None or f.error in codes) for f in found)


def _is_blame(finding: Finding, levels: Sequence[str]) -> bool:
    return finding.level in levels and finding.tier == "certain" and finding.fault == "agent"


def by_pattern(runs: Runs) -> str:
    """Findings by pattern and tier, as the gold of each run binds, and in how many failing and passing runs they are."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    met: dict[tuple[str, str, str, str], tuple[set[str], set[str]]] = {}
    for attempt in runs.attempts:
        for each in (f for outcome in classify(attempt).outcomes for f in outcome.findings):
            kind = (each.error, each.subtype, each.tier, each.fault)
            counts[kind] += 1
            met.setdefault(kind, (set(), set()))[has_passed(attempt)].add(attempt.key)
    rows = [
        (f"{error}.{subtype}", tier, fault, counts[error, subtype, tier, fault], *(len(keys) for keys in met[error, subtype, tier, fault]))
        for error, subtype, tier, fault in sorted(counts)
    ]
    return table(("finding", "tier", "fault", "findings", "failing runs", "passing runs"), rows, 3)


def never(runs: Runs) -> list[str]:
    """Each certain finding of a pattern that these runs can not have."""
    return [
        f"{attempt.id} {each.path}: {each.error}.{each.subtype}: {each.message}"
        for attempt in runs.attempts
        for outcome in classify(attempt).outcomes
        for each in outcome.findings
        if each.error in NEVER and each.tier == "certain"
    ]


def by_mode(runs: Runs) -> str:
    """Recall on failing and false alarms on passing runs for each gold mode, and the mode that tells them apart best."""
    rows, gains = [], {}
    for mode in (*MODES, None):
        cells = []
        for levels in (LEVELS[:1], LEVELS):
            failing, passing = ([(a.task, blames(found, levels)) for a, found in side] for side in sides(runs, mode))
            gains[mode or "no gold"] = gained = gap(failing, passing)
            cells += [_brief(rate(failing)), _brief(rate(passing)), "{:+.0f} ({:+.0f} to {:+.0f})".format(*(100 * each for each in gained))]
        rows.append((mode or "no gold", *cells))
    head = ("gold mode", "recall, seven", "false alarms, seven", "gap", "recall, with extended", "false alarms, with extended", "gap")
    best = max(gains, key=lambda mode: gains[mode][0])
    n = "n = {} failing and {} passing runs with gold.".format(*(len(side) for side in sides(runs, None)))
    return f"{n}\n\n{table(head, rows, 1)}\n\nThe widest gap, extended patterns included, has `{best}`."


@cache
def sides(runs: Runs, mode: GoldMode | None) -> tuple[list[Judged], list[Judged]]:
    """The failing and the passing runs that have gold, each with its findings under a gold mode."""
    judged = [(a, findings(a, mode)) for a in runs.attempts if a.reward is not None and a.gold is not None]
    return [each for each in judged if not has_passed(each[0])], [each for each in judged if has_passed(each[0])]


def _brief(found: Rate) -> str:
    if found.rate is None or found.low is None or found.high is None:
        return "–"
    return f"{100 * found.rate:.0f} % ({100 * found.low:.0f}–{100 * found.high:.0f})"


def by_cause(runs: Runs) -> str:
    """Which patterns blame runs under the gold's own mode, which passing runs they blame, and which failing ones nothing blames."""
    mode = next(attempt.gold.mode for attempt in runs.attempts if attempt.gold is not None)
    failing, passing = sides(runs, mode)
    codes = sorted({f.error for _, found in (*failing, *passing) for f in found if f.level in LEVELS})
    rows = [
        (code, *(shown(rate((a.task, blames(found, LEVELS, [code])) for a, found in side), 0) for side in (failing, passing)))
        for code in codes
    ]
    alarms = Counter(
        ", ".join(sorted({f"{f.error}.{f.subtype}" for f in found if _is_blame(f, LEVELS)})) or "nothing" for _, found in passing
    )
    unseen = [a.id for a, found in failing if not blames(found, LEVELS)]
    return (
        f"By pattern, in the gold's own mode `{mode}`:\n\n"
        + table(("pattern", "failing runs blamed", "passing runs blamed"), rows, 1)
        + f"\n\nPassing runs by what blames them:\n\n{listed(alarms, SHOWN)}"
        + f"\n\nFailing runs that nothing certain blames: {len(unseen)}"
        + (f" ({', '.join(unseen[:SHOWN])})." if unseen else ".")
    )


def main(argv: list[str] | None = None) -> int:
    """Prints the tables of every log; 1 where a call that the tools accepted is said to be malformed, unknown or of a wrong type."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    wrong = 0
    print(f"## False alarms\n{READING}")
    for runs in all_runs(parser.parse_args(argv).data):
        print(f"### {runs.title}\n\n{by_pattern(runs)}\n")
        if runs.clean:
            lines = never(runs)
            wrong += len(lines)
            print(f"Certain {', '.join(NEVER)}: {len(lines)}.\n" + "".join(f"- {line}\n" for line in lines))
        print(f"{by_mode(runs)}\n\n{by_cause(runs)}\n")
    print(WHY.strip())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
