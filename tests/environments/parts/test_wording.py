"""Words as conditions."""

import pytest

from spectool.environments.parts.wording import holds_words, wanted_words

CASES = {
    "any order": ("Night of the Owl", "owl night", True),
    "part of a word": ("Nightingale", "night", True),
    "one word is missing": ("Night of the Owl", "owl day", False),
    "any case, beyond English": ("STRASSE", "straße", True),
    "white space alone asks for nothing": ("Owl", "  \n", True),
    "no condition": ("Owl", None, True),
}


@pytest.mark.parametrize(("text", "words", "expected"), CASES.values(), ids=CASES)
def test_a_text_holds_all_words(text, words, expected):
    assert holds_words(text, wanted_words(words)) is expected
