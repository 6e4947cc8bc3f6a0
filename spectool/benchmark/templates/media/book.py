"""All requests about media."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.media import library, listening, reading
from spectool.benchmark.templates.media.dialogues import DIALOGUES

BOOK = Book(
    environment="media",
    templates=(*reading.TEMPLATES, *listening.TEMPLATES, *library.TEMPLATES),
    dialogues=DIALOGUES,
)
