"""All that patent tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.patent import (
    dev_chains,
    dev_lookups,
    dialogues,
    reported_chains,
    reported_dialogues,
    reported_lookups,
    val,
)

BOOK = Book(
    environment="patent",
    templates=(*dev_lookups.TEMPLATES, *dev_chains.TEMPLATES, *val.TEMPLATES, *reported_lookups.TEMPLATES, *reported_chains.TEMPLATES),
    dialogues=(*dialogues.DIALOGUES, *reported_dialogues.DIALOGUES),
)
