"""The world of one episode: the environments that its task names, each with a state of its own, and the tools offered over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.environments.core.environment import Environment
from spectool.environments.core.tables import Row, State
from spectool.environments.episode.feedback import Feedback, refusal
from spectool.environments.episode.finish import FINISH, FINISHED
from spectool.environments.registry import environment
from spectool.model import Call, Result, Task, Tool

Changes = Mapping[str, Mapping[str, Mapping[str, Row | None]]]


class StaleWorld(ValueError):
    """A task was made for environments that are not the ones here; the message says which, and what to do."""


class MalformedWorld(StaleWorld):
    """A task whose ``meta["world"]`` can not be read, of whichever version it may be."""


class World:
    """Answers the calls of one episode; everything that they change lives and goes with it.

    ``finished`` and ``answer``: whether a well-formed call of the tool ``finish`` was made, and with which answer (the first one's).
    ``dialect`` is the syntax that the model is asked for, ``None`` where unknown; it may be set once it is known.
    """

    def __init__(
        self,
        environments: Sequence[Environment],
        tools: Sequence[Tool],
        *,
        feedback: Feedback = "error",
        dialect: str | None = None,
        finish: str | None = None,
    ) -> None:
        self.feedback: Feedback = feedback
        self.dialect = dialect
        self.answer: str | None = None
        self._finish = finish
        self._states: dict[str, State] = {each.name: each.fresh() for each in environments}
        self._home = {name: each for each in environments for name in each.functions}
        self._tools = tuple(self._own(tool) for tool in tools)
        self._offered = frozenset(tool.name for tool in tools)

    @classmethod
    def of(cls, task: Task, feedback: Feedback = "error") -> World | None:
        """The world that ``task.meta["world"]`` names (``{environment: version}``), at its start; ``None`` where it names none.

        Raises:
            MalformedWorld: ``meta["world"]`` does not map environments to versions.
            StaleWorld: an environment is unknown or of another version, or a tool offered belongs to none of them.
        """
        named = task.meta.get("world")
        if named is None:
            return None
        if not isinstance(named, Mapping) or not named or not all(isinstance(version, str) for version in named.values()):
            raise MalformedWorld(f"{_task(task)}: expected meta.world to map environments to their versions, got '{str(named)[:80]}'")
        environments = [_here(task, str(name), version) for name, version in named.items()]
        tools = task.tool_sets[0] if task.tool_sets else ()
        known = {name for each in environments for name in each.functions}
        for tool in tools:
            if tool.name not in known and tool.name != task.request.finish:
                raise StaleWorld(f"{_task(task)} offers '{tool.name[:80]}', which none of its environments has ({', '.join(named)})")
        return cls(environments, tools, feedback=feedback, dialect=task.request.dialect, finish=task.request.finish)

    @property
    def finished(self) -> bool:
        """Whether the model has ended the task."""
        return self.answer is not None

    def reply(self, call: Call) -> Result:
        """What the model gets to read: why the call is refused, or what its tool says."""
        refused = None if self._is_surely_right(call) else refusal(call, self._tools, self.feedback, self.dialect)
        if refused is not None:
            return refused
        arguments = call.arguments or {}
        if call.name == self._finish:
            self.answer = arguments["answer"] if self.answer is None else self.answer
            return FINISHED
        home = self._home[call.name]
        return home.reply(self._states[home.name], call.name, arguments)

    def _is_surely_right(self, call: Call) -> bool:
        """Whether a quick look settles that nothing is wrong with a call, as it does for most."""
        if call.problem is not None or call.arguments is None or call.name not in self._offered or call.name == self._finish:
            return False
        return self._home[call.name].functions[call.name].read_plainly(call.arguments) is not None

    def _own(self, tool: Tool) -> Tool:
        """The environment's own tool, not the task's copy: a call that passes is then one that its environment takes."""
        if tool.name == self._finish:
            return FINISH
        return self._home[tool.name].functions[tool.name].tool

    def changes(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What has changed since the start, by environment, table and id; ``None`` stands for a row that is gone."""
        return {name: changed for name, state in sorted(self._states.items()) if (changed := state.changes())}


def _task(task: Task) -> str:
    return f"task '{task.id[:80]}'"


def _here(task: Task, name: str, version: str) -> Environment:
    try:
        here = environment(name)
    except KeyError as error:
        raise StaleWorld(f"{_task(task)}: {error.args[0]}") from error
    if here.version != version:
        made_for = f"was made for version {version[:80]} of the environment '{name}', here is {here.version}"
        raise StaleWorld(f"{_task(task)} {made_for}; generate the tasks again, or install the SpecTool they were made with")
    return here
