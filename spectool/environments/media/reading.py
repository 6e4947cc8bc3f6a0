"""Outlets and their articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.media.facets import Language, Topic
from spectool.environments.parts.arguments import Country, DateRange, Page, PageSize
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged
from spectool.environments.parts.wording import fold, holds_words, wanted_words


def find_outlets(
    state: State,
    *,
    name: str | None = None,
    kind: Literal["newspaper", "magazine", "broadcaster", "podcast_network"] | None = None,
    country: Country | None = None,
    language: Language | None = None,
) -> Mapping[str, Any]:
    """Find media outlets: newspapers, magazines, broadcasters and podcast networks. All conditions given must hold.

    Args:
        name: Name of the outlet or a part of it, without regard to case.
        kind: Kind of outlet.
        country: Two-letter ISO country code, upper case, such as GB.
        language: ISO code of the language it publishes in.
    """
    wanted = fold(name) if name else ""
    found = [
        {key: row[key] for key in ("outlet_id", "name", "kind", "country", "language")}
        for row in state["outlets"].rows()
        if (kind is None or row["kind"] == kind)
        and (country is None or row["country"] == country)
        and (language is None or row["language"] == language)
        and wanted in fold(row["name"])
    ]
    return {"outlets": found, "total": len(found)}


def get_outlet(state: State, *, outlet_id: str) -> Row:
    """Everything on record about one outlet, with its subscription plans and their prices; an outlet without plans is free.

    Args:
        outlet_id: Id of the outlet, such as O101.
    """
    row = state["outlets"].get(outlet_id)
    if row is None:
        raise not_found("outlet", outlet_id)
    return row


def search_articles(
    state: State,
    *,
    words: str | None = None,
    topics: Annotated[list[Topic], Meta(min_length=1, max_length=10)] | None = None,
    outlet_id: str | None = None,
    author: str | None = None,
    published: DateRange | None = None,
    premium: bool | None = None,
    max_reading_minutes: Annotated[int, Meta(ge=1, le=60)] | None = None,
    sort_by: Literal["published", "words", "comments", "title"] = "published",
    descending: bool = True,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search articles. All conditions given must hold; without any, all articles are listed, the newest first.

    Args:
        words: Words that the title must hold, in any order, without regard to case.
        topics: The article has one of these topics.
        outlet_id: Id of the outlet that published it, such as O101.
        author: Name of the author in full, without regard to case.
        published: Days on which it was published.
        premium: true: only articles for subscribers; false: only free ones. Not given: both.
        max_reading_minutes: Longest reading time, in minutes.
        sort_by: Field to sort by.
        descending: Largest or latest first.
        page: Page of results, from 1.
        page_size: Articles a page.
    """
    wanted, by = wanted_words(words), fold(author) if author is not None else None
    found = [
        row
        for row in _articles(state, outlet_id, published)
        if (topics is None or row["topic"] in topics)
        and (premium is None or row["premium"] == premium)
        and (max_reading_minutes is None or row["reading_minutes"] <= max_reading_minutes)
        and (by is None or fold(row["author"]) == by)
        and (not wanted or holds_words(row["title"], wanted))
    ]
    found = ordered(found, sort_by, descending=descending)
    listed = paged(found, page, page_size, name="articles")
    return {**listed, "articles": [_brief(row) for row in listed["articles"]]}


def get_article(state: State, *, article_id: str) -> Row:
    """Everything on record about one article, with the ids of related articles.

    Args:
        article_id: Id of the article, such as A2001.
    """
    row = state["articles"].get(article_id)
    if row is None:
        raise not_found("article", article_id)
    return row


def count_articles(
    state: State,
    *,
    group_by: Literal["outlet_id", "topic", "author", "month"],
    topic: Topic | None = None,
    outlet_id: str | None = None,
    published: DateRange | None = None,
) -> Mapping[str, Any]:
    """Count articles and add up their words, by group; the group with the most articles first.

    Args:
        group_by: What the articles of a group have in common; month is the month of publication, YYYY-MM.
        topic: Count only articles of this topic.
        outlet_id: Count only articles of this outlet, such as O101.
        published: Count only articles published on these days.
    """
    groups: dict[str, list[int]] = {}
    for row in _articles(state, outlet_id, published):
        if topic is None or row["topic"] == topic:
            group = row["published"][:7] if group_by == "month" else row[group_by]
            groups.setdefault(group, []).append(row["words"])
    counted: list[Row] = [{group_by: group, "articles": len(words), "words": sum(words)} for group, words in sorted(groups.items())]
    counted = ordered(counted, "articles", descending=True)
    return {"groups": counted, "total": sum(map(len, groups.values()))}


def _articles(state: State, outlet_id: str | None, published: DateRange | None) -> Iterable[Row]:
    rows = state["articles"].rows()
    if outlet_id is not None:
        get_outlet(state, outlet_id=outlet_id)
        rows = (row for row in rows if row["outlet_id"] == outlet_id)
    if published is not None:
        first, last = published.bounds()
        rows = (row for row in rows if first <= row["published"] <= last)
    return rows


def _brief(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("article_id", "title", "outlet_id", "author", "topic", "published", "reading_minutes", "premium")}
