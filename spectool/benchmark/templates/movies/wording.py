"""How requests say values, and the searches that most solutions begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import permutations
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Either, Said, either, said
from spectool.environments.registry import environment
from spectool.environments.tables import Row

TODAY = "2027-03-01"
COUNTRIES = {
    "AT": "Austria", "BE": "Belgium", "DE": "Germany", "ES": "Spain", "FR": "France", "GB": "the United Kingdom", "IE": "Ireland",
    "IT": "Italy", "JP": "Japan", "KR": "South Korea", "MX": "Mexico", "PL": "Poland", "SE": "Sweden", "US": "the United States",
}  # fmt: skip
LANGUAGES = {
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese", "ko": "Korean", "pl": "Polish",
    "sv": "Swedish",
}  # fmt: skip
GENRES = {
    "adventure": "adventure", "animation": "animation", "comedy": "comedy", "drama": "drama", "family": "family", "history": "history",
    "horror": "horror", "music": "music", "mystery": "mystery", "romance": "romance", "science_fiction": "science fiction",
    "thriller": "thriller", "war": "war",
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# Where only a total is asked for, the order and the part of the results shown make no difference.
COUNTING = ("sort_by", "descending", "page", "page_size")
# Pages that hold all of up to ten results.
ROOMY = either(10, 12, 15, 20, 25, 30, 40, 50)
_SMALL = frozenset({"the", "a", "an", "of", "for", "to", "and", "in", "at", "from", "my", "two", "not", "do"})


def ordinal(number: int) -> str:
    """Such as 1st, 22nd, 13th."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def day_said(iso: str) -> Said:
    """A date in words, with its year."""
    day = date.fromisoformat(iso)
    month = MONTHS[day.month - 1]
    return said(iso, f"{day.day} {month} {day.year}", f"the {ordinal(day.day)} of {month} {day.year}", f"{month} {day.day}, {day.year}")


def day_soon(iso: str) -> Said:
    """A date of the two weeks after today, as one says it knowing what day it is; for requests that are dated."""
    day, ahead = date.fromisoformat(iso), (date.fromisoformat(iso) - date.fromisoformat(TODAY)).days
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    near = {0: ("today",), 1: ("tomorrow",), 2: ("the day after tomorrow",)}.get(ahead, ())
    week = (f"this coming {weekday}",) if 2 < ahead < 7 else ()
    return said(iso, *near, *week, f"on {weekday} {day.day} {month}", f"on the {ordinal(day.day)} of {month}")


def number_said(number: int) -> Said:
    """A number up to ten, as a word or a figure."""
    return said(number, NUMBERS[number], str(number))


def parts_of(title: str) -> Either:
    """What one may search a title by: the whole, or some of its words in a row that begin and end with a telling one."""
    words = title.split()
    ends = [place for place, word in enumerate(words) if _bare(word) not in _SMALL]
    runs = [words[start : end + 1] for start in ends for end in ends if end >= start]
    spelled = [" ".join(run) for run in sorted(runs, key=len, reverse=True) if max(map(len, run)) > 3]
    return either(*dict.fromkeys([title, *spelled, *(text.strip(",:") for text in spelled), title.replace(",", "").replace(":", "")]))


def any_order(items: Sequence[Any]) -> Either:
    """A list whose order makes no difference."""
    return either(*(list(each) for each in permutations(items)))


def find_movie(act: Act, title: str) -> Row | None:
    """Searches a film by its title; ``None`` where the whole title finds more than one."""
    found = act("search_movies", {"words": parts_of(title)}, free=("sort_by", "descending", "page_size"))
    movie: Row | None = found["movies"][0] if found["total"] == 1 else None
    return movie


def find_person(act: Act, name: str) -> Row | None:
    """Searches a person by name, in full or by either part; ``None`` where there are two of that name."""
    found = act("search_film_people", {"words": either(name, *name.split())}, free=("sort_by", "descending", "page_size"))
    person: Row | None = found["people"][0] if found["total"] == 1 else None
    return person


def told_before(act: Act, tool: str, arguments: Mapping[str, Any]) -> Any:
    """What a call of an earlier user turn told: it need not be made again."""
    return environment("movies").call(act.state, tool, arguments)


def done(_: object) -> Claims:
    """After a call that is all that was asked for: nothing is to be told."""
    return ()


def released(row: Row) -> bool:
    """Whether a film is out."""
    return bool(row["released"] <= TODAY)


def film(draws: Draws, **about: Any) -> Row:
    """A film that is out; ``about`` are values of its row."""
    return draws.row("movies", lambda row: released(row) and all(row[name] == value for name, value in about.items()))


def _bare(word: str) -> str:
    return word.strip(",:'").casefold()
