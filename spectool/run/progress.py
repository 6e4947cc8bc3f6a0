"""How far a run is: counted while it goes on, told to whoever watches."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping

import msgspec

from spectool.classify.classify import classify
from spectool.classify.counted import counts
from spectool.classify.taxonomy import load
from spectool.model import Trajectory
from spectool.run.engines.engine import Completion
from spectool.run.journal import Totals

# Classifying takes about a millisecond an attempt, and many engines wait meanwhile. So it gets this share of a run's time while the
# engine works; what is left over waits for the end, or until this many wait.
SHARE = 0.02
MOST_WAITING = 10_000


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """What a second of a sitting brought."""

    tasks: float = 0.0
    prompt_tokens: float = 0.0
    completion_tokens: float = 0.0


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Verdicts on finished attempts, as ``spectool classify`` gives them; failed attempts are not among them.

    ``attempts`` counts those classified, ``passed`` and ``not_passed`` those of them that could be decided; ``patterns`` counts attempts
    with a finding that counts, by code, the most frequent first.
    """

    attempts: int = 0
    passed: int = 0
    not_passed: int = 0
    patterns: Mapping[str, int] = msgspec.field(default_factory=dict)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run of ``of`` episodes is; ``totals`` and ``found`` count from its start in this sitting."""

    of: int
    totals: Totals
    found: Found

    @property
    def seconds_left(self) -> float | None:
        """As long as the rest takes at the speed so far; ``None`` before the first episode has ended."""
        totals = self.totals
        return totals.seconds / totals.episodes * (self.of - totals.episodes) if totals.episodes else None


def rates_of(totals: Totals) -> Rates:
    """Rates over a sitting; all 0 before any time has passed."""
    if totals.seconds <= 0:
        return Rates()
    each = (totals.episodes, totals.prompt_tokens, totals.completion_tokens)
    tasks, read, written = (round(count / totals.seconds, 3) for count in each)
    return Rates(tasks=tasks, prompt_tokens=read, completion_tokens=written)


class Watch:
    """Counts while a run of ``of`` episodes goes on; ``errors`` counts the reasons of those that failed."""

    def __init__(self, of: int, on_progress: Callable[[Progress], None] | None) -> None:
        self.errors: Counter[str] = Counter()
        self._of = of
        self._on_progress = on_progress
        # What the first verdict waits for is no part of the run.
        load()
        self._start = time.monotonic()
        self._counts = dict.fromkeys(("episodes", "failed", "turns", "prompt_tokens", "completion_tokens"), 0)
        self._tally = Tally()
        # The engine is loaded: whoever watches waits for its first answers now.
        self._tell()

    def turn(self, completion: Completion) -> None:
        """An assistant turn came back."""
        self._counts["turns"] += 1
        self._counts["prompt_tokens"] += completion.prompt_tokens
        self._counts["completion_tokens"] += completion.completion_tokens
        self._tell()

    def episode(self, trajectory: Trajectory, error: str | None) -> None:
        """An episode ended; ``error`` is why its turn could not be generated, if so."""
        self._counts["episodes"] += 1
        if error is None:
            self._tally.add(trajectory)
            self._tally.work(within=SHARE * (time.monotonic() - self._start))
        else:
            self._counts["failed"] += 1
            self.errors[error] += 1
        self._tell()

    def totals(self) -> Totals:
        """The sums so far."""
        return Totals(seconds=round(time.monotonic() - self._start, 1), **self._counts)

    def found(self) -> Found:
        """What was found in all attempts that ended."""
        self._tally.work(within=None)
        return self._tally.found()

    def _tell(self) -> None:
        if self._on_progress is not None:
            self._on_progress(Progress(of=self._of, totals=self.totals(), found=self._tally.found()))


class Tally:
    """Patterns of attempts, classified when there is time for it."""

    def __init__(self) -> None:
        self._waiting: deque[Trajectory] = deque()
        self._spent = 0.0
        self._attempts = 0
        self._passed: Counter[bool | None] = Counter()
        self._patterns: Counter[str] = Counter()

    def add(self, trajectory: Trajectory) -> None:
        """An attempt to classify."""
        self._waiting.append(trajectory)

    def work(self, within: float | None) -> None:
        """Classifies what waits, until ``within`` seconds have been spent on it in all; ``None``: to the end."""
        while self._waiting and (within is None or self._spent < within or len(self._waiting) > MOST_WAITING):
            start = time.monotonic()
            self._classify(self._waiting.popleft())
            self._spent += time.monotonic() - start

    def found(self) -> Found:
        """The counts so far."""
        passed, failed = self._passed[True], self._passed[False]
        return Found(attempts=self._attempts, passed=passed, not_passed=failed, patterns=dict(self._patterns.most_common()))

    def _classify(self, trajectory: Trajectory) -> None:
        verdict = classify(trajectory)
        self._attempts += 1
        self._passed[verdict.passed] += 1
        # Events are nobody's slip, and nearly every attempt has some.
        self._patterns.update(
            {
                outcome.error
                for outcome in verdict.outcomes
                if any(counts(finding) and finding.level != "event" for finding in outcome.findings)
            }
        )
