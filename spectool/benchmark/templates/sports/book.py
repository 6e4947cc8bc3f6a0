"""All templates of the sports environment: for testing only."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.sports import following, results
from spectool.benchmark.templates.sports.dialogues import DIALOGUES

BOOK = Book(
    environment="sports",
    templates=(
        results.COUNT,
        results.LAST_ROUND,
        results.YOUNGEST,
        results.TABLE,
        results.SCORERS,
        results.SINCE,
        results.LATEST,
        following.FOLLOW,
        following.REMIND,
        following.UNRELATED,
    ),
    dialogues=DIALOGUES,
)
