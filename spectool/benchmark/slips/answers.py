"""What the model says at the end, held against the claims of the gold's answer."""

from __future__ import annotations

from random import Random

import msgspec

from spectool.benchmark.draft import Draft, Mark, Turn
from spectool.benchmark.slips.places import Slipped

# What the gold claims, an answer without it, and one with another figure.
CLAIM = "The reference number is 77310."
SILENT = "All of it is done."
WRONG = "The reference number is 88425."


def incomplete_answer(draft: Draft, rng: Random) -> Slipped | None:
    """A claim of the gold's answer that the final answer leaves out."""
    return _answering(draft, SILENT, "incomplete_answer")


def wrong_answer(draft: Draft, rng: Random) -> Slipped | None:
    """A claim of the gold's answer told with another figure."""
    return _answering(draft, WRONG, "wrong_answer")


def _answering(draft: Draft, words: str, error: str) -> Slipped | None:
    if draft.gold is None or draft.taken or not draft.moves or draft.gold.answer:
        return None
    said = Turn(id=draft.new_id(), say=words)
    after = msgspec.structs.replace(draft.ending(said), gold=msgspec.structs.replace(draft.gold, answer=(CLAIM,)))
    return after, (Mark(error=error, subtype="claim", tier="candidate", turn=said.id),)
