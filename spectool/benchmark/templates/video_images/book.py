"""All requests to the stock archive."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.video_images import dev, held_out, val
from spectool.benchmark.templates.video_images.dialogues import DIALOGUES

BOOK = Book(environment="video_images", templates=(*dev.TEMPLATES, *val.TEMPLATES, *held_out.TEMPLATES), dialogues=DIALOGUES)
