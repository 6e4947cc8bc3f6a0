"""Who made the assets, and the archive in figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Country
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.wording import holds_words, wanted_words
from spectool.environments.video_images.facets import Category, Usage, brief


def find_creators(
    state: State,
    *,
    name: str | None = None,
    country: Country | None = None,
    speciality: Category | None = None,
    exclusive: bool | None = None,
) -> Mapping[str, Any]:
    """Find photographers and film makers of the archive. All conditions given must hold.

    Args:
        name: Name of the creator or a part of it, without regard to case.
        country: Two-letter ISO country code, upper case, such as DK.
        speciality: Category that they mainly work in.
        exclusive: true: only those who sell nowhere else; false: only those who do. Not given: both.
    """
    wanted = wanted_words(name)
    found = [
        row
        for row in state["creators"].rows()
        if (country is None or row["country"] == country)
        and (speciality is None or row["speciality"] == speciality)
        and (exclusive is None or row["exclusive"] == exclusive)
        and (not wanted or holds_words(row["name"], wanted))
    ]
    return {"creators": found, "total": len(found)}


def list_creator_assets(
    state: State,
    *,
    creator_id: str,
    media: Literal["image", "video", "both"] = "both",
    usage: Usage | None = None,
    sort_by: Literal["uploaded", "price_eur", "downloads"] = "uploaded",
) -> Mapping[str, Any]:
    """All images and videos of one creator, the latest, dearest or most downloaded first, with their number and their downloads in all.

    Args:
        creator_id: Id of the creator, such as CR101.
        media: Only images, only videos, or both.
        usage: Only assets that may be used for this.
        sort_by: Field to sort by; the largest or latest first.
    """
    creator = state["creators"].get(creator_id)
    if creator is None:
        raise not_found("creator", creator_id)
    tables = ("images", "videos") if media == "both" else (f"{media}s",)
    found = [
        row
        for table in tables
        for row in state[table].rows()
        if row["creator_id"] == creator_id and (usage is None or row["usage"] == usage)
    ]
    listed = [{**brief(row), sort_by: row[sort_by]} for row in ordered(found, sort_by, descending=True)]
    return {**creator, "assets": listed, "total": len(found), "downloads": sum(row["downloads"] for row in found)}


def summarise_assets(
    state: State,
    *,
    media: Literal["image", "video"],
    group_by: Literal["category", "usage", "creator_id", "year"],
    category: Category | None = None,
    usage: Usage | None = None,
) -> Mapping[str, Any]:
    """The archive in figures: for each group the number of assets, their downloads in all, and their lowest and highest base price.

    Args:
        media: Images or videos.
        group_by: What the assets of a group have in common; year is the year in which they came into the archive.
        category: Only assets of this category.
        usage: Only assets that may be used for this.
    """
    groups: dict[str, list[Row]] = {}
    for row in state[f"{media}s"].rows():
        if (category is None or row["category"] == category) and (usage is None or row["usage"] == usage):
            group = row["uploaded"][:4] if group_by == "year" else row[group_by]
            if group in groups:
                groups[group].append(row)
            else:
                groups[group] = [row]
    return {"groups": [{group_by: group, **_figures(rows)} for group, rows in sorted(groups.items())]}


def _figures(rows: list[Row]) -> dict[str, int]:
    prices = [row["price_eur"] for row in rows]
    downloads = sum([row["downloads"] for row in rows])
    return {"assets": len(rows), "downloads": downloads, "min_price_eur": min(prices), "max_price_eur": max(prices)}
