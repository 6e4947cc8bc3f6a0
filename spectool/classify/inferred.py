"""Inferred schemas as evidence: what the schema induced from calls that succeeded says of one that did not.

Only where the tools offered are unknown, and never against a call that its tool took; of a call that the gold matches only unknown names,
since its values are the gold's to judge. A finding that rests on an inferred schema is *likely* where the place it speaks of rests on
enough tasks and the call's reply reports a failure. It is a *candidate* with less support, of a call without a reply, of a value
outside the set met so far, and of a name that the reply itself speaks of. Nothing is said below ``THIN_TASKS`` (an argument that one task
never gave is no error), of a null that was never given, which most tools take for "left out", and of a function's name that is merely
like another, which is mostly another tool.

Source: decision 12 of the taxonomy; the figures are those of ``benchmarks/inferred_tools.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from spectool.classify.attempt import Attempt
from spectool.classify.case import Case
from spectool.classify.conversation import once_per_case
from spectool.classify.induction import Support, support_of
from spectool.classify.invocation import Slip, SlipKind, examine
from spectool.classify.pairs import Pair
from spectool.classify.tool_replies import MAX_FAILURE, blames_name, heard, slips, succeeded
from spectool.model import Tier, Tool
from spectool.names import squash
from spectool.validate import Path, SchemaError, at

# Tasks that a place must rest on. Valid calls of four logs were held against schemas inferred from other tasks of their log: one in 35
# broke a schema that rests on one task, one in 130 with two to seven tasks, and none of 17,801 with eight or more.
LIKELY_TASKS = 8
THIN_TASKS = 2
# Letters and digits of a name or value that are looked for in a reply; shorter ones are in any text.
MIN_TOLD = 4


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A call that breaks an inferred schema, how sure that is, and what the schema rests on, in words."""

    attempt: Attempt
    slip: Slip
    tier: Tier
    basis: str


class Stranger(msgspec.Struct, frozen=True, kw_only=True):
    """A call of a function that never succeeded; ``near`` is the spelling that did, with what its schema rests on."""

    attempt: Attempt
    near: str
    support: Support | None
    tier: Tier


@once_per_case
def known(case: Case) -> Sequence[Attempt]:
    """The calls of tools whose schema was inferred with some support, whatever became of them."""
    if not case.inferred:
        return ()
    return [a for a in case.attempts if a.status == "ok" and a.call.arguments is not None and _is_known(case, a)]


def arguments_known(case: Case, *, values: bool) -> int:
    """The arguments of those calls, but for those that their replies are asked about already; of ``values``, the gold's calls are its."""
    if not case.inferred:
        return 0
    left_out = {id(attempt) for attempt in heard(case)}
    if values:
        left_out.update(id(case.attempts[position]) for position in case.pair_of)
    return sum(len(attempt.call.arguments or ()) for attempt in known(case) if id(attempt) not in left_out)


def schema_doubts(case: Case, *kinds: str) -> Iterator[Doubt]:
    """What inferred schemas say of these ``kinds`` about calls that did not succeed, beyond what their replies say."""
    for doubt in _doubts(case):
        if doubt.slip.kind in kinds:
            yield doubt


def strangers(case: Case) -> Iterator[Stranger]:
    """Every failed or unanswered call of a function that never succeeded under another spelling of a name that did.

    Names that are merely alike are mostly two tools: every such finding in WorkBench's small logs was wrong.
    """
    if not case.inferred:
        return
    for position, attempt in enumerate(case.attempts):
        is_strange = attempt.status == "ok" and attempt.name not in case.inferred and position not in case.pair_of
        if is_strange and not succeeded(attempt.call) and not blames_name(attempt):
            asked = squash(attempt.name)
            near = next((name for name in case.inferred if asked and squash(name) == asked), None)
            support = support_of(case.inferred[near].parameters) if near is not None else None
            if near is not None and _is_enough(support, THIN_TASKS):
                yield Stranger(attempt=attempt, near=near, support=support, tier=_tier(attempt, support))


