"""All that tasks of the data environment are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.data.dev import DEV
from spectool.benchmark.templates.data.dev_acting import DEV_ACTING
from spectool.benchmark.templates.data.dialogues import DIALOGUES
from spectool.benchmark.templates.data.held_out import TEST
from spectool.benchmark.templates.data.held_out_acting import TEST_ACTING
from spectool.benchmark.templates.data.val import VAL

BOOK = Book(environment="data", templates=(*DEV, *DEV_ACTING, *VAL, *TEST, *TEST_ACTING), dialogues=DIALOGUES)
