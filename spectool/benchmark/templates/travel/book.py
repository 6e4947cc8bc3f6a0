"""All that travel tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.travel import (
    dev_hotels,
    dev_rooms,
    dev_trips,
    dialogues,
    reported,
    reported_bookings,
    reported_dialogues,
    val,
)

TEMPLATES = (
    *(*dev_trips.TEMPLATES, *dev_hotels.TEMPLATES, *dev_rooms.TEMPLATES),
    *val.TEMPLATES,
    *(*reported.TEMPLATES, *reported_bookings.TEMPLATES),
)
BOOK = Book(environment="travel", templates=TEMPLATES, dialogues=(*dialogues.DIALOGUES, *reported_dialogues.DIALOGUES))
