"""Every slip that can be planted in a run whose calls a world answers, in the order of the taxonomy.

Most are those of ``registry``: they change how a call is written. Those that concern a whole run are planted otherwise here, since such a
run has replies, words after them, and perhaps several user turns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

import msgspec

from spectool.benchmark.draft import Conduct, Draft
from spectool.benchmark.slips import besides, endings, undone
from spectool.benchmark.slips.places import Slipped
from spectool.benchmark.slips.registry import SLIPS, Slip


def out_of_steps(draft: Draft, rng: Random) -> Slipped | None:
    """The last step that the request allows still calls; half of the harnesses say that they stopped the run."""
    slipped = endings.out_of_steps(draft, rng)
    if slipped is None:
        return None
    meta = {name: value for name, value in draft.meta.items() if name != "stopped"}
    stopped = {"stopped": "max_steps"} if rng.random() < 0.5 else {}
    return msgspec.structs.replace(slipped[0], meta={**meta, **stopped}), slipped[1]


def engine_failed(draft: Draft, rng: Random) -> Slipped | None:
    """An error message of the engine in place of the last words."""
    if draft.turns and draft.turns[-1].moves:
        return None
    slipped = endings.engine_failed(draft, rng)
    return slipped and (msgspec.structs.replace(slipped[0], meta={**draft.meta, "stopped": "error"}), slipped[1])


def cut(draft: Draft, rng: Random) -> Slipped | None:
    """The engine's length limit in the middle of the last call, after which the run goes on."""
    slipped = endings.cut(draft.ending(), rng)
    if slipped is None:
        return None
    words = draft.parts[len(draft.ending().parts) :]
    return msgspec.structs.replace(slipped[0], parts=(*slipped[0].parts, *words)), slipped[1]


OWN: Mapping[str, Callable[[Draft, Random], Slipped | None]] = {
    "IAC.no_call": undone.no_call,
    "IAC.missing_parallel": undone.missing_parallel,
    "IAC.stopped_early": undone.stopped_early,
    "IAC.missing_call": undone.missing_call,
    "unneeded_call.no_call_due": besides.unneeded_call,
    "extra_call.unmatched": besides.extra_call,
    "budget_limit.steps": out_of_steps,
    "wrong_answer.claim": besides.wrong_answer,
    "incomplete_answer.claim": besides.incomplete_answer,
    "truncated.length": cut,
    "inference_error.error": engine_failed,
}
# These are not planted but follow from how the agent goes on after a call that was refused.
BY_CONDUCT: Mapping[str, Conduct] = {
    "RAC.retry_same_error": "repeats",
    "unrecovered_error.gave_up": "gives_up",
    "ignored_tool_error.continued": "passes_over",
}
IN_WORLDS: tuple[Slip, ...] = tuple(
    msgspec.structs.replace(slip, plant=OWN.get(slip.name, slip.plant)) for slip in SLIPS if slip.name not in BY_CONDUCT
)
