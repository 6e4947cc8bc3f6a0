"""A task of the benchmark played perfectly: along one gold path, in its own world, with its scripted user.

The model asks for what the user left out, makes the calls that are due, and says what the gold's answer claims. This is what every task
is held to before anybody is measured by it, and what the erring agent departs from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from spectool.benchmark.replay import answered
from spectool.environments.episode.user import ScriptedUser, UserScript, script_of_user
from spectool.environments.episode.world import World
from spectool.model import Call, ExpectedCall, Message, Step, Task, Tool, Trajectory

DONE = "All of it is done."
ASKS = "I can do that once I know one more thing"
# What nothing offered can serve, or what needs one more detail, is said so and not called for.
NO_TOOL = "None of my tools can do that, I am afraid."


class Play(msgspec.Struct, frozen=True, kw_only=True):
    """A perfect run, and the world as it left it."""

    trajectory: Trajectory
    world: World


def rehearse(task: Task, path: int = 0) -> Play:
    """Plays gold path number ``path``.

    Raises:
        StaleWorld: the task's world is not the one here.
        BrokenScript: its user's script cannot be read.
        ValueError: the task names no world, or no such path.
    """
    world = World.of(task)
    if world is None or task.gold is None or path >= len(task.gold.paths):
        raise ValueError(f"task '{task.id[:80]}': expected a world and gold path {path}")
    turns: list[Message | Step] = list(task.messages)
    user, script = ScriptedUser.of(task), script_of_user(task)
    stages = [0]
    due = task.gold.paths[path]
    last = max((call.turn for call in due), default=0)
    for stage in range(_length(script)):
        if user is not None:
            _asked(script, stage, turns, user, stages)
        mine = [call for call in due if call.turn == stage]
        turns += _made(task, mine, world)
        said = _said(task) if stage == last else DONE
        turns.append(Step(text=said, finish_reason="stop"))
        if user is not None and (more := user.reply(turns)) is not None:
            turns.append(Message(role="user", content=more))
            stages.append(user.stage)
    return Play(trajectory=_trajectory(task, turns, stages if user is not None else None, path), world=world)


def _length(script: UserScript | None) -> int:
    return len(script.stages) if script is not None else 1


def _asked(script: UserScript | None, stage: int, turns: list[Message | Step], user: ScriptedUser, stages: list[int]) -> None:
    """The model asks for all that the stage's opening leaves out, and is told."""
    slots = script.stages[stage].slots if script is not None else ()
    if slots:
        words = ", ".join(slot.asked[0] if slot.asked else slot.name for slot in slots)
        turns.append(Step(text=f"{ASKS}: {words}?", finish_reason="stop"))
        turns.append(Message(role="user", content=user.reply(turns) or ""))
        stages.append(user.stage)


def _made(task: Task, due: Sequence[ExpectedCall], world: World) -> Iterator[Message | Step]:
    """The calls of one stage: all at once where the gold is a set of independent calls, else one a step."""
    tools = {tool.name: tool for tool in (task.tool_sets[0] if task.tool_sets else ())}
    together = task.gold is not None and task.gold.mode == "unordered"
    for batch in [due] if together and due else [[call] for call in due]:
        calls = tuple(_call(each, tools[each.name], world) for each in batch)
        yield Step(calls=calls, dialect="native", finish_reason="tool_calls")
        for call in calls:
            if call.result is not None:
                yield Message(role="tool", content=call.result.content)


def _call(due: ExpectedCall, tool: Tool, world: World) -> Call:
    call = Call(name=due.name, arguments=answered(due, tool))
    return msgspec.structs.replace(call, result=world.reply(call))


def _said(task: Task) -> str:
    gold = task.gold
    if gold is not None and gold.paths == ((),):
        return f"{ASKS}: could you tell me?" if task.meta.get("category") == "missing_information" else NO_TOOL
    return f"{'; '.join(gold.answer)}." if gold is not None and gold.answer else DONE


def _trajectory(task: Task, turns: Sequence[Message | Step], stages: list[int] | None, path: int) -> Trajectory:
    hidden = ("user", "script")
    meta = {name: value for name, value in task.meta.items() if name not in hidden}
    name = f"{task.id}~{path}"
    return Trajectory(
        key=name,
        id=name,
        task=task.id,
        model="rehearsal",
        tool_sets=task.tool_sets,
        request=task.request,
        turns=tuple(turns),
        gold=task.gold,
        tags=task.tags,
        meta=meta if stages is None else {**meta, "stage_of_turn": stages},
    )
