"""Which kind of absence a gold call is that was never made, from how the perfect run makes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spectool.benchmark.draft import Draft, Mark, Move, Turn
from spectool.benchmark.knowing import values_in
from spectool.model import Message
