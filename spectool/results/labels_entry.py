"""A label: what one person says of a trajectory or of a finding in it.

It speaks of one *slot*: a finding, a place of a pattern, a pattern, or the whole trajectory. *Finished* is said by the person, of a
trajectory or of one pattern in it, and only there is the absence of a label an answer: the pattern is not there.
"""

from __future__ import annotations

from hashlib import md5
from typing import Any, Literal, TypeVar

import msgspec

from spectool.classify.taxonomy import load
from spectool.model import Finding, FindingSource
from spectool.results.labels_file import LabelsError
from spectool.results.rows import clean

Says = Literal["add", "accept", "reject", "change", "finished", "clean"]
Drawn = Literal["", "all", "random", "failure", "uncertain"]
# Sides of an agreement that are nobody; no person may bear their names.
NOBODY = ("rules", "tagger", "judge")
POSITIVE: tuple[Says, ...] = ("add", "accept", "change")
MOST_CHARACTERS = 10_000
LONGEST_NAME = 100
# As the columns ``step`` and ``call`` of a result folder hold them.
MOST_STEPS = 2**31 - 1


class Ruled(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The finding that a label rules on: whose it is, what it says, where."""

    source: FindingSource
    error: str
    subtype: str = ""
    step: int | None = None
    call: int | None = None
    path: str = ""


class Label(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one person says of one trajectory.

    ``add``: ``pattern`` is there and nobody found it. ``accept``, ``reject``, ``change``: the finding in ``finding`` is right, wrong, or
    really ``pattern`` and ``subtype``. ``finished``: everything is labelled, of ``pattern`` or (empty) of all. ``clean``: finished, and
    nothing is there. ``step``, ``call`` and ``path`` are a finding's; ``drawn`` says how the trajectory came to the annotator; ``seen`` is
    ``digest`` of what they saw (empty: unknown).
    """

    key: str
    annotator: str
    verdict: Says
    pattern: str = ""
    subtype: str = ""
    step: int | None = None
    call: int | None = None
    path: str = ""
    finding: Ruled | None = None
    comment: str = ""
    drawn: Drawn = ""
    seen: str = ""

    @property
    def slot(self) -> str:
        """What it speaks of; a later label of the same person on it takes its place."""
        if self.finding is not None:
            parts: tuple[object, ...] = ("finding", *msgspec.structs.astuple(self.finding))
        elif self.verdict == "add":
            parts = ("place", self.pattern, self.subtype, self.step, self.call, self.path)
        else:
            parts = ("whole", self.pattern)
        return msgspec.json.encode(parts).decode()


class Entry(Label, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A label as kept: ``action`` joins what one keystroke wrote, ``undoes`` names the action that it takes back."""

    id: str = ""
    action: str = ""
    time: str = ""
    undoes: str = ""
    withdrawn: bool = False


L = TypeVar("L", bound=Label)


def digest(turns: str) -> str:
    """What ``seen`` holds, of the column ``turns`` of a trajectory."""
    return md5(turns.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def ruling(
    key: str, finding: Finding, verdict: Says, annotator: str, *, pattern: str = "", subtype: str = "", comment: str = "", seen: str = ""
) -> Label:
    """A label that accepts, rejects or changes (to ``pattern`` and ``subtype``) a finding, at the finding's own place."""
    place: dict[str, Any] = {"step": finding.step, "call": finding.call, "path": finding.path}
    of = Ruled(source=finding.source, error=finding.error, subtype=finding.subtype, **place)
    said = (pattern, subtype) if verdict == "change" else (finding.error, finding.subtype)
    texts: dict[str, Any] = {"comment": comment, "seen": seen}
    return Label(key=key, annotator=annotator, verdict=verdict, pattern=said[0], subtype=said[1], finding=of, **place, **texts)


def checked(label: L) -> L:
    """``label`` as it is kept: text that no encoding can hold is replaced.

    Raises:
        LabelsError: it contradicts itself, names no pattern of ours, or is too long.
    """
    if problem := _problem(label):
        raise LabelsError(problem)
    texts = {name: clean(getattr(label, name)) for name in ("key", "annotator", "path", "comment")}
    return msgspec.structs.replace(label, **texts)


def _problem(label: Label) -> str:
    name = label.annotator.strip()
    if not name or name != label.annotator or len(name) > LONGEST_NAME or not name.isprintable():
        return f"expected an annotator's name of 1 to {LONGEST_NAME} printable characters, got '{label.annotator[:80]}'"
    if name.lower() in NOBODY:
        return f"expected a person's name, got '{name}', which agreement keeps for SpecTool's own"
    if not label.key:
        return "expected the key of a trajectory, got ''"
    if len(label.comment) > MOST_CHARACTERS:
        return f"expected a comment of at most {MOST_CHARACTERS:,} characters, got {len(label.comment):,}"
    return _place_problem(label) or _pattern_problem(label) or _finding_problem(label)


def _place_problem(label: Label) -> str:
    for name in ("step", "call"):
        for place in (getattr(label, name), getattr(label.finding, name, None)):
            if place is not None and not 0 <= place <= MOST_STEPS:
                return f"expected a {name} of 0 to {MOST_STEPS:,}, got {place}"
    return ""


def _pattern_problem(label: Label) -> str:
    if not label.pattern:
        needed = label.verdict not in ("finished", "clean")
        return f"expected a pattern to {label.verdict}, got ''" if needed else ""
    errors = {error.code: error for error in load().errors}
    if label.verdict == "clean":
        return f"expected a clean trajectory to name no pattern, got '{label.pattern[:80]}'"
    if label.pattern not in errors:
        return f"expected a pattern of ours, got '{label.pattern[:80]}'; spectool taxonomy lists them"
    if label.subtype and label.subtype not in {each.code for each in errors[label.pattern].subtypes}:
        return f"expected a subtype of {label.pattern}, got '{label.subtype[:80]}'; spectool explain {label.pattern} lists them"
    return ""


def _finding_problem(label: Label) -> str:
    rules = label.verdict in ("accept", "reject", "change")
    if rules and label.finding is None:
        return f"expected the finding to {label.verdict}, got none"
    if not rules and label.finding is not None:
        return f"expected no finding beside '{label.verdict}', got {label.finding.error}"
    return ""
