"""``finish``: the tool with which a model says that it is done, for prompts and models that do not simply answer."""

from __future__ import annotations

from msgspec.structs import replace

from spectool.model import Result, Task, Tool

FINISH = Tool(
    name="finish",
    description="End the task and give the user your final answer. Call it once everything is done, and nothing after it.",
    parameters={
        "type": "object",
        "properties": {"answer": {"type": "string", "description": "The final answer, in full, as the user will read it."}},
        "required": ["answer"],
        "additionalProperties": False,
    },
    effect="read",
)
FINISHED = Result(content='{"finished":true}')


def with_finish(task: Task) -> Task:
    """The task with ``finish`` offered besides its own tools; unchanged where it is offered already.

    Raises:
        ValueError: a tool of the task's own has that name.
    """
    if task.request.finish == FINISH.name:
        return task
    if any(tool.name == FINISH.name for offered in task.tool_sets for tool in offered):
        raise ValueError(f"task '{task.id[:80]}' offers a tool of its own called '{FINISH.name}'")
    tool_sets = tuple((*offered, FINISH) for offered in task.tool_sets) or ((FINISH,),)
    return replace(task, tool_sets=tool_sets, request=replace(task.request, finish=FINISH.name))
