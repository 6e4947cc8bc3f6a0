"""Finds the files that travel with SpecTool: ``taxonomy``, ``data`` and ``app``, in a checkout or in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``name`` (``taxonomy``, ``data`` or ``app``): inside the package when installed, beside it in a checkout.

    Raises:
        FileNotFoundError: It is in neither place: the installation is incomplete.
    """
    places = (_PACKAGE / "_bundled" / name, _PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"folder '{name}' is in neither '{places[0]}' nor '{places[1]}'; install spectool again")
