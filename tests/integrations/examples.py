"""The examples of docs/integrations.md, as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "integrations.md").read_text(encoding="utf-8")


def example(language: str, holding: str) -> str:
    """The one code block of a language that holds some text."""
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    (found,) = (block for block in blocks if holding in block)
    return str(found)
