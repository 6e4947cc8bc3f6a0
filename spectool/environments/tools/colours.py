"""Colours: the ways to write one, and the paints that come nearest to it."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import State
from spectool.environments.parts.narrowing import between, equal

Hex = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$", max_length=7)]
Channel = Annotated[int, Meta(ge=0, le=255)]


class Rgb(Fields, frozen=True, kw_only=True):
    """A colour by its three channels."""

    red: Annotated[Channel, Meta(description="Red, 0 to 255.")]
    green: Annotated[Channel, Meta(description="Green, 0 to 255.")]
    blue: Annotated[Channel, Meta(description="Blue, 0 to 255.")]


def convert_color(state: State, *, color: Hex | Rgb, to: Literal["hex", "rgb", "hsl", "cmyk"]) -> Mapping[str, Any]:
    """Write a colour in another way: hex code, red-green-blue, hue-saturation-lightness, or the four inks of printing.

    Args:
        color: The colour as it was given: a hex code such as #1E90FF, or an object with red, green and blue.
        to: How to write it.
    """
    channels = _channels(color)
    if to == "hex":
        return {"hex": _hex(channels)}
    if to == "rgb":
        return {"rgb": dict(zip(("red", "green", "blue"), channels, strict=True))}
    return {"hsl": _hsl(channels)} if to == "hsl" else {"cmyk": _cmyk(channels)}


def find_nearest_shade(
    state: State,
    *,
    color: Hex | Rgb,
    collection: Literal["meadow", "harbour", "ember", "quarry"] | None = None,
    max_price_eur_per_litre: Annotated[float, Meta(gt=0, le=1000)] | None = None,
    limit: Annotated[int, Meta(ge=1, le=10)] = 1,
) -> Mapping[str, Any]:
    """The wall paints whose colour comes nearest to a given one, nearest first. The distance is Euclidean over red, green and blue.

    Args:
        color: The colour as it was given: a hex code such as #1E90FF, or an object with red, green and blue.
        collection: Only paints of this collection.
        max_price_eur_per_litre: Highest price in euros a litre.
        limit: At most this many paints.
    """
    red, green, blue = _channels(color)
    rows = between(equal(state["shades"].rows(), collection=collection), "price_eur_per_litre", None, max_price_eur_per_litre)
    squares = [((red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2, row) for row in rows for r, g, b in (row["rgb"],)]
    squares.sort(key=itemgetter(0))
    names = ("shade_id", "name", "collection", "hex", "price_eur_per_litre")
    return {"shades": [{**{name: row[name] for name in names}, "distance": round(square**0.5, 1)} for square, row in squares[:limit]]}


def _channels(color: str | Rgb) -> tuple[int, int, int]:
    if isinstance(color, Rgb):
        return color.red, color.green, color.blue
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _hex(channels: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{channel:02X}" for channel in channels)


def _hsl(channels: tuple[int, int, int]) -> dict[str, int]:
    """Hue in degrees, saturation and lightness in per cent, as whole numbers."""
    red, green, blue = channels
    high, low = max(channels), min(channels)
    spread, lightness = high - low, (high + low) / 510
    if spread == 0:
        return {"hue": 0, "saturation": 0, "lightness": round(100 * lightness)}
    if high == red:
        sixth = (green - blue) / spread % 6
    else:
        sixth = (blue - red) / spread + 2 if high == green else (red - green) / spread + 4
    saturation = spread / 255 / (1 - abs(2 * lightness - 1))
    return {"hue": round(60 * sixth) % 360, "saturation": round(100 * saturation), "lightness": round(100 * lightness)}


def _cmyk(channels: tuple[int, int, int]) -> dict[str, int]:
    """Ink in per cent, as whole numbers; black takes all that the three share."""
    high = max(channels)
    inks = [0.0 if high == 0 else 1 - channel / high for channel in channels]
    inks.append(1 - high / 255)
    return {ink: round(100 * share) for ink, share in zip(("cyan", "magenta", "yellow", "key"), inks, strict=True)}
