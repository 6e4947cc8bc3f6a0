"""What the model said in the end: does it ask back, refuse, or tell what no result says?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from spectool.classify.figures import numbers_in
from spectool.tagger.view import View
from spectool.tagger.words import content, share, tokens

_REFUSES = re.compile(
    r"sorry|apologi[sz]e|unable|cannot|can't|can not|not able|don't have|do not have|no (?:function|tool)|not (?:support|provid)", re.I
)
_LACKS = re.compile(
    r"please (?:provide|specify|clarify|confirm|share|tell)|could you|can you|which|missing|need (?:to know|more)|required",
    re.I,
)
_CLAIMS = re.compile(r"\b(?:have|has|been|is now|successfully|done|completed|booked|cancelled|updated|sent)\b", re.I)

TRAJECTORY: Mapping[str, str] = {
    "answer_words": "words of the last answer",
    "asks": "the answer asks something",
    "lacks": "the answer says that something is missing",
    "refuses": "the answer says that it can not",
    "claims": "the answer says that something was done",
    "answer_on_topic": "share of the query's words in the answer",
    "figures_unsupported": "figures of the answer that nothing said before supports",
    "answer_from_results": "share of the answer's words that tools answered",
    "names_tool": "the answer names a tool",
}


def of_trajectory(view: View) -> tuple[float, ...]:
    """The last answer."""
    said = view.answer
    words = content(said)
    results = [each.call.result.content for each in view.attempts if each.call.result is not None]
    known = {*numbers_in(view.whole.text), *(number for text in results for number in numbers_in(text[:20_000]))}
    told = frozenset[str]().union(*map(content, results))
    low = said.lower()
    return (
        len(tokens(said)),
        "?" in said,
        _LACKS.search(said) is not None,
        _REFUSES.search(said) is not None,
        _CLAIMS.search(said) is not None,
        share(view.whole.content, words),
        sum(number not in known for number in numbers_in(said)),
        share(words, told) if results else -1.0,
        any(tool.name.lower() in low for tool in view.tools),
    )
