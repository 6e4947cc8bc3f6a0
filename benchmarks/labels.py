"""Holds SpecTool against readers' labels of a drawn sample: precision and recall per pattern, and how far the readers agreed.

    python -m benchmarks.labels DATA [--places]

``DATA`` is the folder of public outputs that the sample was drawn from; ``tests/gold/`` says which rows (``items.jsonl``) and what was
settled about each (``labels.jsonl``). ``--places`` also lists disagreements about subtype or path where the pattern itself is agreed.

Recall is the share of the readers' labels that SpecTool has, precision the share of its findings that they have, matched one to one
within an item; intervals treat labels of one item as one draw. Findings of patterns that readers do not label are left out, and so is
``gold_fault``: it says whose fault a difference is, not whether there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from benchmarks.gold_sample import Item, Reference, attempts, both_readers, items, references
from benchmarks.loading import rate, shown, table
from spectool.classify.classify import classify
from spectool.model import Trajectory
from spectool.results.interval import Rate
from spectool.results.reader_labels import LEVELS, Label, answers_on, kappa, labelled_codes, labels_of, overlap, same

ANY = "any"
CLEAN = "clean"


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One item's labels as settled by readers, and by SpecTool."""

    item: Item
    readers: tuple[Label, ...]
    tool: tuple[Label, ...]


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Of the readers' labels of a pattern, how many SpecTool has; of its findings, how many they have."""

    recall: Rate
    precision: Rate


def sides(found: Mapping[int, Trajectory], sample: Mapping[int, Item], settled: Mapping[int, Reference]) -> list[Side]:
    """Every settled item with what SpecTool finds in it now.

    Raises:
        RuntimeError: a detector crashed; a figure without it would not say so.
    """
    return [Side(item=sample[item], readers=each.slips, tool=_findings(found[item])) for item, each in settled.items()]


def _findings(attempt: Trajectory) -> tuple[Label, ...]:
    verdict = classify(attempt)
    if verdict.crashed:
        raise RuntimeError(f"{attempt.source}:{attempt.line}: {verdict.crashed[0]}")
    return labels_of(attempt, verdict)


def scored(pairs: Sequence[Side], level: str, code: str = ANY) -> Score:
    """Recall and precision on one level, of one pattern or of all together."""
    recall = [(str(pair.item.item), hit) for pair in pairs for hit in _hits(pair.readers, pair.tool, level, code)]
    precision = [(str(pair.item.item), hit) for pair in pairs for hit in _hits(pair.tool, pair.readers, level, code)]
    return Score(recall=rate(recall), precision=rate(precision))


def _hits(labels: Sequence[Label], others: Sequence[Label], level: str, code: str) -> Iterator[bool]:
    shared = overlap(labels, others, LEVELS[level])
    yield from (True for label in shared.both if code in (ANY, label.code))
    yield from (False for label in shared.left if code in (ANY, label.code))


def codes_in(pairs: Sequence[Side]) -> list[str]:
    """Patterns that either side has, in the order of the taxonomy."""
    seen = {label.code for pair in pairs for label in (*pair.readers, *pair.tool)}
    return [code for code in labelled_codes() if code in seen]


def score_table(pairs: Sequence[Side]) -> str:
    """A row a pattern: recall and precision of the code, then of code with subtype and with place."""
    rows = []
    for code in (*codes_in(pairs), ANY):
        scores = [scored(pairs, level, code) for level in ("code", "code and subtype", "code and place")]
        rows.append([code, *(shown(each) for score in scores[:1] for each in (score.recall, score.precision)), *map(_short, scores[1:])])
    return table(("pattern", "recall", "precision", "with subtype (r / p)", "with place (r / p)"), rows)


def _short(score: Score) -> str:
    return " / ".join("–" if each.rate is None else f"{each.rate:.3f}" for each in (score.recall, score.precision))


