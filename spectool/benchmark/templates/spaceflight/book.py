"""All that spaceflight tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.spaceflight.dev import DEV
from spectool.benchmark.templates.spaceflight.dialogues import DIALOGUES
from spectool.benchmark.templates.spaceflight.test import TEST
from spectool.benchmark.templates.spaceflight.val import VAL

BOOK = Book(environment="spaceflight", templates=(*DEV, *VAL, *TEST), dialogues=DIALOGUES)
