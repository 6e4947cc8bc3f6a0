"""Near-duplicate requests: those whose word 5-grams overlap by a Jaccard index of 0.7 or more, found exactly.

The Jaccard index of two texts is the share of their distinct 5-grams that both have. Words are runs of letters and digits, casefolded;
punctuation is dropped. A text of fewer than five words is one gram as a whole.

Source: Jaccard index of shingles, Broder, "On the resemblance and containment of documents" (1997); prefix filtering, Chaudhuri, Ganti and
Kaushik, "A primitive operator for similarity joins in data cleaning" (2006).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import chain

SIZE = 5
THRESHOLD = 0.7
HITS = 2
"""How many of its rarest grams a text must share to be compared: more leave fewer texts, and take more looking up."""
ROUNDING = 1e-9
_WORD = re.compile(r"\w+")

Grams = frozenset[tuple[str, ...]]


@lru_cache(maxsize=8)
def grams(text: str, size: int = SIZE) -> Grams:
    """The distinct word n-grams of a text; a shorter text is one gram."""
    words = tuple(_WORD.findall(text.casefold()))
    return frozenset(words[start : start + size] for start in range(max(len(words) - size + 1, 1)))


def jaccard(one: Grams, other: Grams) -> float:
    """Grams in both over grams in either, 0-1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


class NearDuplicates:
    """Texts that others are compared with, by an inverted index of their grams."""

    def __init__(self, threshold: float = THRESHOLD, size: int = SIZE) -> None:
        if not 0 < threshold <= 1:
            raise ValueError(f"expected a threshold above 0 and at most 1, got '{threshold}'")
        self.threshold, self.size = threshold, size
        self._ids: list[str] = []
        self._grams: list[frozenset[int]] = []
        self._numbers: dict[tuple[str, ...], int] = {}
        self._holders: list[list[int]] = []

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._ids)

    def add(self, id: str, text: str) -> None:
        """Adds a text; an id may stand for several."""
        numbers = [self._numbers.setdefault(gram, len(self._numbers)) for gram in grams(text, self.size)]
        self._holders.extend([] for _ in range(len(self._numbers) - len(self._holders)))
        for number in numbers:
            self._holders[number].append(len(self._ids))
        self._ids.append(id)
        self._grams.append(frozenset(numbers))

    def nearest(self, text: str) -> tuple[str, float] | None:
        """The id and the Jaccard index of the text most like this one, the first added of equals; ``None``: none reaches the threshold."""
        found = grams(text, self.size)
        known = frozenset(self._numbers[gram] for gram in found if gram in self._numbers)
        best, highest = None, 0.0
        for candidate in sorted(self._candidates(known, len(found))):
            shared = len(known & self._grams[candidate])
            index = shared / (len(found) + len(self._grams[candidate]) - shared)
            if index > highest:
                best, highest = candidate, index
        # Both sides are ratios of small integers: what is equal on paper must not be parted by rounding.
        return None if best is None or highest < self.threshold - ROUNDING else (self._ids[best], highest)

    def _candidates(self, known: frozenset[int], size: int) -> list[int]:
        """Texts that can reach the threshold; ``known`` are those of the ``size`` grams sought that some text has.

        Such a text has at least ``threshold`` of the grams sought, so at least ``HITS`` of any ``size - needed + HITS`` of them: the rarest
        lead to the fewest texts.
        """
        needed = math.ceil(self.threshold * size - ROUNDING)
        hits = min(HITS, needed)
        # Grams that no text has are the rarest of all: they take up places without leading anywhere.
        places = len(known) - needed + hits
        rarest = sorted((self._holders[number] for number in known), key=len)[: max(places, 0)]
        counted = Counter(chain.from_iterable(rarest))
        least, most = self.threshold * size - ROUNDING, size / self.threshold + ROUNDING
        return [text for text, count in counted.items() if count >= hits and least <= len(self._grams[text]) <= most]
