"""Ignored tool error: the model went on to answer as if a failed call had succeeded.

After a reply that reports a failure the model may call again, call something else, ask, or tell the user. Flagged when
it does none of these: its next words are an answer with no later call and no mention of a problem. Of calls made at once
the last that failed is named, but not where the very same call beside it worked; the tool that ends a run is no later call.
Where the gold tells user turns apart, each is judged by itself; what a turn leaves unsaid, the words before the next
call say. Likely, never certain: words are read by rule.

Source: PALADIN (arXiv 2509.25238), recovery failures; ToolScan's premature finish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spectool.classify.attempt import Attempt
from spectool.classify.case import Case
from spectool.classify.failures import is_failure
from spectool.classify.finding import finding
from spectool.classify.tries import has_failed
from spectool.classify.values import equal
from spectool.model import Finding

CODE = "ignored_tool_error"

ADMITS = re.compile(
    r"error|fail|unable|sorry|apolog|could(?: not|n['’]t)|can(?:not| not|['’]t)|not (?:found|available|possible|valid|able|exist|allowed)|"
    r"no (?:such|match|result|record|available|data)|issue|problem|invalid|unfortunately|didn['’]t|did not|does(?: not|n['’]t)|wrong|"
    r"try again|missing|\bno(?:ne|thing)?\b(?! (?:problem|worr))|need (?:more|a|the|your)|please (?:provide|confirm|check)|transfer|\?",
    re.IGNORECASE,
)


def assess(case: Case) -> int | str:
    """The replies that reported a failure."""
    if case.attempts and not case.replied:
        return "the log holds no tool replies"
    return sum(1 for a in case.attempts if a.call.result is not None and is_failure(a.call.result))


def detect(case: Case) -> Iterator[Finding]:
    """The failed call of a last calling step, when the answer that follows passes over it."""
    for last, texts in ends_in_failure(case):
        if texts and not any(ADMITS.search(text) for text in texts):
            message = f"expected {last.name or 'the call'} to be mended or its failure told, got an answer that passes over it"
            yield finding(CODE, "continued", message, attempt=last, tier="likely", got=texts[-1][:400])


def ends_in_failure(case: Case) -> Iterator[tuple[Attempt, list[str]]]:
    """The last failed call of the last step that calls anything but the end, and what was said after it, where a call of it failed.

    Of the whole run, or of each user turn where the gold tells them apart.
    """
    finish = case.trajectory.request.finish
    last_of: dict[int, int] = {}
    for attempt in case.attempts:
        if finish is None or attempt.name != finish:
            last_of[attempt.turn if case.has_turns else 0] = attempt.step
    for turn, last in last_of.items():
        failed = [a for a in case.attempts if a.step == last and has_failed(a) and not _had_worked(case, a)]
        if failed:
            mine = [step.text for at, step in case.steps if at > last and (not case.has_turns or case.turn_at[at] == turn)]
            yield failed[-1], [text for text in mine if text.strip()] or list(_next_words(case, last))


def _next_words(case: Case, last: int) -> Iterator[str]:
    """What was said before any further call, be it in answer to what the user said next."""
    for at, step in case.steps:
        if at > last:
            if step.calls:
                return
            if step.text.strip():
                yield step.text


def _had_worked(case: Case, failed: Attempt) -> bool:
    """Whether the very same call was made in the same step, with success: then nothing is left to mend."""
    twins = (a for a in case.attempts if a.step == failed.step and a.name == failed.name and equal(a.call.arguments, failed.call.arguments))
    return any(a.call.result is not None and not has_failed(a) for a in twins)
