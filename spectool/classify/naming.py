"""Whether a text names somebody or something: a name as it is written, not as a part of a longer one.

Case, accents, hyphens, quotation marks and marks of Markdown make no difference; a person may have a middle name or come last name first.
A name that goes on in capital letters or with a number is another name ("Skadi 2 Heavy" is not "Skadi 2"), but for a company's legal form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from spectool.classify.unmarked import MAX_TEXT

_WORD = re.compile(r"[^\W_]+")
_ESCAPED_END = re.compile(r"\\[nrt]")
# What may stand between the words of a name, besides what stands there in the name itself.
_BETWEEN = " \\t\u00a0\\-\u2010-\u2015_/&'\u2018\u2019\"\u201c\u201d*`~"
_SHORT = 4
_SAYS = frozenset(("is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "can", "not", "no", "it", "there", "you", "i"))
_DENIED = re.compile(
    r"(?:\b(?:not|never|than|instead of|no longer)|n['\u2019]t)\s+(?:by |the |an? )?[\"'\u2018\u201c*_`]*\Z", re.IGNORECASE
)
_LEGAL_FORMS = "Inc|Ltd|Limited|LLC|LLP|Corp|Corporation|GmbH|AG|SE|SA|PLC|Plc|BV|NV|Oy|AB|KG|Co"
_GOES_ON = re.compile(rf"(?: (?!(?:{_LEGAL_FORMS})\b|I\b|\w+:)|-)(?:[A-Z]\w*|\d{{1,2}}(?![\w.,:]*\d)(?! +[a-z]))")


def is_name(claim: str, empty: frozenset[str]) -> bool:
    """Whether a claim is a name or a title: "Bank of Ulm", "Cheese board in harsh light"; a statement begins small or says "is".

    ``empty`` words may be small in a name.
    """
    written = _WORD.findall(claim)
    content = [word for word in written if word.casefold() not in empty or (word.isupper() and word is not written[0])]
    capitals = [word for word in content if word[0].isupper()]
    if not capitals:
        return False
    if all(word[0].isupper() or word[0].isdigit() for word in content):
        return True
    return written[0][0].isupper() and written[0].casefold() not in empty and _SAYS.isdisjoint(map(str.casefold, written))


def is_named(name: str, said: str) -> bool:
    """Whether ``said`` names ``name``, and does not deny it in the same breath."""
    text = _unaccented(_ESCAPED_END.sub("\n", said[-MAX_TEXT:]))
    for found in _pattern(name).finditer(text):
        shouted = found[0].isupper() and len(found[0]) > _SHORT
        goes_on = _GOES_ON.match(text, found.end()) and not shouted
        if not goes_on and not _DENIED.search(text, max(0, found.start() - 30), found.start()):
            return True
    return False


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    return "".join(character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))


@lru_cache(maxsize=2_048)
def _pattern(name: str) -> re.Pattern[str]:
    """The name, its words in order; of two words also with one between them, or turned round. Short ones in capitals are not words."""
    plain = _unaccented(name).strip()
    words = [word for word in _WORD.findall(plain) if word.casefold() != "and"]
    if len(words) > 1 and words[0].casefold() in ("the", "a", "an"):
        words = words[1:]
    own = "".join(sorted(set(re.findall(r"[^\w\s]", plain)) - set("-&'\"*`~_/")))
    between = [_between(word, own) for word in words[:-1]]
    ways = ["".join(part for pair in zip(words, [*between, ""], strict=True) for part in (re.escape(pair[0]), pair[1]))]
    if len(words) == 2 and all(word.isalpha() for word in words):
        first, last = map(re.escape, words)
        ways += [rf"{first} (?-i:[A-Z])[\w'\u2019]*\.? {last}", rf"{last}, {first}"]
    flags = re.NOFLAG if plain.isupper() and len(plain) <= _SHORT else re.IGNORECASE
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", flags)


def _between(word: str, own: str) -> str:
    dot = "." if len(word) <= 2 else ""
    return rf"[{_BETWEEN}{re.escape(own)}{dot}]{{0,4}}(?:\band\b ?)?"
