"""The labelled sample: which rows were drawn, what readers said of them, and the same rows as SpecTool reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from benchmarks.loading import trajectories
from spectool.model import Trajectory
from spectool.read.source import FormatError
from spectool.results.reader_labels import GOLD_FAULT, Label, Labelled

T = TypeVar("T")
GOLD = Path(__file__).parents[1] / "tests" / "gold"
ITEMS, LABELS = GOLD / "items.jsonl", GOLD / "labels.jsonl"
# What lies beside a source and holds its tools, gold or questions, below the data folder.
TOOLS = {
    "tau_bench": "tau_bench/tools_airline.json",
    "tau2": "tau2/tools_airline_derived.json",
    "workbench": "workbench/tool_specs_derived.json",
}
TASKS = {"toolalpaca": "toolalpaca/data", "misc": "misc/hammerbench_data.json"}


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Where a drawn row stands: its file below the data folder and its record there, from 1."""

    item: int
    source: str
    line: int
    id: str
    model: str
    category: str
    published: Literal["fail", "pass", "none"]


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """What was settled about an item, how, and what the two readers had said."""

    item: int
    labels: tuple[Label, ...]
    settled: Literal["agreed", "a", "b", "neither", "definition"]
    a: tuple[Label, ...]
    b: tuple[Label, ...]
    why: str = ""

    @property
    def slips(self) -> tuple[Label, ...]:
        """The labels that blame the model."""
        return tuple(label for label in self.labels if label.code != GOLD_FAULT)


def items(path: Path = ITEMS) -> dict[int, Item]:
    """The rows drawn, by number."""
    return {each.item: each for each in _records(path, Item)}


def references(path: Path = LABELS) -> dict[int, Reference]:
    """The settled labels, by item; none yet where the file is missing."""
    return {each.item: each for each in _records(path, Reference)} if path.exists() else {}


def both_readers(references: Mapping[int, Reference]) -> tuple[dict[int, Labelled], dict[int, Labelled]]:
    """Both readers' labels, by item."""
    first = {item: Labelled(item=item, labels=each.a) for item, each in references.items()}
    return first, {item: Labelled(item=item, labels=each.b) for item, each in references.items()}


def _records(path: Path, kind: type[T]) -> list[T]:
    return [msgspec.json.decode(line, type=kind) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def attempts(data: Path, wanted: Iterable[Item]) -> dict[int, Trajectory]:
    """The drawn rows as SpecTool reads them, with the tools and tasks that belong to their source.

    Raises:
        FormatError: a row is not where the sample says.
    """
    by_source: dict[str, dict[int, Item]] = defaultdict(dict)
    for each in wanted:
        by_source[each.source][each.line] = each
    found: dict[int, Trajectory] = {}
    for source, lines in by_source.items():
        for attempt in trajectories(data / source, tools=_tools(data, source), tasks=_tasks(data, source, lines)):
            item = lines.get(attempt.line or 0)
            if item is not None:
                found.setdefault(item.item, attempt)
        missing = [each for each in lines.values() if each.item not in found]
        if missing:
            raise FormatError(f"{source}:{missing[0].line}: expected item {missing[0].item}, found no such record")
    return found


def _tools(data: Path, source: str) -> Path | None:
    place = TOOLS.get(source.partition("/")[0])
    return data / place if place else None


def _tasks(data: Path, source: str, lines: Mapping[int, Item]) -> list[Path]:
    """BFCL: the questions and answers of the file's generation and category, where there are any."""
    folder = source.partition("/")[0]
    if folder != "bfcl":
        return [data / TASKS[folder]] if folder in TASKS else []
    generation = source.split("/")[2]
    name = f"BFCL_{generation}_{next(iter(lines.values())).category}.json"
    questions = data / "bfcl" / "datasets" / generation
    return [path for path in (questions / name, questions / "possible_answer" / name) if path.exists()]
