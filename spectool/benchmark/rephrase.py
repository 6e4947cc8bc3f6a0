"""Requests in a model's own words, taken only where the task provably stays the same.

By rule, every word that fills a place and every figure must still stand in the request, nothing that looks like a name or a figure may
come in, and what holds for every request holds for this one: not near a protected one, not made twice, its answer not given away. Then
the task is solved anew from the reworded request: only where that comes to the same claims and the same end state is it kept. What is not
kept stays as the template worded it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from spectool.benchmark.composing import PLACES
from spectool.benchmark.generate import asked, gives_answer
from spectool.benchmark.near import NearDuplicates
from spectool.benchmark.success import success
from spectool.classify.classify import classify
from spectool.model import Message, Task, Trajectory

Reword = Callable[[Sequence[str]], Sequence[str]]
"""A rewording of each request, an empty text where there is none."""
Solve = Callable[[Sequence[Task]], Sequence[Trajectory]]
"""An attempt at each task."""
Outcome = Literal[
    "kept",
    "no other wording",
    "not one plain line",
    "too short or too long",
    "lost a place",
    "lost a figure",
    "added a figure",
    "added a name",
    "names a tool",
    "near another request",
    "gives its answer away",
    "not solved again",
]
# Of the length of the request, the least and the most that a rewording may have: a summary leaves things out, an essay adds some.
SHORTEST, LONGEST = 0.4, 2.5
_FIGURE = re.compile(r"\d+(?:[.,:/-]\d+)*")
# A word in capitals that no sentence begins with; "I" names nobody.
_NAME = re.compile(r"(?<=[^.!?:;]\s)(?!I\b)[A-Z][\w'-]*")
_ARTEFACT = re.compile(r"[\n{}<>`*#|]")


class Rephrased(msgspec.Struct, frozen=True, kw_only=True):
    """A task with its request reworded, or as it was where ``outcome`` is not ``kept``."""

    task: Task
    outcome: Outcome


def rephrase(
    tasks: Sequence[Task],
    reword: Reword,
    *,
    by: str,
    solve: Solve | None = None,
    forbidden: Callable[[str], bool] | None = None,
    others: NearDuplicates | None = None,
) -> Iterator[Rephrased]:
    """Each task in its order, reworded where that holds; tasks come as ``generate(..., keep_places=True)`` made them.

    Args:
        tasks: what to reword; of a dialogue the opening.
        reword: the model's words for all requests at once.
        by: the model's name, kept in ``meta["rephrased"]`` beside the request as it was.
        solve: the model's attempts at the reworded tasks; ``None``: the rules alone decide.
        forbidden: whether a request comes too near to one that must not be met again.
        others: all requests made so far, these here included, by their tasks' ids; rewordings are added. ``None``: they may be alike.

    Raises:
        KeyError: a task does not say which words fill its places.
    """
    requests = [_request(task) for task in tasks]
    made: dict[int, Task] = {}
    outcomes: dict[int, Outcome] = {}
    for number, (task, said) in enumerate(zip(tasks, reword(requests), strict=True)):
        text = _tidy(said)
        outcomes[number] = _by_rule(requests[number], text, task)
        if outcomes[number] == "kept":
            made[number] = _reworded(task, text, by)
            outcomes[number] = _among_others(made[number], forbidden, others)
    kept = [number for number in made if outcomes[number] == "kept"]
    if solve is not None and kept:
        for number, attempt in zip(kept, solve([made[number] for number in kept]), strict=True):
            if not success(attempt, classify(attempt)).value:
                outcomes[number] = "not solved again"
    for number, task in enumerate(tasks):
        chosen = made[number] if outcomes[number] == "kept" else _without_places(task)
        yield Rephrased(task=chosen, outcome=outcomes[number])


def _request(task: Task) -> str:
    return next(message.content for message in reversed(task.messages) if message.role == "user")


def _tidy(said: str) -> str:
    """A rewording without the quotation marks that models like to put around it."""
    text = said.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _by_rule(request: str, text: str, task: Task) -> Outcome:
    """What stands against a rewording by itself, ``kept``: nothing."""
    figures, new_figures = set(_FIGURE.findall(request)), set(_FIGURE.findall(text))
    folded = text.casefold()
    against: Mapping[Outcome, Callable[[], bool]] = {
        "no other wording": lambda: not text or folded == request.casefold(),
        "not one plain line": lambda: any(mark not in request for mark in _ARTEFACT.findall(text)),
        "too short or too long": lambda: not SHORTEST <= len(text) / len(request) <= LONGEST,
        "lost a place": lambda: not all(_stands(word, text) for word in task.meta[PLACES] if _stands(word, request)),
        "lost a figure": lambda: not figures <= new_figures,
        "added a figure": lambda: not new_figures <= figures,
        "added a name": lambda: any(not _stands(name, request) for name in _NAME.findall(text)),
        "names a tool": lambda: any(tool.name.casefold() in folded for tool in task.tool_sets[0] if "_" in tool.name),
    }
    return next((outcome for outcome, holds in against.items() if holds()), "kept")


def _stands(words: str, text: str) -> bool:
    """Whether words stand in a text as such, in any case."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _among_others(task: Task, forbidden: Callable[[str], bool] | None, others: NearDuplicates | None) -> Outcome:
    text = asked(task)
    if gives_answer(task):
        return "gives its answer away"
    if forbidden is not None and forbidden(text):
        return "near another request"
    if others is not None:
        # Like the request that it takes the place of it may well be.
        if (found := others.nearest(text)) is not None and found[0] != task.id:
            return "near another request"
        others.add(task.id, text)
    return "kept"


def _without_places(task: Task) -> Task:
    return msgspec.structs.replace(task, meta={name: value for name, value in task.meta.items() if name != PLACES})


def _reworded(task: Task, text: str, by: str) -> Task:
    request = _request(task)
    last = max(number for number, message in enumerate(task.messages) if message.role == "user")
    messages = (*task.messages[:last], Message(role="user", content=text), *task.messages[last + 1 :])
    meta: dict[str, Any] = {**_without_places(task).meta, "rephrased": {"by": by, "from": request}}
    if "user" in meta:  # the script opens with the same words
        first, *later = meta["user"]["stages"]
        meta["user"] = {**meta["user"], "stages": [{**first, "says": text}, *later]}
    return msgspec.structs.replace(task, messages=messages, meta=meta)
