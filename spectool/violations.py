"""How arguments break their schema: every violation with its place, in the order written.

The validator finds what is wrong; this file says what is meant by it. An error of a union becomes the slips inside the branch that
was meant; undeclared keys, on which JSON Schema is silent unless told otherwise, are found level by level. Two things that the
validator refuses are no slip of the model's: a key that one part of an ``allOf`` forbids and another declares (closed parts cannot be
joined otherwise), and a single value that several branches of a ``oneOf`` admit (``integer`` beside ``number``).

Not ``sure`` is what the schema alone leaves open: an undeclared key of a nested object that does not forbid it; a ``format``,
which JSON Schema only notes unless the tool asserts it; a required argument that has a default; an object that fits several branches of a
``oneOf``; nesting beyond what is looked into.

Source: JSON Schema 2020-12, core and validation.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from spectool.branches import Union, admits, choose, declared_types, implied_types
from spectool.checker import Checker, checker_of
from spectool.levels import Level, levels_of
from spectool.references import Path, at, resolve

ViolationKind = Literal["missing", "unknown", "type", "enum", "bounds"]

# Deeper than any real argument; keeps hostile nesting from exhausting the stack.
MAX_DEPTH = 64
# What an engine says when it gives up on a pattern: no verdict on the value.
_UNDECIDED = frozenset({"BacktrackLimitExceeded", "RegexEngineFailure"})
_NO_LEVEL = Level(declared={})


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which arguments break their schema; ``path`` leads there from the arguments object.

    ``keyword`` is the schema's that is broken. ``expected`` is a list of type names (type), of values (enum), the argument's schema
    (missing), the names declared there (unknown) or the keyword's value (bounds). ``otherwise``: types that the schema would admit in
    place of the value's own. ``sure``: the schema leaves no doubt.
    """

    kind: ViolationKind
    path: Path
    keyword: str
    expected: Any = None
    got: Any = None
    otherwise: tuple[str, ...] = ()
    sure: bool = True


def explain(schema: Mapping[str, Any], arguments: Mapping[str, Any]) -> tuple[Violation, ...]:
    """Every way in which ``arguments`` break ``schema``, in the order written; what is missing stands at the end of its object.

    Raises:
        SchemaError: the schema itself cannot be used.
    """
    checker = checker_of(schema)
    deep = [name for name, value in arguments.items() if isinstance(value, (dict, list)) and _is_deep(value, MAX_DEPTH)]
    given = _encodable({name: value for name, value in arguments.items() if name not in deep} if deep else arguments)
    reading = _Reading(checker, given, levels_of(checker, given))
    found = [v for error in checker.errors(given) for v in reading.of(error) if not (v.kind == "missing" and v.path[0] in deep)]
    found += [*reading.undeclared(), *_not_numbers(given, ())]
    found += [Violation(kind="bounds", path=(name,), keyword="depth", expected=MAX_DEPTH, got=arguments[name], sure=False) for name in deep]
    position = in_order(arguments)
    return tuple(sorted(_once(found), key=lambda violation: position(violation.path)))


