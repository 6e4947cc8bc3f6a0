"""Looks for calls in a turn of any syntax: the one asked for first, then the others in the registry's order.

A turn tries to call where it holds a dialect's opener, an offered name followed by ``(`` or ``{``, or JSON with a name key.
Anything else is an answer: no dialect, no calls.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Set

from msgspec.structs import replace

from spectool.model import Call, Parsed, ParseProblem
from spectool.read.dialects import pythonic
from spectool.read.dialects.broken import excerpt
from spectool.read.dialects.found import wrapped
from spectool.read.dialects.framing import MARKUP, answer
from spectool.read.dialects.naming import calls_offered
from spectool.read.dialects.registry import DIALECTS, Dialect, dialect

_SIGNS = re.compile(r"[\[{(<]|Action|to=")
_MARKS = re.compile(r"[\[{<]|Action|to=")
_MASKED_BY = frozenset({"wrapped", "other_syntax"})


def scan(
    text: str, *, asked: str | None = None, names: Collection[str] = (), finish_reason: str | None = None
) -> tuple[Parsed, str | None]:
    """What a turn calls, and the dialect it is written in (``None``: it does not try to call).

    Args:
        text: one assistant turn as generated; spans and offsets of the result count in it.
        asked: the dialect asked for; ``None`` or ``native`` when unknown, and then syntax is nobody's mistake.
        names: the tools offered; an empty collection means unknown.
        finish_reason: why the engine stopped; with ``length`` an unclosed string counts as cut off, whatever it ends in.
    """
    module = dialect(asked) if asked and asked != "native" else None
    first = module.parse(text, names) if module else None
    if module and first and first.calls and _good(first) and not _hides_markup(first, text):
        return first, module.NAME
    if not _SIGNS.search(text):
        return first or answer(text), None
    names = names if isinstance(names, (Set, Mapping)) else frozenset(names)
    parsed, used = _best(text, names, module, first)
    if used is None:
        return parsed, None
    if used is not module:
        parsed = _elsewhere(parsed, used, module)
    if finish_reason == "length":
        parsed = _cut_off(parsed, text)
    return parsed, used.NAME


def _best(text: str, names: Collection[str], asked: Dialect | None, first: Parsed | None) -> tuple[Parsed, Dialect | None]:
    """The first reading without unrecovered problems, else the first reading with any call, the asked dialect's before others."""
    fallback: tuple[Parsed, Dialect] | None = (first, asked) if asked and first and first.calls else None
    for module in DIALECTS if _MARKS.search(text) else (pythonic,):
        if module is asked or not _opens(module, text, names):
            continue
        parsed = module.parse(text, names)
        if not _plausible(parsed, text, module, names):
            continue
        if _good(parsed) and (fallback is None or len(parsed.calls) >= len(fallback[0].calls)):
            return parsed, module
        if fallback is None:
            fallback = parsed, module
    return fallback or (first or answer(text), None)


def _opens(module: Dialect, text: str, names: Collection[str]) -> bool:
    if module.opener(text) is not None:
        return True
    return module.NAME in ("pythonic", "mistral_args") and calls_offered(text, names)


def _plausible(parsed: Parsed, text: str, module: Dialect, names: Collection[str]) -> bool:
    """Whether a syntax that nobody asked for was meant: names with spaces are none, an action needs an input, bare Python a good call."""
    if all(" " in call.name and call.name not in names for call in parsed.calls):
        return False
    if module.NAME == "react" and "Action Input" not in text:
        return any(call.name in names for call in parsed.calls)
    if module.NAME != "pythonic" or not names:
        return True
    return any(call.name in names or call.arguments is not None for call in parsed.calls)


def _good(parsed: Parsed) -> bool:
    for call in parsed.calls:  # noqa: SIM110 (asked of every text: a generator costs as much as the answer)
        if call.problem is not None and not call.problem.recoverable:
            return False
    return True


def _hides_markup(parsed: Parsed, text: str) -> bool:
    """Whether what stands around the calls is another dialect's markup, of which the calls may be part: that is no wrapping."""
    return any(call.problem is not None and call.problem.kind == "wrapped" for call in parsed.calls) and MARKUP.search(text) is not None


def _elsewhere(parsed: Parsed, used: Dialect, asked: Dialect | None) -> Parsed:
    """The calls of a dialect that was not asked for: a slip of its own where another was, none where nothing is known."""
    return replace(parsed, calls=tuple(_judged(call, parsed, used, asked) for call in parsed.calls))


def _judged(call: Call, parsed: Parsed, used: Dialect, asked: Dialect | None) -> Call:
    if call.problem is not None and call.problem.kind not in _MASKED_BY:
        return call
    if asked is None:
        return replace(call, problem=None)
    if not asked.PROSE and parsed.text.strip(" ;,\n"):
        return wrapped(call, f"expected nothing but calls, got '{excerpt(parsed.text)}' around them")
    message = f"expected the syntax '{asked.NAME}', got '{used.NAME}'"
    offset = call.span[0] if call.span else None
    return replace(call, problem=ParseProblem(kind="other_syntax", message=message, offset=offset, recoverable=True))


def _cut_off(parsed: Parsed, text: str) -> Parsed:
    last = parsed.calls[-1]
    problem = last.problem
    if problem is None or problem.kind != "malformed" or last.span is None or text[last.span[1] :].strip():
        return parsed
    return replace(parsed, calls=(*parsed.calls[:-1], replace(last, problem=replace(problem, kind="truncated"))))
