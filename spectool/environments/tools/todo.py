"""The user's task list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import conflict, invalid, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, day, in_order
from spectool.environments.parts.narrowing import between, equal, worded
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged

Priority = Literal["low", "normal", "high"]
Tag = Literal["admin", "errand", "garden", "health", "home", "study", "work"]


def list_tasks(
    state: State,
    *,
    status: Literal["open", "done", "all"] = "open",
    words: str | None = None,
    priority: Priority | None = None,
    tag: Tag | None = None,
    due_from: Date | None = None,
    due_to: Date | None = None,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """The tasks on your list by due date, those without one last. All conditions given must hold.

    Args:
        status: Whether they are still to do.
        words: Words that the title must hold, in any order and any case.
        priority: Only tasks of this priority.
        tag: Only tasks with this tag.
        due_from: Earliest due date, YYYY-MM-DD, that day included; leaves out tasks without one.
        due_to: Latest due date, YYYY-MM-DD, that day included; leaves out tasks without one.
        page: Page of results, from 1.
        page_size: Tasks a page.
    """
    in_order(due_from, due_to)
    found = equal(state["tasks"].rows(), priority=priority, done=None if status == "all" else status == "done")
    if tag is not None:
        found = [row for row in found if tag in row["tags"]]
    if due_from is not None or due_to is not None:
        found = between([row for row in found if row["due_date"] is not None], "due_date", due_from, due_to)
    return paged(ordered(worded(found, "title", words), "due_date"), page, page_size, name="tasks")


def add_task(
    state: State,
    *,
    title: Annotated[str, Meta(min_length=1, max_length=120)],
    due_date: Date | None = None,
    priority: Priority = "normal",
    tags: Annotated[list[Tag], Meta(max_length=3)] | None = None,
) -> Row:
    """Add a task to your list.

    Args:
        title: What is to be done, word for word as dictated.
        due_date: Day by which it is due, YYYY-MM-DD, today or later; none if left out.
        priority: How much it matters.
        tags: Up to three tags; none if left out.
    """
    if due_date is not None:
        _not_past(due_date)
    content = {"title": title, "due_date": due_date, "priority": priority, "tags": sorted(set(tags or ())), "done": False}
    if any(row["title"].casefold() == title.casefold() and not row["done"] for row in state["tasks"].rows()):
        raise conflict(f"an open task '{title[:80]}' is on your list already")
    id = state.new_id("tasks", "TSK-", *content.values())
    return state["tasks"].put(id, {"task_id": id, **content})


def complete_task(state: State, *, task_id: str) -> Row:
    """Tick off a task of your list as done.

    Args:
        task_id: Id of the task, such as TSK-104.
    """
    row = _open(state, task_id)
    return state["tasks"].put(task_id, {**row, "done": True})


def reschedule_task(state: State, *, task_id: str, due_date: Date) -> Row:
    """Give an open task of your list another due date.

    Args:
        task_id: Id of the task, such as TSK-104.
        due_date: The new day by which it is due, YYYY-MM-DD, today or later.
    """
    _not_past(due_date)
    row = _open(state, task_id)
    if row["due_date"] == due_date:
        raise conflict(f"task '{task_id}' is due on '{due_date}' already")
    return state["tasks"].put(task_id, {**row, "due_date": due_date})


def _open(state: State, task_id: str) -> Row:
    row = state["tasks"].get(task_id)
    if row is None:
        raise not_found("task", task_id)
    if row["done"]:
        raise conflict(f"task '{task_id}' is done already")
    return row


def _not_past(due_date: str) -> None:
    if day(due_date) < day(TODAY):
        raise invalid(f"expected a day from '{TODAY}' on, got '{due_date}'")
