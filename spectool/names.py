"""Spellings of one name: equal but for case, separators or namespace, or a small edit away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# A name one edit in five characters away is still recognisably meant; below that, unrelated names begin to match.
NEAR_RATIO = 80.0
_IDENTIFIES = re.compile(r"(?:^|_)(?:ids?|code|zip|pin)$|[a-z](?:Ids?|ID|Code)$")


def squash(name: str) -> str:
    """A name without case and separators, the form in which spellings of one name agree."""
    return re.sub(r"[^0-9a-z]+", "", name.casefold())


def identifies(name: str) -> bool:
    """Whether an argument of this name holds what tells one thing from another, in which a number is no quantity."""
    return _IDENTIFIES.search(name) is not None


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that ``name`` most likely stands for: equal but for case, separators or namespace, else a small edit away."""
    names = list(candidates)
    if not name or not names:
        return None
    squashed = squash(name)
    tail = squash(re.split(r"[./:]|__", name)[-1])
    for candidate in names:
        if squash(candidate) == squashed:
            return candidate
    tails = [c for c in names if tail and squash(re.split(r"[./:]|__", c)[-1]) == tail]
    if len(tails) == 1:
        return tails[0]
    from rapidfuzz import fuzz, process

    hit = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=NEAR_RATIO, processor=str.casefold)
    return str(hit[0]) if hit else None


def nearest_first(name: str, candidates: Sequence[str]) -> list[str]:
    """The candidates, the one that ``name`` most likely stands for first and the others by how alike they are to it."""
    from rapidfuzz import fuzz

    asked, meant = name.casefold(), nearest(name, candidates)
    return sorted(candidates, key=lambda candidate: (candidate != meant, -fuzz.ratio(asked, candidate.casefold())))
