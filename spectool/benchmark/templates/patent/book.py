"""All that patent tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.patent import dev_chains, dev_lookups, dialogues, dialogues_to_report, test, val

BOOK = Book(
    environment="patent",
    templates=(*dev_lookups.TEMPLATES, *dev_chains.TEMPLATES, *val.TEMPLATES, *test.TEMPLATES),
    dialogues=(*dialogues.DIALOGUES, *dialogues_to_report.DIALOGUES),
)
