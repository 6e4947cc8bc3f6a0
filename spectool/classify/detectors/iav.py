"""Incorrect argument value: a wrong value, or a required argument left out.

By schema: a required argument missing (the paper's text puts it here, not under names), a value outside its enum or
bounds, a placeholder. Against gold: a matched call's value that equals none of the alternatives; an optional argument
that the gold needs left out; one given where the gold omits it and it is not the schema's default (likely). A value is
charged once: names and types come first. Values equal to the schema's default, given or omitted, are never wrong.
Equality is strict by type and kind; a spelling that carries the same information is still a difference, of subtype
``format_variant``.

Source: Kokane et al., arXiv 2411.13547, IAV.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case, finding
from spectool.classify.invocation import Slip, show
from spectool.classify.matching import ArgumentDifference, Attempt
from spectool.model import Finding, Tier

CODE = "IAV"
BY_SCHEMA = {"missing": "missing_required", "enum": "outside_enum", "bounds": "outside_bounds", "placeholder": "placeholder"}


def assess(case: Case) -> int | str:
    """The arguments given, and the required or expected ones left out."""
    if not case.has_tools and case.match is None:
        return "neither the tools offered nor gold are known: pass --tools or --tasks"
    if case.unusable and case.match is None:
        return case.unusable
    held = (a for i, a in enumerate(case.attempts) if i in case.pair_of or (a.tool is not None and a.unusable is None))
    given = sum(len(a.call.arguments or ()) for a in held)
    missing = sum(1 for a in case.attempts for slip in a.slips if slip.kind == "missing")
    omitted = sum(1 for pair in case.pair_of.values() for d in pair.differences if d.kind == "omitted" and d.got is None)
    return given + missing + omitted


def detect(case: Case) -> Iterator[Finding]:
    """Every wrong value, by schema first, then against gold."""
    for position, attempt in enumerate(case.attempts):
        for slip in attempt.slips:
            if slip.kind in BY_SCHEMA:
                yield _by_schema(case, position, attempt, slip)
        pair = case.pair_of.get(position)
        for difference in pair.differences if pair is not None else ():
            yield _against_gold(attempt, difference)


def _by_schema(case: Case, position: int, attempt: Attempt, slip: Slip) -> Finding:
    accepted = case.gold_accepts(position, slip)
    tier: Tier = "likely" if accepted or not slip.required else "certain"
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


def _against_gold(attempt: Attempt, difference: ArgumentDifference) -> Finding:
    if difference.kind == "omitted":
        got = "nothing" if difference.got is None else f"the default {show(difference.got)}"
        message = f"expected {show(difference.expected)}, got {got}"
    elif difference.kind == "unexpected" or difference.expected is None:
        message = f"expected no value, got {show(difference.got)}"
    else:
        message = f"expected {show(difference.expected)}, got {show(difference.got)}"
    return finding(
        CODE,
        difference.kind,
        message,
        attempt=attempt,
        path=difference.path,
        tier="likely" if difference.kind == "unexpected" else "certain",
        expected=difference.expected,
        got=difference.got,
        repair=difference.expected,
    )
