"""All that travel tasks are drawn from."""

from __future__ import annotations

from spectool.benchmark.template import Book
from spectool.benchmark.templates.travel import (
    dev_hotels,
    dev_rooms,
    dev_trips,
    dialogues,
    held_out,
    held_out_bookings,
    held_out_dialogues,
    val,
)

TEMPLATES = (
    *(*dev_trips.TEMPLATES, *dev_hotels.TEMPLATES, *dev_rooms.TEMPLATES),
    *val.TEMPLATES,
    *(*held_out.TEMPLATES, *held_out_bookings.TEMPLATES),
)
BOOK = Book(environment="travel", templates=TEMPLATES, dialogues=(*dialogues.DIALOGUES, *held_out_dialogues.DIALOGUES))
