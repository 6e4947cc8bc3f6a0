"""Licences to use images and videos."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import conflict
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.ordering import ordered
from spectool.environments.video_images.facets import asset

# A licence costs the base price so many times; each seat after the first adds a fifth.
PRICE_FACTORS = {"web": 1, "print": 2, "extended": 5}
Licence = Literal["web", "print", "extended"]
Seats = Annotated[int, Meta(ge=1, le=50)]


def quote_licence(state: State, *, asset_id: str, licence: Licence, seats: Seats = 1) -> Mapping[str, Any]:
    """What a licence for an image or a video would cost; buys nothing.

    Args:
        asset_id: Id of the image, such as IM2003, or of the video, such as VD3005.
        licence: Kind of licence: web for screens, print for paper and screens, extended for goods for sale.
        seats: How many people may use it.
    """
    row = _licensable(state, asset_id, licence)
    return {"asset_id": asset_id, "licence": licence, "seats": seats, "price_eur": _price_eur(row, licence, seats)}


def license_asset(state: State, *, asset_id: str, licence: Licence, seats: Seats = 1) -> Row:
    """Buy a licence for an image or a video. Free ones need none; editorial ones have no extended licence.

    Args:
        asset_id: Id of the image, such as IM2003, or of the video, such as VD3005.
        licence: Kind of licence: web for screens, print for paper and screens, extended for goods for sale.
        seats: How many people may use it.
    """
    row = _licensable(state, asset_id, licence)
    if any(held["licence"] == licence for held in licences_of(state, asset_id)):
        raise conflict(f"there is a {licence} licence for '{asset_id}' already")
    bought = {"asset_id": asset_id, "licence": licence, "seats": seats, "price_eur": _price_eur(row, licence, seats), "bought": TODAY}
    id = state.new_id("licences", "LC", asset_id, licence, seats)
    return state["licences"].put(id, {"licence_id": id, **bought})


def list_licences(
    state: State,
    *,
    asset_id: str | None = None,
    licence: Licence | None = None,
    sort_by: Literal["bought", "price_eur", "seats"] = "bought",
) -> Mapping[str, Any]:
    """The licences that the user has bought, the latest, dearest or largest first, with what they cost in all.

    Args:
        asset_id: Only licences for this image or video.
        licence: Only licences of this kind.
        sort_by: Field to sort by; the largest or latest first.
    """
    rows = state["licences"].rows() if asset_id is None else licences_of(state, asset_id)
    found = ordered((row for row in rows if licence is None or row["licence"] == licence), sort_by, descending=True)
    return {"licences": found, "total": len(found), "total_eur": sum(row["price_eur"] for row in found)}


def licences_of(state: State, asset_id: str) -> list[Row]:
    """The user's licences for an asset."""
    return [row for row in state["licences"].rows() if row["asset_id"] == asset_id]


def _licensable(state: State, asset_id: str, licence: str) -> Row:
    row = asset(state, asset_id)
    if row["usage"] == "free":
        raise conflict(f"'{asset_id}' is free to use and needs no licence")
    if row["usage"] == "editorial" and licence == "extended":
        raise conflict(f"'{asset_id}' is for editorial use and has no extended licence")
    return row


def _price_eur(row: Row, licence: str, seats: int) -> int:
    """Base prices are multiples of 5 euros, so that a fifth is a whole number."""
    price: int = row["price_eur"] // 5 * PRICE_FACTORS[licence] * (seats + 4)
    return price
