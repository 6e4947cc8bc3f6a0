"""Long results a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def paged(items: Sequence[Any], page: int, size: int, *, name: str = "results") -> dict[str, Any]:
    """One page of ``items`` under ``name``, with how many there are and the number of the next page (``None`` on the last).

    ``page`` counts from 1; a page beyond the last is empty.
    """
    start = (page - 1) * size
    following = page + 1 if start + size < len(items) else None
    return {name: list(items[start : start + size]), "total": len(items), "page": page, "next_page": following}
