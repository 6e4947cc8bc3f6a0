"""All that spaceflight tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.spaceflight.dev_reading import READING
from spectool.benchmark.templates.spaceflight.dev_writing import WRITING
from spectool.benchmark.templates.spaceflight.dialogues import DIALOGUES
from spectool.benchmark.templates.spaceflight.held_out import TEST
from spectool.benchmark.templates.spaceflight.val import VAL

BOOK = Book(environment="spaceflight", templates=(*READING, *WRITING, *VAL, *TEST), dialogues=DIALOGUES)
