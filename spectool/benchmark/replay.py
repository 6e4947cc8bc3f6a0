"""The gold answered perfectly: each needed call made with the first alternative of each argument that its schema takes.

Arguments that the gold lets go are left out unless the schema requires them. Calls that need no order among themselves stand in one step,
others one a step, each with its scripted reply. A gold that its own schema refuses is no answer to break: it is returned as a
``GoldFault``. Gold that names no calls (some call, an end state) has nothing to replay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from spectool.benchmark.alternatives import alternatives
from spectool.benchmark.draft import NATIVE, Draft, Move, Turn
from spectool.benchmark.written import written
from spectool.model import Call, ExpectedCall, Message, Task, Tool, Trajectory
from spectool.read.record import quoted
from spectool.read.replies import ScriptedTools, script_of
from spectool.references import SchemaError
from spectool.validate import shape_of, violations

ANSWER = "All of it is done."
QUESTION = "Could you tell me a little more, please?"
REPLAYED = frozenset({"exact", "ordered", "unordered", "required"})


class GoldFault(msgspec.Struct, frozen=True, kw_only=True):
    """A task whose gold cannot be answered: ``refused`` says what its own tools' schemas have against it."""

    task: str
    refused: tuple[str, ...]


def replay(task: Task, dialect: str = NATIVE) -> Trajectory | GoldFault | None:
    """The perfect answer to ``task``; ``None`` where the gold names no calls to make.

    Raises:
        Unwritable: ``dialect`` cannot express one of its calls.
    """
    draft = gold_draft(task, dialect)
    return written(draft)[0] if isinstance(draft, Draft) else draft


def gold_draft(task: Task, dialect: str = NATIVE) -> Draft | GoldFault | None:
    """The perfect answer as a draft, along the first gold path that its schemas take."""
    gold = task.gold
    if gold is None or gold.mode not in REPLAYED or not gold.paths or not task.messages:
        return None
    refused: list[str] = []
    for path in gold.paths:
        draft = _along(task, path, dialect)
        if isinstance(draft, Draft):
            return draft
        refused += draft
    return GoldFault(task=task.id, refused=tuple(refused))


def _along(task: Task, path: tuple[ExpectedCall, ...], dialect: str) -> Draft | list[str]:
    moves: list[Move] = []
    refused: list[str] = []
    for number, due in enumerate(path):
        tool = _tools(task, due.turn).get(due.name)
        arguments = answered(due, tool) if tool is not None else {}
        refused += _refusals(due, tool, arguments)
        moves.append(Move(id=number, name=due.name, arguments=arguments, due=due))
    if refused:
        return refused
    parts = tuple(_played(task, _with_replies(task, moves)))
    return Draft(task=task, parts=parts, dialect=dialect, tool_sets=task.tool_sets, request=task.request, gold=task.gold)


def _tools(task: Task, turn: int) -> Mapping[str, Tool]:
    return {tool.name: tool for tool in task.tool_sets[_tool_set(task, turn)]} if task.tool_sets else {}


def _tool_set(task: Task, turn: int) -> int:
    of_turn = task.meta.get("tool_set_of_turn")
    return of_turn[turn] if isinstance(of_turn, list | tuple) and turn < len(of_turn) else 0


def answered(due: ExpectedCall, tool: Tool) -> dict[str, Any]:
    """The arguments of a gold call: the first alternative of each that the schema takes, else the first."""
    required = shape_of(tool.parameters).required
    out = {}
    for name, expected in due.arguments.items():
        options = alternatives(expected)
        if options and (name in required or not expected.optional):
            out[name] = next((value for value in options if not _broken(tool, name, value)), options[0])
    return out


def _broken(tool: Tool, name: str, value: Any) -> bool:
    try:
        return any(found.path[:1] == (name,) for found in violations(shape_of(tool.parameters), {name: value}))
    except SchemaError:
        return False


def _refusals(due: ExpectedCall, tool: Tool | None, arguments: Mapping[str, Any]) -> Iterator[str]:
    if tool is None:
        yield f"{due.name}: not offered"
        return
    try:
        for found in violations(shape_of(tool.parameters), arguments):
            shown = f", got {quoted(found.got)}" if found.kind not in ("missing", "unknown") else ""
            yield f"{due.name}: {found.kind} at {'.'.join(map(str, found.path))}{shown}"
    except SchemaError as error:
        yield f"{due.name}: {error}"


def _with_replies(task: Task, moves: list[Move]) -> list[Move]:
    script = script_of(task)
    if script is None:
        return moves
    world = ScriptedTools(script, {move.name for move in moves})
    return [msgspec.structs.replace(move, result=world.reply(Call(name=move.name, arguments=move.arguments))) for move in moves]


def _played(task: Task, moves: list[Move]) -> Iterator[Message | Turn]:
    """The conversation: the model's turns after each user message that they answer."""
    users = sum(message.role == "user" for message in task.messages)
    turned = users > 1 and any(move.due is not None and move.due.turn for move in moves)
    number = len(moves)
    seen = -1
    for position, message in enumerate(task.messages):
        seen += message.role == "user"
        yield message
        if not turned and position < len(task.messages) - 1:
            continue
        if message.role != "user" and turned:
            continue
        for turn in _turns(task, [m for m in moves if not turned or (m.due is not None and m.due.turn == seen)], max(seen, 0), number):
            yield turn
            number = turn.id + 1


def _turns(task: Task, moves: list[Move], user_turn: int, number: int) -> Iterator[Turn]:
    """The turns that make ``moves``, numbered from ``number`` on, and the words that end them where replies came."""
    offered = _tool_set(task, user_turn)
    together = task.gold is not None and task.gold.mode in ("exact", "unordered") and not any(move.result for move in moves)
    batches = [tuple(moves)] if together and moves else [(move,) for move in moves]
    for batch in batches:
        yield Turn(id=number, moves=batch, tool_set=offered, finish="tool_calls")
        number += 1
    if not moves or any(move.result for move in moves):
        yield Turn(id=number, say=ANSWER if moves else QUESTION, tool_set=offered)
