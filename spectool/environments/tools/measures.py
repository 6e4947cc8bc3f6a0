"""Measuring: units of everyday quantities, and the length of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid
from spectool.environments.core.tables import State

Unit = Literal[
    "millimetre", "centimetre", "metre", "kilometre", "inch", "foot", "yard", "mile", "nautical_mile",
    "gram", "kilogram", "tonne", "ounce", "pound", "stone",
    "millilitre", "litre", "us_teaspoon", "us_tablespoon", "us_cup", "us_gallon", "imperial_gallon",
    "celsius", "fahrenheit", "kelvin",
    "metre_per_second", "kilometre_per_hour", "mile_per_hour", "knot",
    "square_metre", "hectare", "acre", "square_kilometre",
    "kilojoule", "kilocalorie", "kilowatt_hour",
    "hectopascal", "bar", "psi",
]  # fmt: skip

# Quantity, and what one unit is of the quantity's base; all exact by definition but psi.
# Source: NIST Special Publication 811, appendix B.
FACTORS: Mapping[str, tuple[str, float]] = {
    "millimetre": ("length", 0.001), "centimetre": ("length", 0.01), "metre": ("length", 1.0), "kilometre": ("length", 1000.0),
    "inch": ("length", 0.0254), "foot": ("length", 0.3048), "yard": ("length", 0.9144), "mile": ("length", 1609.344),
    "nautical_mile": ("length", 1852.0),
    "gram": ("mass", 0.001), "kilogram": ("mass", 1.0), "tonne": ("mass", 1000.0), "ounce": ("mass", 0.028349523125),
    "pound": ("mass", 0.45359237), "stone": ("mass", 6.35029318),
    "millilitre": ("volume", 0.001), "litre": ("volume", 1.0), "us_teaspoon": ("volume", 0.00492892159375),
    "us_tablespoon": ("volume", 0.01478676478125), "us_cup": ("volume", 0.2365882365), "us_gallon": ("volume", 3.785411784),
    "imperial_gallon": ("volume", 4.54609),
    "celsius": ("temperature", 1.0), "fahrenheit": ("temperature", 5 / 9), "kelvin": ("temperature", 1.0),
    "metre_per_second": ("speed", 1.0), "kilometre_per_hour": ("speed", 1 / 3.6), "mile_per_hour": ("speed", 0.44704),
    "knot": ("speed", 1852 / 3600),
    "square_metre": ("area", 1.0), "hectare": ("area", 10_000.0), "acre": ("area", 4046.8564224), "square_kilometre": ("area", 1_000_000.0),
    "kilojoule": ("energy", 1.0), "kilocalorie": ("energy", 4.184), "kilowatt_hour": ("energy", 3600.0),
    "hectopascal": ("pressure", 1.0), "bar": ("pressure", 1000.0), "psi": ("pressure", 68.94757293168),
}  # fmt: skip
# What is added, in units of its own, before the factor applies: all temperatures go by kelvin.
OFFSETS: Mapping[str, float] = {"celsius": 273.15, "fahrenheit": 459.67}
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)")


def convert_unit(
    state: State,
    *,
    value: Annotated[float, Meta(ge=-1e12, le=1e12)],
    from_unit: Unit,
    to_unit: Unit,
    decimals: Annotated[int, Meta(ge=0, le=6)] = 2,
) -> Mapping[str, Any]:
    """Convert a measured value to another unit of the same quantity, such as a length, a mass or a temperature.

    Args:
        value: The value to convert, in from_unit.
        from_unit: Unit of the value.
        to_unit: Unit to convert it to.
        decimals: Decimals to round the result to.
    """
    (quantity, factor), (other, to_factor) = FACTORS[from_unit], FACTORS[to_unit]
    if quantity != other:
        raise invalid(f"expected a unit of {quantity} like '{from_unit}', got '{to_unit}' of {other}")
    base = (value + OFFSETS.get(from_unit, 0.0)) * factor
    converted = round(base / to_factor - OFFSETS.get(to_unit, 0.0), decimals)
    return {"value": value, "from_unit": from_unit, "converted": converted + 0.0, "to_unit": to_unit, "quantity": quantity}


def get_text_statistics(
    state: State, *, text: Annotated[str, Meta(min_length=1, max_length=2000)], words_per_minute: Annotated[int, Meta(ge=50, le=1000)] = 200
) -> Mapping[str, Any]:
    """Count the characters, words and sentences of a text, and say how long it takes to read.

    A word may hold apostrophes and hyphens; words are unique without regard to case.

    Args:
        text: The text, word for word.
        words_per_minute: Speed of the reader.
    """
    words = _WORD.findall(text)
    return {
        "characters": len(text),
        "characters_without_spaces": sum(not character.isspace() for character in text),
        "words": len(words),
        "unique_words": len({word.casefold() for word in words}),
        "sentences": max(len(_SENTENCE_END.findall(text)), 1 if words else 0),
        "longest_word": max(words, key=len, default=""),
        "reading_seconds": round(60 * len(words) / words_per_minute),
    }
