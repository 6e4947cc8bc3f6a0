"""What images and videos are described and narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import DateRange
from spectool.environments.parts.wording import holds_words, wanted_words

Category = Literal["nature", "wildlife", "architecture", "food", "people", "transport", "industry", "abstract"]
Usage = Literal["free", "commercial", "editorial"]
Tags = Annotated[list[str], Meta(min_length=1, max_length=5)]


def asset(state: State, asset_id: str) -> Row:
    """The image or the video of that id.

    Raises:
        ToolError: there is none.
    """
    row = state["images"].get(asset_id) or state["videos"].get(asset_id)
    if row is None:
        raise not_found("image or video", asset_id)
    return row


def described(rows: Iterable[Row], words: str | None, tags: list[str] | None, uploaded: DateRange | None) -> Iterable[Row]:
    """The rows whose titles hold all words, that carry all tags, and that came in on these days; ``None``: no condition."""
    if uploaded is not None:
        first, last = uploaded.bounds()
        rows = (row for row in rows if first <= row["uploaded"] <= last)
    if tags:
        carried = {tag.casefold() for tag in tags}
        rows = (row for row in rows if carried.issubset(row["tags"]))
    if wanted := wanted_words(words):
        rows = (row for row in rows if holds_words(row["title"], wanted))
    return rows


def brief(row: Row) -> Row:
    """An asset as lists show it."""
    return {name: row[name] for name in ("asset_id", "media", "title", "category", "creator_id", "usage", "price_eur")}