class _Reading:
    """The validator's errors read as violations of ``arguments``."""

    def __init__(self, checker: Checker, arguments: Mapping[str, Any], levels: Mapping[Path, Level]) -> None:
        self.checker, self.arguments, self.levels = checker, arguments, levels

    def undeclared(self) -> Iterator[Violation]:
        """The keys that no schema declares, where the object is not said to be open."""
        for path, level in self.levels.items():
            for name in level.unknown:
                yield self._unknown(path, name, level.closed)

    def of(self, error: Any, otherwise: tuple[str, ...] = ()) -> Iterator[Violation]:
        """What one error of the validator says; ``otherwise``: types that a union's other branches admit in this place."""
        kind, path = error.kind.name, tuple(error.instance_path)
        if type(error.kind).__name__ in _UNDECIDED:
            return
        if getattr(error.kind, "context", None):
            yield from self._from_branches(error, path)
        elif kind == "required":
            # jsonschema-rs 0.60 also calls missing what is there, where a closed object requires a name that it does not declare.
            if error.kind.property not in at(self.arguments, path):
                yield self._missing(path, error.kind.property)
        elif names := self._further(error, path):
            declared = self.levels.get(path, _NO_LEVEL).declared
            yield from (self._unknown(path, name) for name in names if name not in declared)
        elif kind == "propertyNames":
            yield self._unknown(path, str(error.kind.error.instance))
        elif kind == "falseSchema":
            yield self._forbidden(path)
        elif kind in ("type", "enum", "const"):
            yield self._of_value(error, path, otherwise)
        else:
            yield self._bounds(path, kind, error.kind.value, otherwise)

    def _further(self, error: Any, path: Path) -> tuple[str, ...]:
        """The keys that an error calls one too many; where no key is declared the library names the object only."""
        if error.kind.name in ("additionalProperties", "unevaluatedProperties"):
            return tuple(error.kind.unexpected)
        if error.kind.name == "falseSchema" and error.schema_path[-1:] == ["additionalProperties"]:
            return tuple(at(self.arguments, path))
        return ()

    def _from_branches(self, error: Any, path: Path) -> Iterator[Violation]:
        errors = error.kind.context
        matched = sum(not found for found in errors)
        value = at(self.arguments, path)
        if matched:
            if isinstance(value, Mapping):
                yield Violation(kind="bounds", path=path, keyword="oneOf", expected=matched, got=value, sure=False)
            return
        root, place = self.checker.root, tuple(error.schema_path)
        node, branches = at(root, place[:-1]), at(root, place)
        aligned = isinstance(node, Mapping) and isinstance(branches, list) and len(branches) == len(errors)
        choice = choose(
            value,
            Union(
                node=node if aligned else {},
                branches=branches if aligned else [{}] * len(errors),
                errors=errors,
                here=len(path),
                root=root,
            ),
        )
        if choice.tag is not None:
            tagged = (*path, choice.tag)
            yield Violation(kind="enum", path=tagged, keyword="const", expected=list(choice.options), got=at(self.arguments, tagged))
        elif choice.branch is None:
            yield self._typed(path, list(choice.types))
        else:
            for inner in errors[choice.branch]:
                yield from self.of(inner, choice.types if len(inner.instance_path) == len(path) else ())

    def _of_value(self, error: Any, path: Path, otherwise: tuple[str, ...]) -> Violation:
        kind, got = error.kind.name, at(self.arguments, path)
        if kind == "type":
            return self._typed(path, declared_types(error, self.checker.root))
        types = implied_types(error, self.checker.root)
        if not admits(types, got):  # an enumeration has the types of its options
            return self._typed(path, types)
        options = error.kind.value if kind == "enum" else [error.kind.value]
        others = tuple(name for name in (*types, *otherwise) if not admits((name,), got))
        return Violation(kind="enum", path=path, keyword=kind, expected=options, got=got, otherwise=others)

    def _typed(self, path: Path, types: list[str]) -> Violation:
        """A value of the wrong type; null in an optional slot may stand for an omitted argument."""
        got = at(self.arguments, path)
        sure = got is not None or not path or isinstance(path[-1], int) or path[-1] in self.levels.get(path[:-1], _NO_LEVEL).required
        return Violation(kind="type", path=path, keyword="type", expected=types, got=got, sure=sure)

    def _bounds(self, path: Path, keyword: str, limit: Any, otherwise: tuple[str, ...]) -> Violation:
        got, sure = at(self.arguments, path), keyword != "format"
        return Violation(kind="bounds", path=path, keyword=keyword, expected=limit, got=got, otherwise=otherwise, sure=sure)

    def _missing(self, path: Path, name: str) -> Violation:
        prop = self._declared(path, name)
        return Violation(kind="missing", path=(*path, name), keyword="required", expected=prop, sure="default" not in prop)

    def _unknown(self, path: Path, name: str, sure: bool = True) -> Violation:
        level = self.levels.get(path, _NO_LEVEL)
        got = at(self.arguments, (*path, name))
        return Violation(kind="unknown", path=(*path, name), keyword="properties", expected=tuple(level.declared), got=got, sure=sure)

    def _forbidden(self, path: Path) -> Violation:
        """A place where nothing may stand: a key forbidden is unknown, unless it is declared; an item forbidden is one too many."""
        if path and isinstance(path[-1], int):
            return self._bounds(path[:-1], "maxItems", path[-1], ())
        level = self.levels.get(path[:-1], _NO_LEVEL)
        schemas = [at(self.checker.root, place) for place in level.declared.get(str(path[-1]), ())] if path else [True]
        if any(schema is not False for schema in schemas):
            return self._bounds(path, "not", {}, ())
        return self._unknown(path[:-1], str(path[-1]))

    def _declared(self, path: Path, name: str) -> Mapping[str, Any]:
        places = self.levels.get(path, _NO_LEVEL).declared.get(name, ())
        return resolve(at(self.checker.root, places[0]), self.checker.root) if places else {}


def _not_numbers(value: Any, path: Path) -> Iterator[Violation]:
    """NaN and the infinities, which are no JSON values: no schema admits them."""
    if isinstance(value, float) and not math.isfinite(value):
        yield Violation(kind="type", path=path, keyword="type", expected=["number"], got=value)
    elif isinstance(value, (dict, list)):
        for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _not_numbers(inner, (*path, part))


def _is_deep(value: Any, left: int) -> bool:
    if not isinstance(value, (dict, list)):
        return False
    return left == 0 or any(_is_deep(inner, left - 1) for inner in (value.values() if isinstance(value, dict) else value))


def _encodable(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The arguments with lone surrogates replaced, which the validator refuses: they are the model's doing, not the schema's."""
    text = json.dumps(arguments, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        replaced: dict[str, Any] = json.loads(text.encode("utf-8", "replace"))
        return replaced
    return arguments


def _once(found: Iterable[Violation]) -> Iterator[Violation]:
    """One violation of a kind in a place: the surest, then the first."""
    seen: set[tuple[str, Path]] = set()
    for violation in sorted(found, key=lambda v: not v.sure):
        if (place := (violation.kind, violation.path)) not in seen:
            seen.add(place)
            yield violation


def in_order(value: Any) -> Callable[[Path], tuple[int, ...]]:
    """Where a path stands in ``value``, as a key for sorting; what is missing stands behind what is there."""
    # Each object's order is read once: a call with thousands of wrong arguments would else be read as often.
    orders: dict[int, Mapping[Any, int]] = {}

    def order_of(inner: Any) -> Mapping[Any, int]:
        if (known := orders.get(id(inner))) is None:
            known = orders[id(inner)] = {key: place for place, key in enumerate(inner)} if isinstance(inner, dict) else {}
        return known

    def position(path: Path) -> tuple[int, ...]:
        out: list[int] = []
        inner = value
        for part in path:
            order = order_of(inner)
            out.append(part if isinstance(part, int) else order.get(part, len(order)))
            inner = at(inner, (part,))
        return tuple(out)

    return position
