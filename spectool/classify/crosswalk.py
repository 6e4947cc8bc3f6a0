"""Other systems' labels and what they are in ours: ``taxonomy/crosswalk/*.yaml``, read strictly and held against the taxonomy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from spectool.classify.strict_yaml import TaxonomyError, Text, convert, entries, mapping, place
from spectool.classify.taxonomy import Taxonomy, load
from spectool.model import Fault
from spectool.resources import folder


class Label(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A label of another system: ``ours`` are the codes it may stand for (``IAV`` or ``IAV.omitted``), ``note`` says which when."""

    label: Text
    ours: tuple[str, ...]
    fault: Fault | None = None
    note: str = ""


class Crosswalk(msgspec.Struct, frozen=True, kw_only=True):
    """Another system's labels; where several fit one of our codes, the first in the file is the one printed for it."""

    name: str
    system: str
    source: str
    note: str
    labels: tuple[Label, ...]

    def label_of(self, error: str, subtype: str) -> str | None:
        """The system's label for a finding of ours: the first that names the subtype, else the first that names the error."""
        for code in (f"{error}.{subtype}", error):
            for label in self.labels:
                if code in label.ours:
                    return label.label
        return None


def names() -> tuple[str, ...]:
    """The systems there is a crosswalk for, in alphabetical order."""
    return tuple(sorted(path.stem for path in (folder("taxonomy") / "crosswalk").glob("*.yaml")))


def crosswalk(name: str) -> Mapping[str, tuple[str, ...]]:
    """The labels of another system, each with the codes of ours that it may stand for (none: we have no counterpart).

    Raises:
        TaxonomyError: There is no such crosswalk, or its file is broken.
    """
    return {label.label: label.ours for label in load_crosswalk(name).labels}


@cache
def load_crosswalk(name: str) -> Crosswalk:
    """The crosswalk ``name`` with its notes, read once.

    Raises:
        TaxonomyError: There is no such crosswalk, or its file is broken or names a code that we do not have.
    """
    if name not in names():
        raise TaxonomyError(f"unknown label set '{name[:80]}'; known: {', '.join(names())}")
    return read(folder("taxonomy") / "crosswalk" / f"{name}.yaml", load())


def read(path: Path, taxonomy: Taxonomy) -> Crosswalk:
    """The crosswalk of one file.

    Raises:
        TaxonomyError: The file is broken, or names a code that ``taxonomy`` does not have.
    """
    raw = mapping(path, {"system", "source", "labels"}, optional={"note"})
    where = place(path)
    labels = entries(raw["labels"], Label, where, "label")
    for label in labels:
        _check(label, taxonomy, f"{where}: entry '{label.label}'")
    return Crosswalk(
        name=path.stem,
        system=convert(raw["system"], Text, f"{where}: system"),
        source=convert(raw["source"], Text, f"{where}: source"),
        note=convert(raw.get("note", ""), str, f"{where}: note"),
        labels=labels,
    )


def _check(label: Label, taxonomy: Taxonomy, where: str) -> None:
    if not (label.ours or label.fault or label.note):
        raise TaxonomyError(f"{where}: stands for nothing of ours; say why in 'note'")
    for code in label.ours:
        error, _, subtype = code.partition(".")
        try:
            taxonomy.error(error)
            if subtype:
                taxonomy.error(error).subtype(subtype)
        except TaxonomyError as problem:
            raise TaxonomyError(f"{where}: {problem}") from None
