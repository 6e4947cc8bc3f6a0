"""How requests to the archive are drawn and worded, and the steps that several solutions share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from spectool.benchmark.template import Act, Draws, Said, either, maybe, said
from spectool.benchmark.templates.phrasing import parts_of
from spectool.benchmark.templates.searching import LISTED
from spectool.environments.core.tables import Row
from spectool.environments.video_images.facets import Category

CATEGORIES: tuple[str, ...] = get_args(Category)
LICENCES = {"web": ("web", "web-only"), "print": ("print",), "extended": ("extended",)}
MEDIA = {"image": "images", "video": "videos"}
PICTURE_ASKED = ("image", "picture", "photo", "which", "id", "asset", "file")


def an_asset(draws: Draws, *usages: str) -> Row:
    """An image or a video that may be used for one of ``usages``."""
    return draws.row(draws.pick("images", "videos"), lambda row: row["usage"] in usages)


def a_licence(draws: Draws, asset: Row) -> Said:
    """A kind of licence that there is for an asset."""
    kind = draws.pick("web", "print", *(["extended"] if asset["usage"] == "commercial" else []))
    return said(kind, *LICENCES[kind])


def seats_said(number: int) -> Said:
    """How many people may use something."""
    words = {1: ("one person",), 2: ("two people", "the two of us"), 3: ("three people",), 12: ("a dozen people", "12 people")}
    return said(number, *words.get(number, (f"{number} people",)))


def titled(act: Act, medium: str, title: str) -> str | None:
    """The id of the image or video of that title; ``None`` where the title finds more than one."""
    found = act(f"search_{MEDIA[medium]}", {"words": parts_of(title)}, free=LISTED)
    return str(found["assets"][0]["asset_id"]) if found["total"] == 1 else None


def creator_of(act: Act, name: str) -> str:
    """The id of the creator of that name; there are few enough to list them all."""
    found = act("find_creators", {"name": maybe(name, *name.split())})["creators"]
    return next(str(row["creator_id"]) for row in found if row["name"] == name)


def collection_by_name(act: Act, name: str, owner: str) -> str:
    """Finds a collection by its name."""
    found = act("list_collections", {"name": parts_of(name), "owner": maybe(owner)})["collections"]
    return str(found[0]["collection_id"])


def collection_by_list(act: Act, name: str, owner: str) -> str:
    """Lists the collections and reads their names."""
    found = act("list_collections", {"owner": maybe(owner)})["collections"]
    return next(str(row["collection_id"]) for row in found if row["name"] == name)


def holding(limit: int, *also: int) -> Any:
    """Page sizes that hold all of ``limit`` results."""
    return either(10, *(size for size in (limit, *also, 12, 15, 20, 25, 30, 40, 50) if size >= limit))


def a_part(draws: Draws, image: Row) -> Mapping[str, int]:
    """A part of an image, in steps of 50 pixels, at least 1200 wide."""
    left, top = 50 * draws.number(1, 8), 50 * draws.number(1, 8)
    width = 50 * draws.number(24, (image["width"] - left) // 50)
    return {"left": left, "top": top, "width": width, "height": 50 * draws.number(8, (image["height"] - top) // 50)}


def in_words(part: Mapping[str, int]) -> Said:
    """A part of an image as people say it."""
    return said(
        part,
        "{width} pixels wide and {height} high, starting {left} pixels from the left and {top} from the top".format(**part),
        "{width} by {height} pixels (width by height), with its top left corner {left} pixels in and {top} pixels down".format(**part),
    )
