"""What a tool or an engine replied, without the values in it: the same text each time it complains of the same."""

from __future__ import annotations

import re

from spectool.patterns.shapes_values import CUT

# The words of a reply that is cut and no sentence ends.
MAX_WORDS = 8
# Shorter names of tools are words of every reply.
SHORTEST_TOOL = 4
# Quoted texts, addresses, ids, dates, paths and numbers.
_VALUE = re.compile(
    r"'[^']{0,80}'|\"[^\"]{0,80}\"|`[^`]{0,80}`|\b[a-z]{2,8}://\S{1,200}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}"
    r"|\b[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,30}\b|(?<![\w.])/[\w./-]{1,200}|\b(?=\w{0,40}\d)\w{2,80}\b|\d[\d.,:/-]*"
)
_BETWEEN_COLONS = re.compile(r"(?<=: )[^\s:]{1,80}(?=:)")
_KEY = re.compile(r'^\{\s*"[^"]{1,40}"\s*:\s*"?')


def reply_of(value: str, tool: str) -> str:
    """The first sentence of a reply, its values as ``…``; its end may be cut, so nothing after that counts."""
    text = _KEY.sub("", value)
    if len(tool) >= SHORTEST_TOOL:
        text = text.replace(tool, CUT)
    text = _VALUE.sub(CUT, _BETWEEN_COLONS.sub(CUT, text)).strip(' "}')
    sentence = text.partition(". ")[0].rstrip(".")
    words = sentence.split()
    if value.endswith(CUT) and sentence == text:
        words = words[:-1][:MAX_WORDS]
    return " ".join(words)
