"""What the dialects' tests share: a reading in short."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from spectool.model import Parsed


@pytest.fixture
def brief() -> Callable[[str, Parsed], list[tuple]]:
    """(name, arguments, kind of problem) of each call; spans are checked on the way."""

    def shorten(text: str, parsed: Parsed) -> list[tuple]:
        for call in parsed.calls:
            if call.span is not None:
                assert text[slice(*call.span)] == call.raw
        return [(call.name, call.arguments, call.problem.kind if call.problem else None) for call in parsed.calls]

    return shorten
