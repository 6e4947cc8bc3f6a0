"""A text cut into the pieces that its tokens contributed, whatever the tokenizer: only its way of decoding is asked.

Tokens have no text of their own: a character may take several, some decoders drop a space at the start, and some take back a character when
a later token makes its bytes invalid. So the text of all tokens is the measure, and windows of a few tokens are laid against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

# Tokens of context, since several tokenizers write a token otherwise at the start of a text; and how many more may be tried, since a window
# must not start inside a character (of four bytes at most, each a token).
CONTEXT, TRIES = 4, 4
# A window that can not be moved on is looked at the less often the longer it is, so that no text takes quadratic time.
PATIENCE = 16


def pieces(decode: Callable[[Sequence[int]], str], tokens: Sequence[int]) -> list[str]:
    """One piece a token; joined they are ``decode(tokens)``.

    A character of several tokens stands in the piece of its last one, and the pieces before it are empty.
    """
    text = decode(tokens)
    ends: list[int] = []
    said = look = 0
    held, base = 0, 0
    for end in range(1, len(tokens) + 1):
        if end >= look:
            window = decode(tokens[held:end])
            there = text[base : base + len(window)]
            said = max(said, base + _common(window, there))
            if window == there:
                held, base = _moved(decode, tokens, held, end, base + len(window), text) or (held, base)
            look = end + 1 + (end - held) // PATIENCE
        ends.append(said)
    ends[-1:] = [len(text)] if ends else []
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _common(one: str, other: str) -> int:
    """Characters that both begin with."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def _moved(
    decode: Callable[[Sequence[int]], str], tokens: Sequence[int], held: int, end: int, said: int, text: str
) -> tuple[int, int] | None:
    """A later start of the window and its place in the text; ``None`` when there is none, or no need."""
    if end - held < CONTEXT + TRIES:
        return None
    for start in range(end - CONTEXT, end - CONTEXT - TRIES, -1):
        tail = decode(tokens[start:end])
        if tail and text.endswith(tail, 0, said):
            return start, said - len(tail)
    return None
