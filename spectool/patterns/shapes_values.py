"""Two values as a shape sees them: of what kind each is, and what one lacks, adds or spells otherwise; never the values themselves.

Everything here is linear in the length of a value: messages hold what models wrote, and there may be a million of them.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import msgspec

# In the order of precedence; each matches a whole value. One expression, since a value is asked only once which of them it is.
_KINDS = (
    ("an empty text", r"\s*"),
    ("a boolean", r"true|false"),
    ("null", r"null|none"),
    ("made-up digits", r"0{4,}|1{4,}|2{4,}|9{4,}|0?1234(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?"),
    ("an id", r"0\d{3,}"),
    ("a number", r"[-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?%?"),
    ("a date", r"\d{4}-\d\d?-\d\d?|\d\d?[/.]\d\d?[/.]\d{2,4}|\d{4}/\d\d?/\d\d?"),
    ("a time", r"\d\d?:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"),
    ("a date and time", r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.{0,20}"),
    ("a URL", r"[a-z][a-z0-9+]{1,10}://\S*"),
    ("an e-mail address", r"[^\s@/]+@[^\s@/]+\.[a-z]+"),
    ("a UUID", r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    ("a hash", r"[0-9a-f]{16,}"),
    ("a quantity", r"[-+$€£]?\d[\d,]*(?:\.\d+)? ?[a-z%°/]{1,12}"),
    ("a file path", r"(?:~|\.{0,2})/[^\s(){}]*|[a-z]:\\\S*"),
    ("code", r".*\w\(.*|.*=>.*"),
    ("a dotted name", r"[a-z_]\w*(?:\.[a-z_]\w*)+"),
    ("an id", r"#?(?=\D*\d)(?=[^a-z]*[a-z])[\w.-]+"),
)
_KIND = re.compile("|".join(f"({pattern})" for _, pattern in _KINDS), re.ASCII | re.I)
_WORDS = {"true": "a boolean", "false": "a boolean", "null": "null", "none": "null", "": "an empty text"}
_HUMP = re.compile(r"[a-z]+[A-Z]\w*", re.ASCII)
_SNAKE = re.compile(r"[A-Za-z]+(_\w+)+", re.ASCII)
_NOT_SAID = re.compile(r"[\W_]+")
_TERMS = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\d{4}")
CUT = "…"


def kind_of(value: str) -> str:
    """What a value is, with its article: ``a number``, ``a date``, ``a list``; ``a text`` where it is nothing more special."""
    if value[:1] in ("[", "{"):
        return "a list" if value[0] == "[" else "an object"
    if value.replace(" ", "").isalpha():
        return _WORDS.get(value.lower()) or ("an identifier" if _HUMP.fullmatch(value) else "a text")
    if found := _KIND.fullmatch(value):
        return _KINDS[(found.lastindex or 1) - 1][0]
    return "an identifier" if _SNAKE.fullmatch(value) else "a text"


def relation(want: str, got: str) -> str:
    """What stands in the place of ``want``: ``expected a text, got it with more after a comma``."""
    wanted, given = kind_of(want), kind_of(got)
    if {wanted, given} & {"a list", "an object"}:
        return f"expected {_contained(want, got, wanted, given)}"
    if given == "made-up digits":
        return f"expected {wanted}, got {'other ' if wanted == given else ''}made-up digits"
    if wanted == given == "an e-mail address":
        return f"expected {wanted}, got {_mailbox(want, got)}"
    if said := _measured(want, got) or _spelled(want, got) or _part(want, got):
        return f"expected {wanted}, got {said}"
    return f"expected {wanted}, got {'another' if wanted == given else given}"


def _mailbox(want: str, got: str) -> str:
    (name, _, domain), (other, _, host) = want.casefold().partition("@"), got.casefold().partition("@")
    if domain == host:
        return "the same in other capitals" if name == other else "another name at its domain"
    return "its name at another domain" if name == other else "another name at another domain"


def _spelled(want: str, got: str) -> str | None:
    want, got = want.casefold(), got.casefold()
    if want == got:
        return "it in other capitals"
    if _is_plural(want, got) or _is_plural(got, want):
        return "it in the singular or plural"
    if (bare := _bare(want)) and bare == _bare(got):
        return "it with other spaces or punctuation"
    if " " in want and " " in got and sorted(_TERMS.findall(want)) == sorted(_TERMS.findall(got)):
        return "its words in another order"
    return None


def _is_plural(one: str, many: str) -> bool:
    return many in (one + "s", one + "es") or (one.endswith("y") and many == one[:-1] + "ies")


def _measured(want: str, got: str) -> str | None:
    """How two dates or two numbers differ; ``None`` where they are neither."""
    if kind_of(want) != "a date" or kind_of(got) != "a date":
        return _counted(want, got)
    if _YEAR.sub("", want) == _YEAR.sub("", got):
        return "the same day of another year"
    try:
        days = (date.fromisoformat(got) - date.fromisoformat(want)).days
    except ValueError:
        return "another"
    return {1: "the day after", -1: "the day before"}.get(days, "another")


def _counted(want: str, got: str) -> str | None:
    try:
        a, b = float(want.replace(",", "")), float(got.replace(",", ""))
    except ValueError:
        return None
    if a == b:
        return "it written otherwise"
    if a == -b:
        return "it with the other sign"
    if a == 0 or b == 0 or (a < 0) != (b < 0):
        return "another"
    ratio = max(abs(a), abs(b)) / min(abs(a), abs(b))
    return "it on another scale" if any(abs(ratio / 10**power - 1) < 1e-9 for power in range(1, 13)) else "another"


def _part(want: str, got: str) -> str | None:
    """What is left, lost or added where one text holds the other."""
    a, b = want.casefold().strip().rstrip(CUT), got.casefold().strip().rstrip(CUT)
    if min(len(a), len(b)) < 2:
        return None
    if a in b:
        return _more(a, b)
    if b in a:
        return _less(a, b)
    return None


def _more(a: str, b: str) -> str:
    if b.startswith(a):
        return "it with more after a comma" if b[len(a) :].lstrip().startswith(",") else "it with more after it"
    if b.endswith(a):
        return "it with a prefix and a dot" if b[: -len(a)].endswith(".") else "it with more before it"
    return "it with more around it"


def _less(a: str, b: str) -> str:
    if a.endswith(b):
        return "it without its prefix and dot" if a[: -len(b)].endswith(".") else "only its end"
    if a.startswith(b):
        return "only what stands before its comma" if a[len(b) :].lstrip().startswith(",") else "only its beginning"
    return "only a part of it"


def _contained(want: str, got: str, wanted: str, given: str) -> str:
    """``want`` and ``got`` where at least one is a list or an object."""
    if _bare(want) == _bare(got) and wanted != given:
        return f"{wanted}, got its content as {'a text' if wanted in ('a list', 'an object') else given}"
    if wanted != given:
        return f"{wanted}, got {given}"
    if _bare(want) == _bare(got):
        return f"{wanted}, got it with other spaces or punctuation"
    items, said = _items(want), _items(got)
    if items is None or said is None:
        return f"{wanted}, got another"
    if not items - said:
        return f"{wanted}, got {'more in it' if said - items else 'it in another order'}"
    return f"{wanted}, got {'other things in it' if said - items else 'less in it'}"


def _items(value: str) -> Counter[str] | None:
    """The items of a list or the fields of an object, counted; ``None`` where the value is cut or no JSON."""
    try:
        decoded = msgspec.json.decode(value)
    except (msgspec.DecodeError, RecursionError):
        return None
    pairs = decoded.items() if isinstance(decoded, dict) else decoded
    return Counter(repr(each) for each in pairs)


def _bare(value: str) -> str:
    return _NOT_SAID.sub("", value).casefold()
