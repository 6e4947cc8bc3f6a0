"""Incorrect argument value: a wrong value, or a required argument left out.

By schema: a required argument missing (the paper's text puts it here, not under names), a value outside its enum or
bounds, a placeholder. Against gold: a matched call's value that equals none of the alternatives; an optional argument
that the gold needs left out; one given where the gold omits it and it is not the schema's default (likely). A call that
failed and was then made rightly in the same user turn is held against the same gold call (likely, where the gold welcomes
further calls). A value is charged once: names and types come first. Values equal to the schema's default, given or
omitted, are never wrong. Equality is strict by type and kind; a spelling that carries the same information is still a
difference, of subtype ``format_variant``.

By what was said: a stand-in that the user himself wrote, or that the gold takes, is a value like any other. A reference to
the result of a call of the same parallel batch is ``premature_dependency`` (certain: it says so itself), and so is a
value without any source that a sibling's result would have given (likely). A value that the user has since taken back is
``stale_value`` (likely; certain where the gold has another one). Without gold a value that nothing before the call
supports is ``ungrounded``, a candidate that counts for nothing by itself. Where a tool's schema is not at hand, its own
error reply is evidence (likely), and the schema inferred from calls that succeeded (at most likely).

Source: Kokane et al., arXiv 2411.13547, IAV.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spectool.classify.arguments import ArgumentDifference
from spectool.classify.attempt import Attempt
from spectool.classify.case import Case
from spectool.classify.conversation import conversation
from spectool.classify.dependencies import siblings
from spectool.classify.finding import finding
from spectool.classify.inferred import arguments_known, schema_doubts
from spectool.classify.invocation import Slip, show, type_name
from spectool.classify.matching import BINDS_ALL
from spectool.classify.pairs import Pair
from spectool.classify.placeholders import is_reference
from spectool.classify.provenance import doubts, taken_back
from spectool.classify.tool_replies import heard, slips
from spectool.model import Finding, Tier
from spectool.names import squash
from spectool.validate import Path

CODE = "IAV"
BY_SCHEMA = {"missing": "missing_required", "enum": "outside_enum", "bounds": "outside_bounds", "placeholder": "placeholder"}
# Differences that a value taken back explains better; the others say how the two are alike.
UNLIKE = frozenset({"other", "scale", "partial"})


def assess(case: Case) -> int | str:
    """The arguments given, and the required or expected ones left out."""
    if not case.has_tools and case.match is None:
        return _told_otherwise(case) or "neither the tools offered nor gold are known: pass --tools or --tasks"
    if case.unusable and case.match is None:
        return _told_otherwise(case) or case.unusable
    held = (a for i, a in enumerate(case.attempts) if i in case.pair_of or (a.tool is not None and a.unusable is None))
    given = sum(len(a.call.arguments or ()) for a in held)
    missing = sum(1 for a in case.attempts for slip in a.slips if slip.kind == "missing")
    omitted = sum(1 for pair in case.pair_of.values() for d in pair.differences if d.kind == "omitted" and d.got is None)
    return given + missing + omitted + _told_otherwise(case)


def _told_otherwise(case: Case) -> int:
    """The places that replies or inferred schemas judge, where no schema of the tool does."""
    return _heard(case) + arguments_known(case, values=True) + sum(1 for _ in schema_doubts(case, "missing"))


def _heard(case: Case) -> int:
    """The places of which replies could have complained, but for those of calls that the gold judges already."""
    if not case.replied:
        return 0
    judged = {id(case.attempts[position]) for position in case.pair_of}
    given = sum(len(attempt.call.arguments or ()) for attempt in heard(case) if id(attempt) not in judged)
    return given + sum(1 for _ in slips(case, "missing"))


def detect(case: Case) -> Iterator[Finding]:
    """Every wrong value: by schema, against gold or, without it, against what was said before, by its call's reply, by inferred schemas."""
    told = list(slips(case, "missing", "enum", "bounds")) if case.replied else []
    unknown = set(_unknown(case)) if case.replied else set()
    for position, attempt in enumerate(case.attempts):
        if attempt.slips:
            yield from _by_itself(case, position, attempt)
        pair = case.pair_of.get(position)
        differences = pair.differences if pair is not None else ()
        for difference in differences:
            if difference.kind != "unexpected" or (attempt.step, attempt.index, difference.path) not in unknown:
                yield _against_gold(case, attempt, difference, sure=not _is_free_try(case, pair))
        if pair is None and attempt.status == "ok":
            yield from _by_what_was_said(case, attempt)
        for blamed, slip in told:
            if blamed is attempt and all(slip.path != difference.path for difference in differences):
                yield _finding(attempt, BY_SCHEMA[slip.kind], slip.message, slip.path, "likely", got=slip.got, source="tool_reply")
    for doubt in schema_doubts(case, "missing", "enum", "bounds"):
        slip, message = doubt.slip, f"{doubt.slip.message}; {doubt.basis}"
        more = {"expected": slip.expected, "got": slip.got, "source": "inferred", "fault": case.failing_fault}
        yield _finding(doubt.attempt, BY_SCHEMA[slip.kind], message, slip.path, doubt.tier, **more)


