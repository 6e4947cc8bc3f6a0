"""Which arguments of a search make no difference, and by which of its words people look for a title."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from spectool.benchmark.template import Either, either
from spectool.benchmark.templates.phrasing import ROOMY

PAGE = 10
"""Results a page unless asked for otherwise: with no more, their order is nobody's business."""
ORDER = ("sort_by", "descending")
"""Make no difference where all results are on one page."""
LISTED = (*ORDER, "page_size")
"""Make no difference where there is one result."""
WHOLE = {"page_size": ROOMY}
SHORT = {"page_size": either(10, 5, 8, 12, 15, 20, 25, 30, 40, 50)}
"""Pages that hold all where there are no more than five."""


def words_for(title: str, among: Iterable[str], most: int = PAGE) -> Either:
    """What one may search ``title`` by: the whole, or words of it in a row that at most ``most`` of the titles ``among`` hold."""
    return _words_for(title, tuple(among), most)


@cache
def _words_for(title: str, among: tuple[str, ...], most: int) -> Either:
    folded = [text.casefold() for text in among]
    words = title.split()
    runs = [words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    runs.sort(key=len, reverse=True)
    telling = [run for run in runs if sum(all(word.casefold() in text for word in run) for text in folded) <= most]
    return either(title, *(" ".join(run) for run in telling if any(len(word) > 2 for word in run) and run != words))
