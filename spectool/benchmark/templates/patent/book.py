"""All that patent tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.patent import dev, dialogues, test, val

BOOK = Book(environment="patent", templates=(*dev.TEMPLATES, *val.TEMPLATES, *test.TEMPLATES), dialogues=dialogues.DIALOGUES)
