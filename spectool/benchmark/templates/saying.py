"""How people say dates and numbers, and by which of its words they look for a title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import permutations
from typing import Any

from spectool.benchmark.template import Either, Said, either, maybe, said

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PAGE = 10
"""Results a page unless asked for otherwise."""
# Where all results are on one page their order and the page's size make no difference; where only a total is asked for, nor does the page.
ORDER = ("sort_by", "descending")
COUNTING = (*ORDER, "page", "page_size")
ROOMY = maybe(10, 12, 15, 20, 25, 30, 40, 50)


def ordinal(number: int) -> str:
    """Such as 1st, 22nd, 13th."""
    return f"{number}{'th' if 10 < number % 100 < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def day_said(iso: str) -> Said:
    """A date in words, with its year."""
    day = date.fromisoformat(iso)
    month = MONTHS[day.month - 1]
    return said(iso, f"{day.day} {month} {day.year}", f"the {ordinal(day.day)} of {month} {day.year}", f"{month} {day.day}, {day.year}")


def number_said(number: int) -> Said:
    """A number as figures, and as a word where people use one."""
    return said(number, str(number), *NUMBERS[number : number + 1])


def any_order(items: Sequence[Any]) -> Either:
    """A list whose order makes no difference."""
    return either(*(list(each) for each in permutations(items)))


def parts_of(title: str, among: Iterable[str], most: int = PAGE) -> Either:
    """What one may search ``title`` by: the whole, or words of it in a row that hold at most ``most`` of ``among``."""
    folded = [text.casefold() for text in among]
    words = title.split()
    runs = [words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    runs.sort(key=len, reverse=True)
    telling = [run for run in runs if sum(all(word.casefold() in text for word in run) for text in folded) <= most]
    return either(title, *(" ".join(run) for run in telling if any(len(word) > 2 for word in run) and run != words))
