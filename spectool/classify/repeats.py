"""Which calls repeat an earlier one to no purpose: the rule of repetition and its exemptions.

Several patterns ask: a repeat is ``RAC`` and then neither ``extra_call`` nor ``unneeded_call``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from spectool.classify.arguments import argument_differences
from spectool.classify.attempt import Attempt
from spectool.classify.case import Case
from spectool.classify.failures import is_failure
from spectool.classify.values import equal
from spectool.model import Message

# Tools whose next answer may differ by design, as their description says: asking again is their use.
RANDOM = re.compile(
    r"\b(random(?:ly)?|shuffl\w+|dice|coin|poll(?:s|ing)?|wait(?:s|ing)? (?:for|until)|(?:status|progress) of (?:a|an|the) "
    r"(?:\w+ )?(?:job|task|run|build|export|request|operation)|next (?:item|page|message|batch)|current time)\b",
    re.IGNORECASE,
)
# Tools that ask how far something is, and replies that say it is not done: asking again is polling.
PROGRESS = re.compile(r"status|progress|poll|wait|ready|check", re.IGNORECASE)
PENDING = re.compile(
    r"\b(?:pending|running|in[ _-]progress|processing|queued|starting|waiting|not (?:yet )?(?:ready|done|finished|completed?))\b",
    re.IGNORECASE,
)
# Longer replies are data, which may well speak of something pending.
MAX_PENDING = 200
# Tools that move on from where the last call left off, by the verb of their name: the same call is then another step.
ADVANCES = frozenset(
    ("next", "previous", "prev", "scroll", "press", "swipe", "click", "tap", "advance", "undo", "redo", "increment", "decrement", "rotate",
    "turn", "flip", "sleep", "wait"),
)  # fmt: skip
NEIGHBOUR = frozenset({"next", "previous", "prev"})
_NAME_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# A user who asks for the same again, or tells of having done so.
AGAIN = re.compile(
    r"(?P<told>\b(?:i|we)(?:['’](?:ve|d)|\s+(?:have|had|just|only|then))*\s+)?"
    r"(?:\b(?:check|try|look|do|run|search|send|read|repeat)\b[^.?!]{0,40}\bagain\b"
    r"|\b(?:refresh|re-?(?:check|try|run|load)|once more|double[- ]check)\b)",
    re.IGNORECASE,
)
# A number is a status only where the reply says so, or begins or goes on like one.
TRANSIENT = re.compile(
    r"time[d -]?out|temporar|try again|rate limit|too many requests|unavailable|connection"
    r"|(?:^\W*|\b(?:status|code|https?(?:/[\d.]+)?|error)\b[^\w]{0,8})(?:429|50[0234])\b"
    r"|\b50[0234]\b[ :-]{1,3}(?:internal|bad|service|gateway|server)",
    re.IGNORECASE,
)


def repeats(case: Case) -> Iterator[tuple[int, int]]:
    """(position, earlier position) of each call that repeats one before it and is not exempt."""
    for position, attempt in enumerate(case.attempts):
        if attempt.status != "ok":
            continue
        earlier = _earlier(case, position)
        if earlier is None or (position in case.pair_of and earlier in case.pair_of and not _fails_alike(case, earlier, position)):
            continue  # the gold itself makes this call twice
        if not _is_exempt(case, earlier, position) and not (case.mode == "writes" and _is_due_twice(case, attempt)):
            yield position, earlier


def _fails_alike(case: Case, earlier: int, position: int) -> bool:
    """Whether a call failed and, made again, failed in the same way: the second of two that were due would have come after a success."""
    first, again = case.attempts[earlier], case.attempts[position]
    return first.call.result is not None and is_failure(first.call.result) and same_result(first, again)


def _is_due_twice(case: Case, attempt: Attempt) -> bool:
    """Whether the gold makes this very call more than once, readings included, which the mode ``writes`` leaves unmatched."""
    gold = case.trajectory.gold
    path = gold.paths[case.match.path] if gold is not None and case.match is not None else ()
    return sum(call.name == attempt.name and not argument_differences(call, attempt) for call in path) > 1


def _earlier(case: Case, position: int) -> int | None:
    attempt = case.attempts[position]
    for earlier in range(position - 1, -1, -1):
        other = case.attempts[earlier]
        if other.status == "ok" and other.name == attempt.name and equal(other.call.arguments, attempt.call.arguments):
            return earlier
        if other.step != attempt.step and (other.call.result is None or _changes_state(case, other)):
            return None
    return None


def _changes_state(case: Case, attempt: Attempt) -> bool:
    failed = attempt.call.result is not None and is_failure(attempt.call.result)
    return case.effects.get(attempt.name, "unknown") != "read" and not failed


def same_result(first: Attempt, again: Attempt) -> bool:
    """Whether both calls were answered, and in the same words."""
    a, b = first.call.result, again.call.result
    return a is not None and b is not None and a.content.strip() == b.content.strip()


def _is_exempt(case: Case, earlier: int, position: int) -> bool:
    first, again = case.attempts[earlier], case.attempts[position]
    if again.tool is not None and RANDOM.search(again.tool.description):
        return True
    if first.step == again.step:
        return False
    if first.call.result is None or (again.call.result is not None and not same_result(first, again)):
        return True
    if (_moves_on(first) and not is_failure(first.call.result)) or _asked_again(case, first, again):
        return True
    if is_failure(first.call.result) and TRANSIENT.search(_told(first.call.result.content)):
        return _count_before(case, position) < 2
    return False


def _told(reply: str) -> str:
    """What a failure says of itself: its code and message, where it also lists what would have been right."""
    try:
        error = msgspec.json.decode(reply).get("error")
        return f"{error.get('code')}: {error['message']}"
    except (msgspec.DecodeError, UnicodeError, AttributeError, KeyError, TypeError):
        return reply


def _moves_on(first: Attempt) -> bool:
    """Whether calling alike once more is another step: the tool goes on from where it stood, or what it reports on is not done yet."""
    words = [word.lower() for word in _NAME_WORDS.findall(re.split(r"[./:]|__", first.name)[-1])]
    if words and (words[0] in ADVANCES or NEIGHBOUR & set(words)):
        return True
    result = first.call.result
    reports = result is not None and len(result.content) <= MAX_PENDING and PENDING.search(result.content) is not None
    return reports and PROGRESS.search(first.name) is not None


def _asked_again(case: Case, first: Attempt, again: Attempt) -> bool:
    between = case.trajectory.turns[first.step + 1 : again.step]
    asked = (found for turn in between if isinstance(turn, Message) and turn.role == "user" for found in AGAIN.finditer(turn.content))
    return any(found["told"] is None for found in asked)


def _count_before(case: Case, position: int) -> int:
    attempt = case.attempts[position]
    return sum(1 for a in case.attempts[:position] if a.name == attempt.name and equal(a.call.arguments, attempt.call.arguments))
