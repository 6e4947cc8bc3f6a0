"""What another system's checker says of a trajectory."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

PASSED = "ok"
METRICS = ("IAC", "IAV", "IAN", "IAT", "RAC", "IFN", "IFE", "success")
"""ToolScan's accuracies, in the order of the taxonomy, and their mean."""


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """Another checker's verdict and its one label, or its scores.

    ``passed`` is ``None`` where its rule can not be applied, or gives no verdict, and ``reason`` says why; else ``label`` is ``ok`` or the
    checker's own name of the first error it meets, and ``reason`` that error in our words. ``sub_labels`` are the labels behind a summary
    one. ``scores`` maps those of ``METRICS`` that could be judged to a fraction 0–1.
    """

    passed: bool | None
    label: str | None = None
    reason: str = ""
    sub_labels: tuple[str, ...] = ()
    scores: Mapping[str, float] = msgspec.field(default_factory=dict)
