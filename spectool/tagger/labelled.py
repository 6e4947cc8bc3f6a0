"""What people's labels of a result folder say: truth to learn from where there is no gold, or in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from spectool.classify.taxonomy import load
from spectool.model import Finding
from spectool.results.labels import Labels
from spectool.results.labels_entry import POSITIVE, Entry
from spectool.tagger.truth import UNIT_OF, Truth


def labelled(folder: Path) -> dict[str, Truth]:
    """By trajectory, what people found of each pattern that one of them finished.

    A pattern that nobody finished is not known to be absent. Where several finished it, it is there if at least half of them found it.
    """
    by_key: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in Labels(folder).current():
        by_key[entry.key].append(entry)
    found = {key: _truth(entries) for key, entries in by_key.items()}
    return {key: truth for key, truth in found.items() if truth.found}


def with_labels(truth: Truth, people: Truth | None) -> Truth:
    """What gold proves, and in the place of it what people said."""
    return truth if people is None else Truth(found={**truth.found, **people.found})


def _truth(entries: Iterable[Entry]) -> Truth:
    said = list(entries)
    found: dict[str, tuple[Finding, ...]] = {}
    for pattern in UNIT_OF:
        finished = {each.annotator for each in said if each.verdict in ("finished", "clean") and each.pattern in ("", pattern)}
        slips = [each for each in said if each.verdict in POSITIVE and each.pattern == pattern and each.annotator in finished]
        if finished:
            holds = 2 * len({each.annotator for each in slips}) >= len(finished)
            found[pattern] = tuple(map(_finding, slips)) if holds else ()
    return Truth(found=found)


def _finding(entry: Entry) -> Finding:
    level = load().error(entry.pattern).level
    place = {"step": entry.step, "call": entry.call, "path": entry.path or "$"}
    return Finding(error=entry.pattern, subtype=entry.subtype, level=level, source="person", **place)  # type: ignore[arg-type]
