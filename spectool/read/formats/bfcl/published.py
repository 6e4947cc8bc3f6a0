"""A BFCL question that keeps its own words: what BFCL's checker goes by is not in JSON Schema.

The tools of a task have JSON Schema types and its gold says what is right by our decisions. BFCL's rules speak of types such as ``tuple``,
``any`` and ``HashMap``, and of lists of allowed values in their order, so both are kept as published. They go into no output.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectool.model import Task


class BfclTask(Task, frozen=True, kw_only=True):
    """A task with BFCL's words: ``functions`` is the JSON of its function documents, ``answer`` its row of possible answers, if any."""

    functions: bytes = b""
    answer: Mapping[str, Any] | None = None
