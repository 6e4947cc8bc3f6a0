"""``--tasks`` and ``--tools``: what outputs that carry no tools or gold of their own are joined with, by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spectool.model import Rejected, Task, Tool
from spectool.read.formats.registry import FORMATS, SURE, Format, by_name, detect
from spectool.read.packaged import located
from spectool.read.record import quoted
from spectool.read.source import FormatError, Source, open_path
from spectool.read.tools import tools_from


def load_tasks(paths: Iterable[str | Path], format: str | None = None) -> tuple[dict[str, Task], list[Rejected]]:
    """Tasks by id, from files and folders of any format that holds tasks and `PACKAGED` ones, and what could not be read.

    An id that comes twice keeps its first task; the second is among the rejected, unless both say the same.

    Raises:
        FormatError: a path does not exist or, where a single file is named, is of no format that holds tasks.
    """
    tasks: dict[str, Task] = {}
    rejected: list[Rejected] = []
    for path in map(located, paths):
        for source in open_path(path):
            try:
                module = _task_format(source, format)
            except FormatError as error:
                if not Path(path).is_dir():
                    raise
                rejected.append(Rejected(source=source.name, line=None, reason=str(error)))
                continue
            for item in module.read_tasks(source):  # type: ignore[attr-defined]
                rejected.extend(_kept(item, tasks, source))
    return tasks, rejected


def _kept(item: Task | Rejected, tasks: dict[str, Task], source: Source) -> Iterator[Rejected]:
    """Adds a task; yields what could not be added."""
    if isinstance(item, Rejected):
        yield item
    elif (first := tasks.setdefault(item.id, item)) is not item and first != item:
        reason = f"a second task with the id {quoted(item.id)} and other content; the first is used"
        yield Rejected(source=source.name, line=None, reason=reason)


def _task_format(source: Source, name: str | None) -> Format:
    """The format that is surest of the source among those that hold tasks."""
    if name is not None:
        module = by_name(name)
        if not hasattr(module, "read_tasks"):
            raise FormatError(f"format {quoted(name)} holds no tasks")
        return module
    best, score = None, 0.0
    for module in FORMATS:
        if hasattr(module, "read_tasks") and (sure := module.sniff(source)) > score:
            best, score = module, sure
    if best is not None and score >= SURE:
        return best
    found = detect(source)
    holders = ", ".join(module.NAME for module in FORMATS if hasattr(module, "read_tasks"))
    raise FormatError(f"{source.name}: is {found.NAME}, which holds no tasks; tasks are read from {holders}")


def load_tools(path: str | Path) -> tuple[Tool, ...]:
    """The tools in a file: an MCP ``tools/list`` reply, an OpenAI or Anthropic list, one tool a line, or a benchmark's own map of tools.

    Of two tools with one name the last counts.

    Raises:
        FormatError: it holds none, with file and line.
    """
    found = [tool for source in open_path(path) for tool in _tools_in(source)]
    if not found:
        raise FormatError(f"{path}: no tools in it; expected a list of tools or {{'tools': […]}}")
    return tuple({tool.name: tool for tool in found}.values())


def _tools_in(source: Source) -> Iterator[Tool]:
    """A format that keeps tools in a way of its own has ``read_tools(source)``."""
    for module in FORMATS:
        if hasattr(module, "read_tools") and module.sniff(source) >= SURE:
            yield from module.read_tools(source)
            return
    for item in source.records():
        if isinstance(item, Rejected):
            raise FormatError(f"{source.name}:{item.line}: {item.reason}")
        line, record = item
        try:
            yield from tools_from(record)
        except FormatError as error:
            raise FormatError(f"{source.name}:{line}: {error}") from None
