"""Decisions that an attribution rests on: each has a name, says what it forgives, and can be turned alone.

A failure is as excusable as its least excusable slip: a set of decisions forgives it only if each of its slips is covered by one of them.
Where several cover a slip, it is put down to the first in the order of ``DECISIONS``, so nothing is counted twice; and the cause of a
forgiven failure is the last that its slips are put down to: harness, then gold, then format.

Slips are findings that are certain or likely; an event is none, since it blames nobody, and a candidate is none, since nothing proves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

Cause = Literal["harness", "gold", "format"]
CAUSES: tuple[Cause, ...] = ("harness", "gold", "format")

# Patterns that are found by comparing with gold: they stand and fall with it. What a schema or a syntax proves does not.
OF_GOLD = ("IAC", "wrong_tool", "unneeded_call", "extra_call", "wrong_order", "wrong_answer", "incomplete_answer")
OF_GOLD_VALUES = ("omitted", "boolean_flipped", "unexpected", "scale", "format_variant", "reordered", "partial", "other")


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision of ours.

    ``covers`` is an SQL condition on a finding ``f``, its attempt ``v`` and the systemic subtype ``s`` that it belongs to, if any; it is
    written here, never by a user. ``cause`` is the part of the attribution it belongs to; ``None`` for one that is not made by default and
    is shown for its weight only.
    """

    name: str
    says: str
    cause: Cause | None
    covers: str


def _among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


# A repaired call is right only if its values were held against gold that binds them; a harness's reward alone does not tell.
COMPARED = "v.compared"
AGAINST_GOLD = f"{_among('f.error', OF_GOLD)} OR (f.error = 'IAV' AND {_among('f.subtype', OF_GOLD_VALUES)})"

DECISIONS: tuple[Decision, ...] = (
    Decision(
        name="no_turn",
        says="a record without any turn of the model says nothing of the model",
        cause="harness",
        covers="v.silent",
    ),
    Decision(
        name="artefacts",
        says="what the harness cut, lost or renamed (artefacts) is no failure of the model",
        cause="harness",
        covers="f.level = 'artefact'",
    ),
    Decision(
        name="harness_faults",
        says="a slip that the harness let through or made (fault harness) is no failure of the model",
        cause="harness",
        covers="f.fault = 'harness' AND f.level <> 'artefact'",
    ),
    Decision(
        name="environment_faults",
        says="a slip of a tool or of the simulated user (fault tool, user) is no failure of the model",
        cause="harness",
        covers="f.fault IN ('tool', 'user')",
    ),
    Decision(
        name="systemic",
        says="one subtype behind most failures of a model, of a kind that a parser or a template causes wholesale, is the harness's",
        cause="harness",
        covers="s.name IS NOT NULL",
    ),
    Decision(
        name="gold_faults",
        says="a slip against the schema that the gold itself makes (fault task) is no failure of the model",
        cause="gold",
        covers="f.fault = 'task'",
    ),
    Decision(
        name="gold_suspects",
        says="a difference from gold that is highly suspect is no failure of the model",
        cause="gold",
        covers=f"v.suspect AND ({AGAINST_GOLD})",
    ),
    Decision(
        name="recoverable_calls",
        says="a call in a fence, amid prose or in another syntax that can be read without guessing (IFE with a repair) counts as written",
        cause="format",
        covers=f"{COMPARED} AND f.error = 'IFE' AND f.repair IS NOT NULL",
    ),
    Decision(
        name="coercible_types",
        says="a value of another type with one right reading (IAT.coercible) counts as that reading",
        cause="format",
        covers=f"{COMPARED} AND f.error = 'IAT' AND f.subtype = 'coercible' AND f.repair IS NOT NULL",
    ),
    Decision(
        name="near_names",
        says="an argument under a name misspelt beyond doubt (IAN.near_miss) counts under the right one",
        cause="format",
        covers=f"{COMPARED} AND f.error = 'IAN' AND f.subtype = 'near_miss' AND f.repair IS NOT NULL",
    ),
    Decision(
        name="format_variants",
        says="the gold's value written otherwise (IAV.format_variant) counts as the gold's value",
        cause="format",
        covers=f"{COMPARED} AND f.error = 'IAV' AND f.subtype = 'format_variant'",
    ),
    Decision(
        name="unanimous_models",
        says="a difference from gold is no failure where all of at least three models give one and the same answer against it",
        cause=None,
        covers=f"v.unanimous AND ({AGAINST_GOLD})",
    ),
    Decision(
        name="reordered",
        says="the gold's list in another order (IAV.reordered) counts as the gold's list",
        cause=None,
        covers="f.error = 'IAV' AND f.subtype = 'reordered'",
    ),
    Decision(
        name="optionals",
        says="an optional argument that the gold does not expect (IAV.unexpected) is no failure",
        cause=None,
        covers="f.error = 'IAV' AND f.subtype = 'unexpected'",
    ),
    Decision(
        name="repeats",
        says="the same call twice in one batch (RAC.same_batch) is no failure",
        cause=None,
        covers="f.error = 'RAC' AND f.subtype = 'same_batch'",
    ),
)


def bit(decision: Decision) -> int:
    """The decision's place in a mask."""
    return 1 << DECISIONS.index(decision)


def mask_of(*causes: Cause) -> int:
    """The decisions of these causes together."""
    return sum(bit(decision) for decision in DECISIONS if decision.cause in causes)


def forgives(mask: int, covers: Sequence[int]) -> bool:
    """Whether the decisions of ``mask`` cover every slip; ``covers``: of each kind of slip, the mask of all decisions that cover it."""
    return bool(covers) and all(cover & mask for cover in covers)


def put_down_to(covers: Sequence[int]) -> tuple[Decision, ...]:
    """The decisions that the slips of a forgiven failure are put down to, in order: of each slip the first that covers it."""
    first = {cover & -cover for cover in covers}
    return tuple(decision for decision in DECISIONS if bit(decision) in first)
