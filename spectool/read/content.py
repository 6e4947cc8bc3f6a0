"""Message content of every API as text; what is no text leaves a placeholder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectool.read.record import as_text

_TEXT_KEYS = ("text", "content", "refusal", "input_text", "output_text")
_PLACEHOLDERS = {
    "image": "[image]", "image_url": "[image]", "input_image": "[image]", "output_image": "[image]",
    "input_audio": "[audio]", "audio": "[audio]", "output_audio": "[audio]",
    "file": "[file]", "input_file": "[file]", "document": "[document]", "video": "[video]", "video_url": "[video]",
}  # fmt: skip


def content_text(content: Any) -> str:
    """The text of a message's content: a string, ``None``, one part or a list of parts, joined by line breaks."""
    if content is None or isinstance(content, str):
        return content or ""
    if isinstance(content, Mapping):
        return part_text(content)
    if isinstance(content, list | tuple):
        return "\n".join(filter(None, map(part_text, content)))
    return as_text(content)


def part_text(part: Any) -> str:
    """The text of one content part, a placeholder such as ``[image]`` for one that has none."""
    if not isinstance(part, Mapping):
        return as_text(part)
    kind = part.get("type")
    if isinstance(kind, str) and kind in _PLACEHOLDERS:
        return _PLACEHOLDERS[kind]
    for name in _TEXT_KEYS:
        if isinstance(part.get(name), str):
            return str(part[name])
    return f"[{kind}]" if isinstance(kind, str) else as_text(part)
