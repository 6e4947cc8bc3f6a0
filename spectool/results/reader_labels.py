"""Labels that readers gave, how far they agree with one another and with SpecTool, and the counts behind precision and recall.

A label says code, subtype, call and path; ``docs/labelling.md`` tells readers how. Two sets of labels of one item are compared as
multisets on a *level* (code alone, with subtype, with place): what both hold is agreed, the rest stands on one side only.

``call`` counts an item's calls from 0 over all its steps; ``path`` leads on from the call's arguments (``city``, ``tags[1]``). A call
that was never made has no place: its label names the tool.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from spectool.classify.taxonomy import load
from spectool.model import Finding, Step, Trajectory, Verdict
from spectool.read.source import FormatError
from spectool.results.agreement_measures import Square
from spectool.results.agreement_measures import kappa as beyond_chance
from spectool.results.place import plain_path

# What a rule may decide and a reader can see in an item. What a judge would have to decide is not labelled.
EXTENDED = ("wrong_tool", "unneeded_call", "extra_call", "wrong_order", "ignored_tool_error", "unrecovered_error")
GOLD_FAULT = "gold_fault"
GOLD_FAULTS = ("narrow", "wrong")


class Label(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One slip that a reader or SpecTool sees; ``call`` is ``None`` for what is absent."""

    code: str
    subtype: str
    call: int | None = None
    path: str = ""
    note: str = ""


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """One reader's labels of one item; none means clean."""

    item: int
    labels: tuple[Label, ...] = ()
    confidence: Literal["high", "low"] = "high"


Key = Callable[[Label], Hashable]
LEVELS: Mapping[str, Key] = {
    "code": lambda label: label.code,
    "code and subtype": lambda label: (label.code, label.subtype),
    "code and place": lambda label: (label.code, label.call, plain_path(label.path)),
    "all three": lambda label: (label.code, label.subtype, label.call, plain_path(label.path)),
}


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """Labels of one item that both sides hold, and those that only one does."""

    both: tuple[Label, ...] = ()
    left: tuple[Label, ...] = ()
    right: tuple[Label, ...] = ()


class Kappa(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement of two readers on a yes-or-no question about ``n`` items; ``kappa`` is ``None`` where chance alone agrees always."""

    n: int
    both: int
    neither: int
    kappa: float | None


def read_labels(path: Path) -> dict[int, Labelled]:
    """A reader's file: one JSON line an item, the last of an item counts.

    Raises:
        FormatError: a line is no such record, or holds a code or subtype that nobody labels.
    """
    codes = labelled_codes()
    found: dict[int, Labelled] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line, type=Labelled)
        except msgspec.DecodeError as error:
            raise FormatError(f"{path.name}:{number}: {error}") from None
        for label in record.labels:
            if label.subtype not in codes.get(label.code, ()):
                raise FormatError(f"{path.name}:{number}: expected a code and subtype of the guide, got '{label.code}.{label.subtype}'")
        found[record.item] = record
    return found


def labelled_codes() -> dict[str, tuple[str, ...]]:
    """The codes that readers use, each with its subtypes."""
    codes = {
        error.code: tuple(subtype.code for subtype in error.subtypes)
        for error in load().errors
        if error.level == "core" or error.code in EXTENDED
    }
    return {**codes, GOLD_FAULT: GOLD_FAULTS}


def labels_of(trajectory: Trajectory, verdict: Verdict) -> tuple[Label, ...]:
    """What SpecTool found, in the terms of a reader; findings of codes that readers do not label are left out."""
    codes = labelled_codes()
    before = _calls_before(trajectory)
    findings = (finding for outcome in verdict.outcomes for finding in outcome.findings if finding.error in codes)
    return tuple(_label(finding, before) for finding in findings)


def _calls_before(trajectory: Trajectory) -> list[int]:
    """For each turn, how many calls were made before it."""
    counts, seen = [], 0
    for turn in trajectory.turns:
        counts.append(seen)
        seen += len(turn.calls) if isinstance(turn, Step) else 0
    return counts


def _label(finding: Finding, before: Sequence[int]) -> Label:
    if finding.call is None or finding.step is None:
        return Label(code=finding.error, subtype=finding.subtype, path=finding.tool or "", note=finding.tier)
    call = before[finding.step] + finding.call
    return Label(code=finding.error, subtype=finding.subtype, call=call, path=plain_path(finding.path), note=finding.tier)


def overlap(left: Sequence[Label], right: Sequence[Label], level: Key) -> Overlap:
    """What two sides share on a level, one to one, as ``left`` wrote it."""
    both, left_only = _paired(left, Counter(map(level, right)), level)
    _, right_only = _paired(right, Counter(map(level, left)), level)
    return Overlap(both=both, left=left_only, right=right_only)


def _paired(labels: Iterable[Label], partners: Counter[Hashable], level: Key) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    """Those with a partner left, and those without."""
    paired: list[Label] = []
    alone: list[Label] = []
    for label in labels:
        key = level(label)
        (paired if partners[key] > 0 else alone).append(label)
        partners[key] -= 1
    return tuple(paired), tuple(alone)


def same(left: Iterable[Label], right: Iterable[Label], level: Key) -> bool:
    """Whether two sides hold the same labels on a level."""
    return Counter(map(level, left)) == Counter(map(level, right))


def kappa(answers: Iterable[tuple[bool, bool]]) -> Kappa:
    """Cohen's kappa of two readers' answers, a pair an item."""
    counts = Counter((bool(first), bool(second)) for first, second in answers)
    both, left, right, neither = (counts[pair] for pair in ((True, True), (True, False), (False, True), (False, False)))
    found = beyond_chance([Square(both=both, left=left, right=right, neither=neither)])
    return Kappa(n=found.n, both=both, neither=neither, kappa=found.value)


def answers_on(code: str | None, first: Mapping[int, Labelled], second: Mapping[int, Labelled]) -> Iterator[tuple[bool, bool]]:
    """For each item that both read: whether each saw the code there (``None``: any slip at all)."""
    for item in sorted(first.keys() & second.keys()):
        yield _sees(first[item], code), _sees(second[item], code)


def _sees(record: Labelled, code: str | None) -> bool:
    return any(label.code == code if code else label.code != GOLD_FAULT for label in record.labels)
