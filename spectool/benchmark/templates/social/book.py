"""All that tasks of the social environment are drawn from: for testing only."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.social.acting import ACTING
from spectool.benchmark.templates.social.dialogues import DIALOGUES
from spectool.benchmark.templates.social.reading import READING
from spectool.benchmark.templates.social.steps import STEPS

BOOK = Book(environment="social", templates=(*READING, *STEPS, *ACTING), dialogues=DIALOGUES)