def _unknown(case: Case) -> Iterator[tuple[int, int, Path]]:
    """The places whose names ``IAN`` charges by their replies or by inferred schemas."""
    charged = [
        *slips(case, "unknown"),
        *((doubt.attempt, doubt.slip) for doubt in schema_doubts(case, "unknown") if doubt.tier == "likely"),
    ]
    for attempt, slip in charged:
        yield attempt.step, attempt.index, slip.path


def _by_itself(case: Case, position: int, attempt: Attempt) -> Iterator[Finding]:
    for slip in attempt.slips:
        if slip.kind == "placeholder":
            yield from _placeholder(case, position, attempt, slip)
        elif slip.kind in BY_SCHEMA:
            yield _by_schema(case, position, attempt, slip)


def _by_what_was_said(case: Case, attempt: Attempt) -> Iterator[Finding]:
    """Without gold, every value that is in doubt; beside gold, only stand-ins: such a call is held to its own schema."""
    for doubt in doubts(case, attempt):
        if case.match is None or doubt.subtype == "placeholder":
            yield _finding(attempt, doubt.subtype, doubt.message, doubt.path, doubt.tier, got=doubt.value)


def _placeholder(case: Case, position: int, attempt: Attempt, slip: Slip) -> Iterator[Finding]:
    if case.gold_accepts(position, slip):
        return
    if position not in case.pair_of and conversation(case).holds(slip.got, attempt.step):
        return
    if is_reference(slip.got) and not _names_itself(slip) and siblings(case, attempt):
        message = f"expected a value known before this step, got {show(slip.got)}, the result of a call of the same step"
        yield _finding(attempt, "premature_dependency", message, slip.path, "certain", got=slip.got)
    else:
        yield _by_schema(case, position, attempt, slip)


def _names_itself(slip: Slip) -> bool:
    """Whether a blank asks for the very argument it is given for: "[your from_city]" for ``from_city`` refers to no result."""
    asked, own = squash(slip.got), squash(str(slip.path[-1]))
    return bool(own) and asked.endswith(own) and asked.removesuffix(own) in ("", "your", "my", "the", "insert", "enter", "add")


def _finding(attempt: Attempt, subtype: str, message: str, path: Path, tier: Tier, **more: Any) -> Finding:
    return finding(CODE, subtype, message, attempt=attempt, path=path, tier=tier, **more)


def _by_schema(case: Case, position: int, attempt: Attempt, slip: Slip) -> Finding:
    accepted = case.gold_accepts(position, slip)
    settled = slip.sure or (slip.kind == "bounds" and case.gold_refuses(position, slip))
    tier: Tier = "certain" if settled and not accepted else "likely"
    return finding(
        CODE,
        BY_SCHEMA[slip.kind],
        slip.message,
        attempt=attempt,
        path=slip.path,
        tier=tier,
        fault="task" if accepted else case.failing_fault,
        expected=slip.expected,
        got=slip.got,
    )


def _is_free_try(case: Case, pair: Pair | None) -> bool:
    """Whether a failed call may have been another look than the one that was then made rightly: so where further calls are welcome."""
    return pair is not None and pair.is_try and case.mode not in BINDS_ALL


def _against_gold(case: Case, attempt: Attempt, difference: ArgumentDifference, *, sure: bool) -> Finding:
    kind = difference.kind
    if kind in UNLIKE and any(path == difference.path for path, _ in taken_back(case, attempt)):
        kind = "stale_value"
    if difference.kind == "omitted":
        got = "nothing" if difference.got is None else f"the default {show(difference.got)}"
        message = f"expected {show(difference.expected)}, got {got}"
    elif difference.kind == "unexpected" or difference.expected is None:
        message = f"expected no value, got {show(difference.got)}"
    else:
        message = f"expected {_told(difference.expected, difference.got)}, got {_told(difference.got, difference.expected)}"
    return finding(
        CODE,
        kind,
        message,
        attempt=attempt,
        path=difference.path,
        tier="certain" if sure and difference.kind != "unexpected" else "likely",
        expected=difference.expected,
        got=difference.got,
        repair=difference.expected,
    )


def _told(value: Any, other: Any) -> str:
    """A value for a message, with its type where the other one reads alike."""
    return f"{type_name(value)} {show(value)}" if show(value) == show(other) else show(value)
