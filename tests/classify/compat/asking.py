"""Compact BFCL questions and answers: one turn in, BFCL's ruling out.

``function("f", a="string", b=("array", "integer"), c=("integer", {"default": 5}))`` declares parameters; all but those with a default are
required. An answer is a mapping of names to allowed values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from spectool.classify.compat.bfcl import rule
from spectool.classify.compat.ruling import Ruling
from spectool.model import Gold, Request, Step, Task, Trajectory
from spectool.read.formats.bfcl.naming import language_of
from spectool.read.formats.bfcl.published import BfclTask
from spectool.read.steps import step_from_native, step_from_text

Function = dict[str, Any]


def function(called: str, /, **parameters: Any) -> Function:
    """A function document as BFCL publishes it."""
    properties = {key: _property(declared) for key, declared in parameters.items()}
    required = [key for key, prop in properties.items() if "default" not in prop]
    return {"name": called, "description": "", "parameters": {"type": "dict", "properties": properties, "required": required}}


def _property(declared: Any) -> dict[str, Any]:
    if isinstance(declared, str):
        return {"type": declared}
    kind, more = declared
    return {"type": kind, **({"items": {"type": more}} if isinstance(more, str) else more)}


def question(functions: Sequence[Function], answers: Sequence[Mapping[str, Any]] | None, category: str, generation: str) -> BfclTask:
    """A task as the BFCL reader gives it."""
    meta = {"category": category, "generation": generation, "language": language_of(category)}
    answer = None if answers is None else {"id": "q", "ground_truth": list(answers)}
    return BfclTask(id="q", gold=Gold(), meta=meta, functions=json.dumps(functions).encode(), answer=answer)


def attempt(said: str | list[dict[str, Any]], task: Task, asked: str | None) -> Trajectory:
    """One turn: a text, or the structured calls of an API."""
    step = (
        step_from_text(said, asked=asked)
        if isinstance(said, str)
        else step_from_native("", [(None, name, arguments) for call in said for name, arguments in call.items()])
    )
    return Trajectory(key="k", id="q", task="q", turns=(step,), gold=task.gold, request=Request(dialect=asked), meta=dict(task.meta))


def ruling(
    said: str | list[dict[str, Any]],
    functions: Sequence[Function] | Function,
    answers: Sequence[Mapping[str, Any]] | None,
    category: str = "simple_python",
    *,
    generation: str = "v4",
    asked: str | None = "pythonic",
) -> Ruling:
    """BFCL's ruling on one turn."""
    task = question([functions] if isinstance(functions, dict) else functions, answers, category, generation)
    return rule(attempt(said, task, asked), task)


def plain_step(text: str) -> Step:
    """A turn of which nothing but the text is known."""
    return Step(text=text, raw=text)
