"""Joining an output to its task by id: tools, query, gold and request where the output has none of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spectool.model import Gold, Message, Request, Step, Task, Tool, Trajectory
from spectool.read.source import Source, key

_NO_TASK = Task(id="")
_UNKNOWN = Request()

Turns = tuple[Message | Step, ...]
ToolSets = tuple[tuple[Tool, ...], ...]


class Joined:
    """One record beside its task: what both together say of tools and request before the turns are read.

    ``ids`` are the record's names for its task, best first; the first that ``tasks`` knows is joined. Own tools, gold and request settings
    win over the task's; ``tool_sets`` stays empty where neither knows the tools, so that patterns are skipped rather than clean.
    The task of the empty id, where there is one, serves the records that match none: it carries the tools of ``--tools``.
    """

    def __init__(self, tasks: Mapping[str, Task], ids: Iterable[Any], tool_sets: ToolSets = (), request: Request | None = None) -> None:
        named = [str(value) for value in ids if value is not None and value != ""]
        found = next((name for name in named if name in tasks), None)
        self.task = tasks[found] if found is not None else tasks.get("", _NO_TASK)
        self.id = named[0] if named else ""
        self.task_id = found if found is not None else self.id
        self.tool_sets = tool_sets or self.task.tool_sets or tasks.get("", _NO_TASK).tool_sets
        self.request = self.task.request if request is None or request == _UNKNOWN else request
        self.names = tuple(dict.fromkeys(tool.name for offered in self.tool_sets for tool in offered))
        self.asked = self.request.dialect or self.task.request.dialect

    def trajectory(
        self,
        source: Source,
        line: int,
        turns: Turns,
        *,
        form: str,
        index: int = 0,
        sample: int = 0,
        model: str = "",
        run: str = "",
        gold: Gold | None = None,
        reward: float | None = None,
        time: str | None = None,
        tags: Iterable[str] = (),
        meta: Mapping[str, Any] | None = None,
    ) -> Trajectory:
        """The whole record as a trajectory read as format ``form``.

        Args:
            source: where it was read.
            line: its place there.
            turns: of the record; the task's messages go before them where the record holds only what the model said.
            form: name of the format.
            index: which attempt of this line, from 0.
            sample: which repeat of the task, from 0.
            model: that made it.
            run: name of the run.
            gold: the record's own.
            reward: the harness's own score.
            time: when, as written.
            tags: the record's own, after the task's.
            meta: the record's own, over the task's.
        """
        return Trajectory(
            key=key(source.name, line, index),
            id=self.id or f"{source.name}:{line}",
            task=self.task_id,
            sample=sample,
            model=model,
            run=run,
            tool_sets=self.tool_sets,
            request=self.request,
            turns=turns if turns and isinstance(turns[0], Message) else (*self.task.messages, *turns),
            gold=self.task.gold if gold is None else gold,
            reward=reward,
            time=time,
            tags=tuple(dict.fromkeys((*self.task.tags, *tags))),
            meta={**self.task.meta, **(meta or {}), "format": form},
            source=source.name,
            line=line,
        )
