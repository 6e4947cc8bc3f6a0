"""All that patent tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.patent import (
    dev_chains,
    dev_lookups,
    dialogues,
    held_out_chains,
    held_out_dialogues,
    held_out_lookups,
    val,
)

BOOK = Book(
    environment="patent",
    templates=(*dev_lookups.TEMPLATES, *dev_chains.TEMPLATES, *val.TEMPLATES, *held_out_lookups.TEMPLATES, *held_out_chains.TEMPLATES),
    dialogues=(*dialogues.DIALOGUES, *held_out_dialogues.DIALOGUES),
)
