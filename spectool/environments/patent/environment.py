"""The patent environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.environment import Environment
from spectool.environments.patent.search import get_patent, search_patents
from spectool.environments.patent.watching import unwatch_patent, watch_patent
from spectool.environments.signature import reads, writes

PATENT = Environment(
    "patent",
    "A register of patents with their owners, and a watch list.",
    (reads(search_patents), reads(get_patent), writes(watch_patent), writes(unwatch_patent)),
)
