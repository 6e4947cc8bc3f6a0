"""YAML files read strictly into frozen structs: the safe loader, no doubled, missing or unknown keys, errors that name file and entry."""

from __future__ import annotations

from collections.abc import Iterable, Set
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1)]
_T = TypeVar("_T")


class TaxonomyError(ValueError):
    """A file of the taxonomy is broken, or a code was asked for that it does not have."""


def place(path: Path) -> str:
    """The file as messages name it: its last two parts."""
    return "/".join(path.parts[-2:])


def mapping(path: Path, required: Set[str], optional: Set[str] = frozenset()) -> dict[str, Any]:
    """The mapping that the file holds, with exactly these keys at its top.

    Raises:
        TaxonomyError: The file is no YAML, doubles a key, or has other keys at its top.
    """
    raw = _load(path)
    if not isinstance(raw, dict):
        raise TaxonomyError(f"{place(path)}: expected a mapping, got {type(raw).__name__}")
    missing, unknown = required - raw.keys(), raw.keys() - required - optional
    if missing:
        raise TaxonomyError(f"{place(path)}: missing key '{min(missing)}'")
    if unknown:
        raise TaxonomyError(f"{place(path)}: unknown key '{min(unknown, key=str)}'")
    return raw


def entries(raw: object, kind: type[_T], where: str, key: str) -> tuple[_T, ...]:
    """A list of mappings as structs of ``kind``; ``key`` is the field that names an entry and must be unique.

    Raises:
        TaxonomyError: It is no list, or an entry does not fit, or two have one name.
    """
    if not isinstance(raw, list):
        raise TaxonomyError(f"{where}: expected a list of entries, got {type(raw).__name__}")
    read = tuple(convert(entry, kind, f"{where}: entry '{_name(entry, key, position)}'") for position, entry in enumerate(raw))
    unique((getattr(entry, key) for entry in read), f"{where}: {key}")
    return read


def convert(raw: object, kind: type[_T], where: str) -> _T:
    """``raw`` as a ``kind``, without coercion.

    Raises:
        TaxonomyError: It does not fit; the message says where and why.
    """
    try:
        return msgspec.convert(raw, kind, strict=True)
    except msgspec.ValidationError as problem:
        reason = str(problem)
        raise TaxonomyError(f"{where}: {reason[:1].lower()}{reason[1:]}") from None


def unique(names: Iterable[str], where: str) -> None:
    """Checks that no name stands twice.

    Raises:
        TaxonomyError: One does.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise TaxonomyError(f"{where} '{name[:80]}' stands twice")
        seen.add(name)


def _name(entry: object, key: str, position: int) -> str:
    name = entry.get(key) if isinstance(entry, dict) else None
    return str(name)[:80] if name else f"#{position + 1}"


def _load(path: Path) -> Any:
    import yaml

    # The C loader reads errors.yaml in 12 ms, the Python one in 130; PyYAML may be built without it.
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class StrictLoader(base):  # type: ignore[misc]
        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            unique((key.value for key, _ in node.value if isinstance(key.value, str)), f"{place(path)}:{node.start_mark.line + 1}: key")
            built: dict[Any, Any] = super().construct_mapping(node, deep=deep)
            return built

    try:
        return yaml.load(path.read_text(encoding="utf-8"), StrictLoader)  # noqa: S506 (a safe loader, made strict)
    except yaml.YAMLError as problem:
        raise TaxonomyError(f"{place(path)}: {' '.join(str(problem).split())}") from None
