"""All templates of the sports environment: for testing only."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.sports import following, players, results, rounds
from spectool.benchmark.templates.sports.dialogues import DIALOGUES

BOOK = Book(
    environment="sports",
    templates=(
        players.COUNT,
        rounds.TOP_OF_ROUND,
        rounds.TOP_OF_LATEST_ROUND,
        players.OLDEST,
        rounds.TABLE,
        results.SCORERS,
        players.SINCE,
        results.LATEST,
        following.FOLLOW,
        following.REMIND,
        following.UNRELATED,
    ),
    dialogues=DIALOGUES,
)
