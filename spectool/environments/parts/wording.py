"""Words as conditions: text compared without regard to case."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text as it is compared; remembered, since a search folds the same records again and again."""
    return text.casefold()


def holds_words(text: str, words: list[str]) -> bool:
    """Whether ``text`` holds each of ``words`` (folded, see ``wanted_words``), in any order, as a word or part of one."""
    folded = fold(text)
    # A loop, for a generator costs more than the words themselves.
    for word in words:  # noqa: SIM110
        if word not in folded:
            return False
    return True


def wanted_words(words: str | None) -> list[str]:
    """The words of a condition, folded; none where there is no condition."""
    return words.casefold().split() if words else []
