"""What a general parser is not asked to do: text that costs it far more than its length is refused before it starts."""

import pytest

from spectool.read.dialects.syntax_tree import tree

COSTLY = {
    "comments that never end": b"yield (/*\n" * 2_000,
    "generics that never close": b"a<b<" * 4_000,
    "arrow upon arrow": b"a=>" * 5_000,
    "lambda upon lambda": b"a->" * 5_000,
}


@pytest.mark.parametrize("language", ["java", "javascript"])
@pytest.mark.parametrize("source", COSTLY.values(), ids=list(COSTLY))
def test_costly_text_is_refused(source, language):
    assert tree(source, language) is None


@pytest.mark.parametrize(("source", "language"), [(b"int x = /* one */ 1;", "java"), (b"f(a => a < 1)", "javascript")])
def test_sound_text_has_a_tree(source, language):
    root = tree(source, language)
    assert root is not None
    assert not root.has_error
