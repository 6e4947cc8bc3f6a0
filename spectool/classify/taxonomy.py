"""The taxonomy as typed values: ``taxonomy/errors.yaml``, read strictly.

The YAML names and describes, it never programs; a missing, unknown or doubled key is an error that names file and entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from spectool.classify.strict_yaml import TaxonomyError, Text, convert, entries, mapping, place, unique
from spectool.model import Fault, Level, Tier
from spectool.resources import folder

Axis = Literal["selection", "invocation", "response_handling", "none"]
Need = Literal["tools", "gold", "results", "request", "raw"]
Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z_]*$")]
Colour = Annotated[str, msgspec.Meta(pattern=r"^#[0-9A-F]{6}$")]


class Subtype(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The second level of an error; ``tier`` is the usual one, ``needs_gold`` says that it can not be told without gold.

    ``judged``: no rule tells this one of a pattern that rules decide otherwise, only a judge, a tagger or a person.
    """

    code: Code
    name: Text
    definition: Text
    example: Text
    tier: Tier = "certain"
    needs_gold: bool = False
    judged: bool = False


class ErrorType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One error pattern.

    ``needs``: at least one of these has to be there, else the pattern is skipped; empty: the calls alone suffice.
    ``assessed`` says which places could have failed; ``decided_by`` is ``candidate`` where only a judge, tagger or person decides so far.
    ``subtypes`` stand in order of precedence.
    """

    code: Code
    name: Text
    level: Level
    axis: Axis
    fault: Fault
    colour: Colour
    needs: tuple[Need, ...]
    decided_by: Literal["rule", "candidate"]
    question: Text
    definition: Text
    counts: Text
    assessed: Text
    excludes: Text
    example: Text
    source: Text
    subtypes: Annotated[tuple[Subtype, ...], msgspec.Meta(min_length=1)]

    def subtype(self, code: str) -> Subtype:
        """The subtype ``code``.

        Raises:
            TaxonomyError: This error has none of that code.
        """
        for subtype in self.subtypes:
            if subtype.code == code:
                return subtype
        raise TaxonomyError(f"unknown subtype '{code[:80]}' of {self.code}; known: {', '.join(s.code for s in self.subtypes)}")


class Taxonomy(msgspec.Struct, frozen=True, kw_only=True):
    """All errors, in the order of work that decides the primary finding; ``references`` are the sources in full, by short name."""

    version: int
    references: Mapping[str, str]
    errors: tuple[ErrorType, ...]
    positions: Mapping[str, int]

    def error(self, code: str) -> ErrorType:
        """The error ``code``.

        Raises:
            TaxonomyError: There is none of that code.
        """
        return self.errors[self.order(code)]

    def order(self, code: str) -> int:
        """The position of ``code`` in the order of work, from 0.

        Raises:
            TaxonomyError: There is none of that code.
        """
        try:
            return self.positions[code]
        except KeyError:
            raise TaxonomyError(f"unknown error '{code[:80]}'; known: {', '.join(self.positions)}") from None

    def find(self, code: str) -> tuple[ErrorType, Subtype | None]:
        """The error, and the subtype where ``code`` names one: ``IAT``, ``iat`` and ``IAT.coercible`` are all understood.

        Raises:
            TaxonomyError: There is none of that code.
        """
        head, _, tail = code.partition(".")
        known = {name.lower(): name for name in self.positions}
        error = self.error(known.get(head.lower(), head))
        return error, error.subtype(tail.lower()) if tail else None

    def at_level(self, level: Level) -> tuple[ErrorType, ...]:
        """The errors of one level, in order."""
        return tuple(error for error in self.errors if error.level == level)


@cache
def load() -> Taxonomy:
    """The taxonomy of this installation, read once.

    Raises:
        TaxonomyError: ``errors.yaml`` is broken.
    """
    return read(folder("taxonomy") / "errors.yaml")


def read(path: Path) -> Taxonomy:
    """The taxonomy of one file.

    Raises:
        TaxonomyError: The file is no YAML, or an entry has a missing, unknown or doubled key, or a value of the wrong kind.
    """
    raw = mapping(path, {"version", "references", "errors"})
    where = place(path)
    errors = entries(raw["errors"], ErrorType, where, "code")
    for error in errors:
        unique((subtype.code for subtype in error.subtypes), f"{where}: entry '{error.code}': subtype")
    return Taxonomy(
        version=convert(raw["version"], int, f"{where}: version"),
        references=convert(raw["references"], dict[str, Text], f"{where}: references"),
        errors=errors,
        positions={error.code: position for position, error in enumerate(errors)},
    )
