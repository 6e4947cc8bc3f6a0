"""Finding images and videos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import DateRange, Page, PageSize
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.video_images.facets import Category, Tags, Usage, asset, brief, described

# What an image has in common with another counts so much.
SHARED_TAG, SAME_CATEGORY, SAME_COLOUR = 3, 2, 1


class Duration(Fields, frozen=True, kw_only=True):
    """A length of time between two bounds, both included; either may be left open."""

    at_least: Annotated[int, Meta(ge=1, le=3600, description="Shortest duration, in seconds.")] | None = None
    at_most: Annotated[int, Meta(ge=1, le=3600, description="Longest duration, in seconds.")] | None = None


def search_images(
    state: State,
    *,
    words: str | None = None,
    tags: Tags | None = None,
    category: Category | None = None,
    orientation: Literal["landscape", "portrait", "square"] | None = None,
    colour: Literal["red", "orange", "yellow", "green", "blue", "purple", "brown", "grey", "white"] | None = None,
    usage: Usage | None = None,
    creator_id: str | None = None,
    min_width: Annotated[int, Meta(ge=1, le=20_000)] | None = None,
    with_people: bool | None = None,
    max_price_eur: Annotated[int, Meta(ge=0, le=1000)] | None = None,
    uploaded: DateRange | None = None,
    sort_by: Literal["uploaded", "price_eur", "downloads", "width"] = "uploaded",
    descending: bool = True,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the archive's still images. All conditions given must hold; without any, all images are listed, the newest first.

    Args:
        words: Words that the title must hold, in any order, without regard to case.
        tags: Tags that the image must all carry, such as fog.
        category: Category of the image.
        orientation: Shape of the image.
        colour: Dominant colour.
        usage: What the image may be used for, one of these for each; free images need no licence.
        creator_id: Id of the creator, such as CR101.
        min_width: Smallest width, in pixels.
        with_people: true: only images that show people; false: only images that show nobody. Not given: both.
        max_price_eur: Highest base price, in euros.
        uploaded: Days on which it came into the archive.
        sort_by: Field to sort by.
        descending: Largest or latest first.
        page: Page of results, from 1.
        page_size: Images a page.
    """
    found = (
        row
        for row in state["images"].rows()
        if (category is None or row["category"] == category)
        and (orientation is None or row["orientation"] == orientation)
        and (colour is None or row["colour"] == colour)
        and (usage is None or row["usage"] == usage)
        and (creator_id is None or row["creator_id"] == creator_id)
        and (min_width is None or row["width"] >= min_width)
        and (with_people is None or (row["people"] > 0) == with_people)
        and (max_price_eur is None or row["price_eur"] <= max_price_eur)
    )
    return _page(described(found, words, tags, uploaded), sort_by, descending, page, page_size)


def search_videos(
    state: State,
    *,
    words: str | None = None,
    tags: Tags | None = None,
    category: Category | None = None,
    usage: Usage | None = None,
    creator_id: str | None = None,
    resolution: Literal["hd", "full_hd", "uhd_4k"] | None = None,
    frames_per_second: Literal[24, 25, 30, 50, 60] | None = None,
    duration: Duration | None = None,
    has_audio: bool | None = None,
    uploaded: DateRange | None = None,
    sort_by: Literal["uploaded", "price_eur", "downloads", "duration_seconds"] = "uploaded",
    descending: bool = True,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search the archive's videos. All conditions given must hold; without any, all videos are listed, the newest first.

    Args:
        words: Words that the title must hold, in any order, without regard to case.
        tags: Tags that the video must all carry, such as fog.
        category: Category of the video.
        usage: What the video may be used for, one of these for each; free videos need no licence.
        creator_id: Id of the creator, such as CR101.
        resolution: Resolution it was filmed in.
        frames_per_second: Frame rate.
        duration: How long the video is.
        has_audio: true: only videos with sound; false: only silent ones. Not given: both.
        uploaded: Days on which it came into the archive.
        sort_by: Field to sort by.
        descending: Largest or latest first.
        page: Page of results, from 1.
        page_size: Videos a page.
    """
    shortest, longest = _seconds(duration)
    found = (
        row
        for row in state["videos"].rows()
        if (category is None or row["category"] == category)
        and (usage is None or row["usage"] == usage)
        and (creator_id is None or row["creator_id"] == creator_id)
        and (resolution is None or row["resolution"] == resolution)
        and (frames_per_second is None or row["frames_per_second"] == frames_per_second)
        and (has_audio is None or row["has_audio"] == has_audio)
        and (duration is None or shortest <= row["duration_seconds"] <= longest)
    )
    return _page(described(found, words, tags, uploaded), sort_by, descending, page, page_size)


def get_asset(state: State, *, asset_id: str) -> Row:
    """Everything on record about one image or one video of the archive.

    Args:
        asset_id: Id of the image, such as IM2003, or of the video, such as VD3005.
    """
    row = asset(state, asset_id)
    creator = state["creators"].get(row["creator_id"])
    return {**row, "creator": creator["name"] if creator is not None else None}


def find_similar_images(
    state: State, *, asset_id: str, limit: Annotated[int, Meta(ge=1, le=20)] = 5, same_creator: bool = True, usage: Usage | None = None
) -> Mapping[str, Any]:
    """Images that share a tag with an image or a video, the most alike first.

    The score is 3 for each shared tag, 2 for the same category, 1 for the same colour.

    Args:
        asset_id: Id of the image, such as IM2003, or of the video, such as VD3005, that they should resemble.
        limit: How many images at most.
        same_creator: false leaves out images by the creator of the given one.
        usage: What the similar images may be used for.
    """
    model = asset(state, asset_id)
    tags = frozenset(model["tags"])
    scored = [
        (-_score(model, tags, row), row["asset_id"], row)
        for row in state["images"].rows()
        if not tags.isdisjoint(row["tags"])
        and row["asset_id"] != asset_id
        and (usage is None or row["usage"] == usage)
        and (same_creator or row["creator_id"] != model["creator_id"])
    ]
    return {"asset_id": asset_id, "images": [{**brief(row), "score": -score} for score, _, row in sorted(scored)[:limit]]}


def _score(model: Row, tags: frozenset[str], row: Row) -> int:
    alike = SAME_CATEGORY * int(row["category"] == model["category"]) + SAME_COLOUR * int(row["colour"] == model.get("colour"))
    return SHARED_TAG * len(tags.intersection(row["tags"])) + alike


def _seconds(duration: Duration | None) -> tuple[int, int]:
    if duration is None:
        return 0, 3600
    shortest, longest = duration.at_least or 0, 3600 if duration.at_most is None else duration.at_most
    if longest < shortest:
        raise invalid(f"expected 'at_most' of at least {shortest}, got '{longest}'")
    return shortest, longest


def _page(rows: Iterable[Row], sort_by: str, descending: bool, page: int, page_size: int) -> Mapping[str, Any]:
    listed = paged(ordered(rows, sort_by, descending=descending), page, page_size, name="assets")
    return {**listed, "assets": [{**brief(row), sort_by: row[sort_by]} for row in listed["assets"]]}
