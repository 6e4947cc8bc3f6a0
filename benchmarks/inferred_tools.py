"""Hides the tools of logs that have them, infers them from the calls that succeeded, and holds both against each other.

    python -m benchmarks.inferred_tools DATA

``DATA`` holds ``tau_bench/``, ``tau2/``, ``workbench/`` and ``toolbench/``. Gold is hidden, too: this is about schemas. Exit code 1 where
fewer than 95 % of the likely findings that rest on an inferred schema are right.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from benchmarks.inferred_held_out import BUCKETS, SEEDS, catalogue, held_out, planted_rows
from benchmarks.inferred_schemas import schema_row
from benchmarks.loading import listed, rate, shown, table, trajectories
from spectool.classify.classify import classify
from spectool.classify.tool_replies import succeeded
from spectool.model import Call, Finding, Result, Step, Tool, Trajectory

GOAL = 0.95
SIZES = (5, 10, 20, 40, 80, 160, 320)
BY_SCHEMA = frozenset({"missing_required", "outside_enum", "outside_bounds"})
Place = tuple[str, str, str]
READING = """
Right is a finding that the real schema gives at the same place, or that the tool's own reply names and the call bears out (real
schemas of some logs leave out what their tools check). *As logged*: where a reply itself names the slip, the finding is the reply's,
not the inferred schema's. *Muted*: the text of every failing reply is replaced by "Error: the call failed", so that only the inferred
schema can tell. A slip in a call that its tool took all the same is out of reach: what a tool takes, its inferred schema declares.
"""


@dataclass(frozen=True)
class Log:
    """One log, as it is and with tools and gold hidden."""

    name: str
    given: tuple[Trajectory, ...]
    hidden: tuple[Trajectory, ...]


def logs(data: Path) -> Iterator[Log]:
    """The logs that hold both replies and tools."""
    places = (
        ("tau-bench", "tau_bench/gpt-4o-airline.json", "tau_bench/tools_airline.json"),
        ("tau2", "tau2/toolorchestra_airline_gpt-5_1trial.json", "tau2/tools_airline_derived.json"),
        ("WorkBench", "workbench/runs_gpt-3.5.jsonl", "workbench/tool_specs_derived.json"),
        ("ToolBench", "toolbench/answer", None),
    )
    for name, path, tools in places:
        given = tuple(replace(each, gold=None) for each in trajectories(data / path, tools=None if tools is None else data / tools))
        yield Log(name, given, tuple(replace(each, tool_sets=()) for each in given))


def findings(attempt: Trajectory, inferred: Mapping[str, Tool] | None = None) -> dict[Place, Finding]:
    """What schemas and replies say of names, types and missing or refused values, by place and pattern."""
    kept: dict[Place, Finding] = {}
    for outcome in classify(attempt, inferred=inferred or {}).outcomes:
        for each in outcome.findings:
            if each.error in ("IFN", "IAN", "IAT") or (each.error == "IAV" and each.subtype in BY_SCHEMA):
                kept[attempt.key, each.error, each.path] = each
    return kept


def truth(log: Log) -> dict[Place, Finding]:
    """What the real schemas give, and what the replies name."""
    found: dict[Place, Finding] = {}
    for given, hidden in zip(log.given, log.hidden, strict=True):
        found |= {**{place: each for place, each in findings(hidden).items() if each.source == "tool_reply"}, **findings(given)}
    return found


def muted(attempt: Trajectory) -> Trajectory:
    """The attempt with failing replies that say no more than that they failed."""
    turns = [replace(turn, calls=tuple(map(_muted, turn.calls))) if isinstance(turn, Step) else turn for turn in attempt.turns]
    return replace(attempt, turns=tuple(turns))


def _muted(call: Call) -> Call:
    failed = call.result is not None and not succeeded(call)
    return replace(call, result=Result(content="Error: the call failed", is_error=True)) if failed else call


def found_row(
    log: Log, right: Mapping[Place, Finding], hidden: Sequence[Trajectory]
) -> tuple[list[str], list[tuple[str, bool]], Counter[str]]:
    """A row of the table of findings, (task, is right) of each likely one, and the wrong ones."""
    inferred = catalogue(hidden)
    found = {place: each for attempt in hidden for place, each in findings(attempt, inferred).items()}
    own = {place: each for place, each in found.items() if each.source == "inferred"}
    likely = [(place[0], place in right) for place, each in own.items() if each.tier == "likely"]
    candidates = [(place[0], place in right) for place, each in own.items() if each.tier == "candidate"]
    reach = {place for place in right if not _was_taken(log, place, right[place])}
    counts = (len(right), len(reach), len(reach & {p for p, f in found.items() if f.source == "tool_reply"}))
    hit = len(reach & {place for place, each in own.items() if each.tier == "likely"})
    wrong = Counter(f"{each.error}.{each.subtype} ({each.tier}): {each.message:.110}" for place, each in own.items() if place not in right)
    return [*map(str, counts), str(hit), _right(likely), _right(candidates)], likely, wrong


def _was_taken(log: Log, place: Place, found: Finding) -> bool:
    """Whether the tool took the call of a finding all the same."""
    attempt = next(each for each in log.given if each.key == place[0])
    step = attempt.turns[found.step or 0]
    return isinstance(step, Step) and found.call is not None and succeeded(step.calls[found.call])


def _right(judged: Sequence[tuple[str, bool]]) -> str:
    runs = len({key for key, _ in judged})
    return f"{sum(hit for _, hit in judged)} of {len(judged)} (in {runs} runs)" if judged else "–"


def smaller(log: Log, right: Mapping[Place, Finding]) -> Iterator[list[object]]:
    """Rows of the table of small logs: what is found in so many tasks of this one, drawn ``SEEDS`` times."""
    by_task: dict[str, list[Trajectory]] = defaultdict(list)
    for attempt in log.hidden:
        by_task[attempt.task or attempt.id].append(attempt)
    for size in (size for size in SIZES if size < len(by_task)):
        told: Counter[tuple[str, bool]] = Counter()
        for seed in range(SEEDS):
            names = random.Random(f"{log.name} {size} {seed}").sample(sorted(by_task), size)
            drawn = [attempt for name in names for attempt in by_task[name]]
            inferred = catalogue(drawn)
            found = [item for attempt in drawn for item in findings(attempt, inferred).items() if item[1].source == "inferred"]
            told.update((each.tier, place in right) for place, each in found)
        yield [log.name, size, *(told[tier, hit] for tier in ("likely", "candidate") for hit in (True, False))]


def main(argv: list[str] | None = None) -> int:
    """Prints the tables; 1 where too few likely findings are right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    schemas, small, planted, found = list[list[object]](), list[list[object]](), list[list[object]](), list[list[str]]()
    valid, wrong, judged = Counter[tuple[int, str]](), Counter[str](), list[tuple[str, bool]]()
    for log in logs(parser.parse_args(argv).data):
        right = truth(log)
        schemas += [schema_row(log.name, log.given, tuple(catalogue(log.hidden).values()), least) for least in (1, 8)]
        for how, hidden in (("as logged", log.hidden), ("muted", tuple(map(muted, log.hidden)))):
            row, likely, others = found_row(log, right, hidden)
            found.append([log.name, how, *row])
            judged += likely
            wrong += others
        small += list(smaller(log, right))
        valid += held_out(log.name, log.given)
        planted += planted_rows(log.name, log.given)
    _print(schemas, found, small, valid, wrong)
    print("\n### Planted: valid calls broken in one way, held against schemas inferred from other tasks\n")
    print(table(("log", "slip", "planted", "likely", "candidate", "nothing", "another slip"), planted, 2))
    precision = rate(judged)
    print(f"\nLikely findings from inferred schemas, both ways together: {shown(precision)} are right (goal: at least {100 * GOAL:.0f} %).")
    return 1 if (precision.rate or 0.0) < GOAL else 0


