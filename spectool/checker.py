"""The validator of one schema and of the schemas inside it (jsonschema-rs), compiled when first asked for.

Nothing is fetched and nothing is read: what refers to the outside is refused. Patterns run in an engine that bounds its own work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from spectool.references import Path, SchemaError

# Checkers are kept per parameters object; a run offers few, a log with its tools in each row holds many.
MAX_CHECKERS = 20_000
_ROOT = "urn:schema"


class Checker:
    """Errors of values against ``root`` or a schema inside it; ``kept`` is room for what others read of it once and for all."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root
        self.kept: dict[Any, Any] = {}
        self._document: Any = None
        self._compiled: dict[Path, Any] = {}
        self._patterns: dict[str, Any] = {}

    def errors(self, value: Any, place: Path = ()) -> list[Any]:
        """The library's errors of ``value`` against the schema at ``place``; their instance paths start at ``value``.

        Raises:
            SchemaError: the schema cannot be used.
        """
        validator = self._compiled.get(place)
        if validator is None:
            validator = self._compiled[place] = self._compile(place)
        try:
            return list(validator.iter_errors(value))
        except (ValueError, RecursionError) as error:  # the library's own bound on nesting
            raise SchemaError(f"the arguments cannot be checked: {error}") from error

    def matches(self, pattern: str, name: str) -> bool:
        """Whether a property name matches a pattern; false for a pattern that is none."""
        import jsonschema_rs

        if pattern not in self._patterns:
            self._patterns[pattern] = jsonschema_rs.Draft202012Validator({"pattern": pattern})
        return bool(self._patterns[pattern].is_valid(name))

    def _compile(self, place: Path) -> Any:
        import jsonschema_rs

        try:
            if not place:
                return jsonschema_rs.Draft202012Validator(dict(self.root), retriever=_refuse, validate_formats=True)
            if self._document is None:
                document = {key: value for key, value in self.root.items() if key not in ("$id", "$schema")}
                self._document = jsonschema_rs.Registry([(_ROOT, document)], retriever=_refuse)
            fragment = "".join("/" + quote(str(part).replace("~", "~0").replace("/", "~1"), safe="~") for part in place)
            inner = {"$ref": f"{_ROOT}#{fragment}"}
            return jsonschema_rs.Draft202012Validator(inner, retriever=_refuse, validate_formats=True, registry=self._document)
        except (ValueError, RecursionError, jsonschema_rs.ReferencingError) as error:
            reason = str(error).split("\n")[0][:200]
            raise SchemaError(
                f"reference unresolvable: {reason}"
                if reason.startswith(("Pointer ", "Resource "))
                else f"the tool's schema is invalid: {reason}"
            ) from error


_checkers: dict[int, Checker] = {}


def checker_of(root: Mapping[str, Any]) -> Checker:
    """The checker of a schema, kept while the same object is offered again."""
    known = _checkers.get(id(root))
    if known is not None and known.root is root:
        return known
    if len(_checkers) >= MAX_CHECKERS:
        _checkers.clear()
    checker = _checkers[id(root)] = Checker(root)
    return checker


def _refuse(uri: str) -> Any:
    raise ValueError(f"references leave the document: '{uri[:80]}' is not fetched")
