"""What an argument is about, by its name, and whether its value is the whole of what the query names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from spectool.tagger.view import Slot, View
from spectool.tagger.words import cut

_ABOUT: Mapping[str, re.Pattern[str]] = {
    "place": re.compile(r"loc|city|place|area|address|origin|dest|region|state|country|(?:^|_)(?:from|to)(?:_|$)", re.I),
    "date": re.compile(r"date|time|day|year|month|start|end|when|check_?in|check_?out", re.I),
    "identity": re.compile(r"(?:^|_)ids?$|[a-z]I[dD]s?$|key|token|code|uuid|number$|email|phone", re.I),
    "name": re.compile(r"name|title|person|author|artist|cast|director|actor|company|brand", re.I),
    "prose": re.compile(r"query|question|text|message|content|description|summary|prompt|body|comment|reason|note|keyword", re.I),
    "quantity": re.compile(r"amount|price|count|num|size|limit|max|min|rate|percent|weight|height|length|quantity|page|temp", re.I),
    "choice": re.compile(r"type|kind|mode|category|genre|status|unit|format|order|sort|level|class|style|language|gender", re.I),
    "formula": re.compile(r"function|expr|formula|equation|code|command|callback|script|method|path|file|url", re.I),
}
_RELATIVE = re.compile(
    r"\b(?:today|tomorrow|yesterday|tonight|now|next|last|this|coming|ago|week(?:end)?|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday)\b",
    re.I,
)

ARGUMENT: Mapping[str, str] = {
    **{f"about_{kind}": f"by its name it is a {kind}" for kind in _ABOUT},
    "relative_time": "the query counts time from today",
    "entity_whole": "it is the whole of a name, figure or quotation of the query",
    "entity_part": "it is a part of a longer one",
}


def of_argument(view: View, slot: Slot) -> tuple[float, ...]:
    """The subject of one argument."""
    query = view.query(slot.attempt.step)
    text = cut(slot.value).lower() if slot.given and not isinstance(slot.value, bool) else ""
    named = [each.text.lower() for each in query.entities] if text else []
    return (
        *(pattern.search(slot.name) is not None for pattern in _ABOUT.values()),
        _RELATIVE.search(query.text) is not None,
        text in named,
        any(text in each and text != each for each in named),
    )
