"""What the user has: subscriptions, saved articles and playlists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import conflict, invalid, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.media.reading import get_article, get_outlet
from spectool.environments.parts.wording import fold

EpisodeIds = Annotated[list[str], Meta(min_length=1, max_length=20)]


def get_media_library(state: State) -> Mapping[str, Any]:
    """What the user has in this account: subscriptions, saved articles by shelf, and playlists with their episodes."""
    return {name: list(state[name].rows()) for name in ("subscriptions", "saved", "playlists")}


def subscribe_to_outlet(
    state: State,
    *,
    outlet_id: str,
    plan: Literal["digital", "print", "complete"],
    months: Literal[1, 3, 6, 12, 24] = 12,
    starts: Literal["today", "next_month"] = "today",
) -> Row:
    """Subscribe to an outlet for the price per month that its plan has. There can be one subscription to an outlet.

    Args:
        outlet_id: Id of the outlet, such as O101.
        plan: Plan to subscribe to; it must be one that the outlet has.
        months: How long, in months.
        starts: When it starts; next_month is the first day of next month.
    """
    prices = {each["plan"]: each["price_eur_per_month"] for each in get_outlet(state, outlet_id=outlet_id)["plans"]}
    if not prices:
        raise conflict(f"outlet '{outlet_id}' is free and has no subscriptions")
    if plan not in prices:
        raise invalid(f"expected a plan of outlet '{outlet_id}' ({', '.join(prices)}), got '{plan}'")
    if state["subscriptions"].get(outlet_id) is not None:
        raise conflict(f"there is a subscription to outlet '{outlet_id}' already")
    first = TODAY if starts == "today" else _months_later(TODAY, 1)
    row = {
        "outlet_id": outlet_id,
        "plan": plan,
        "months": months,
        "starts": first,
        "ends": _months_later(first, months),
        "total_eur": months * prices[plan],
    }
    return state["subscriptions"].put(outlet_id, row)


def cancel_subscription(state: State, *, outlet_id: str) -> Row:
    """End the user's subscription to an outlet at once.

    Args:
        outlet_id: Id of the outlet that the user has subscribed to, such as O101.
    """
    if state["subscriptions"].get(outlet_id) is None:
        raise not_found("subscription to outlet", outlet_id)
    state["subscriptions"].drop(outlet_id)
    return {"outlet_id": outlet_id, "cancelled": True}


def save_article(state: State, *, article_id: str, shelf: Literal["read_later", "favourites"] = "read_later") -> Row:
    """Put an article on one of the user's shelves; an article stands on one shelf at most.

    Args:
        article_id: Id of the article, such as A2001.
        shelf: Shelf to put it on.
    """
    get_article(state, article_id=article_id)
    if state["saved"].get(article_id) is not None:
        raise conflict(f"article '{article_id}' is saved already")
    return state["saved"].put(article_id, {"article_id": article_id, "shelf": shelf})


def create_playlist(state: State, *, name: Annotated[str, Meta(min_length=1, max_length=60)], episode_ids: EpisodeIds) -> Row:
    """Make a playlist of podcast episodes.

    Args:
        name: Name of the playlist, as the user says it; no other playlist of the user may have it.
        episode_ids: Ids of the episodes, such as E4001, in the order in which they are to be played.
    """
    if any(fold(row["name"]) == fold(name) for row in state["playlists"].rows()):
        raise conflict(f"there is a playlist '{name[:80]}' already")
    _check(state, episode_ids, ())
    id = state.new_id("playlists", "PL", name, episode_ids)
    return state["playlists"].put(id, {"playlist_id": id, "name": name, "episode_ids": episode_ids})


def add_to_playlist(
    state: State, *, playlist_id: str, episode_ids: EpisodeIds, position: Annotated[int, Meta(ge=1, le=200)] | Literal["end"] = "end"
) -> Row:
    """Add episodes to a playlist of the user, next to each other, in the order given.

    Args:
        playlist_id: Id of the playlist, such as PL701.
        episode_ids: Ids of the episodes, such as E4001; none may be on the playlist already.
        position: Place that the first of them gets, counted from 1, or "end"; a place beyond the end is the end.
    """
    row = state["playlists"].get(playlist_id)
    if row is None:
        raise not_found("playlist", playlist_id)
    now = row["episode_ids"]
    _check(state, episode_ids, now)
    place = len(now) if isinstance(position, str) else position - 1
    return state["playlists"].put(playlist_id, {**row, "episode_ids": [*now[:place], *episode_ids, *now[place:]]})


def _check(state: State, episode_ids: list[str], present: tuple[str, ...] | list[str]) -> None:
    for position, id in enumerate(episode_ids):
        if state["episodes"].get(id) is None:
            raise not_found("episode", id)
        if id in present:
            raise conflict(f"episode '{id}' is on the playlist already")
        if id in episode_ids[:position]:
            raise invalid(f"expected each episode once, got '{id}' twice")


def _months_later(day: str, months: int) -> str:
    """The same day of the month, ``months`` later; ``day`` is the first of a month."""
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    return f"{year}-{month + 1:02d}{day[7:]}"