def basis(support: Support | None) -> str:
    """What a finding rests on, for its message."""
    if support is None:
        return "by a schema that was inferred from a log"
    return f"by a schema inferred from {support.calls:,} call{'s' if support.calls != 1 else ''} that succeeded"


@once_per_case
def _doubts(case: Case) -> Sequence[Doubt]:
    if not case.inferred:
        return ()
    told = {(id(attempt), slip.path) for attempt, slip in slips(case, "unknown", "missing", "type", "enum", "bounds")}
    gold = {id(case.attempts[position]): pair for position, pair in case.pair_of.items()}
    return [
        doubt
        for attempt in known(case)
        if not succeeded(attempt.call) and not blames_name(attempt)
        for doubt in _of(case, attempt)
        if (id(attempt), doubt.slip.path) not in told and not _is_golds(gold.get(id(attempt)), doubt)
    ]


def _is_golds(pair: Pair | None, doubt: Doubt) -> bool:
    """Whether a gold call decides there: of a call that it matches everything but a name that it does not know and that is likely wrong."""
    if pair is None:
        return False
    return doubt.slip.kind != "unknown" or doubt.tier != "likely" or doubt.slip.path[0] in pair.expected.arguments


def _of(case: Case, attempt: Attempt) -> Iterator[Doubt]:
    tool = case.inferred[attempt.name]
    try:
        found = examine(attempt.call, tool, case.inferred).slips
    except SchemaError:  # of an inferred file that somebody edited: then nothing is said
        return
    seen = msgspec.structs.replace(attempt, slips=found)  # so that paths lead to the names as written
    for slip in found:
        support = _support(tool, slip)
        if not _is_no_slip(slip) and _is_enough(support, THIN_TASKS):
            tier = "candidate" if _is_answered(attempt, slip) else _tier(attempt, support, slip.kind)
            yield Doubt(attempt=seen, slip=slip, tier=tier, basis=basis(support))


def _tier(attempt: Attempt, support: Support | None, kind: SlipKind = "unknown") -> Tier:
    """How sure a slip is; a set of values that seemed closed was not, twice, with support of 60 calls: it is never likely."""
    is_likely = attempt.call.result is not None and kind != "enum" and _is_enough(support, LIKELY_TASKS)
    return "likely" if is_likely else "candidate"


def _is_answered(attempt: Attempt, slip: Slip) -> bool:
    """Whether the reply speaks of an argument that seems unknown, or of its value ("promo code X1 has expired"): its tool may know it."""
    if slip.kind != "unknown" or attempt.call.result is None:
        return False
    value = at(attempt.call.arguments or {}, slip.path)
    said = squash(attempt.call.result.content[:MAX_FAILURE])
    told = (squash(str(slip.path[-1])), squash(value) if isinstance(value, str) else "")
    return any(len(each) >= MIN_TOLD and each in said for each in told)


def _is_no_slip(slip: Slip) -> bool:
    """Whether a schema that was inferred is no evidence: of a stand-in, which other rules know, and of null, taken for "left out"."""
    return slip.kind == "placeholder" or (slip.kind == "type" and slip.got is None)


def _is_enough(support: Support | None, tasks: int) -> bool:
    """Whether so many tasks stand behind a place; one without a mark is somebody's own word."""
    return support is None or support.tasks >= tasks


def _is_known(case: Case, attempt: Attempt) -> bool:
    tool = case.inferred.get(attempt.name)
    return tool is not None and _is_enough(support_of(tool.parameters), THIN_TASKS)


def _support(tool: Tool, slip: Slip) -> Support | None:
    """What stands behind the place that a slip speaks of: for a name the object that lacks it, for a value its own place."""
    path: Path = slip.path[:-1] if slip.kind in ("unknown", "missing") else slip.path
    node: Mapping[str, Any] = tool.parameters
    for part in path:
        declared = node.get("properties")
        inner = node.get("items") if isinstance(part, int) else declared.get(part) if isinstance(declared, Mapping) else None
        if not isinstance(inner, Mapping):
            break
        node = inner
    return support_of(node)
