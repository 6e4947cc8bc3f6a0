"""Inspect logs: ``.eval`` (a zip of samples) and ``.json`` (one document), read without inspect_ai.

- Each sample is a trajectory; ``epoch`` numbers repeats. ``attachment://`` references are resolved.
- Members packed with zstd (method 93), which Python's zip reader knows only from 3.14 on, are unpacked here.
- Tools are those of the model events; where they change, each step points at what was offered to it. Logs without events name no tools.
- A call's ``parse_error`` is a problem of the call; a tool message's ``error`` marks its result as failed.
- The first score is the reward: ``C`` 1, ``P`` 0.5, ``I`` and ``N`` 0, or the number it is.

Source: UK AISI, inspect_ai, ``src/inspect_ai/log`` (MIT).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from spectool.model import Message, ParseProblem, Rejected, Request, Step, Task, Tool, Trajectory
from spectool.read.formats.inspect_zip import is_eval, members
from spectool.read.formats.openai_messages import turns_from_messages
from spectool.read.join import Joined, Turns
from spectool.read.record import as_list, as_object, as_text, rejected
from spectool.read.request import request_from
from spectool.read.source import FormatError, Source, decode
from spectool.read.tools import tools_from

NAME = "inspect"
DESCRIPTION = "Inspect logs, .eval and .json, one trajectory a sample and epoch"
EXAMPLE = (
    '{"version": 2, "status": "success", "eval": {"task": "weather", "model": "some/model"}, "samples": [{"id": 1, "epoch": 1, "input": '
    '"Weather in Paris?", "target": "18C", "messages": [{"role": "user", "content": "Weather in Paris?"}, {"role": "assistant", '
    '"content": "", '
    '"tool_calls": [{"id": "c1", "function": "get_weather", "arguments": {"city": "Paris"}, "type": "function"}]}], '
    '"scores": {"match": {"value": "C"}}}]}'
)

ATTACHMENT = "attachment://"
MAX_DEPTH = 100
_GRADES = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}
_STOPS = {"max_tokens": "length", "model_length": "length"}
_LIMITS = {"message": "message_limit", "token": "token_limit", "time": "timeout", "working": "timeout", "context": "context_length"}


def sniff(source: Source) -> float:
    """By the zip's members, or the keys of a log document."""
    if is_eval(source):
        return 0.95
    first = next(iter(source.sample()), None)
    known = isinstance(first, Mapping) and isinstance(first.get("eval"), Mapping) and "version" in first and "status" in first
    return 0.95 if known else 0.0


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a sample, numbered as they come."""
    try:
        header, samples = _opened(source)
        for number, sample in samples:
            if isinstance(sample, Rejected):
                yield sample
                continue
            try:
                yield trajectory_of(source, number, header, as_object(sample, "a sample"), tasks)
            except (FormatError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
                yield rejected(source, number, f"expected an Inspect sample: {error}", sample)
    except FormatError as error:
        yield rejected(source, None, str(error))


def _opened(source: Source) -> tuple[Mapping[str, Any], Iterator[tuple[int, Any]]]:
    """What the log says of the evaluation, and its samples."""
    if not is_eval(source):
        document = as_object(source.document(), "an Inspect log")
        samples = as_list(document.get("samples"), "samples")
        return as_object(document.get("eval"), "eval"), iter(list(enumerate(samples, 1)))
    # A log of an evaluation that is still running has a start entry in place of the header.
    found: Any = next((decode(data) for _, data in members(source, ("header.json", "_journal/start.json"))), {})
    return as_object(as_object(found, "header.json").get("eval", {}), "eval"), _zipped(source)


def _zipped(source: Source) -> Iterator[tuple[int, Any]]:
    for number, (name, data) in enumerate(members(source, ("samples/",)), 1):
        try:
            yield number, decode(data)
        except FormatError as error:
            yield number, rejected(source, number, f"{name}: {error}")


def trajectory_of(
    source: Source, number: int, header: Mapping[str, Any], sample: Mapping[str, Any], tasks: Mapping[str, Task]
) -> Trajectory:
    """One sample as a log writes it, also while it runs; ``header`` names ``task``, ``model``, ``run_id`` and ``created``, where known."""
    attachments = sample.get("attachments") or {}
    events = [event for event in as_list(sample.get("events"), "events") if isinstance(event, Mapping) and event.get("event") == "model"]
    sets, of_event = _tool_sets([_resolved(event.get("tools"), attachments) for event in events])
    name, task = as_text(sample.get("id")), as_text(header.get("task"))
    joined = Joined(tasks, (f"{task}/{name}", name), sets, _request(events))
    messages = as_list(_resolved(sample.get("messages"), attachments), "messages")
    turns = turns_from_messages(messages, names=joined.names, asked="native")
    turns = _with_events(with_problems(messages, turns), events, of_event)
    failure = sample.get("error")
    if failure:
        turns = (*turns, Step(text=_error_text(failure), finish_reason="error"))
    limit = sample.get("limit")
    reason = (
        {"termination_reason": _LIMITS.get(as_text(limit.get("type")), as_text(limit.get("type")))} if isinstance(limit, Mapping) else {}
    )
    scorer, reward = _score(sample)
    # What Inspect Scout knows the sample by.
    transcript = {"transcript_id": uuid} if (uuid := as_text(sample.get("uuid"))) else {}
    return joined.trajectory(
        source,
        number,
        turns,
        form=NAME,
        sample=max(int(sample.get("epoch") or 1) - 1, 0),
        model=as_text(header.get("model")),
        run=as_text(header.get("run_id")),
        reward=reward,
        time=as_text(header.get("created")) or None,
        meta={"category": task, "environment": task, **transcript, **({"scorer": scorer} if scorer else {}), **reason},
    )


def _resolved(value: Any, attachments: Mapping[str, Any], depth: int = 0) -> Any:
    """The value with attachment references replaced by what they stand for.

    Raises:
        FormatError: it is deeper than any log.
    """
    if depth > MAX_DEPTH:
        raise FormatError(f"expected at most {MAX_DEPTH} levels in a message, got more")
    if isinstance(value, str):
        return attachments.get(value.removeprefix(ATTACHMENT), value) if value.startswith(ATTACHMENT) else value
    if isinstance(value, list):
        return [_resolved(item, attachments, depth + 1) for item in value]
    if isinstance(value, dict):
        return {name: _resolved(item, attachments, depth + 1) for name, item in value.items()}
    return value


def _tool_sets(offered: Sequence[Any]) -> tuple[tuple[tuple[Tool, ...], ...], list[int]]:
    """The different tool sets in the order they come, and each event's index among them."""
    sets: list[tuple[Tool, ...]] = []
    of_event: list[int] = []
    for raw in offered:
        tools = tools_from(raw)
        if tools not in sets:
            sets.append(tools)
        of_event.append(sets.index(tools))
    return (tuple(sets) if any(sets) else ()), of_event


