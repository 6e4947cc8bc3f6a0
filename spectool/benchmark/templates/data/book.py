"""All that tasks of the data environment are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.data.dev import DEV

BOOK = Book(environment="data", templates=(*DEV,), dialogues=())
