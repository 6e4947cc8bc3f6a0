"""Was the model sure: the least probability of a token in the value, in the call's name, in the whole call?"""

from __future__ import annotations

import math
from collections.abc import Mapping

from spectool.classify.attempt import Attempt
from spectool.model import Step
from spectool.read.token_spans import Span, call_tokens, value_tokens
from spectool.tagger.view import Slot, View

UNKNOWN = -1.0
ARGUMENT: Mapping[str, str] = {
    "value_least_probability": "least probability of a token in the value",
    "value_mean_probability": "mean probability of the tokens in the value",
}
CALL: Mapping[str, str] = {
    "call_least_probability": "least probability of a token in the call",
    "call_mean_probability": "mean probability of the tokens in the call",
}


def of_argument(view: View, slot: Slot) -> tuple[float, ...]:
    """The probabilities of a value's tokens; ``UNKNOWN`` where the log has none."""
    step = view.trajectory.turns[slot.attempt.step]
    if not slot.given or not isinstance(step, Step) or not step.logprobs:
        return UNKNOWN, UNKNOWN
    return _probabilities(step, value_tokens(step, slot.attempt.call, slot.name))


def of_call(view: View, attempt: Attempt) -> tuple[float, ...]:
    """The probabilities of a call's tokens; ``UNKNOWN`` where the log has none."""
    step = view.trajectory.turns[attempt.step]
    if not isinstance(step, Step) or not step.logprobs:
        return UNKNOWN, UNKNOWN
    return _probabilities(step, call_tokens(step, attempt.call))


def _probabilities(step: Step, span: Span | None) -> tuple[float, ...]:
    if span is None or step.logprobs is None or span[0] >= span[1]:
        return UNKNOWN, UNKNOWN
    values = [math.exp(min(each.logprob, 0.0)) for each in step.logprobs[span[0] : span[1]] if not math.isnan(each.logprob)]
    return (min(values), sum(values) / len(values)) if values else (UNKNOWN, UNKNOWN)
