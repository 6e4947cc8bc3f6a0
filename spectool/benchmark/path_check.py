"""Whether a task's gold is true: every path, played in every way that the gold allows, comes to the answer and the end state, cleanly.

A perfect run must also be clean when it is judged without its gold: then every value has a source, and no call repeats another.

A gold path allows more than one play: an argument may have several right values, be given or left out where it equals its default, be off
by a tolerance, or be free. Each of these is played by itself, so that nothing is called right that does not lead there. Of free numbers
only the largest is played: a small page tells less, for which the answer is judged and not the call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from spectool.benchmark.alternatives import alternatives
from spectool.benchmark.claim_sources import Sources
from spectool.benchmark.end_state import plain
from spectool.benchmark.generate import asked, gives_answer
from spectool.benchmark.rehearsal import Play, rehearse
from spectool.benchmark.success import success
from spectool.classify.classify import classify
from spectool.environments.episode.user import BrokenScript, script_of_user
from spectool.environments.episode.world import StaleWorld, World
from spectool.environments.registry import environment_of_tool
from spectool.model import Call, Expected, ExpectedCall, Gold, Step, Task, Tool, Trajectory, Verdict
from spectool.read.record import quoted
from spectool.references import SchemaError

FaultKind = Literal["unreadable", "world", "tools", "path", "claim", "state", "finding", "success", "near", "split"]
# How far into a tolerance a play goes: the very edge is a matter of rounding.
WITHIN = 0.9


class TaskFault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a task.

    ``unreadable``: the file's row, or its user's script; ``world``: its environments are not those here; ``tools``: what it offers is not
    what they have; ``path``: a call of its gold is refused; ``claim``: what the answer must tell is told by no result, or by the request
    alone; ``state``: the end state is another; ``finding``: the classifier blames a perfect run; ``success``: scoring fails it; ``near``:
    its request nearly repeats another's; ``split``: a template, a record or an environment where another split has it.
    """

    task: str
    kind: FaultKind
    message: str


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a task's plays: how many there were, and the faults, each told once."""

    plays: int
    faults: tuple[TaskFault, ...]


def check_gold(task: Task) -> Played:
    """Plays a task in every way that its gold allows."""
    if faults_before := tuple(_before_playing(task)):
        return Played(plays=0, faults=faults_before)
    if task.gold is None or not task.gold.paths:
        return Played(plays=0, faults=(TaskFault(task=task.id, kind="path", message="expected at least one gold path, got none"),))
    faults: dict[tuple[str, str], TaskFault] = {}
    if gives_answer(task):
        message = f"the request itself tells the whole answer, {quoted('; '.join(task.gold.answer))}"
        faults["claim", ""] = TaskFault(task=task.id, kind="claim", message=message)
    plays = 0
    for label, calls in ways(task.gold.paths, task.tool_sets[0]):
        plays += 1
        for kind, message in _of_play(task, task.gold, calls):
            faults.setdefault((kind, message), TaskFault(task=task.id, kind=kind, message=f"path {label}: {message}"))
    return Played(plays=plays, faults=tuple(faults.values()))


def _before_playing(task: Task) -> Iterator[TaskFault]:
    try:
        script_of_user(task)
        world = World.of(task)
    except (BrokenScript, StaleWorld) as error:
        kind: FaultKind = "world" if isinstance(error, StaleWorld) else "unreadable"
        # Without the task's name, so that one reason is told once for all tasks that it fails.
        yield TaskFault(task=task.id, kind=kind, message=str(error).removeprefix(f"task '{task.id[:80]}'").lstrip(": "))
        return
    if world is None:
        yield TaskFault(task=task.id, kind="world", message="names no environment, so nothing of it can be executed")
    elif len(task.tool_sets) != 1:
        yield TaskFault(task=task.id, kind="tools", message=f"expected one set of tools, got {len(task.tool_sets)}")
    else:
        yield from _of_tools(task)


def _of_tools(task: Task) -> Iterator[TaskFault]:
    offered = [tool for tool in task.tool_sets[0] if tool.name != task.request.finish]
    for tool in offered:
        home = environment_of_tool(tool.name)
        if home is None or home.functions[tool.name].tool != tool:
            yield TaskFault(task=task.id, kind="tools", message=f"tool {quoted(tool.name)} is not as its environment has it")
    for name in [name for name, count in Counter(tool.name for tool in offered).items() if count > 1]:
        yield TaskFault(task=task.id, kind="tools", message=f"tool {quoted(name)} is offered twice")


