"""Who is compared with whom: result folders, or the models within them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Any, Literal

import msgspec

from spectool.results.folder import ResultFolderError
from spectool.results.store import open_folder
from spectool.results.tables import TASK, rows

By = Literal["folder", "model"]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One model's attempts in one folder. ``name`` is its letter; ``result`` the folder's place among those given."""

    name: str
    folder: str
    model: str
    result: int
    attempts: int
    tasks: int


def checked(paths: Sequence[str | Path]) -> tuple[Path, ...]:
    """The folders, each found to be a result folder.

    Raises:
        ResultFolderError: one is none.
    """
    for path in paths:
        open_folder(path).close()
    return tuple(map(Path, paths))


def sides_of(cursor: Any, folders: Sequence[Path], *, by: By | None = None, baseline: str | None = None) -> tuple[Side, ...]:
    """The sides in the order given, the baseline (A) first.

    Args:
        cursor: sees the tables of ``folders``.
        folders: result folders.
        by: ``folder``: each folder is a side and holds one model; ``model``: each model of each folder is one. ``None``: ``model`` if
            there is one folder only, else ``folder``.
        baseline: the folder or model that is A; ``None``: the first.

    Raises:
        ResultFolderError: a folder holds several models where it is to be one side, there is only one side, or none is the baseline.
    """
    by = by or ("model" if len(folders) == 1 else "folder")
    found = rows(
        cursor,
        f"""SELECT t.result, coalesce(t.model, '') AS model, count(*) AS attempts,
            count(DISTINCT {TASK}) AS tasks
        FROM trajectories t GROUP BY ALL ORDER BY t.result, min(t.row)""",
    )
    for place, folder in enumerate(folders):
        _check(folder, [each["model"] for each in found if each["result"] == place], by)
    found = _first(found, folders, baseline)
    if len(found) < 2:
        raise ResultFolderError(
            f"'{folders[0]}' holds one model, '{found[0]['model'][:80]}', and nothing to compare it with; name another result folder, too"
        )
    return tuple(Side(name=_letter(place), folder=str(folders[each["result"]]), **each) for place, each in enumerate(found))


def _check(folder: Path, models: Sequence[str], by: By) -> None:
    if not models:
        raise ResultFolderError(f"'{folder}' holds no trajectory, so there is nothing to compare; classify its outputs again")
    if by == "folder" and len(models) > 1:
        named = ", ".join(repr(model[:80]) for model in models[:5])
        raise ResultFolderError(
            f"'{folder}' holds {len(models)} models ({named}), so it is not one side; pass --by model to compare models instead of folders"
        )


def _first(found: list[dict[str, Any]], folders: Sequence[Path], baseline: str | None) -> list[dict[str, Any]]:
    """The sides with the baseline in front."""
    if baseline is None:
        return found
    chosen = [each for each in found if baseline in (each["model"], str(folders[each["result"]]))]
    if len(chosen) != 1:
        named = ", ".join(sorted({repr(each["model"][:80]) for each in found} | {repr(str(folder)) for folder in folders}))
        raise ResultFolderError(f"expected one folder or model as baseline, got {len(chosen)} named '{baseline[:80]}'; there are {named}")
    return chosen + [each for each in found if each is not chosen[0]]


def _letter(place: int) -> str:
    return ascii_uppercase[place] if place < len(ascii_uppercase) else f"S{place + 1}"
