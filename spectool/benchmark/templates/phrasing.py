"""How requests of any environment say values, and what of a search is nobody's business."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from typing import Any

from spectool.benchmark.template import Either, Said, either, said

# Where only a total is asked for, the order and the part of the results shown make no difference.
COUNTING = ("sort_by", "descending", "page", "page_size")
# Pages that hold all of up to ten results.
ROOMY = either(10, 12, 15, 20, 25, 30, 40, 50)
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SMALL = frozenset({"the", "a", "an", "of", "for", "to", "and", "in", "at", "from", "my", "two", "not", "do"})


@lru_cache(maxsize=2_048)
def parts_of(title: str) -> Either:
    """What one may search a title by: the whole, or some of its words in a row, one of them telling; with or without capitals."""
    words = title.split()
    runs = [words[start:end] for start in range(len(words)) for end in range(len(words), start, -1)]
    telling = [run for run in runs if any(_bare(word) not in _SMALL and len(_bare(word)) > 3 for word in run)]
    spelled = [" ".join(run) for run in sorted(telling, key=len, reverse=True)]
    written = [title, *spelled, *(text.strip(",:") for text in spelled), title.replace(",", "").replace(":", "")]
    return either(*dict.fromkeys([*written, *(text.lower() for text in written)]))


def any_order(items: Sequence[Any]) -> Either:
    """A list whose order makes no difference."""
    return either(*(list(each) for each in permutations(items)))


def number_said(number: int) -> Said:
    """A number up to ten, as a word or a figure."""
    return said(number, NUMBERS[number], str(number))


def period(year: int, part: str) -> Said:
    """A ``year``, its ``first`` or ``second`` half, or a quarter, ``Q1`` to ``Q4``, as ``{"start", "end"}``."""
    starts, ends, *words = {
        "year": ("01-01", "12-31", "in {}", "during {}", "in the course of {}"),
        "first": ("01-01", "06-30", "in the first half of {}", "between January and June {}, both included"),
        "second": ("07-01", "12-31", "in the second half of {}", "between July and December {}, both included"),
        "Q1": ("01-01", "03-31", "in the first quarter of {}", "from 1 January to 31 March {}"),
        "Q2": ("04-01", "06-30", "in the second quarter of {}", "from 1 April to 30 June {}"),
        "Q3": ("07-01", "09-30", "in the third quarter of {}", "from 1 July to 30 September {}"),
        "Q4": ("10-01", "12-31", "in the fourth quarter of {}", "from 1 October to 31 December {}"),
    }[part]
    return said({"start": f"{year}-{starts}", "end": f"{year}-{ends}"}, *(text.format(year) for text in words))


def _bare(word: str) -> str:
    return word.strip(",:'").casefold()