def _request(events: Sequence[Mapping[str, Any]]) -> Request:
    if not events:
        return Request(dialect="native")
    config = events[0].get("config")
    settings = {**(config if isinstance(config, Mapping) else {}), "tool_choice": events[0].get("tool_choice")}
    return replace(request_from(settings), dialect="native")


def with_problems(messages: Sequence[Mapping[str, Any]], turns: Turns) -> Turns:
    """The turns (one a message) with the parse errors that Inspect found in calls."""
    return tuple(_with_problem(message, turn) for message, turn in zip(messages, turns, strict=True))


def _with_problem(message: Mapping[str, Any], turn: Message | Step) -> Message | Step:
    logged = as_list(message.get("tool_calls"), "tool_calls")
    if isinstance(turn, Message) or len(logged) != len(turn.calls) or not any(call.get("parse_error") for call in logged):
        return turn
    found = [as_text(call.get("parse_error")) for call in logged]
    calls = (
        replace(call, arguments=None, problem=ParseProblem(kind="malformed", message=error[:200])) if error else call
        for call, error in zip(turn.calls, found, strict=True)
    )
    return replace(turn, calls=tuple(calls))


def _with_events(turns: Turns, events: Sequence[Mapping[str, Any]], of_event: Sequence[int]) -> Turns:
    """Steps with what their model event knows; only where there is one event a step (others branch or compact the conversation)."""
    if sum(isinstance(turn, Step) for turn in turns) != len(events):
        return turns
    known = iter(zip(events, of_event, strict=True))
    return tuple(_of_event(turn, *next(known)) if isinstance(turn, Step) else turn for turn in turns)


def _of_event(step: Step, event: Mapping[str, Any], tool_set: int) -> Step:
    output = event.get("output")
    choices = as_list(output.get("choices"), "choices") if isinstance(output, Mapping) else []
    stop = as_text(choices[0].get("stop_reason")) if choices else ""
    return replace(step, tool_set=tool_set, finish_reason=_STOPS.get(stop, stop) or step.finish_reason)


def _score(sample: Mapping[str, Any]) -> tuple[str, float | None]:
    scores = sample.get("scores")
    for name, score in scores.items() if isinstance(scores, Mapping) else ():
        value = score.get("value") if isinstance(score, Mapping) else None
        if isinstance(value, str):
            return name, _GRADES.get(value)
        return name, float(value) if isinstance(value, bool | int | float) else None
    return "", None


def _error_text(failure: Any) -> str:
    return as_text(failure.get("message")) if isinstance(failure, Mapping) else as_text(failure)
