"""Which of the tasks at hand a run can put to a model, and why the others are left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from spectool.model import Task
from spectool.results.told import many

_UNASKED = "no user message"


def runnable(tasks: Mapping[str, Task]) -> tuple[dict[str, Task], tuple[str, ...]]:
    """The tasks that can be run, in their order, and a sentence for each reason why others are left out."""
    chosen: dict[str, Task] = {}
    left_out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, task in tasks.items():
        if (executor := _elsewhere(task)) is not None:
            left_out[executor][str(task.meta.get("category", ""))[:80]] += 1
        elif not any(message.role == "user" for message in task.messages):
            left_out[_UNASKED][""] += 1
        else:
            chosen[name] = task
    return chosen, tuple(_said(reason, categories) for reason, categories in left_out.items())


def _elsewhere(task: Task) -> str | None:
    """Who executes the calls, where nothing here does."""
    executor = task.meta.get("executor")
    if executor is None or "world" in task.meta or "script" in task.meta:
        return None
    # Without its details, so that the tasks of a benchmark are one sentence.
    return str(executor).partition(" (")[0][:80]


def _said(reason: str, categories: Counter[str]) -> str:
    count = categories.total()
    if reason == _UNASKED:
        return many(count, "task has no user message and is left out", "tasks have no user message and are left out")
    of = ", ".join(f"{category} {each:,}" for category, each in categories.items() if category)
    left = many(count, "task is left out, since its calls are", "tasks are left out, since their calls are")
    return f"{left} executed by {reason}, which SpecTool does not have{f' ({of})' if of else ''}; outputs made elsewhere can be classified"