def verdict_table(pairs: Sequence[Side]) -> str:
    """Items by published verdict, by whether readers and SpecTool see any slip."""
    counts = Counter((pair.item.published, bool(pair.readers), bool(pair.tool)) for pair in pairs)
    words = {True: "slip", False: CLEAN}
    rows = [(published, *(counts[published, readers, tool] for readers, tool in _CORNERS)) for published in ("fail", "pass", "none")]
    return table(("published", *(f"readers {words[readers]}, SpecTool {words[tool]}" for readers, tool in _CORNERS)), rows, numbers=1)


_CORNERS = ((True, True), (True, False), (False, True), (False, False))


def reader_table(settled: Mapping[int, Reference]) -> str:
    """Cohen's kappa per pattern, a yes or no an item."""
    first, second = both_readers(settled)
    rows = []
    for code in (None, *labelled_codes()):
        found = kappa(answers_on(code, first, second))
        apart = found.n - found.both - found.neither
        if found.both or apart:
            rows.append((code or "any slip", found.both, apart, found.neither, "–" if found.kappa is None else f"{found.kappa:.3f}"))
    return table(("pattern", "both see it", "one does", "neither", "κ"), rows, numbers=1)


def agreement_lines(settled: Mapping[int, Reference]) -> Iterator[str]:
    """How many items the readers labelled alike on each level, and how the rest was settled."""
    for name, level in LEVELS.items():
        alike = rate((str(item), same(each.a, each.b, level)) for item, each in settled.items())
        yield f"- the same labels by {name}: {shown(alike)} of the items"
    how = Counter(each.settled for each in settled.values())
    by = f"{how['a']} as reader a, {how['b']} as reader b, {how['neither']} otherwise, {how['definition']} by a later definition"
    yield f"- settled: {how['agreed']} agreed, {by}"
    faulty = sum(each.slips != each.labels for each in settled.values())
    yield f"- items whose gold is at fault somewhere: {faulty}"


def disagreements(pairs: Sequence[Side], level: str) -> Iterator[str]:
    """Each item on which the two sides differ, with what only one of them says."""
    for pair in sorted(pairs, key=lambda pair: pair.item.item):
        found = overlap(pair.readers, pair.tool, LEVELS[level])
        if found.left or found.right:
            place = f"{pair.item.item} `{pair.item.source.rpartition('/')[2]}:{pair.item.line}` ({pair.item.id})"
            yield f"- {place}: readers {_listed(found.left)}; SpecTool {_listed(found.right)}"


def _listed(labels: Sequence[Label]) -> str:
    texts = (f"{label.code}.{label.subtype}{'' if label.call is None else f' [{label.call}]'} {label.path}".strip() for label in labels)
    return ", ".join(f"`{text}`" for text in texts) or "–"


def report(pairs: Sequence[Side], settled: Mapping[int, Reference], places: bool) -> Iterator[str]:
    """The page, part by part."""
    models = {pair.item.model for pair in pairs}
    labels = sum(len(pair.readers) for pair in pairs)
    yield f"{len(pairs)} items of {len(models)} models, {labels} labels.\n"
    yield f"## SpecTool against the labels\n\n{score_table(pairs)}\n\n{verdict_table(pairs)}\n"
    yield f"## The readers\n\n{reader_table(settled)}\n"
    yield "\n".join(agreement_lines(settled)) + "\n"
    yield "## Disagreements about the pattern\n\n" + ("\n".join(disagreements(pairs, "code")) or "- none") + "\n"
    if places:
        yield "## Disagreements about subtype or place\n\n" + ("\n".join(disagreements(pairs, "all three")) or "- none") + "\n"


def main(argv: list[str] | None = None) -> int:
    """Prints the page; 1 where there are no labels yet."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--places", action="store_true", help="also list disagreements about subtype or path")
    options = parser.parse_args(argv)
    settled = references()
    if not settled:
        print("no labels: tests/gold/labels.jsonl is missing", file=sys.stderr)
        return 1
    sample = items()
    found = attempts(options.data, (sample[item] for item in settled))
    for part in report(sides(found, sample, settled), settled, options.places):
        print(part)
    return 0


if __name__ == "__main__":
    sys.exit(main())
