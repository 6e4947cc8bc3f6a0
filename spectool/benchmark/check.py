"""Whether tasks of the benchmark are fit to measure by: each by itself (``path_check``), and all of them against each other.

No two requests may nearly repeat each other, in one split or in two. A template, a record or an environment that is for testing only
belongs to one split, so that nothing of the test is seen before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

import msgspec

from spectool.benchmark.composing import records_of
from spectool.benchmark.generate import asked
from spectool.benchmark.near import NearDuplicates
from spectool.benchmark.path_check import TaskFault, check_gold
from spectool.benchmark.splits import SPLITS, TEST_ONLY
from spectool.benchmark.template import Kind
from spectool.benchmark.tool_similarity import ToolSimilarity, tool_similarities
from spectool.environments.episode.user import BrokenScript
from spectool.environments.registry import ENVIRONMENTS
from spectool.model import Task
from spectool.read.record import quoted

KINDS: tuple[str, ...] = get_args(Kind)

Counts = Mapping[str, Mapping[str, int]]


class TaskReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was checked and what is wrong.

    ``failed`` counts tasks with a fault; ``paths`` gold paths, ``plays`` the ways in which they were played; ``environments`` and ``kinds``
    count tasks by name and split, ``templates`` the templates by split, ``offers`` the tasks by how many tools they offer: ``few`` (at most
    eight) or ``all`` of an environment.
    """

    tasks: int
    failed: int
    faults: tuple[TaskFault, ...]
    paths: int
    plays: int
    claims: int
    with_state: int
    environments: Counts
    kinds: Counts
    templates: Mapping[str, int]
    offers: Mapping[str, int]
    similarity: tuple[ToolSimilarity, ...]


def check_tasks(tasks: Iterable[Task], unreadable: Iterable[TaskFault] = ()) -> TaskReport:
    """Checks tasks one by one as they come; ``unreadable`` are faults of rows that are no tasks."""
    checked: list[Task] = []
    faults = list(unreadable)
    among = _Among()
    plays = 0
    for task in tasks:
        played = check_gold(task)
        plays += played.plays
        faults += [*played.faults, *among.faults(task)]
        checked.append(task)
    golds = [task.gold for task in checked if task.gold is not None]
    return TaskReport(
        tasks=len(checked),
        failed=len({fault.task for fault in faults}),
        faults=tuple(faults),
        paths=sum(len(gold.paths) for gold in golds),
        plays=plays,
        claims=sum(len(gold.answer) for gold in golds),
        with_state=sum(bool(gold.state) for gold in golds),
        environments=_counts(checked, "environment", [each.name for each in ENVIRONMENTS]),
        kinds=_counts(checked, "category", KINDS),
        templates={split: len({_said(task, "template") for task in checked if _said(task, "split") == split}) for split in SPLITS},
        offers={name: sum(f"tools:{name}" in task.tags for task in checked) for name in ("few", "all")},
        similarity=tool_similarities({each.name: each.tools for each in ENVIRONMENTS}),
    )


class _Among:
    """What is told of a task by those before it."""

    def __init__(self) -> None:
        self._near = NearDuplicates()
        self._splits: dict[str, tuple[str, str]] = {}

    def faults(self, task: Task) -> Iterator[TaskFault]:
        """What is wrong with a task in the company of those before it."""
        yield from self._repeats(task)
        environment, kind, split = (_said(task, name) for name in ("environment", "category", "split"))
        if kind not in KINDS:
            yield TaskFault(task=task.id, kind="split", message=f"expected a kind of task, got {quoted(kind)}")
        if split not in SPLITS:
            yield TaskFault(task=task.id, kind="split", message=f"expected split {', '.join(SPLITS)}, got {quoted(split)}")
            return
        if environment in TEST_ONLY and split != "test":
            yield TaskFault(
                task=task.id, kind="split", message=f"environment {quoted(environment)} is for testing only, got split '{split}'"
            )
        # Several tables may hold rows of one id: they are about the same thing.
        records = dict.fromkeys(f"{environment} {record.split('/', 2)[2]}" for record in records_of(task))
        for place in (f"template {_said(task, 'template')}", *(f"record {record}" for record in records)):
            first, owner = self._splits.setdefault(place, (task.id, split))
            if owner != split:
                yield TaskFault(task=task.id, kind="split", message=f"{place} is also in split '{owner}', in {quoted(first)}")

    def _repeats(self, task: Task) -> Iterator[TaskFault]:
        try:
            request = asked(task)
        except BrokenScript:
            return  # told by ``check_gold``
        if (found := self._near.nearest(request)) is not None:
            message = f"its request nearly repeats that of {quoted(found[0])} (Jaccard {found[1]:.2f})"
            yield TaskFault(task=task.id, kind="near", message=message)
        self._near.add(task.id, request)


def _said(task: Task, name: str) -> str:
    return str(task.meta.get(name, ""))


def _counts(tasks: Iterable[Task], name: str, order: Iterable[str]) -> Counts:
    """Tasks by ``name`` of their meta, in ``order``, and split."""
    found: dict[str, dict[str, int]] = {value: {} for value in order}
    for task in tasks:
        of = found.setdefault(_said(task, name), {})
        split = _said(task, "split")
        of[split] = of.get(split, 0) + 1
    return {value: counts for value, counts in found.items() if counts}
