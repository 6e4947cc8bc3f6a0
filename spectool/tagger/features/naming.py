"""Does the tool fit the query: its name and description against what was asked, and against the other tools offered?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from spectool.classify.attempt import Attempt
from spectool.model import Tool
from spectool.tagger.view import Slot, View
from spectool.tagger.words import content, share

CALL: Mapping[str, str] = {
    "name_hit": "share of the tool's name that users said",
    "described_hit": "share of the query that its description speaks of",
    "hits": "words of the query in its name and description",
    "fit": "likeness of query and tool",
    "best_other_fit": "likeness of query and the best other tool",
    "margin": "its likeness less the best other's",
    "best_other_name_hit": "share of another tool's name that users said",
    "unspoken": "words of the query in no tool and no value",
    "unspoken_share": "share of the query in no tool and no value",
    "name_alike": "likeness of its name and the query, letter by letter",
    "twin": "likeness of its name and the nearest other tool's",
}
ARGUMENT = CALL
TRAJECTORY: Mapping[str, str] = {
    "best_fit": "likeness of query and the best tool",
    "best_name_hit": "largest share of a tool's name that users said",
    "best_uncalled_fit": "likeness of query and the best tool not called",
    "best_uncalled_name_hit": "largest share of such a tool's name that users said",
    "uncalled_lead": "that likeness less the best called tool's",
    "unspoken_share": "share of the query in no tool and no value",
    "answerable": "share of the best tool's required arguments that users named",
}


def of_argument(view: View, slot: Slot) -> tuple[float, ...]:
    """How well the tool of an argument fits: a call that is not due has no wrong value."""
    return of_call(view, slot.attempt)


def of_call(view: View, attempt: Attempt) -> tuple[float, ...]:
    """How well the chosen tool fits."""
    return view.kept(("naming", attempt.step, attempt.index), lambda: _of_call(view, attempt))


def _of_call(view: View, attempt: Attempt) -> tuple[float, ...]:
    from rapidfuzz import fuzz

    query = view.query(attempt.step)
    fits = _fits(view, query.content)
    mine = fits.get(attempt.name, 0.0)
    others = [name for name in fits if name != attempt.name]
    words = _words(attempt.tool) if attempt.tool is not None else content(attempt.name)
    unspoken = query.content - view.given - frozenset[str]().union(*map(_words, view.tools))
    best = max((fits[name] for name in others), default=0.0)
    return (
        share(content(attempt.name), query.content),
        share(query.content, words),
        len(query.content & words),
        mine,
        best,
        mine - best,
        max((share(content(name), query.content) for name in others), default=0.0),
        len(unspoken),
        len(unspoken) / max(len(query.content), 1),
        fuzz.token_set_ratio(attempt.name.replace("_", " ").replace(".", " ").lower(), query.lower[:1_000]) / 100,
        max((fuzz.ratio(attempt.name, name) for name in others), default=0.0) / 100,
    )


def of_trajectory(view: View) -> tuple[float, ...]:
    """How well the tools offered fit, called or not."""
    said = view.whole.content
    fits = _fits(view, said)
    called = {each.name for each in view.attempts}
    uncalled = [name for name in fits if name not in called]
    hits = {name: share(content(name), said) for name in fits}
    best = max(fits, key=lambda name: (fits[name], name), default="")
    unspoken = said - view.given - frozenset[str]().union(*map(_words, view.tools))
    lead = max((fits[name] for name in uncalled), default=0.0)
    return (
        fits.get(best, 0.0),
        max(hits.values(), default=0.0),
        lead,
        max((hits[name] for name in uncalled), default=0.0),
        lead - max((fit for name, fit in fits.items() if name in called), default=0.0),
        len(unspoken) / max(len(said), 1),
        _answerable(view, best),
    )


def _answerable(view: View, name: str) -> float:
    tool = next((each for each in view.tools if each.name == name), None)
    required = tool.parameters.get("required") if tool is not None else None
    if not isinstance(required, (list, tuple)) or not required:
        return 1.0
    return sum(share(content(str(each)), view.whole.content) > 0 for each in required) / len(required)


def _fits(view: View, said: frozenset[str]) -> dict[str, float]:
    """The cosine of each tool's words with the query's, words that many of the tools share weighing less.

    Sums are exact before they are rounded: sets have no order, and the last digit must not hang on it.
    """
    docs = {tool.name: _words(tool) for tool in view.tools}
    seen = Counter(word for words in docs.values() for word in words)
    weight = {word: 1 + math.log((1 + len(docs)) / (1 + seen[word])) for word in {*seen, *said}}
    length = math.sqrt(math.fsum(weight[word] ** 2 for word in said)) or 1.0
    return {name: _cosine(words, said, weight) / length for name, words in docs.items()}


def _cosine(words: frozenset[str], said: frozenset[str], weight: Mapping[str, float]) -> float:
    own = math.sqrt(math.fsum(weight[word] ** 2 for word in words)) or 1.0
    return math.fsum(weight[word] ** 2 for word in words & said) / own


def _words(tool: Tool) -> frozenset[str]:
    properties = tool.parameters.get("properties")
    names = tuple(map(str, properties))[:40] if isinstance(properties, Mapping) else ()
    return _kept_words(tool.name, tool.description[:2_000], names)


@lru_cache(maxsize=4_096)
def _kept_words(name: str, description: str, names: tuple[str, ...]) -> frozenset[str]:
    return content(name) | content(description) | frozenset[str]().union(*map(content, names))
