"""Incorrect function name: a call to a function that was not offered at that step.

Judged against what was offered *then*: tools come and go within a conversation. A name that only the harness rewrote
(dots to underscores in an API's structured calls) is the artefact ``name_alias``. An offered tool that is not the one
needed is ``wrong_tool``. Arguments of an unknown function are not judged; the call absorbs the gold call it most likely
stood for. Where the tools offered are unknown, a reply that knows no such function shows it (likely). Of a log whose tools were
inferred (``--infer-tools``), a failed call of a name that never succeeded and is another spelling of one that did is likely, too.

Source: Kokane et al., arXiv 2411.13547, IFN.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.classify.inferred import basis, known, strangers
from spectool.classify.invocation import show
from spectool.classify.tool_replies import heard, unknown_names
from spectool.model import Finding, Tool
from spectool.names import nearest

CODE = "IFN"


def assess(case: Case) -> int | str:
    """The calls with a readable name."""
    if not case.has_tools:
        return _judged(case) or "the tools offered are unknown: pass --tools or --tasks"
    return sum(1 for attempt in case.attempts if attempt.status != "unparsed")


def detect(case: Case) -> Iterator[Finding]:
    """Every call whose name nobody offered."""
    for attempt in case.attempts:
        if attempt.status != "unknown":
            continue
        offered = sorted(tool.name for tool in _offered(case, attempt.step))
        known = attempt.name in case.effects
        subtype = "near_miss" if attempt.near and not known else "not_offered" if known else "invented"
        names = ", ".join(offered[:6]) + (" …" if len(offered) > 6 else "")
        yield finding(
            CODE,
            subtype,
            f"expected one of the offered functions ({names}), got {show(attempt.name)}",
            attempt=attempt,
            expected=attempt.near or offered[:20],
            got=attempt.name,
            repair=attempt.near if subtype == "near_miss" else None,
        )
    yield from _by_reply(case)
    yield from _by_inference(case)


def _judged(case: Case) -> int:
    """Without tools, the calls of names that are known to work, that their reply judges, or that are strange."""
    strange = [stranger.attempt for stranger in strangers(case)]
    return len({id(attempt) for attempt in (*heard(case), *known(case), *strange)})


def _by_reply(case: Case) -> Iterator[Finding]:
    """Every call whose reply knows no such function, where what was offered is unknown."""
    for attempt, offered in unknown_names(case):
        near = nearest(attempt.name, offered)
        yield finding(
            CODE,
            "near_miss" if near else "invented",
            f"expected a function that the harness knows, got {show(attempt.name)}",
            attempt=attempt,
            tier="likely",
            source="tool_reply",
            expected=near or list(offered[:20]) or None,
            got=attempt.name,
            repair=near,
        )


def _by_inference(case: Case) -> Iterator[Finding]:
    """Every call that failed under a name like one that is known to work."""
    for stranger in strangers(case):
        yield finding(
            CODE,
            "near_miss",
            f"expected {show(stranger.near)}, got {show(stranger.attempt.name)}, which never succeeded; {basis(stranger.support)}",
            attempt=stranger.attempt,
            tier=stranger.tier,
            source="inferred",
            expected=stranger.near,
            got=stranger.attempt.name,
            repair=stranger.near,
        )


def _offered(case: Case, step: int) -> tuple[Tool, ...]:
    return next((case.trajectory.tool_sets[s.tool_set] for position, s in case.steps if position == step), ())
