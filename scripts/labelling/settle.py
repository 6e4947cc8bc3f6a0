"""From two readers' files to the reference: ``python -m scripts.labelling.settle STEP …`` in the repository's root.

    check FILE                          says whether a reader's file is complete and well formed
    compare A B ITEMS OUT               writes the items on which A and B differ, with both readings, for a third person to settle
    merge A B SETTLED                   writes tests/gold/labels.jsonl; SETTLED: {"item", "labels", "why", "definition"}

Readers agree where code, subtype, call and path are the same. An item that nobody settled stops ``merge``. Notes stay behind: the reference
holds no free text of the readers but the reason given with a settled item. In SETTLED the last line of an item
counts; ``definition`` is true where the guide was amended after both had read, and the labels follow from the amendment by rule.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from spectool.read.source import FormatError
from spectool.results.reader_labels import LEVELS, Label, Labelled, read_labels, same

GOLD = Path(__file__).parents[2] / "tests" / "gold"
ALL = LEVELS["all three"]


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What a third person decided about an item, and why (a few words)."""

    item: int
    labels: tuple[Label, ...] = ()
    why: str = ""
    definition: bool = False


def items() -> list[int]:
    """The numbers of the items drawn."""
    return [json.loads(line)["item"] for line in (GOLD / "items.jsonl").read_text(encoding="utf-8").splitlines()]


def disputed(first: Mapping[int, Labelled], second: Mapping[int, Labelled]) -> list[int]:
    """Items on which two readers differ."""
    return [item for item in sorted(first.keys() & second.keys()) if not same(first[item].labels, second[item].labels, ALL)]


def dispute_text(item: int, first: Labelled, second: Labelled, page: str) -> str:
    """An item as the readers saw it, with both readings below."""
    readings = "\n\n".join(f"### Reading {name} ({each.confidence})\n{_lines(each)}" for name, each in (("a", first), ("b", second)))
    return f"{page}\n{readings}\n"


def _lines(record: Labelled) -> str:
    return "\n".join(f"- `{json.dumps(msgspec.to_builtins(label), ensure_ascii=False)}`" for label in record.labels) or "- clean"


def merged(first: Mapping[int, Labelled], second: Mapping[int, Labelled], settled: Mapping[int, Settled]) -> Iterator[dict[str, Any]]:
    """The reference's rows: labels, how they were settled, and what each reader had said.

    An item that nobody read yet is left out.

    Raises:
        FormatError: an item has one reader only, or the two differ and nobody settled it.
    """
    for item in items():
        if item not in first and item not in second:
            continue
        if item not in first or item not in second:
            raise FormatError(f"item {item}: expected two readers, got one")
        a, b = first[item], second[item]
        agreed = same(a.labels, b.labels, ALL)
        if not agreed and item not in settled:
            raise FormatError(f"item {item}: the readers differ and nobody settled it")
        decision = settled.get(item)
        labels = a.labels if decision is None else decision.labels
        how = _how(labels, a, b) if decision is None or not decision.definition else "definition"
        row: dict[str, Any] = {"item": item, "labels": _bare(labels), "settled": how}
        row |= {"why": decision.why} if decision is not None and decision.why else {}
        yield {**row, "a": _bare(a.labels), "b": _bare(b.labels)}


def _how(labels: tuple[Label, ...], a: Labelled, b: Labelled) -> str:
    if same(a.labels, b.labels, ALL) and same(labels, a.labels, ALL):
        return "agreed"
    return next((name for name, reader in (("a", a), ("b", b)) if same(labels, reader.labels, ALL)), "neither")


def _bare(labels: tuple[Label, ...]) -> list[dict[str, Any]]:
    """Labels without notes, in the order of the calls."""
    rows = ({"code": each.code, "subtype": each.subtype, "call": each.call, "path": each.path} for each in labels)
    return sorted(rows, key=lambda row: (row["call"] is None, row["call"] or 0, row["code"], row["path"]))


def check(path: Path) -> str:
    """What is missing from a reader's file."""
    found = read_labels(path)
    missing = [item for item in items() if item not in found]
    labels = sum(len(each.labels) for each in found.values())
    low = sum(each.confidence == "low" for each in found.values())
    return f"{len(found)} items, {labels} labels, {low} of low confidence; missing: {missing or 'none'}"


def compare(first: Path, second: Path, pages: Path, out: Path) -> str:
    """Writes the disputed items for a third person."""
    a, b = read_labels(first), read_labels(second)
    differ = disputed(a, b)
    texts = (dispute_text(item, a[item], b[item], (pages / f"{item:03d}.md").read_text(encoding="utf-8")) for item in differ)
    out.write_text("\n---\n\n".join(texts), encoding="utf-8")
    return f"{len(differ)} of {len(a.keys() & b.keys())} items differ: {out}"


def merge(first: Path, second: Path, settled: Path) -> str:
    """Writes the reference."""
    lines = settled.read_text(encoding="utf-8").splitlines() if settled.exists() else []
    decisions = [msgspec.json.decode(line, type=Settled) for line in lines if line.strip()]
    rows = list(merged(read_labels(first), read_labels(second), {each.item: each for each in decisions}))
    target = GOLD / "labels.jsonl"
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return f"{len(rows)} items: {target}"


def main(argv: list[str] | None = None) -> int:
    """Runs one step and says what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(required=True)
    for step, names in ((check, ("path",)), (compare, ("first", "second", "pages", "out")), (merge, ("first", "second", "settled"))):
        one = steps.add_parser(step.__name__, help=(step.__doc__ or "").rstrip("."))
        one.set_defaults(step=step, names=names)
        for name in names:
            one.add_argument(name, type=Path)
    options = parser.parse_args(argv)
    try:
        print(options.step(*(getattr(options, name) for name in options.names)))  # noqa: T201
    except FormatError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
