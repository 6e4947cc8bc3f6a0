"""Finding posts, reading them with their comments, liking them, and what members' posts add up to."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import conflict, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import DateRange, Page, PageSize
from spectool.environments.parts.narrowing import equal, worded
from spectool.environments.parts.paging import paged
from spectool.environments.social.fields import ME, CountRange, Topic, counted, dated
from spectool.environments.social.people import member

BRIEF = ("post_id", "user_id", "kind", "topic", "text", "posted", "like_count", "comment_count")
Kind = Literal["text", "photo", "poll", "event"]


def search_posts(
    state: State,
    *,
    words: str | None = None,
    user_id: str | None = None,
    group_id: str | None = None,
    topic: Topic | None = None,
    kind: Kind | None = None,
    posted: DateRange | None = None,
    likes: CountRange | None = None,
    sort_by: Literal["posted", "like_count", "comment_count"] = "posted",
    descending: bool = True,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search posts. All conditions given must hold; without any, all posts are listed.

    Args:
        words: Words that the text must hold, in any order.
        user_id: Id of the member who wrote the post.
        group_id: Id of the group that the post was made in.
        topic: Topic of the post.
        kind: Kind of post.
        posted: When the post was made.
        likes: How many likes the post has.
        sort_by: Field to sort by.
        descending: Largest or latest first.
        page: Page of results, from 1.
        page_size: Posts a page.
    """
    found = equal(state["posts"].rows(), topic=topic, kind=kind, user_id=user_id, group_id=group_id)
    found = worded(counted(dated(found, "posted", posted), "like_count", likes), "text", words)
    found.sort(key=itemgetter(sort_by), reverse=descending)
    listed = paged(found, page, page_size, name="posts")
    return {**listed, "posts": [_brief(row) for row in listed["posts"]]}


def get_post(state: State, *, post_id: str) -> Mapping[str, Any]:
    """One post in full: its text, its author, how many like it, and whether you do.

    Args:
        post_id: Id of the post, such as P5063.
    """
    row = _post(state, post_id)
    rest = {name: value for name, value in row.items() if name != "liked_by"}
    author = member(state, row["user_id"])
    return {**rest, "author": author["name"], "you_like": ME in row["liked_by"]}


def list_comments(
    state: State, *, post_id: str, sort_by: Literal["oldest", "newest", "most_liked"] = "oldest", page: Page = 1, page_size: PageSize = 10
) -> Mapping[str, Any]:
    """The comments on a post.

    Args:
        post_id: Id of the post, such as P5063.
        sort_by: Which comments come first.
        page: Page of results, from 1.
        page_size: Comments a page.
    """
    _post(state, post_id)
    found = equal(state["comments"].rows(), post_id=post_id)
    found.sort(key=itemgetter("like_count" if sort_by == "most_liked" else "commented"), reverse=sort_by != "oldest")
    return paged(found, page, page_size, name="comments")


def like_post(state: State, *, post_id: str) -> Row:
    """Like a post from your account.

    Args:
        post_id: Id of the post, such as P5063.
    """
    row = _post(state, post_id)
    if row["user_id"] == ME:
        raise conflict(f"post '{post_id}' is your own")
    if ME in row["liked_by"]:
        raise conflict(f"you like post '{post_id}' already")
    if state["blocks"].get(row["user_id"]) is not None:
        raise conflict(f"you have blocked the author of post '{post_id}'")
    liking = sorted([*row["liked_by"], ME])
    state["posts"].put(post_id, {**row, "liked_by": liking, "like_count": len(liking)})
    return {"post_id": post_id, "like_count": len(liking), "you_like": True}


def summarize_activity(
    state: State, *, user_ids: Annotated[list[str], Meta(min_length=1, max_length=5)], posted: DateRange | None = None
) -> Mapping[str, Any]:
    """What the posts of members add up to: how many posts, the likes and comments on them, and the post with the most likes.

    Args:
        user_ids: Ids of the members, one to five; they are summed up one by one, in this order.
        posted: Count only posts made in this time; without it, all.
    """
    people = [member(state, user_id) for user_id in dict.fromkeys(user_ids)]
    posts = dated(list(state["posts"].rows()), "posted", posted)
    return {"activity": [_summary(person, equal(posts, user_id=person["user_id"])) for person in people]}


def _summary(person: Row, rows: list[Row]) -> Mapping[str, Any]:
    top = max(rows, key=itemgetter("like_count"), default=None)
    return {
        "user_id": person["user_id"],
        "name": person["name"],
        "post_count": len(rows),
        "like_count": sum(row["like_count"] for row in rows),
        "comment_count": sum(row["comment_count"] for row in rows),
        "top_post": top and _brief(top),
    }


def _post(state: State, post_id: str) -> Row:
    row = state["posts"].get(post_id)
    if row is None:
        raise not_found("post", post_id)
    return row


def _brief(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in BRIEF}
