"""Result folders in, examples or opinions out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from spectool.model import Opinion, Trajectory
from spectool.results.opinions import write_opinions
from spectool.results.reread import reread
from spectool.results.restore import trajectory_from
from spectool.results.store import open_folder
from spectool.results.tables import TASK, connect, rows
from spectool.tagger.apply import opinions_of
from spectool.tagger.examples import Example, example_of
from spectool.tagger.labelled import labelled, with_labels
from spectool.tagger.tagged import Count, Tagged
from spectool.tagger.tagger_model import TaggerModel
from spectool.tagger.truth import is_clean, truth_of
from spectool.tagger.view import MAX_PEERS, View

# Trajectories whose tasks are looked up at once.
BATCH = 256
# The other attempts at the tasks of a batch, the first of each task; one more than are looked at, since each is its own attempt too.
_ATTEMPTS = f"""SELECT key, {TASK} AS task, turns FROM trajectories t WHERE {TASK} IN (SELECT unnest(?::VARCHAR[]))
  QUALIFY row_number() OVER (PARTITION BY {TASK} ORDER BY row) <= {MAX_PEERS + 1} ORDER BY row"""
_NO_MORE: dict[str, Any] = {
    **dict.fromkeys(("id", "task", "model", "run", "source"), ""),
    **{"sample": 0, "reward": None, "time": None, "line": None, "tags": (), "request": "{}", "gold": None, "meta": "{}"},
}

Progress = Callable[[str, int], None]


def examples_of(folders: Sequence[Path], progress: Progress | None = None) -> list[Example]:
    """The examples of every trajectory with gold, or that people labelled, which the rules leave clean when gold is hidden.

    Raises:
        ResultFolderError: a folder is none.
    """
    found: list[Example] = []
    read = 0
    for folder in folders:
        open_folder(folder).close()
        people = labelled(folder)
        for trajectory, peers in _read(folder):
            truth = with_labels(truth_of(trajectory), people.get(trajectory.key))
            if truth.found and is_clean(trajectory):
                found.append(example_of(View(trajectory, peers), truth))
            read += 1
            if progress is not None:
                progress(trajectory.source, read)
    return found


def apply_to(folder: Path, model: TaggerModel, progress: Progress | None = None) -> Tagged:
    """Writes the tagger's opinions into a result folder and returns their counts.

    Raises:
        ResultFolderError: the folder is none, or can not be written.
    """
    open_folder(folder).close()
    count = Count(model.name)
    write_opinions(folder, "tagger", _opinions(folder, model, count, progress))
    return count.tagged()


def _opinions(folder: Path, model: TaggerModel, count: Count, progress: Progress | None) -> Iterator[Opinion]:
    for place, (trajectory, peers) in enumerate(_read(folder), 1):
        count.trajectory()
        for opinion in opinions_of(model, trajectory, peers):
            count.add(trajectory, opinion)
            yield opinion
        if progress is not None:
            progress(trajectory.source, place)


def _read(folder: Path) -> Iterator[tuple[Trajectory, tuple[Trajectory, ...]]]:
    """Every trajectory with the other attempts at its task within its folder."""
    every = (trajectory for trajectory, _ in reread(folder))
    with connect(folder.resolve()) as connection:
        while batch := list(islice(every, BATCH)):
            attempts = _attempts(connection, {each.task or each.id for each in batch})
            for each in batch:
                yield each, tuple(other for other in attempts[each.task or each.id] if other.key != each.key)


def _attempts(connection: Any, tasks: Iterable[str]) -> defaultdict[str, list[Trajectory]]:
    found: defaultdict[str, list[Trajectory]] = defaultdict(list)
    for row in rows(connection, _ATTEMPTS, [sorted(tasks)]):
        found[row["task"]].append(trajectory_from({**_NO_MORE, "key": row["key"], "turns": row["turns"]}, "[]"))
    return found
