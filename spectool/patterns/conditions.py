"""What is known of a task before a model answers, as terms that a slice can be made of: ``category = parallel``, ``tool offered = search``.

A task has the terms of its first attempt, so that its samples stand inside a slice or outside of it together: then tasks can be exchanged
in a test. What the model did (tools called, number of turns) is no term: it would be an effect of the slip as easily as its cause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from spectool.patterns.rates_dimensions import dimension
from spectool.results.tables import TASK, rows

# The largest terms are kept, and of words only these many: a long tail would be tested on nobody's behalf.
TERMS, WORDS = 400, 150
# More tasks than these say no more about a slice that is worth acting on; those with the smallest hashes are taken.
TASKS = 20_000
_BINNED = ("category", "environment", "n_tools", "n_gold", "prompt_length")
# Classes of Unicode take the expression twenty times as long, so texts without a character beyond ASCII do without.
_WORDS = """CASE WHEN length(t.query) = strlen(t.query) THEN regexp_extract_all(lower(t.query), '[a-z]{3,20}')
    ELSE regexp_extract_all(lower(t.query), '[\\p{L}]{3,20}') END"""
_LISTED = ("offered", "due", "word")
_TOLD = {
    "n_tools": "tools offered",
    "n_gold": "gold calls",
    "prompt_length": "prompt characters",
    "offered": "tool offered",
    "due": "tool due",
    "word": "query has the word",
}


class Term(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One attribute of a task and its value."""

    attribute: str
    value: str

    def __str__(self) -> str:
        """As shown: ``gold calls = 3–4``."""
        return f"{_TOLD.get(self.attribute, self.attribute)} = {self.value}"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A task that a model attempted; ``confirming``: of the half that tests, not of the half that searches. By a hash of its name."""

    name: str
    confirming: bool
    terms: tuple[Term, ...]


def tasks_of(cursor: Any, model: str) -> list[Task]:
    """The tasks that ``model`` attempted, in the order of the input; at most ``TASKS``."""
    binned = ", ".join(f"{dimension(name).sql} AS {name}" for name in _BINNED)
    found = rows(
        cursor,
        f"""
        WITH lists AS (
            SELECT hash AS tools_hash, any_value(tools) AS offered,
                list_sort(list_distinct(json_extract_string(any_value(tools), '$[*][*].name'))) AS names FROM tools GROUP BY hash),
        firsts AS (SELECT {TASK} AS name, min(t.row) AS row FROM trajectories t WHERE t.model = ? GROUP BY ALL),
        chosen AS (SELECT * FROM firsts ORDER BY substr(md5(name), 2), name LIMIT {TASKS})
        SELECT c.name, md5(c.name) >= '8' AS confirming, {binned}, names AS offered,
            list_sort(list_distinct(json_extract_string(t.gold, '$.paths[0][*].name'))) AS due,
            list_sort(list_distinct({_WORDS})) AS word
        FROM chosen c JOIN trajectories t USING (row) LEFT JOIN lists USING (tools_hash) ORDER BY row""",
        [model],
    )
    every = [tuple(_terms(each)) for each in found]
    kept = _frequent(every)
    return [
        Task(name=each["name"], confirming=each["confirming"], terms=tuple(term for term in terms if term in kept))
        for each, terms in zip(found, every, strict=True)
    ]


def _terms(row: dict[str, Any]) -> Iterator[Term]:
    for name in _BINNED:
        yield Term(attribute=name, value=row[name])
    for name in _LISTED:
        for value in row[name] or ():
            yield Term(attribute=name, value=value)


def _frequent(every: Sequence[Sequence[Term]]) -> set[Term]:
    """The most frequent terms that do not hold everywhere, ties by name."""
    counts = Counter(term for terms in every for term in terms)
    ranked = sorted((term for term, count in counts.items() if count < len(every)), key=lambda term: (-counts[term], term))
    words = [term for term in ranked if term.attribute == "word" and counts[term] * 2 <= len(every)][:WORDS]
    return {*words, *[term for term in ranked if term.attribute != "word"][:TERMS]}