def ways(paths: Sequence[Sequence[ExpectedCall]], tools: Sequence[Tool]) -> Iterator[tuple[str, tuple[ExpectedCall, ...]]]:
    """Each path as it stands, then with one argument at a time played in each other way allowed; a label says which.

    What several paths allow of the same call is played once.
    """
    schemas = {tool.name: tool.parameters.get("properties", {}) for tool in tools}
    seen: set[bytes] = set()
    for number, path in enumerate(paths):
        yield str(number), tuple(path)
        for place, call in enumerate(path):
            for name, expected in call.arguments.items():
                for value in _other_values(expected, schemas.get(call.name, {}).get(name, {})):
                    if (key := msgspec.json.encode((call, name, value))) not in seen:
                        seen.add(key)
                        other = msgspec.structs.replace(call, arguments={**call.arguments, name: Expected(values=(value,))})
                        yield f"{number} with {name}={quoted(value)}", (*path[:place], other, *path[place + 1 :])


def _other_values(expected: Expected, schema: Mapping[str, Any]) -> Iterator[Any]:
    if expected.any:
        yield from schema.get("enum", ())
        yield from [schema["maximum"]] if "maximum" in schema else []
        yield from (True, False) if schema.get("type") == "boolean" else ()
        return
    options = list(alternatives(expected))
    yield from options[0 if expected.optional else 1 :]
    if expected.tolerance and schema.get("type") == "number":
        yield from (value + sign * WITHIN * expected.tolerance for value in expected.values for sign in (-1, 1))


def _of_play(task: Task, gold: Gold, calls: tuple[ExpectedCall, ...]) -> Iterator[tuple[FaultKind, str]]:
    if absent := {call.name for call in calls} - {tool.name for tool in task.tool_sets[0]}:
        yield "path", f"needs tools that are not offered: {', '.join(sorted(absent))}"
        return
    try:
        play = rehearse(msgspec.structs.replace(task, gold=msgspec.structs.replace(gold, paths=(calls,))))
    except (BrokenScript, SchemaError) as error:
        yield "path", f"cannot be played: {error}"
        return
    refused = [call for call in _calls(play) if call.result is None or call.result.is_error]
    for call in refused:
        yield "path", f"{call.name} is refused: {call.result.content[:200] if call.result is not None else 'no result'}"
    if refused:
        return
    yield from _of_end(task, gold, play)
    yield from _of_trajectory(msgspec.structs.replace(play.trajectory, gold=gold), listed=calls in gold.paths)


def _of_end(task: Task, gold: Gold, play: Play) -> Iterator[tuple[FaultKind, str]]:
    sources = Sources((call.result.content for call in _calls(play) if call.result is not None), asked(task))
    for claim in gold.answer:
        if not sources.tell(claim):
            yield "claim", f"neither the results nor the request tell {quoted(claim)}"
    if (reached := plain(play.world.changes())) != (wanted := plain(gold.state or {})):
        yield "state", f"expected the end state {_json(wanted)}, got {_json(reached)}"


def _of_trajectory(trajectory: Trajectory, *, listed: bool) -> Iterator[tuple[FaultKind, str]]:
    """What judging finds; ``listed``: these calls stand in the gold just so."""
    verdict = classify(trajectory)
    yield from _blamed(verdict)
    scored = success(trajectory, verdict)
    if not scored.value:
        yield "success", f"scored as no success: {scored.why}"
    if listed:
        # What the gold expects is never called unsupported or repeated: without it, that shows.
        yield from _blamed(classify(msgspec.structs.replace(trajectory, gold=None)))


def _blamed(verdict: Verdict) -> Iterator[tuple[FaultKind, str]]:
    for crash in verdict.crashed:
        yield "finding", f"a detector crashed: {crash}"
    for outcome in verdict.outcomes:
        for found in outcome.findings:
            if found.level != "event":
                yield "finding", f"{found.error}.{found.subtype} at {found.path}: {found.message}"


def _calls(play: Play) -> Iterator[Call]:
    return (call for turn in play.trajectory.turns if isinstance(turn, Step) for call in turn.calls)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()[:300]
