"""Units after a number, however they are written, and what one of them is in the unit that its kind is reckoned in.

Only exact conversions: an answer in miles where kilometres were asked for is rounded, and whether it is right is not for a rule to say.
"""

from __future__ import annotations

from collections.abc import Mapping

Amount = tuple[str, float]
"""A kind of quantity, and the factor that leads to the unit it is reckoned in."""

_ROWS: tuple[tuple[str, float, str], ...] = (
    ("metre", 1.0, "m|meter|metre"),
    ("metre", 1_000.0, "km|kilometer|kilometre|kilometers|kms"),
    ("metre", 0.01, "cm|centimeter|centimetre"),
    ("metre", 0.001, "mm|millimeter|millimetre"),
    ("mile", 1.0, "mi|mile"),
    ("nautical mile", 1.0, "nmi|nautical mile"),
    ("foot", 1.0, "ft|foot|feet"),
    ("inch", 1.0, "inch"),
    ("square metre", 1.0, "m2|sqm|sq m|square meter|square metre"),
    ("square metre", 1e6, "km2|sq km|square kilometer|square kilometre"),
    ("gram", 1.0, "g|gram|gramme"),
    ("gram", 1_000.0, "kg|kilo|kilogram|kilogramme"),
    ("gram", 0.001, "mg|milligram"),
    ("gram", 1e6, "t|tonne|metric ton"),
    ("pound", 1.0, "lb|pound"),
    ("ounce", 1.0, "oz|ounce"),
    ("litre", 1.0, "l|liter|litre"),
    ("litre", 0.001, "ml|milliliter|millilitre"),
    ("second", 1.0, "s|sec|second"),
    ("second", 0.001, "ms|millisecond"),
    ("second", 60.0, "min|minute"),
    ("second", 3_600.0, "h|hr|hour"),
    ("second", 86_400.0, "day"),
    ("second", 604_800.0, "week|wk"),
    ("month", 1.0, "month"),
    ("month", 12.0, "year|yr"),
    ("celsius", 1.0, "c|celsius|centigrade|° c|degree c|degree celsius|° celsius|degree centigrade"),
    ("fahrenheit", 1.0, "f|fahrenheit|° f|degree f|degree fahrenheit|° fahrenheit"),
    ("kelvin", 1.0, "kelvin"),
    ("degree", 1.0, "°|degree|deg"),
    ("metre per second", 1.0, "m per s|meter per second|metre per second"),
    ("kilometre per hour", 1.0, "kmh|kph|km per h|km per hour|kilometer per hour|kilometre per hour"),
    ("mile per hour", 1.0, "mph|mile per hour"),
    ("knot", 1.0, "kn|knot"),
    ("watt", 1.0, "w|watt"),
    ("watt", 1_000.0, "kw|kilowatt"),
    ("watt", 1e6, "mw|megawatt"),
    ("watt-hour", 1_000.0, "kwh|kilowatt hour"),
    ("pixel", 1.0, "px|pixel"),
    ("byte", 1e3, "kb|kilobyte"),
    ("byte", 1e6, "mb|megabyte"),
    ("byte", 1e9, "gb|gigabyte"),
    ("byte", 1e12, "tb|terabyte"),
    ("percent", 1.0, "%|percent|per cent|pct"),
    ("usd", 1.0, "$|us $|us$|usd|us dollar|dollar"),
    ("usd", 0.01, "cent|¢"),
    ("cad", 1.0, "$|dollar|cad|canadian dollar"),
    ("aud", 1.0, "$|dollar|aud|australian dollar"),
    ("eur", 1.0, "€|eur|euro"),
    ("eur", 0.01, "cent"),
    ("gbp", 1.0, "£|gbp|pound|pound sterling|british pound"),
    ("gbp", 0.01, "pence|penny"),
    ("jpy", 1.0, "¥|jpy|yen"),
    ("inr", 1.0, "₹|inr|rupee"),
    ("chf", 1.0, "chf|franc|swiss franc"),
)


def _table() -> Mapping[tuple[str, ...], tuple[Amount, ...]]:
    table: dict[tuple[str, ...], tuple[Amount, ...]] = {}
    for kind, factor, spellings in _ROWS:
        for spelling in spellings.split("|"):
            words = tuple(spelling.split())
            table[words] = (*table.get(words, ()), (kind, factor))
    return table


UNITS = _table()
"""By the words that write them, each in the singular; one that may mean several has several amounts."""
LONGEST = max(map(len, UNITS))
SIGNS = frozenset("%°$€£¥₹¢")
CURRENCIES = frozenset({"usd", "cad", "aud", "eur", "gbp", "jpy", "inr", "chf"})
# Kinds whose larger and smaller units are said one after another: "2 h 30 min", "1 year and 3 months".
COMPOUND = frozenset({"second", "month"})
