"""Reads sources and classifies them in batches, in this process or in several; the order of the results is that of the input."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import msgspec

from spectool.classify.classify import classify_batch
from spectool.model import GoldMode, Rejected, Task, Tool, Trajectory, Verdict
from spectool.read.formats.registry import detect
from spectool.read.source import FormatError, Source, open_path
from spectool.results.folder import is_result_folder

BATCH = 256
# Batches that wait for a process, for each process: enough that none is idle, few enough that memory stays flat.
AHEAD = 2


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Some trajectories of one source, in order, and what could not be read on the way.

    ``format`` is ``None`` when no reader knew the file; ``given`` is the index of the path that led here; ``first`` marks the first
    batch of its source.
    """

    given: int
    source: str
    format: str | None
    first: bool
    trajectories: tuple[Trajectory, ...] = ()
    rejected: tuple[Rejected, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How to read: a format's name (``None``: by its looks), tasks by id, tools for what has none."""

    format: str | None = None
    tasks: Mapping[str, Task] = msgspec.field(default_factory=dict)
    tools: tuple[Tool, ...] = ()


def classified(batches: Iterator[Batch], gold_mode: GoldMode | None, workers: int) -> Iterator[tuple[Batch, list[Verdict]]]:
    """Each batch with its verdicts, in order; ``workers`` > 1 classifies in that many processes."""
    judge = partial(_judge, gold_mode=gold_mode)
    if workers <= 1:
        yield from ((batch, judge(batch.trajectories)) for batch in batches)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[Batch, Future[list[Verdict]]]] = deque()
        for batch in batches:
            waiting.append((batch, pool.submit(judge, batch.trajectories)))
            if len(waiting) > AHEAD * workers:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)


def _first(waiting: deque[tuple[Batch, Future[list[Verdict]]]]) -> tuple[Batch, list[Verdict]]:
    batch, future = waiting.popleft()
    return batch, future.result()


def _judge(trajectories: tuple[Trajectory, ...], gold_mode: GoldMode | None) -> list[Verdict]:
    return classify_batch(trajectories, gold_mode=gold_mode)


def read_batches(paths: Sequence[str | Path], reading: Reading) -> Iterator[Batch]:
    """Everything below ``paths`` in batches; a file that no reader knows is one rejected record.

    Raises:
        FormatError: A path does not exist or holds no data file.
    """
    for given, source in sources(paths):
        first = True
        for form, items in _batched(source, reading):
            yield Batch(
                given=given,
                source=source.name,
                format=form,
                first=first,
                trajectories=tuple(item for item in items if isinstance(item, Trajectory)),
                rejected=tuple(item for item in items if isinstance(item, Rejected)),
            )
            first = False


def sources(paths: Sequence[str | Path]) -> Iterator[tuple[int, Source]]:
    """Every source below ``paths`` with the index of its path.

    Names become keys, so they must differ within a run: the second file of a name gets its folder's name before it, or a number after it.
    Result folders met on the way through a folder are our own output, not input.
    """
    seen: Counter[str] = Counter()
    for given, path in enumerate(paths):
        for source in open_path(path):
            if source.path is not None and source.path != Path(path) and is_result_folder(source.path.parent):
                continue
            name = source.name
            if seen[name] and source.path is not None:
                name = f"{source.path.resolve().parent.name}/{name}"
            seen[name] += 1
            if seen[name] > 1:
                name = f"{name} ({seen[name]})"
            yield given, source if name == source.name else Source(source.path, name)


def _batched(source: Source, reading: Reading) -> Iterator[tuple[str | None, list[Trajectory | Rejected]]]:
    form: str | None = None
    items: list[Trajectory | Rejected] = []
    try:
        module = detect(source, reading.format)
        form = module.NAME
        for item in module.read(source, reading.tasks):
            items.append(with_tools(item, reading.tools))
            if len(items) >= BATCH:
                yield form, items
                items = []
    except FormatError as error:
        items.append(Rejected(source=source.name, line=None, reason=str(error)))
    yield form, items


def with_tools(item: Trajectory | Rejected, tools: tuple[Tool, ...]) -> Trajectory | Rejected:
    """``item`` with ``tools`` offered throughout where it says nothing of its own."""
    if isinstance(item, Rejected) or item.tool_sets or not tools:
        return item
    return msgspec.structs.replace(item, tool_sets=(tools,))
