"""Every slip that can be planted, in the order of the taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import msgspec

from spectool.benchmark.draft import Draft
from spectool.benchmark.slips import (
    answers,
    argument_names,
    conversation,
    endings,
    formats,
    missing_calls,
    repeats,
    schemas,
    selection,
    tool_names,
    types,
    values_by_gold,
    values_by_schema,
)
from spectool.benchmark.slips.places import Slipped


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """A way to break an answer: ``plant`` does it, or returns ``None`` where the draft offers no place for it.

    ``invocation`` slips concern a single call, so that two of them (on different calls or arguments) keep out of each other's way; of the
    others, which change what is called, at most one fits in an answer.
    """

    error: str
    subtype: str
    plant: Callable[[Draft, Random], Slipped | None]
    invocation: bool = True

    @property
    def name(self) -> str:
        """``error.subtype``."""
        return f"{self.error}.{self.subtype}"


def _call(error: str, subtype: str, plant: Callable[[Draft, Random], Slipped | None]) -> Slip:
    return Slip(error=error, subtype=subtype, plant=plant)


def _run(error: str, subtype: str, plant: Callable[[Draft, Random], Slipped | None]) -> Slip:
    return Slip(error=error, subtype=subtype, plant=plant, invocation=False)


SLIPS: tuple[Slip, ...] = (
    _run("IFE", "wrapped", formats.wrapped),
    _run("IFE", "other_syntax", formats.other_syntax),
    _run("IFE", "positional", formats.positional),
    _run("IFE", "truncated", formats.truncated),
    _run("IFE", "in_reasoning", formats.in_reasoning),
    _run("IFE", "bad_shape", formats.bad_shape),
    _run("IFE", "malformed", formats.malformed),
    _call("IFN", "near_miss", tool_names.near_miss),
    _call("IFN", "not_offered", tool_names.not_offered),
    _call("IFN", "invented", tool_names.invented),
    _call("IAN", "near_miss", argument_names.near_miss),
    _call("IAN", "misplaced", argument_names.misplaced),
    _call("IAN", "other_tool", argument_names.other_tool),
    _call("IAN", "unknown", argument_names.unknown),
    _call("IAT", "coercible", types.coercible),
    _call("IAT", "null", types.null),
    _call("IAT", "container", types.container),
    _call("IAT", "nested", types.nested),
    _call("IAT", "incompatible", types.incompatible),
    _call("IAV", "missing_required", values_by_schema.missing_required),
    _call("IAV", "placeholder", values_by_schema.placeholder),
    _call("IAV", "outside_enum", values_by_schema.outside_enum),
    _call("IAV", "outside_bounds", values_by_schema.outside_bounds),
    _run("IAV", "premature_dependency", conversation.premature_dependency),
    _call("IAV", "premature_dependency", conversation.reference),
    _run("IAV", "stale_value", conversation.stale_value),
    _call("IAV", "omitted", values_by_gold.omitted),
    _call("IAV", "boolean_flipped", values_by_gold.flipped),
    _call("IAV", "unexpected", values_by_gold.unexpected),
    _call("IAV", "scale", values_by_gold.scale),
    _call("IAV", "format_variant", values_by_gold.format_variant),
    _call("IAV", "reordered", values_by_gold.reordered),
    _call("IAV", "partial", values_by_gold.partial),
    _call("IAV", "other", values_by_gold.other),
    _run("IAV", "ungrounded", conversation.ungrounded),
    _run("IAC", "no_call", missing_calls.no_call),
    _run("IAC", "missing_parallel", missing_calls.missing_parallel),
    _run("IAC", "stopped_early", missing_calls.stopped_early),
    _run("IAC", "missing_call", missing_calls.missing_call),
    _run("RAC", "same_batch", repeats.same_batch),
    _run("RAC", "exact", repeats.exact),
    _run("RAC", "loop", repeats.loop),
    _run("RAC", "retry_same_error", repeats.retry_same_error),
    _run("wrong_tool", "offered", selection.wrong_tool),
    _run("wrong_tool", "forced", selection.forced),
    _run("unneeded_call", "no_call_due", selection.unneeded_call),
    _run("unneeded_call", "tool_choice_none", selection.switched_off),
    _run("extra_call", "unmatched", selection.extra_call),
    _run("wrong_order", "order", selection.wrong_order),
    _run("ignored_tool_error", "continued", endings.ignored_tool_error),
    _run("unrecovered_error", "gave_up", endings.unrecovered_error),
    _run("constraint_violation", "parallel", selection.parallel),
    _run("constraint_violation", "limit", selection.limit),
    _run("budget_limit", "steps", endings.out_of_steps),
    _run("budget_limit", "tokens", endings.out_of_tokens),
    _run("wrong_answer", "claim", answers.wrong_answer),
    _run("incomplete_answer", "claim", answers.incomplete_answer),
    _run("refusal", "refused", endings.refused),
    _run("truncated", "length", endings.cut),
    _run("inference_error", "error", endings.engine_failed),
    _run("name_alias", "separator", tool_names.name_alias),
    _run("lost_call", "parallel", endings.lost_call),
    _run("schema_unresolvable", "reference", schemas.reference),
    _run("schema_unresolvable", "invalid", schemas.invalid),
)


def slips_named(names: Sequence[str]) -> tuple[Slip, ...]:
    """The slips of these names, ``IAV`` for all of a pattern and ``IAV.scale`` for one; all of them where no name is given.

    Raises:
        ValueError: There is none of a name; the message lists them.
    """
    for name in names:
        if not any(name in (slip.error, slip.name) for slip in SLIPS):
            raise ValueError(f"expected one of {', '.join(slip.name for slip in SLIPS)}, got '{name[:80]}'")
    return tuple(slip for slip in SLIPS if not names or slip.error in names or slip.name in names)
