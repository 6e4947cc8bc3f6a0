"""What a person's labels answer: of which patterns of which trajectory, and whether each is there.

Only what a person finished is answered. There a pattern without a label is not there; elsewhere nothing follows from its absence, and a
label alone answers nothing either, else what is found would be counted and what is not would be left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import msgspec

from spectool.classify.taxonomy import load
from spectool.results.labels_entry import POSITIVE, Entry


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """One person's answers about one trajectory, by pattern; ``comment`` joins what they wrote beside them."""

    key: str
    annotator: str
    answers: Mapping[str, bool]
    comment: str = ""


@cache
def asked() -> tuple[str, ...]:
    """The patterns that a finished trajectory answers: the core and the extended. Events and artefacts are answered one by one."""
    return tuple(error.code for error in load().errors if error.level in ("core", "extended"))


def answered(entries: Iterable[Entry]) -> list[Answered]:
    """The answers of all who finished something, by trajectory and person, of entries that hold."""
    by_place: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_place[entry.key, entry.annotator].append(entry)
    found = (_answered(*place, said) for place, said in sorted(by_place.items()))
    return [each for each in found if each.answers]


def holding(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What holds of entries of several sources, as the view ``labels`` has it: each slot's newest, unless it was taken back."""
    newest = {(entry.key, entry.annotator, entry.slot): entry for entry in sorted(entries, key=lambda each: each.time)}
    return tuple(entry for entry in newest.values() if not entry.withdrawn)


def looked_at(said: Iterable[Entry]) -> frozenset[str]:
    """The patterns that one person finished in one trajectory."""
    finished = [entry for entry in said if entry.verdict in ("finished", "clean")]
    whole = asked() if any(not entry.pattern for entry in finished) else ()
    return frozenset((*whole, *(entry.pattern for entry in finished if entry.pattern)))


def seen_in(said: Iterable[Entry]) -> frozenset[str]:
    """The patterns that one person sees in one trajectory."""
    return frozenset(entry.pattern for entry in said if entry.verdict in POSITIVE)


def comment_of(said: Iterable[Entry]) -> str:
    """What one person wrote in one trajectory, in the order it was said."""
    return "\n".join(dict.fromkeys(entry.comment for entry in said if entry.comment))


def _answered(key: str, annotator: str, said: Sequence[Entry]) -> Answered:
    seen = seen_in(said)
    order = load().positions
    answers = {pattern: pattern in seen for pattern in sorted(looked_at(said), key=order.__getitem__)}
    return Answered(key=key, annotator=annotator, answers=answers, comment=comment_of(said))
