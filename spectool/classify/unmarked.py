"""Text as it is read aloud: without marks of Markdown and LaTeX, numbers of list items and footnotes, accents and capitals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Of a long answer the end is read: that is where it is given.
MAX_TEXT = 50_000
_MARKS = (
    # Dollar signs around a formula are no money: the rule is Pandoc's.
    (re.compile(r"\$(?=\S)([^$\n]{0,120}\S)\$(?!\d)"), r"\1"),
    # An answer inside JSON text keeps its line ends escaped; LaTeX has commands that begin alike.
    (re.compile(r"\\(?:text|mathrm|mathbf)\b"), " "), (re.compile(r"\\[nrt]"), "\n"),
    (re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"\[\^?\d{1,3}\](?!\()"), " "),
    (re.compile(r"</?[a-z][a-z0-9]{0,9}\s?/?>"), " "),
    (re.compile(r"^[ \t>]*(?:#{1,6}[ \t]+)?(?:[-*+•][ \t]+)?(?:\d{1,3}[.)][ \t]+)?", re.MULTILINE), ""),
    (re.compile(r"[*`~\\\u2122\u00ae\u00a9\u200b]|\{(?=,)|(?<=,)\}"), ""),
    (re.compile(r"(?<=\d)t(?=\d\d:\d\d)"), " "),
    (re.compile(r"(?<=\d)½"), ".5"), (re.compile("½"), "0.5"), (re.compile(r"(?<=\d)¼"), ".25"), (re.compile(r"(?<=\d)¾"), ".75"),
    (re.compile(r"(?<!\w)minus (?=\d)"), "-"),
    (re.compile(r"\bnot only\b"), " "),
    (re.compile(r"n't\b|\bcannot\b|\b(?:rather|other) than\b|\binstead of\b|\bno longer\b"), " not"),
    (re.compile(r"'s\b|(?<=s)'(?=\s)"), ""), (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), ""),
    (re.compile(r"\b(\d{1,3}) ?h ?(\d{1,2}) ?(?:m|min)?\b"), r"\1 h \2 min"),
    (re.compile(r"(?<=[a-z])/(?=[a-z])"), " per "),
    (re.compile(r"\bnoon\b|\bmidday\b"), "12:00 pm"), (re.compile(r"\bmidnight\b"), "12:00 am"),
)  # fmt: skip


@lru_cache(maxsize=32)
def plain(text: str) -> str:
    """Lower case, without accents and marks, in one way of writing apostrophes, dashes and fractions."""
    text = text[-MAX_TEXT:].casefold().replace("\u2019", "'").replace("\u2212", "-").replace("\u00a0", " ")
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    if text.isascii():
        return text
    return "".join(character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))
