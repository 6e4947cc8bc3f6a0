"""Token log-probabilities of a server, laid against the text that it gave."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence

import msgspec

from spectool.model import Logprob


class Token(msgspec.Struct):
    """One generated token as the API tells it; ``bytes`` is ``None`` where it has no text of its own."""

    token: str
    logprob: float
    bytes: list[int] | None = None


def aligned(tokens: Sequence[Token], text: str) -> tuple[Logprob, ...]:
    """Each token with its piece of the text: the pieces joined are ``text`` where the tokens hold it, as they stand where they do not.

    Servers also list tokens that are no part of the text: of the reasoning before it, and the one that ended the turn. A character may take
    several tokens; it stands in the piece of its last one.
    """
    pieces = list(_pieces(tokens))
    start = _start(pieces, text)
    if start < 0:
        return tuple(Logprob(token=piece, logprob=token.logprob) for piece, token in zip(pieces, tokens, strict=True))
    return tuple(_within(pieces, tokens, start, start + len(text)))


def _start(pieces: Sequence[str], text: str) -> int:
    """Where the text begins in the joined pieces; -1 where it is not in them. It stands last, but for the token that ended the turn."""
    if not text:
        return -1
    for joined in ("".join(pieces), "".join(pieces[:-1])):
        if joined.endswith(text):
            return len(joined) - len(text)
    return "".join(pieces).find(text)


def _within(pieces: Sequence[str], tokens: Sequence[Token], start: int, end: int) -> Iterator[Logprob]:
    place = 0
    for piece, token in zip(pieces, tokens, strict=True):
        before, place = place, place + len(piece)
        # A token without text of its own belongs to the character that follows.
        if (place > start and before < end) or (not piece and start <= before < end):
            yield Logprob(token=piece[max(0, start - before) : max(0, end - before)], logprob=token.logprob)


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    reader = getincrementaldecoder("utf-8")("replace")
    for token in tokens:
        try:
            yield token.token if token.bytes is None else reader.decode(bytes(token.bytes))
        except ValueError:
            # Numbers that are no bytes.
            yield token.token