def _print(
    schemas: list[list[object]], found: list[list[str]], small: list[list[object]], valid: Counter[tuple[int, str]], wrong: Counter[str]
) -> None:
    print(f"## Inferred tools\n{READING}\n### Schemas: inferred against real\n")
    print(
        table(
            ("log", "tools resting on", "tools", "names: precision", "recall", "required: precision", "recall", "types", "enums"),
            schemas,
            2,
        )
    )
    head = ("log", "replies", "slips", "of calls not taken", "named by replies", "likely, inferred", "likely: right", "candidates: right")
    print(f"\n### Findings\n\n{table(head, found, 2)}\n\nNot right:\n\n{listed(wrong, 8)}\n\n### Small logs: {SEEDS} draws of each size\n")
    print(table(("log", "tasks", "likely: right", "wrong", "candidates: right", "wrong"), small, 1))
    kinds = ("unknown", "missing", "type", "enum")
    met = [each for each in BUCKETS if valid[each, "calls"]]
    rows = [[f"{each} to {2 * each - 1}", valid[each, "calls"], *(valid[each, kind] for kind in kinds)] for each in met]
    print("\n### Valid calls held against schemas inferred from other tasks: how many break them\n")
    print(table(("tasks the tool rests on", "calls", *kinds), rows, 1))


if __name__ == "__main__":
    sys.exit(main())
