"""Near-duplicates: the grams, the index against the plain comparison of all pairs, and the edge of the threshold."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectool.benchmark.near import NearDuplicates, grams, jaccard

WORDS = ("find", "all", "patents", "of", "Aldermoor", "filed", "after", "2019")


def plainly(texts: list[str], sought: str, threshold: float) -> tuple[str, float] | None:
    """The same by comparing with every text."""
    found = [(str(number), jaccard(grams(text), grams(sought))) for number, text in enumerate(texts)]
    best = max(found, key=lambda pair: pair[1], default=None)
    return best if best is not None and best[1] >= threshold else None


GRAMS = {
    "five words are one gram": ("List the open fees please", {("list", "the", "open", "fees", "please")}),
    "six words are two grams": ("a b c d e f", {("a", "b", "c", "d", "e"), ("b", "c", "d", "e", "f")}),
    "fewer words are one gram as a whole": ("Open fees?", {("open", "fees")}),
    "case, punctuation and spacing make no difference": ("  OPEN --- fees!! ", {("open", "fees")}),
    "a gram that comes twice counts once": ("a a a a a a a", {("a",) * 5}),
    "figures are words": ("US9013710, filed 2019-03-04", {("us9013710", "filed", "2019", "03", "04")}),
    "no word is one empty gram": ("...", {()}),
}


@pytest.mark.parametrize(("text", "expected"), GRAMS.values(), ids=GRAMS)
def test_grams(text: str, expected: set[tuple[str, ...]]) -> None:
    assert grams(text) == expected


def test_the_nearest_text_is_told_with_its_index() -> None:
    near = NearDuplicates()
    near.add("fees", "Which renewal fees are open for patent US9013710 this year")
    near.add("owner", "Who owns patent US9013710 and since when")
    assert near.nearest("which renewal fees are open for patent US9013710 this year?") == ("fees", 1.0)
    assert near.nearest("which renewal fees are open for patent US9013710 this month?") == ("fees", 5 / 7)
    assert near.nearest("which renewal fees are open for patent EP9013710 this month?") is None
    assert near.nearest("something else altogether, if you please") is None
    assert len(near) == 2


def test_the_threshold_itself_is_near() -> None:
    # 24 words are 20 grams; with the last 3 words other, 17 of 23 are shared, with the last 4 other 16 of 24.
    words = [f"w{number}" for number in range(24)]
    near = NearDuplicates(threshold=17 / 23)
    near.add("whole", " ".join(words))
    assert near.nearest(" ".join([*words[:21], "x", "y", "z"])) == ("whole", 17 / 23)
    assert near.nearest(" ".join([*words[:20], "v", "x", "y", "z"])) is None


def test_of_equally_near_texts_the_first_is_told() -> None:
    near = NearDuplicates()
    near.add("one", "list the open fees please")
    near.add("two", "List the open fees, please!")
    assert near.nearest("list the open fees please") == ("one", 1.0)


@pytest.mark.parametrize("threshold", [0, -0.5, 1.01])
def test_a_threshold_that_is_no_share_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="expected a threshold above 0 and at most 1"):
        NearDuplicates(threshold=threshold)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), max_size=25),
    sought=st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    threshold=st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9, 1.0]),
)
def test_the_index_finds_what_comparing_all_texts_finds(texts: list[str], sought: str, threshold: float) -> None:
    near = NearDuplicates(threshold=threshold)
    for number, text in enumerate(texts):
        near.add(str(number), text)
    assert near.nearest(sought) == plainly(texts, sought, threshold)


def test_changed_copies_of_long_texts_are_found_as_comparing_all_finds_them() -> None:
    rng = Random(0)
    texts = [" ".join(rng.choices(WORDS, k=rng.randint(3, 40))) for _ in range(150)]
    near = NearDuplicates()
    for number, text in enumerate(texts):
        near.add(str(number), text)
    copies = []
    for text in texts:
        words = text.split()
        for _ in range(rng.randint(0, 3)):
            words[rng.randrange(len(words))] = rng.choice(("x", *WORDS))
        copies.append(" ".join(words))
    found = [near.nearest(copy) for copy in copies]
    assert found == [plainly(texts, copy, 0.7) for copy in copies]
    assert 50 < sum(each is not None for each in found) < 150


class Counting(NearDuplicates):
    """Counts the texts that are compared in full."""

    compared = 0

    def _candidates(self, known: frozenset[int], size: int) -> list[int]:
        found = super()._candidates(known, size)
        self.compared += len(found)
        return found


def test_of_requests_of_a_few_templates_few_are_compared() -> None:
    rng = Random(0)
    asks = [" ".join(rng.choices(["which", "patent", "of", "the", "year", "list", "all", "who"], k=14)) for _ in range(40)]
    texts = [f"{rng.choice(asks)} in {rng.randint(1, 10**6)} by {rng.randint(1, 10**6)} {rng.choice(asks)}" for _ in range(4000)]
    near = Counting()
    for number, text in enumerate(texts):
        near.nearest(text)
        near.add(str(number), text)
    pairs = len(texts) * (len(texts) - 1) // 2
    assert 0 < near.compared < pairs / 10
