"""The end state of a trajectory, found by executing its calls once more: a harness's own word is compared, not trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from spectool.classify.failures import is_failure
from spectool.environments.episode.world import MalformedWorld, StaleWorld, World
from spectool.model import Call, Step, Task, Trajectory

RECORDED_ONLY = "end state as recorded: its environments are of another version here"
DIFFERS = "recorded end state differs from that of executing the calls again"
REFUSED = "a call that worked when it was recorded is refused here"


class EndState(msgspec.Struct, frozen=True, kw_only=True):
    """What a trajectory changed, by environment, table and id; ``None`` where it can not be known, and ``why`` says so.

    ``acted``: whether any call was executed successfully, but for the one that finishes. ``remarks``: what a reader must know of it, among
    the constants of this module.
    """

    changes: Mapping[str, Any] | None
    why: str = ""
    acted: bool = False
    remarks: tuple[str, ...] = ()


def end_state(trajectory: Trajectory) -> EndState | None:
    """The end state; ``None`` where the task names no environment.

    Its calls are executed in order in fresh states of the versions that ``meta["world"]`` names, but for those that got an error or,
    where others got a reply, none. Where an environment is of another version here, the recorded state (``meta["state"]``) is taken.
    """
    task = Task(id=trajectory.task or trajectory.id, tool_sets=trajectory.tool_sets, request=trajectory.request, meta=trajectory.meta)
    recorded = trajectory.meta.get("state")
    try:
        world = World.of(task)
    except StaleWorld as error:
        if isinstance(recorded, Mapping) and not isinstance(error, MalformedWorld):
            return EndState(changes=plain(recorded), acted=acted(trajectory), remarks=(RECORDED_ONLY,))
        return EndState(changes=None, why=f"no end state: {_without_task(task, str(error))}")
    if world is None:
        return None
    refused = worked = False
    for call in _executed(trajectory):
        is_error = world.reply(call).is_error
        refused |= is_error and call.result is not None
        worked |= not is_error and call.name != trajectory.request.finish
    changes = plain(world.changes())
    differs = isinstance(recorded, Mapping) and plain(recorded) != changes
    return EndState(changes=changes, acted=worked, remarks=(*(DIFFERS,) * differs, *(REFUSED,) * refused))


def acted(trajectory: Trajectory) -> bool:
    """Whether, as recorded, any call was executed successfully, but for the one that finishes; unanswered logs are taken at their word."""
    return any(call.name != trajectory.request.finish and not (call.result and is_failure(call.result)) for call in _executed(trajectory))


def plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes as JSON has them, so that those read from a file equal those just made; environments and tables without any are left out."""
    decoded: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(changes))
    kept = {name: {table: rows for table, rows in tables.items() if rows} for name, tables in decoded.items() if tables}
    return {name: tables for name, tables in kept.items() if tables}


def _executed(trajectory: Trajectory) -> Iterator[Call]:
    calls = [call for turn in trajectory.turns if isinstance(turn, Step) for call in turn.calls]
    answered = any(call.result is not None for call in calls)
    return (call for call in calls if (not answered if call.result is None else not call.result.is_error))


def _without_task(task: Task, message: str) -> str:
    """A reason without the task's name, so that one reason is counted once."""
    return message.removeprefix(f"task '{task.id[:80]}'").lstrip(": ")
