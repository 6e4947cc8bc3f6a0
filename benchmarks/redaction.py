"""Says what is taken out of real logs, kind by kind: where nobody logs in, every replacement is a false alarm.

    python -m benchmarks.redaction PATH… [--redact pii]

Counted in what the model read and wrote, as the report would show it; the commonest pieces are printed with the text before them, to be
judged by eye.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec

from benchmarks.loading import table
from spectool.redact import Mode, spans
from spectool.results.stream import Reading, read_batches

BEFORE, SHOWN = 24, 5


def turns_of(path: str) -> Iterator[str]:
    """The turns of each trajectory as JSON."""
    for batch in read_batches([path], Reading()):
        for trajectory in batch.trajectories:
            yield msgspec.json.encode(trajectory.turns).decode()


def main() -> None:
    """Prints a table, and the commonest pieces of each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--redact", choices=("secrets", "pii"), default="secrets")
    given = parser.parse_args()
    mode: Mode = given.redact
    rows, pieces = [], defaultdict[str, Counter[str]](Counter)
    for path in given.paths:
        read, characters, touched, kinds = 0, 0, 0, Counter[str]()
        for text in turns_of(path):
            found = list(spans(text, mode))
            read, characters, touched = read + 1, characters + len(text), touched + bool(found)
            kinds.update(each.kind for each in found)
            for each in found:
                pieces[each.kind][text[max(0, each.start - BEFORE) : each.end][:80]] += 1
        told = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common()) or "nothing"
        rows.append([path, f"{read:,}", f"{characters:,}", f"{touched:,}", told])
    print(table(["log", "trajectories", "characters", "touched", "taken out"], rows))
    for kind, counted in sorted(pieces.items()):
        print(f"{kind}:", *(f"  {count:,} x {piece!r}" for piece, count in counted.most_common(SHOWN)), sep="\n")


if __name__ == "__main__":
    main()
