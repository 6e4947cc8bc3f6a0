"""By which words of a title one may search."""

import pytest

from spectool.benchmark.template import Either
from spectool.benchmark.templates.searching import words_for

TITLES = ("Red Fox", "Red Barn", "Barn Owl by Night", "Owl")
CASES = {
    "a word that too many titles hold is not enough": ("Red Fox", 1, ("Red Fox", "Fox")),
    "words count in a row only": (
        "Barn Owl by Night",
        1,
        ("Barn Owl by Night", "Barn Owl by", "Owl by Night", "Barn Owl", "Owl by", "by Night", "Night"),
    ),
    "with room for more, a shared word will do": ("Red Fox", 2, ("Red Fox", "Red", "Fox")),
    "the whole title may always be searched by": ("Owl", 1, ("Owl",)),
}


@pytest.mark.parametrize(("title", "most", "expected"), CASES.values(), ids=CASES)
def test_words_lead_to_few_titles(title, most, expected):
    assert words_for(title, TITLES, most) == Either(expected)
