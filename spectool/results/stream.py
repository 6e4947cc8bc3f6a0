"""Reads sources in batches, in the order of the input."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from spectool.model import Rejected, Task, Tool, Trajectory
from spectool.read.formats.registry import detect
from spectool.read.source import FormatError, Source, open_path
from spectool.results.folder import is_result_folder

BATCH = 256


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
    """How to read: a format's name (``None``: by its looks), tasks by id, tools for what has none.

    ``inferred`` tools are offered to nobody: they are evidence about calls where the tools are unknown.
    """

    format: str | None = None
    tasks: Mapping[str, Task] = msgspec.field(default_factory=dict)
    tools: tuple[Tool, ...] = ()
    inferred: tuple[Tool, ...] = ()


@contextmanager
def uncollected() -> Iterator[None]:
    """Pauses the cyclic garbage collector for a block that streams records.

    Records, trajectories and verdicts are trees: counting references frees them at once. The collector finds nothing in them, and yet
    it is woken by every few hundred new objects and walks the loaded tasks again and again: up to a fifth of the time was its.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_batches(paths: Sequence[str | Path], reading: Reading) -> Iterator[Batch]:
    """Everything below ``paths`` in batches; a file that no reader knows is one rejected record.

    Raises:
        FormatError: A path does not exist or holds no data file.
    """
    for given, source in sources(paths):
        yield from batches_of(source, reading, given=given)


def batches_of(source: Source, reading: Reading, *, given: int = 0, first: bool = True) -> Iterator[Batch]:
    """One source in batches, at least one; ``first`` is whether it begins with the source's first record."""
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
