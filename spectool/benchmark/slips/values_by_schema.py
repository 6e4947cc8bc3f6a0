"""IAV by schema: required arguments left out, placeholders, and values outside what the schema lists or bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from spectool.benchmark.alternatives import allows
from spectool.benchmark.draft import Draft, Mark
from spectool.benchmark.slips.material import far_words
from spectool.benchmark.slips.places import Leaf, Slipped, changed, dropped, leaves, planted, shuffled
from spectool.validate import shape_of

# In an argument that holds code, a prompt or a template such a mark may be its content.
MARKED = re.compile(r"code|prompt|tag|html|xml|template|pattern|regex|format|script|expression|query", re.IGNORECASE)
STAND_INS = ("<{}>", "YOUR_API_KEY", "[your {}]", "{{{{{}}}}}", "TBD", "xxxxx")


def missing_required(draft: Draft, rng: Random) -> Slipped | None:
    """A required argument left out, at the top or in an object; with a default its tier is likely."""
    for leaf in shuffled(leaves(draft), rng):
        if not leaf.required or leaf.expected.optional or isinstance(leaf.path[-1], int) or _has_strangers(leaf):
            continue
        after = changed(draft, leaf.move, dropped(leaf.move.arguments, leaf.path), str(leaf.path[0]))
        if after is not None:
            tier = "likely" if "default" in leaf.prop and len(leaf.path) == 1 else "certain"
            return after, (Mark(error="IAV", subtype="missing_required", tier=tier, move=leaf.move.id, path=leaf.path),)  # type: ignore[arg-type]
    return None


def _has_strangers(leaf: Leaf) -> bool:
    """Whether the call holds an undeclared name, which an open slot would explain."""
    return not leaf.move.arguments.keys() <= shape_of(leaf.tool.parameters).properties.keys()


def placeholder(draft: Draft, rng: Random) -> Slipped | None:
    """A stand-in, or the schema's own description, in place of a text."""
    for leaf in shuffled(leaves(draft, nested=False), rng):
        if not isinstance(leaf.value, str) or leaf.types != {"string"} or not leaf.is_plain or MARKED.search(str(leaf.path[0])):
            continue
        options = [form.format(str(leaf.path[0])) for form in STAND_INS]
        described = leaf.prop.get("description")
        if isinstance(described, str) and described.count(" ") > 2:
            options.append(described)
        for new in shuffled(options, rng):
            if not allows(leaf.expected, new) and (found := planted(draft, leaf, new, "IAV", "placeholder")):
                return found
    return None


def outside_enum(draft: Draft, rng: Random) -> Slipped | None:
    """A value of the right type that the schema does not list: another word, or a listed one in other letter case."""
    for leaf in shuffled(leaves(draft), rng):
        options = leaf.prop.get("enum")
        if not isinstance(leaf.value, str) or leaf.types != {"string"} or not isinstance(options, list):
            continue
        words = [option for option in options if isinstance(option, str)]
        news = [*list(far_words(words, rng))[:1], *(form for form in (leaf.value.upper(), leaf.value.title()) if form not in words)]
        for new in shuffled(news, rng):
            if not allows(leaf.expected, new) and (found := planted(draft, leaf, new, "IAV", "outside_enum")):
                return found
    return None


def outside_bounds(draft: Draft, rng: Random) -> Slipped | None:
    """A value beyond a stated range, length or pattern, or not of the stated format."""
    for leaf in shuffled(leaves(draft), rng):
        for new in shuffled(_beyond(leaf), rng):
            if not allows(leaf.expected, new) and (found := planted(draft, leaf, new, "IAV", "outside_bounds")):
                return found
    return None


def _beyond(leaf: Leaf) -> Iterator[Any]:
    prop, value = leaf.prop, leaf.value
    if isinstance(value, bool) or prop.keys() & {"enum", "const"}:
        return
    if isinstance(value, int | float):
        yield from (prop[key] + 7 for key in ("maximum", "exclusiveMaximum") if _is_number(prop.get(key)))
        yield from (prop[key] - 7 for key in ("minimum", "exclusiveMinimum") if _is_number(prop.get(key)))
    elif isinstance(value, str):
        yield from _misshapen(value, prop)
    elif isinstance(value, list):
        if prop.get("minItems"):
            yield value[: int(prop["minItems"]) - 1]
        if "maxItems" in prop and value:
            yield [value[0]] * (int(prop["maxItems"]) + 1)


def _misshapen(value: str, prop: Mapping[str, Any]) -> Iterator[str]:
    if prop.get("minLength"):
        yield ""
    if "maxLength" in prop:
        yield value + "q" * (int(prop["maxLength"]) + 1)
    if "pattern" in prop and not re.search(prop["pattern"], "§ none §"):
        yield "§ none §"
    if prop.get("format") in ("date", "date-time", "email", "ipv4", "uuid"):
        yield "no such thing"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
