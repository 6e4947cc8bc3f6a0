"""Where a generated page goes: the file named on the command line, or stdout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def write_page(text: str, argv: Sequence[str]) -> None:
    """Writes ``text`` to the file that ``argv`` names, to stdout where it names none."""
    if argv:
        Path(argv[0]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
