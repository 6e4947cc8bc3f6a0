"""Builds the assistant's turns: from raw text, from an API's structured calls, and joins tool results to calls."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from spectool.model import Call, Message, Parsed, Result, Step
from spectool.read.dialects.arguments import arguments_from
from spectool.read.dialects.framing import answer
from spectool.read.dialects.scan import scan

NativeCall = tuple[str | None, str, str | Mapping[str, Any] | None]
"""(id, name, arguments) of a structured call, the arguments as the log holds them."""


def step_from_text(
    text: str,
    *,
    asked: str | None = None,
    names: Collection[str] = (),
    tool_set: int = 0,
    finish_reason: str | None = None,
    reasoning: str = "",
    agent: str | None = None,
    time: float | None = None,
) -> Step:
    """The turn that ``text`` is: calls read in whatever syntax they are in; spans count in ``text``, kept as ``raw``.

    Args:
        text: what the model generated, special tokens and reasoning included where the log has them.
        asked: the dialect asked for, ``None`` when unknown.
        names: the tools offered at this step; an empty collection means unknown.
        tool_set: index into the trajectory's tool sets.
        finish_reason: why the engine stopped, e.g. ``stop`` or ``length``.
        reasoning: what the engine had already split off as reasoning.
        agent: who spoke, where several agents do.
        time: seconds the turn took.
    """
    parsed, dialect = scan(text, asked=asked, names=names, finish_reason=finish_reason)
    thought = _joined_lines(reasoning, parsed.reasoning)
    calls = _calls(parsed)
    if not calls and reasoning and not parsed.text:
        calls, dialect = _drafted(reasoning, asked, names)
    return Step(
        text=parsed.text, reasoning=thought, calls=calls, raw=text, tool_set=tool_set,
        dialect=dialect, finish_reason=finish_reason, agent=agent, time=time,
    )  # fmt: skip


def step_from_native(
    content: str | None,
    calls: Sequence[NativeCall],
    *,
    names: Collection[str] = (),
    asked: str | None = None,
    tool_set: int = 0,
    finish_reason: str | None = None,
    reasoning: str = "",
    agent: str | None = None,
    time: float | None = None,
) -> Step:
    """The turn of an API that returns calls as structure.

    Where it returned none, ``content`` is searched for an attempt: several engines' parsers leave the whole text there when one
    call of it is broken. Arguments are as in ``step_from_text``, and so is the result in that case.
    """
    if not calls:
        return step_from_text(
            content or "", asked=asked, names=names, tool_set=tool_set, finish_reason=finish_reason,
            reasoning=reasoning, agent=agent, time=time,
        )  # fmt: skip
    said = answer(content or "")
    return Step(
        text=said.text,
        reasoning=_joined_lines(reasoning, said.reasoning),
        calls=tuple(native_call(*call) for call in calls),
        raw=content,
        tool_set=tool_set,
        dialect="native",
        finish_reason=finish_reason,
        agent=agent,
        time=time,
    )


def native_call(identifier: str | None, name: str, arguments: str | Mapping[str, Any] | None) -> Call:
    """One structured call; its problem's offset counts in ``raw``, the arguments as written."""
    decoded, problem = arguments_from(arguments)
    return Call(id=identifier, name=name, arguments=decoded, problem=problem, raw=arguments if isinstance(arguments, str) else "")


def _joined_lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _calls(parsed: Parsed) -> tuple[Call, ...]:
    return (*parsed.calls, *[Call(name="", problem=problem) for problem in parsed.problems]) if parsed.problems else parsed.calls


def _drafted(reasoning: str, asked: str | None, names: Collection[str]) -> tuple[tuple[Call, ...], str | None]:
    """The last call in reasoning of a turn that says nothing else; it has no place in the turn's text."""
    parsed, dialect = scan(f"<think>{reasoning}</think>", asked=asked, names=names)
    return tuple(replace(call, span=None, problem=_placeless(call)) for call in parsed.calls), dialect


def _placeless(call: Call) -> Any:
    return replace(call.problem, offset=None) if call.problem else None


def with_results(turns: Iterable[Message | Step], results: Sequence[tuple[str | None, Result]]) -> tuple[Message | Step, ...]:
    """The turns with each result joined to its call: by id, and where ids are missing or unknown, in order.

    An id used again later takes its results in the order in which they came.

    Args:
        turns: of one trajectory, in order; tool messages stay where they are.
        results: (call id, result), in the order in which they came.
    """
    turns = tuple(turns)
    known = {call.id for turn in turns if isinstance(turn, Step) for call in turn.calls if call.id}
    by_id: dict[str, deque[Result]] = {}
    in_order: deque[Result] = deque()
    for identifier, result in results:
        (by_id.setdefault(identifier, deque()) if identifier and identifier in known else in_order).append(result)
    return tuple(_joined(turn, by_id, in_order) if isinstance(turn, Step) else turn for turn in turns)


def _joined(step: Step, by_id: Mapping[str, deque[Result]], in_order: deque[Result]) -> Step:
    if not step.calls:
        return step
    return replace(step, calls=tuple(_answered(call, by_id, in_order) for call in step.calls))


def _answered(call: Call, by_id: Mapping[str, deque[Result]], in_order: deque[Result]) -> Call:
    # Ids that the log gives to calls and results alike are trusted; order is for logs without them.
    waiting = by_id.get(call.id or "", in_order if not (call.id and by_id) else None)
    return replace(call, result=waiting.popleft()) if waiting else call
