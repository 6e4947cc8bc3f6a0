"""Podcasts and their episodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.media.facets import Language, Topic
from spectool.environments.parts.arguments import DateRange, Page, PageSize
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.parts.wording import fold, holds_words, wanted_words


def search_podcasts(
    state: State,
    *,
    words: str | None = None,
    topic: Topic | None = None,
    language: Language | None = None,
    host: str | None = None,
    outlet_id: str | None = None,
    frequency: Literal["weekly", "biweekly", "monthly"] | None = None,
    min_rating: Annotated[float, Meta(ge=0, le=5)] | None = None,
    sort_by: Literal["rating", "started", "episode_count", "title"] = "title",
    descending: bool = False,
) -> Mapping[str, Any]:
    """Search podcasts, not their episodes. All conditions given must hold; without any, all podcasts are listed.

    Args:
        words: Words that the podcast's title must hold, in any order, without regard to case.
        topic: Topic of the podcast.
        language: ISO code of the language that it is in.
        host: Name of one of its hosts in full, without regard to case.
        outlet_id: Id of the outlet that makes it, such as O113.
        frequency: How often an episode appears.
        min_rating: Lowest rating by listeners, 0 to 5.
        sort_by: Field to sort by.
        descending: Largest or latest first.
    """
    wanted, by = wanted_words(words), fold(host) if host is not None else None
    found = [
        row
        for row in state["podcasts"].rows()
        if (topic is None or row["topic"] == topic)
        and (language is None or row["language"] == language)
        and (outlet_id is None or row["outlet_id"] == outlet_id)
        and (frequency is None or row["frequency"] == frequency)
        and (min_rating is None or row["rating"] >= min_rating)
        and (by is None or any(fold(each) == by for each in row["hosts"]))
        and (not wanted or holds_words(row["title"], wanted))
    ]
    found = ordered(found, sort_by, descending=descending)
    return {"podcasts": found, "total": len(found)}


def search_episodes(
    state: State,
    *,
    podcast_id: str | None = None,
    words: str | None = None,
    guest: str | None = None,
    published: DateRange | None = None,
    min_minutes: Annotated[int, Meta(ge=1, le=600)] | None = None,
    max_minutes: Annotated[int, Meta(ge=1, le=600)] | None = None,
    sort_by: Literal["published", "duration_minutes", "number"] = "published",
    descending: bool = True,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search podcast episodes, over all podcasts or within one. All conditions given must hold.

    Args:
        podcast_id: Id of the podcast, such as P301. Not given: episodes of all podcasts.
        words: Words that the episode's title must hold, in any order, without regard to case.
        guest: Name of a guest in full, without regard to case.
        published: Days on which it was published.
        min_minutes: Shortest duration, in minutes.
        max_minutes: Longest duration, in minutes.
        sort_by: Field to sort by.
        descending: Largest or latest first.
        page: Page of results, from 1.
        page_size: Episodes a page.
    """
    if podcast_id is not None:
        _podcast(state, podcast_id)
    if min_minutes is not None and max_minutes is not None and max_minutes < min_minutes:
        raise invalid(f"expected 'max_minutes' of at least {min_minutes}, got '{max_minutes}'")
    first, last = published.bounds() if published is not None else ("", "9999")
    wanted, by = wanted_words(words), fold(guest) if guest is not None else None
    found = [
        row
        for row in state["episodes"].rows()
        if (podcast_id is None or row["podcast_id"] == podcast_id)
        and (published is None or first <= row["published"] <= last)
        and (min_minutes is None or row["duration_minutes"] >= min_minutes)
        and (max_minutes is None or row["duration_minutes"] <= max_minutes)
        and (by is None or any(fold(each) == by for each in row["guests"]))
        and (not wanted or holds_words(row["title"], wanted))
    ]
    found = ordered(found, sort_by, descending=descending)
    return paged(found, page, page_size, name="episodes")


def get_podcast_episode(state: State, *, podcast_id: str, episode: Annotated[int, Meta(ge=1)] | Literal["first", "latest"]) -> Row:
    """One episode of a podcast, by its place in the podcast.

    Args:
        podcast_id: Id of the podcast, such as P301.
        episode: Number of the episode within the podcast, from 1, or "first" or "latest".
    """
    count = _podcast(state, podcast_id)["episode_count"]
    number = {"first": 1, "latest": count}[episode] if isinstance(episode, str) else episode
    for row in state["episodes"].rows():
        if row["podcast_id"] == podcast_id and row["number"] == number:
            return row
    raise not_found(f"episode of podcast '{podcast_id}' (it has 1 to {count})", number)


def _podcast(state: State, podcast_id: str) -> Row:
    row = state["podcasts"].get(podcast_id)
    if row is None:
        raise not_found("podcast", podcast_id)
    return row
