"""A report without secrets: every text of it goes through the redactor, whatever struct it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from spectool.classify.grounding import leaves
from spectool.patterns.compare_result import BrokenTask
from spectool.patterns.shapes import Shape
from spectool.read.source import decode
from spectool.redact import Redactor
from spectool.redact_names import secret_name
from spectool.report.examples import Example
from spectool.report.marking import argument_of
from spectool.results.summary import Example as FirstFinding

# Of any one text that is no example, which are cut later: nobody reads more, and a name of megabytes would be on every line.
MOST = 2_000


def redacted(value: Any, redactor: Redactor) -> Any:
    """``value``, a struct of structs, with its secrets replaced: first all are learnt, then each is replaced wherever it stands."""
    _learn(value, redactor)
    return _clean(value, redactor)


def _learn(value: Any, redactor: Redactor) -> None:
    if isinstance(value, Example):
        redactor.learn([{value.argument: leaf} for text in (value.got, value.expected) for leaf in _leaves(text)])
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            _learn(getattr(value, name), redactor)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            _learn(name, redactor)
            _learn(inner, redactor)
    elif isinstance(value, list | tuple):
        for each in value:
            _learn(each, redactor)
    elif isinstance(value, str):
        redactor.learn(value)


def _leaves(text: str) -> Iterator[Any]:
    """What a value holds that stands here as JSON, or cut, or in words."""
    try:
        yield from (leaf for _, leaf in leaves(decode(text), ()))
    except ValueError:
        yield text.strip('"')


def _clean(value: Any, redactor: Redactor) -> Any:
    if isinstance(value, str):
        text = redactor.text(value)
        return text if len(text) <= MOST else text[: MOST - 1] + "…"
    if isinstance(value, msgspec.Struct):
        return _struct(value, redactor)
    if isinstance(value, Mapping):
        return {_clean(name, redactor): _clean(inner, redactor) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_clean(each, redactor) for each in value)
    return value


def _struct(value: msgspec.Struct, redactor: Redactor) -> msgspec.Struct:
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    done: dict[str, Any] = {}
    if isinstance(value, Example):
        written, mark = redactor.marked(value.written, value.mark)
        done = {"written": written, "mark": mark, "asked": redactor.text(value.asked)}
        done |= {name: redactor.under(value.argument, fields[name]) for name in ("expected", "got")}
    if argument := _argument(value):
        done["message"] = redactor.message(argument, fields["message"])
    return msgspec.structs.replace(value, **{name: _clean(inner, redactor) for name, inner in fields.items() if name not in done}, **done)


def _argument(value: msgspec.Struct) -> str:
    """The argument that a struct's message is about, where it is about one; of a shape's several one that is a secret, if any is."""
    if isinstance(value, Example):
        return value.argument
    if isinstance(value, Shape):
        names = [each.argument.strip("[]").rpartition(".")[2] for each in value.places]
        return next(filter(secret_name, names), names[0] if names else "")
    if isinstance(value, BrokenTask | FirstFinding):
        return argument_of(value.path)
    return ""
