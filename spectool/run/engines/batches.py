"""Which waiting prompts are generated together: as many as the user allows and memory holds."""

from __future__ import annotations

from collections.abc import Sequence

from spectool.run.engines.engine import Sampling
from spectool.run.engines.rendering import RenderedPrompt


class Batches:
    """Prompts that wait, handed out in batches of up to ``size``.

    Memory is counted in cells, rows × (longest prompt + new tokens): what a key-value cache takes grows with them. Once a batch did not
    fit, later ones have half its cells at most, which is more rows where prompts are shorter.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._cells: int | None = None
        self._waiting: list[RenderedPrompt] = []
        self._sorted = True

    def add(self, prompt: RenderedPrompt) -> None:
        """One more that waits."""
        self._waiting.append(prompt)
        self._sorted = False

    def take(self) -> list[RenderedPrompt]:
        """The longest that wait, generated alike; one at least, unless none waits."""
        if not self._sorted:
            self._waiting.sort(key=lambda prompt: (-len(prompt.tokens), prompt.id))
            self._sorted = True
        if not self._waiting:
            return []
        first = self._waiting[0]
        alike = [number for number, prompt in enumerate(self._waiting) if _manner(prompt) == _manner(first)]
        chosen = set(alike[: self._rows(first)])
        batch = [prompt for number, prompt in enumerate(self._waiting) if number in chosen]
        self._waiting = [prompt for number, prompt in enumerate(self._waiting) if number not in chosen]
        return batch

    def put_back(self, batch: Sequence[RenderedPrompt]) -> bool:
        """Takes a batch back that did not fit into memory; ``False`` for a single prompt, which no smaller batch will help."""
        cells = len(batch) * _width(batch[0])
        fewer = cells // 2 if len(batch) > 1 else cells - 1
        self._cells = fewer if self._cells is None else min(fewer, self._cells)
        if len(batch) > 1:
            self._waiting.extend(batch)
            self._sorted = False
        return len(batch) > 1

    def clear(self) -> None:
        """Forgets all that wait."""
        self._waiting = []

    def _rows(self, longest: RenderedPrompt) -> int:
        fitting = self._size if self._cells is None else self._cells // _width(longest)
        return max(1, min(self._size, fitting))


def _manner(prompt: RenderedPrompt) -> tuple[Sampling, int]:
    """What the prompts of a batch have in common."""
    return prompt.request.sampling, prompt.new_tokens


def _width(prompt: RenderedPrompt) -> int:
    return len(prompt.tokens) + prompt.new_tokens
