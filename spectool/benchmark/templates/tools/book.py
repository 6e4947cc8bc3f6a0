"""All that tools tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.tools.dev_reading import READING
from spectool.benchmark.templates.tools.dev_writing import WRITING
from spectool.benchmark.templates.tools.dialogues import DIALOGUES
from spectool.benchmark.templates.tools.held_out import TEST
from spectool.benchmark.templates.tools.val import VAL

BOOK = Book(environment="tools", templates=(*READING, *WRITING, *VAL, *TEST), dialogues=DIALOGUES)
