"""The agent that errs on purpose: solves a task in its own world, with its scripted user, and errs where and as often as it is told to.

It plays a task perfectly but for the slips that are planted; each call, also a broken one, is executed in a fresh world, and what the agent
does with what it gets is planted too. So the truth of each run, consequences included, is known from how it was made, and the findings of
the classifier can be held against it. All is decided by the task's id and ``seed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

import msgspec

from spectool.benchmark.draft import NATIVE, Draft, Mark
from spectool.benchmark.inject import DIALECTS, Injection, events
from spectool.benchmark.performing import Conduct, Performance, Unplanned, performed
from spectool.benchmark.rehearsed import draft_of
from spectool.benchmark.rivals import is_rivalled
from spectool.benchmark.slips.in_worlds import BY_CONDUCT, IN_WORLDS
from spectool.benchmark.slips.registry import SLIPS, Slip, slips_named
from spectool.benchmark.written import Unwritable, written
from spectool.environments.feedback import Feedback
from spectool.model import Task
from spectool.references import SchemaError

MODEL = "erring"
# Draws of path, syntax and place, before a slip is said to find no place in a task.
TRIES = 8
# Of so many runs one ends with the tool ``finish``.
FINISHES = 4
# Without feedback the agent is as likely to give up as to hit upon the right call.
GIVES_UP = 0.5


def each_subtype(task: Task, *, seed: int = 0, feedback: Feedback = "off", names: Sequence[str] = ()) -> Iterator[Injection]:
    """One run for every subtype that finds a place in ``task``, of those named (``IAV``, ``IAV.scale``; all where none is).

    Raises:
        ValueError: a name is none of a slip, or the task names no world.
        StaleWorld: the task's world is not the one here.
    """
    wanted = {slip.name for slip in slips_named(names)}
    for slip in IN_WORLDS:
        if slip.name in wanted and (found := _erred(task, slip, seed, feedback)) is not None:
            yield found
    for name, conduct in BY_CONDUCT.items():
        if name in wanted and (found := _went_on(task, name, conduct, seed, feedback)) is not None:
            yield found


def _erred(task: Task, slip: Slip, seed: int, feedback: Feedback) -> Injection | None:
    for attempt in range(TRIES):
        rng = Random(f"{seed}/{attempt}/{task.id}/{slip.name}/{feedback}")
        perfect = _drawn(task, rng, attempt, may_finish=slip.invocation)
        slipped = _planted(slip, perfect, rng)
        if slipped is not None:
            conduct: Conduct = "gives_up" if feedback == "off" and rng.random() < GIVES_UP else "mends"
            found = _acted(task, perfect, slipped, feedback, conduct, (slip.name,), f"{task.id}~{slip.name}~{feedback}~{seed}")
            if found is not None:
                return found
    return None


def _went_on(task: Task, name: str, conduct: Conduct, seed: int, feedback: Feedback) -> Injection | None:
    """A run in which a refused call is followed by what ``name`` says; whichever slip has it refused is drawn."""
    slips = [slip for slip in IN_WORLDS if slip.invocation]
    for attempt in range(TRIES * 2):
        rng = Random(f"{seed}/{attempt}/{task.id}/{name}/{feedback}")
        perfect = _drawn(task, rng, attempt, may_finish=False)
        slip = rng.choice(slips)
        slipped = _planted(slip, perfect, rng)
        if slipped is not None:
            found = _acted(task, perfect, slipped, feedback, conduct, (name, slip.name), f"{task.id}~{name}~{feedback}~{seed}")
            if found is not None and any(f"{each.error}.{each.subtype}" == name for each in found.planted):
                return found
    return None


def _drawn(task: Task, rng: Random, attempt: int, *, may_finish: bool) -> Draft:
    """The perfect run along one of the gold's paths, in one syntax; half of them in structured calls."""
    number = len(task.gold.paths) if task.gold is not None else 0
    path = attempt % number if attempt < number else rng.randrange(max(number, 1))
    finish = may_finish and rng.randrange(FINISHES) == 0
    draft = draft_of(task, path, finish=finish)
    return msgspec.structs.replace(draft, dialect=NATIVE if rng.random() < 0.5 else rng.choice(DIALECTS))


def _planted(slip: Slip, draft: Draft, rng: Random) -> tuple[Draft, tuple[Mark, ...]] | None:
    try:
        return slip.plant(draft, rng)
    except (Unwritable, SchemaError):
        return None


def _acted(
    task: Task,
    perfect: Draft,
    slipped: tuple[Draft, tuple[Mark, ...]],
    feedback: Feedback,
    conduct: Conduct,
    slips: tuple[str, ...],
    id: str,
) -> Injection | None:
    """The broken run in its world; ``None`` where something else comes of it than was planted."""
    task = msgspec.structs.replace(task, tool_sets=perfect.tool_sets, request=perfect.request)
    try:
        acted: Performance = performed(task, perfect, *slipped, feedback, conduct)
        if is_rivalled(acted.draft, perfect):
            return None
        trajectory, planted = written(acted.draft, acted.marks, id=id, model=MODEL)
    except (Unwritable, Unplanned):
        return None
    return Injection(trajectory=trajectory, slips=slips, planted=tuple(sorted((*planted, *events(trajectory)))))
