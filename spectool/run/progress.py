"""How far a run is: counted while it goes on, told to whoever watches."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from spectool.run.engines.engine import Completion
from spectool.run.journal import Totals


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is, counted from its start in this sitting; ``seconds`` without loading the model."""

    episodes: int
    of: int
    turns: int
    completion_tokens: int
    seconds: float


class Tally:
    """Counts while a run of ``of`` episodes goes on; ``errors`` are the reasons of those that failed."""

    def __init__(self, of: int, on_progress: Callable[[Progress], None] | None) -> None:
        self.errors: list[str] = []
        self._of = of
        self._on_progress = on_progress
        self._start = time.monotonic()
        self._counts = dict.fromkeys(("episodes", "failed", "turns", "prompt_tokens", "completion_tokens"), 0)

    def turn(self, completion: Completion) -> None:
        """An assistant turn came back."""
        self._counts["turns"] += 1
        self._counts["prompt_tokens"] += completion.prompt_tokens
        self._counts["completion_tokens"] += completion.completion_tokens
        self._tell()

    def episode(self, error: str | None) -> None:
        """An episode ended; ``error`` is why its turn could not be generated, if so."""
        self._counts["episodes"] += 1
        if error is not None:
            self._counts["failed"] += 1
            self.errors.append(error)
        self._tell()

    def totals(self) -> Totals:
        """The sums so far."""
        return Totals(seconds=round(time.monotonic() - self._start, 1), **self._counts)

    def _tell(self) -> None:
        if self._on_progress is not None:
            totals = self.totals()
            self._on_progress(
                Progress(
                    episodes=totals.episodes,
                    of=self._of,
                    turns=totals.turns,
                    completion_tokens=totals.completion_tokens,
                    seconds=totals.seconds,
                )
            )
