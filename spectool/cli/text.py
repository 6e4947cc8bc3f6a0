"""Text that is safe on a terminal: the words by which the verbs know ``spectool/plain_text.py``, which reports use, too."""

from __future__ import annotations

from spectool.plain_text import cut, safe, shortened

__all__ = ["cut", "safe", "shortened"]
