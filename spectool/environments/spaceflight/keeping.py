"""What the user keeps: launch reminders and a reading list."""

from __future__ import annotations

from typing import Literal

from spectool.environments.core.errors import conflict, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.spaceflight.launches import PLANNED, launch_of


def set_launch_reminder(
    state: State, *, launch_id: str, minutes_before: Literal[15, 30, 60, 120, 1440] = 60, channel: Literal["push", "email", "sms"] = "push"
) -> Row:
    """Set a reminder for a planned launch. One that is on hold takes none, and a launch has one reminder at most: cancel it to change it.

    Args:
        launch_id: Id of the launch, such as LCH-1749.
        minutes_before: How long before the launch, in minutes; 1440 is a day.
        channel: How to be reminded.
    """
    launch = launch_of(state, launch_id)
    if launch["status"] not in PLANNED:
        raise conflict(f"launch '{launch_id}' was flown on {launch['net'][:10]}")
    if launch["status"] == "hold":
        raise conflict(f"launch '{launch_id}' is on hold; no reminder can be set")
    if state["reminders"].get(launch_id) is not None:
        raise conflict(f"launch '{launch_id}' has a reminder already; cancel it first")
    return state["reminders"].put(launch_id, {"launch_id": launch_id, "minutes_before": minutes_before, "channel": channel})


def cancel_launch_reminder(state: State, *, launch_id: str) -> Row:
    """Cancel the reminder for a launch.

    Args:
        launch_id: Id of the launch, such as LCH-1749.
    """
    if state["reminders"].get(launch_id) is None:
        raise not_found("reminder for launch", launch_id)
    state["reminders"].drop(launch_id)
    return {"launch_id": launch_id, "cancelled": True}


def bookmark_launch_article(state: State, *, article_id: str, folder: Literal["read_later", "favourites", "work"] = "read_later") -> Row:
    """Put a news article on your reading list.

    Args:
        article_id: Id of the article, such as ART-511.
        folder: Folder of the reading list.
    """
    if state["articles"].get(article_id) is None:
        raise not_found("article", article_id)
    if state["saved_articles"].get(article_id) is not None:
        raise conflict(f"article '{article_id}' is on your reading list already")
    return state["saved_articles"].put(article_id, {"article_id": article_id, "folder": folder})
