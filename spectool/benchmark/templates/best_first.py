"""Two ways to the one result that is asked for: have it sorted to the front, or look through all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Act, Claims, Slots, Solve

Look = Callable[[Act, Slots, Mapping[str, Any], Sequence[str]], Claims | None]
"""A solution that searches with further arguments, and with arguments that are nobody's business."""


def sorted_or_all(
    look: Look, whole: Mapping[str, Any], order: Sequence[str], by: Callable[[Slots], Mapping[str, Any]]
) -> tuple[Solve, Solve]:
    """``look`` with all results on a page (``whole``) in any ``order``, and sorted ``by`` what is asked for with a page of any size."""
    return (
        lambda act, slots: look(act, slots, whole, order),
        lambda act, slots: look(act, slots, by(slots), ("page_size",)),
    )
