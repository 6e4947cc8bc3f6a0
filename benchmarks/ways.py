"""Gold with all its ways: what a search over the tools finds beside the solutions that templates declare.

    python -m benchmarks.ways [--environment NAME ...]

Two tables: the ways found that no solution declares (`tests/benchmark/test_ways.py` says why each was refused), and how good the search
is: of templates with several solutions all but the first are hidden, and it is counted how many of the hidden ones, where they use other
tools, the search finds again.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from random import Random

import msgspec

from benchmarks.loading import table
from spectool.benchmark.drawing import drawn
from spectool.benchmark.search import Way, undeclared
from spectool.benchmark.template import Book, Template
from spectool.benchmark.templates.registry import BOOKS
from spectool.environments.registry import environment


def hidden(book: Book, template: Template) -> list[frozenset[str]]:
    """The tools of each further solution that does without some tool of the first."""
    here = environment(book.environment)
    draw = drawn(here, template.split, template.draw, (template.solve,), Random(template.name), template.name)
    first, *others = [frozenset(step.name for step in solution) for solution in draw.solutions]
    return list(dict.fromkeys(tools for tools in others if not first <= tools))


def found_again(book: Book, template: Template) -> tuple[int, int]:
    """How many hidden solutions there are, and how many the search finds, or a part of them that does."""
    others = hidden(book, template)
    alone = msgspec.structs.replace(template, solve=template.solve[:1])
    found = [frozenset(name for name, _ in way) for way in undeclared(book.environment, alone)] if others else []
    return len(others), sum(any(way <= tools for way in found) for tools in others)


def told(way: Way) -> str:
    """A way in one line."""
    calls = (f"{name}({', '.join(argument for argument, _ in arguments)})" for name, arguments in way)
    return "; ".join(calls)


def _rows(books: Sequence[Book]) -> Iterator[tuple[str, ...]]:
    for book in books:
        for template in book.templates:
            for way in undeclared(book.environment, template):
                yield (f"`{template.name}`", f"`{told(way)}`")


def main() -> int:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--environment", action="append", default=[])
    chosen = parser.parse_args().environment
    books = [book for book in BOOKS if not chosen or book.environment in chosen]
    begun = time.perf_counter()
    print(table(("template", "way that no solution declares"), _rows(books)))
    solved = [(book, template) for book in books for template in book.templates if template.solve]
    counts = [found_again(book, template) for book, template in solved if len(template.solve) > 1]
    print(f"\n{len(solved)} templates with solutions, {sum(len(template.solve) for _, template in solved)} solutions in all.")
    print(f"Of {sum(count for count, _ in counts)} hidden solutions by other tools {sum(hits for _, hits in counts)} were found again.")
    print(f"{time.perf_counter() - begun:.0f} s.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
