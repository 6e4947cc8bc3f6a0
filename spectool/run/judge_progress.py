"""How far a judge is."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from spectool.run.journal import Totals
from spectool.run.judge_journal import Judgement


class JudgeProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Answers so far, of ``of`` that this sitting is to bring, those included that can not be asked for.

    ``found`` counts by pattern, ``unusable`` and ``failed`` over all; ``seconds`` count since the engine was loaded, and ``asked`` the
    questions answered in them.
    """

    done: int
    of: int
    asked: int
    seconds: float
    found: Mapping[str, int]
    unusable: int = 0
    failed: int = 0

    @property
    def seconds_left(self) -> float | None:
        """As long as the rest takes at the speed so far; ``None`` before the first answer."""
        return self.seconds / self.asked * (self.of - self.done) if self.asked else None


class Tally:
    """Counts answers while they come in."""

    def __init__(self, of: int, on_progress: Callable[[JudgeProgress], None] | None) -> None:
        self._of = of
        self._on_progress = on_progress
        self._outcomes: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._tokens = [0, 0]
        self._start = time.monotonic()

    def loaded(self) -> None:
        """The engine is ready: time counts from here."""
        self._start = time.monotonic()
        self._tell()

    def add(self, judgement: Judgement) -> None:
        """One more."""
        self._outcomes[judgement.outcome] += 1
        self._found[judgement.error] += judgement.outcome == "found"
        self._tokens[0] += judgement.prompt_tokens
        self._tokens[1] += judgement.completion_tokens
        self._tell()

    def totals(self) -> Totals:
        """The sums so far; its episodes and turns are questions that were asked."""
        asked = self._asked()
        return Totals(
            episodes=asked,
            failed=self._outcomes["failed"],
            turns=asked,
            seconds=round(time.monotonic() - self._start, 1) if asked else 0.0,
            prompt_tokens=self._tokens[0],
            completion_tokens=self._tokens[1],
        )

    def _asked(self) -> int:
        return self._outcomes.total() - self._outcomes["skipped"]

    def _tell(self) -> None:
        if self._on_progress is None:
            return
        self._on_progress(
            JudgeProgress(
                done=self._outcomes.total(),
                of=self._of,
                asked=self._asked(),
                seconds=time.monotonic() - self._start,
                found={code: count for code, count in sorted(self._found.items()) if count},
                unusable=self._outcomes["unusable"],
                failed=self._outcomes["failed"],
            )
        )
