"""Reads every file below a folder and prints what was found: is any record lost, rejected or misread?

    python -m benchmarks.accuracy FOLDER [--files]

Files that hold tasks (BFCL questions, API files) are read first and joined to the outputs of the same format and generation, as ``--tasks``
would. One row is a folder and format, or a file with ``--files``. Exit code 1 when a file was not recognised or a record rejected.

What counts as data: ``.json``, ``.jsonl``, ``.ndjson`` and ``.eval``, also ``.gz`` and ``.zst``; README, LICENSE and hidden files are
not opened.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from spectool.model import Rejected, Step, Task, Trajectory
from spectool.read.formats.bfcl.naming import file_name
from spectool.read.formats.registry import Format, detect
from spectool.read.source import FormatError, Source, open_path
from spectool.read.tasks import load_tools

Pool = Mapping[tuple[str, str], Mapping[str, Task]]


@dataclass
class Row:
    """Counts of one file, or of a folder's files of one format."""

    name: str
    format: str
    role: str
    files: int = 1
    records: int = 0
    trajectories: int = 0
    calls: int = 0
    passed: int = 0
    with_tools: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    rejected: int = 0

    def add(self, other: Row) -> None:
        """Takes the other's counts on top."""
        for each in ("files", "records", "trajectories", "calls", "passed", "with_tools", "rejected"):
            setattr(self, each, getattr(self, each) + getattr(other, each))
        self.problems.update(other.problems)


def note(module: Format, source: Source) -> str | None:
    """What a file is that holds no rows of its own; ``None`` for outputs."""
    overlay = getattr(module, "overlay", None)
    found: str | None = overlay(source) if overlay is not None else None
    return found


def tasks_of(sources: Iterable[Source]) -> tuple[Pool, Counter[str]]:
    """Tasks by format and generation, and how many each file gave."""
    pool: dict[tuple[str, str], dict[str, Task]] = defaultdict(dict)
    given: Counter[str] = Counter()
    for source in sources:
        module = _format(source)
        if (
            module is None
            or not hasattr(module, "read_tasks")
            or note(module, source) is None
            or " score file" in str(note(module, source))
        ):
            continue
        for item in module.read_tasks(source):
            if isinstance(item, Task):
                pool[module.NAME, str(item.meta.get("generation", ""))][item.id] = item
                given[source.name] += 1
            else:
                given[f"rejected {source.name}"] += 1
    return pool, given


def _format(source: Source) -> Format | None:
    try:
        return detect(source)
    except FormatError:
        return None


def measured(source: Source, pool: Pool, given: Counter[str]) -> Row:
    """One file's row."""
    module = _format(source)
    if module is None:
        return _tools_or_unknown(source)
    role = note(module, source)
    row = Row(source.name, module.NAME, "outputs" if role is None else role.partition(":")[0].partition(",")[0])
    if role is not None:
        row.records = sum(not isinstance(item, Rejected) for item in source.records())
        row.rejected = given[f"rejected {source.name}"]
        if given[source.name]:
            row.role += f" ({given[source.name]} tasks)"
        return row
    parsed = file_name(source.name)
    tasks = pool.get((module.NAME, parsed.generation if parsed else ""), {})
    for item in module.read(source, tasks):
        _count(row, item)
    row.records = _records(source, row)
    return row


def _tools_or_unknown(source: Source) -> Row:
    try:
        tools = load_tools(source.path or "-")
    except FormatError as error:
        return Row(source.name, "unknown", str(error)[:60], rejected=1)
    return Row(source.name, "tools", f"tools, given with --tools ({len(tools)})", records=len(tools))


def _records(source: Source, row: Row) -> int:
    """Records of the file; a zip has no lines, and each of its samples is one trajectory."""
    return row.trajectories if source.name.endswith(".eval") else sum(not isinstance(item, Rejected) for item in source.records())


def _count(row: Row, item: Trajectory | Rejected) -> None:
    if isinstance(item, Rejected):
        row.rejected += 1
        return
    row.trajectories += 1
    row.passed += item.reward == 1.0
    row.with_tools += bool(item.tool_sets)
    for step in item.turns:
        if isinstance(step, Step):
            row.calls += len(step.calls)
            row.problems.update(call.problem.kind for call in step.calls if call.problem)
            row.problems["inference error"] += step.finish_reason == "error"


def grouped(rows: Iterable[Row]) -> list[Row]:
    """One row a folder, format and role."""
    found: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        folder, role = row.name.rpartition("/")[0], row.role.partition(" (")[0]
        place = found.get((folder, row.format, role))
        if place is None:
            found[folder, row.format, role] = Row(folder, row.format, role, files=0)
        found[folder, row.format, role].add(row)
    return list(found.values())


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as a Markdown table."""
    yield "| files | format | holds | files | records | trajectories | with tools | passed | calls | problems by kind | rejected |"
    yield "|---|---|---|--:|--:|--:|--:|--:|--:|---|--:|"
    for row in rows:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(row.problems.items(), key=lambda pair: -pair[1]) if count)
        numbers = f"{row.files} | {row.records:,} | {row.trajectories:,} | {row.with_tools:,} | {row.passed:,} | {row.calls:,}"
        yield f"| `{row.name}` | {row.format} | {row.role} | {numbers} | {kinds or '–'} | {row.rejected} |"


def main(argv: list[str] | None = None) -> int:
    """Prints the table; 1 where anything was not read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", action="store_true", help="one row a file instead of one a folder and format")
    options = parser.parse_args(argv)
    started = time.perf_counter()
    sources = list(open_path(options.folder))
    pool, given = tasks_of(sources)
    rows = [measured(source, pool, given) for source in sources]
    total = Row("**all**", "", "")
    total.files = 0
    for row in rows:
        total.add(row)
    print("\n".join(table([*(rows if options.files else grouped(rows)), total])))
    print(f"\n{total.files} files in {time.perf_counter() - started:.1f} s; not recognised: {sum(row.format == 'unknown' for row in rows)}")
    return 1 if total.rejected else 0


if __name__ == "__main__":
    sys.exit(main())
