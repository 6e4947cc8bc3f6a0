"""What writers of rows share: replies with the ids of their calls, tools as JSON, and structs without their defaults."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec

from spectool.model import Call, Message, Step, Tool


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A tool's answer with the call it belongs to; ``call_id`` is empty where no call asked for it."""

    call_id: str
    name: str
    content: str
    is_error: bool = False


Written = Message | Step | Reply
_SCALARS = frozenset({str, int, float, bool, type(None)})


def with_replies(turns: Sequence[Message | Step]) -> Iterator[Written]:
    """The turns, every call with an id and every tool message beside the id it answers; results that have no message get one."""
    open_calls: list[Call] = []
    for number, turn in enumerate(turns):
        if isinstance(turn, Step):
            step = _numbered(turn, number)
            yield step
            following = turns[number + 1 : number + 2]
            open_calls = list(step.calls)
            if not (following and isinstance(following[0], Message) and following[0].role == "tool"):
                yield from _unsaid(open_calls)
                open_calls = []
        elif turn.role == "tool":
            yield _reply(turn, open_calls)
        else:
            yield turn


def _numbered(step: Step, number: int) -> Step:
    """The step with an id on every call, ``call_<turn>_<index>`` where there was none."""
    calls = (msgspec.structs.replace(call, id=call.id or f"call_{number}_{index}") for index, call in enumerate(step.calls))
    return msgspec.structs.replace(step, calls=tuple(calls))


def _unsaid(calls: Sequence[Call]) -> Iterator[Reply]:
    for call in calls:
        if call.result is not None:
            yield Reply(call_id=call.id or "", name=call.name, content=call.result.content, is_error=call.result.is_error)


def _reply(message: Message, open_calls: list[Call]) -> Reply:
    """Takes the call that a message answers out of the open ones: the one with this result, else the first."""
    same = (call for call in open_calls if call.result is not None and call.result.content == message.content)
    call = next(same, open_calls[0] if open_calls else None)
    if call is None:
        return Reply(call_id="", name="", content=message.content)
    open_calls.remove(call)
    return Reply(call_id=call.id or "", name=call.name, content=message.content, is_error=bool(call.result and call.result.is_error))


def is_structured(step: Step) -> bool:
    """Whether every call can be written as name and arguments without repairing anything."""
    return all(call.problem is None and call.arguments is not None for call in step.calls)


def write_tool(tool: Tool) -> dict[str, Any]:
    """A tool as chat completions nests it; its effect is left out, since servers refuse fields they do not know."""
    return {"type": "function", "function": {"name": tool.name, "description": tool.description, "parameters": tool.parameters}}


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[str, Any], ...]]:
    """What takes the fields' values from a struct, and each one's name as written with its default.

    msgspec works them out anew each time, which took nine tenths of writing a task.
    """
    fields = msgspec.structs.fields(kind)
    defaults = (
        (each.encode_name, each.default if each.default_factory is msgspec.NODEFAULT else each.default_factory()) for each in fields
    )
    names = [each.name for each in fields]
    # Of a single name the getter would give the value itself: a name asked for twice makes it a tuple, whose second half zip passes over.
    return attrgetter(*names, *names[:1]), tuple(defaults)


def plain(value: Any) -> Any:
    """Structs as JSON objects without the fields that hold their default; ``kind`` tells messages from steps."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is tuple:
        return [item if type(item) in _SCALARS else plain(item) for item in value]
    if kind is dict:
        return {name: item if type(item) in _SCALARS else plain(item) for name, item in value.items()}
    if isinstance(value, msgspec.Struct):
        return _row(value)
    return plain(dict(value)) if isinstance(value, Mapping) else plain(tuple(value)) if isinstance(value, tuple) else value


def _row(value: msgspec.Struct) -> dict[str, Any]:
    tag = value.__struct_config__.tag
    row: dict[str, Any] = {} if tag is None else {"kind": tag}
    take, fields = _fields(type(value))
    for held, (name, default) in zip(take(value), fields, strict=False):
        if held is not default and (held != default or type(held) is not type(default)):
            row[name] = plain(held)
    return row
