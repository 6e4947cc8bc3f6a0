"""All that travel tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.travel import dev_hotels, dev_trips, dialogues, dialogues_to_report, test, val

BOOK = Book(
    environment="travel",
    templates=(*dev_trips.TEMPLATES, *dev_hotels.TEMPLATES, *val.TEMPLATES, *test.TEMPLATES),
    dialogues=(*dialogues.DIALOGUES, *dialogues_to_report.DIALOGUES),
)
