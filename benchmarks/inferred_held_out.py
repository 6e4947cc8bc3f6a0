"""Calls held against schemas inferred from other tasks: valid ones, which must not break them, and planted slips, which should."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from benchmarks.loading import calls_of
from spectool.classify.classify import classify
from spectool.classify.induction import induce, support_of
from spectool.classify.invocation import examine
from spectool.classify.tool_replies import succeeded
from spectool.model import Call, Result, Step, Tool, Trajectory
from spectool.validate import shape_of

SEEDS = 12
BUCKETS = (1, 2, 4, 8, 16, 32, 64)
# Held-out tasks that each schema is tried on.
HELD_OUT = 30
FOLDS = 5
KINDS = {"an unknown argument": "IAN", "a required argument left out": "IAV", "a value of another type": "IAT"}
_FAILED = Result(content="Error: the call failed", is_error=True)


def catalogue(attempts: Iterable[Trajectory]) -> Mapping[str, Tool]:
    """The tools inferred from ``attempts``, by name."""
    return {tool.name: tool for tool in induce(attempts)}


def held_out(name: str, given: Sequence[Trajectory]) -> Counter[tuple[int, str]]:
    """Valid calls held against schemas inferred from other tasks: how many of each support, and how many break them, by kind of slip."""
    by_task: dict[str, list[Trajectory]] = defaultdict(list)
    for attempt in given:
        by_task[attempt.task or attempt.id].append(attempt)
    counted: Counter[tuple[int, str]] = Counter()
    for size in (size for size in BUCKETS if size < 0.8 * len(by_task)):
        for seed in range(SEEDS):
            tasks = sorted(by_task)
            random.Random(f"{name} {size} {seed}").shuffle(tasks)
            inferred = catalogue(replace(each, tool_sets=()) for task in tasks[:size] for each in by_task[task])
            for attempt in (each for task in tasks[size : size + HELD_OUT] for each in by_task[task]):
                counted.update(_held_against(attempt, inferred))
    return counted


def _held_against(attempt: Trajectory, inferred: Mapping[str, Tool]) -> Iterator[tuple[int, str]]:
    real = {tool.name: tool for tools in attempt.tool_sets for tool in tools}
    for _, call in calls_of(attempt):
        if call.name in real and call.name in inferred and succeeded(call) and not _kinds(call, real):
            support = support_of(inferred[call.name].parameters)
            bucket = max(each for each in BUCKETS if each <= (support.tasks if support else 1))
            yield from ((bucket, kind) for kind in ("calls", *_kinds(call, inferred)))


def _kinds(call: Call, tools: Mapping[str, Tool]) -> set[str]:
    return {str(slip.kind) for slip in examine(call, tools[call.name], tools).slips if slip.kind != "placeholder"}


def planted_rows(name: str, given: Sequence[Trajectory]) -> Iterator[list[object]]:
    """A row a kind of slip: how many planted, found as likely, as candidates, not at all, and taken for another slip."""
    by_task: dict[str, list[Trajectory]] = defaultdict(list)
    for attempt in given:
        by_task[attempt.task or attempt.id].append(attempt)
    counted: Counter[tuple[str, str]] = Counter()
    for fold in range(FOLDS):
        names = sorted(by_task)
        held = set(names[fold::FOLDS])
        inferred = catalogue(replace(each, tool_sets=()) for task in names if task not in held for each in by_task[task])
        for attempt in (each for task in sorted(held) for each in by_task[task]):
            counted.update((kind, _found(attempt, call, KINDS[kind], inferred)) for call, kind in _broken(attempt))
    for kind in KINDS:
        outcomes = [counted[kind, how] for how in ("likely", "candidate", "nothing", "another slip")]
        yield [name, kind, sum(outcomes), *outcomes]


def _broken(attempt: Trajectory) -> Iterator[tuple[Call, str]]:
    """Each valid call that its tool took, broken in one way after the other, as if it had failed."""
    real = {tool.name: tool for tools in attempt.tool_sets for tool in tools}
    for _, call in calls_of(attempt):
        if call.name in real and succeeded(call) and not examine(call, real[call.name], real).slips:
            given = dict(call.arguments or {})
            failed = replace(call, result=_FAILED)
            yield replace(failed, arguments={**given, "verbosity_level": 3}), "an unknown argument"
            for name in shape_of(real[call.name].parameters).required[:1]:
                yield replace(failed, arguments={k: v for k, v in given.items() if k != name}), "a required argument left out"
            for name in sorted(given)[:1]:
                yield replace(failed, arguments={**given, name: {"value": given[name]}}), "a value of another type"


def _found(attempt: Trajectory, call: Call, error: str, inferred: Mapping[str, Tool]) -> str:
    alone = Trajectory(key=attempt.key, id=attempt.id, turns=(Step(calls=(call,)),))
    found = [each for outcome in classify(alone, inferred=inferred).outcomes for each in outcome.findings if each.source == "inferred"]
    if any(each.error != error for each in found):
        return "another slip"
    return found[0].tier if found else "nothing"
