"""Inspect AI and Inspect Scout: a scorer and a scanner that find the error patterns of tool calls.

Needs the packages of the extra ``inspect``. Both give one value a pattern: whether the sample has it, and nothing (a score that is left
out of the metrics, a result without value) where it could not be judged, with the reason. docs/integrations.md shows both at work.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from spectool.integrations.inspect_samples import Told, checks_from, judged, written
from spectool.model import GoldMode

try:
    from inspect_ai.log import transcript as running_transcript
    from inspect_ai.scorer import Reference, Score, Scorer, Target, mean, scorer, stderr
    from inspect_ai.solver import TaskState
    from inspect_scout import Result, Scanner, Transcript, scanner
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(f"{missing}: install what Inspect needs with pip install 'spectool[inspect]'") from missing

__all__ = ["tool_errors", "tool_errors_scorer"]

# Of a model event, what a trajectory needs: not the conversation again.
_KEPT = {"event", "tools", "tool_choice", "config", "output"}


@scanner(messages="all", events=["model"], version=1)
def tool_errors(
    patterns: Sequence[str] | None = None, tasks: str | None = None, tools: str | None = None, gold_mode: GoldMode | None = None
) -> Scanner[Transcript]:
    """Scans transcripts for the error patterns of tool calls: one result a pattern, with the messages it cites.

    Args:
        patterns: Codes (`spectool taxonomy`); default: the seven of ToolScan.
        tasks: File or folder of tasks whose gold and tools are joined by sample id.
        tools: File with the tools offered, for transcripts whose model events are not there.
        gold_mode: How strictly gold binds; default: each gold's own mode.
    """
    checks = checks_from(patterns, tasks, tools, gold_mode)

    async def scan(transcript: Transcript) -> list[Result]:
        messages, events = _dumped(transcript.messages), _events(transcript.events)
        sample = {
            "id": transcript.task_id or transcript.transcript_id,
            "epoch": transcript.task_repeat,
            "messages": messages,
            "events": events,
        }
        header = {"task": transcript.task_set, "model": transcript.model, "created": transcript.date}
        ids = [message.id for message in transcript.messages]
        return [_result(told, ids) for told in judged(sample, header, transcript.source_uri or transcript.transcript_id, checks)]

    return scan


@scorer(metrics={"*": [mean(), stderr()]})
def tool_errors_scorer(
    patterns: Sequence[str] | None = None, tasks: str | None = None, tools: str | None = None, gold_mode: GoldMode | None = None
) -> Scorer:
    """Scores samples by the error patterns of their tool calls: 1 where a pattern occurs, so that means are rates of samples with it.

    Args: as ``tool_errors``.
    """
    checks = checks_from(patterns, tasks, tools, gold_mode)

    async def score(state: TaskState, target: Target) -> Score:
        events = _events(running_transcript().events)
        sample = {"id": state.sample_id, "epoch": state.epoch, "messages": _dumped(state.messages), "events": events}
        found = list(judged(sample, {"model": str(state.model)}, str(state.sample_id), checks))
        ids = [message.id for message in state.messages]
        return Score(
            value={told.pattern: math.nan if told.found is None else float(told.found) for told in found},
            answer=", ".join(told.pattern for told in found if told.found) or "none found",
            explanation="\n".join(told.explanation for told in found),
            metadata={
                "scanner_references": list({each.cite: each.model_dump() for told in found for each in _references(told, ids)}.values()),
                "findings": [finding for told in found for finding in written(told.findings)],
            },
        )

    return score


def _result(told: Told, ids: Sequence[str | None]) -> Result:
    return Result(
        value=told.found,
        label=told.pattern,
        explanation=told.explanation,
        references=_references(told, ids),
        metadata={"findings": written(told.findings), "assessed": told.assessed},
    )


def _references(told: Told, ids: Sequence[str | None]) -> list[Reference]:
    cited = ((cite, ids[position]) for cite, position in told.cited.items() if position < len(ids))
    return [Reference(type="message", cite=cite, id=name) for cite, name in cited if name is not None]


def _dumped(items: Sequence[Any]) -> list[dict[str, Any]]:
    return [item.model_dump(mode="json", exclude_none=True) for item in items]


def _events(events: Sequence[Any]) -> list[dict[str, Any]]:
    """The model events, as logs write them."""
    return [event.model_dump(mode="json", exclude_none=True, include=_KEPT) for event in events if event.event == "model"]
