"""The first of two passes over an input: what its own calls show of the tools, where it says nothing of them."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from spectool.classify.induction import Induction, support_of
from spectool.classify.inferred import LIKELY_TASKS, THIN_TASKS
from spectool.model import Tool
from spectool.read.source import FormatError
from spectool.results.rows import to_json
from spectool.results.stream import Reading, read_batches
from spectool.results.summary import InferredTools

# Beside the tables of a result folder.
INFERRED_FILE = "tools.inferred.json"
NOTE = (
    "Inferred from calls that succeeded, not from the tools' own definitions: a finding that rests on them is likely at most. Check and "
    "edit them, then pass this file with --tools; as long as a tool in it carries 'x-inferred', they count as inferred."
)


def infer(
    paths: Sequence[str | Path], reading: Reading, progress: Callable[[str, int], None] | None = None
) -> tuple[tuple[Tool, ...], InferredTools]:
    """The tools that the records without tools below ``paths`` show to work, by name, and how many calls they rest on.

    Raises:
        FormatError: A path does not exist, holds no data file, or can be read only once.
    """
    if once := [str(path) for path in paths if _is_read_once(path)]:
        raise FormatError(f"'{once[0]}' can be read only once, and --infer-tools reads its input twice; save it to a file first")
    induction, records = Induction(), 0
    for batch in read_batches(paths, reading):
        for trajectory in batch.trajectories:
            induction.add(trajectory)
        records += len(batch.trajectories) + len(batch.rejected)
        if progress:
            progress(batch.source, records)
    tools = induction.tools()
    return tools, InferredTools(tools=len(tools), calls=induction.calls, used=induction.used, **_by_support(tools))


def split(tools: tuple[Tool, ...]) -> tuple[tuple[Tool, ...], tuple[Tool, ...]]:
    """A list of tools as what was defined and what was inferred: while one of them carries the mark, the whole list was inferred."""
    is_inferred = any(support_of(tool.parameters) is not None for tool in tools)
    return ((), tools) if is_inferred else (tools, ())


def write_inferred(folder: Path, tools: Sequence[Tool]) -> None:
    """Writes the tools where people can read and edit them, in the form that ``--tools`` reads."""
    listed = [{"name": tool.name, "parameters": tool.parameters} for tool in tools]
    data = msgspec.json.format(to_json({"note": NOTE, "tools": listed}).encode(), indent=2)
    (folder / INFERRED_FILE).write_bytes(data + b"\n")


def _by_support(tools: Sequence[Tool]) -> dict[str, int]:
    tasks = [support.tasks for tool in tools if (support := support_of(tool.parameters)) is not None]
    thin = sum(THIN_TASKS <= count < LIKELY_TASKS for count in tasks)
    return {"likely": sum(count >= LIKELY_TASKS for count in tasks), "thin": thin, "silent": sum(count < THIN_TASKS for count in tasks)}


def _is_read_once(path: str | Path) -> bool:
    """Whether a path is standard input or a pipe."""
    return str(path) == "-" or (Path(path).exists() and stat.S_ISFIFO(Path(path).stat().st_mode))
