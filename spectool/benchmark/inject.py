"""Gold answers broken in known ways: the public face of the injector.

``replay`` answers a task perfectly, ``injections`` breaks that answer in one way each, ``doubles`` in two at once that keep out of each
other's way. What is planted follows from the definitions of the taxonomy and from how the slip is made; nothing here asks the classifier,
so that its findings can be held against it. All is decided by the task's id and ``seed``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random

import msgspec

from spectool.benchmark.draft import NATIVE, Draft, Mark, Planted
from spectool.benchmark.replay import GoldFault, gold_draft, replay
from spectool.benchmark.slips.formats import BARE, JSON
from spectool.benchmark.slips.registry import SLIPS, Slip
from spectool.benchmark.written import Unwritable, written
from spectool.model import Call, Result, Step, Task, Trajectory
from spectool.references import SchemaError

__all__ = ["SLIPS", "GoldFault", "Injection", "Planted", "Slip", "broken", "doubles", "inject", "injections", "replay"]

# Half of all answers come as structured calls, the others as text of one of these.
DIALECTS = tuple(dict.fromkeys((*BARE, *JSON)))
MODEL = "injector"
TRIES = 6
# Most pairs of slips find no place together in a given answer.
DRAWS = 12


class Injection(msgspec.Struct, frozen=True, kw_only=True):
    """A broken answer, the slips in it (``error.subtype``) and all that must be found in it, in the order of ``Planted``."""

    trajectory: Trajectory
    slips: tuple[str, ...]
    planted: tuple[Planted, ...]


def injections(task: Task, *, seed: int = 0, slips: Sequence[Slip] = SLIPS, each: int = 1) -> Iterator[Injection]:
    """Up to ``each`` answers to ``task`` for every one of ``slips``, broken by it and nothing else."""
    gold = gold_draft(task)
    if not isinstance(gold, Draft):
        return
    for slip in slips:
        seen = set()
        for number in range(each):
            found = _injected(gold, (slip,), f"{seed}/{number}")
            if found is not None and found.planted not in seen:
                seen.add(found.planted)
                yield found


def doubles(task: Task, *, seed: int = 0, slips: Sequence[Slip] = SLIPS, number: int = 5) -> Iterator[Injection]:
    """Up to ``number`` answers to ``task`` that hold two slips each, on different calls or arguments."""
    gold = gold_draft(task)
    rng = Random(f"{seed}/{task.id}/doubles")
    second = [slip for slip in slips if slip.invocation]
    if not isinstance(gold, Draft) or not second:
        return
    left = number
    for count in range(number * DRAWS):
        if not left:
            return
        pair = rng.choice(slips), rng.choice(second)
        if not _entangled(*pair) and (found := _injected(gold, pair, f"{seed}/{count}")) is not None:
            left -= 1
            yield found


def _entangled(first: Slip, second: Slip) -> bool:
    """Whether a call too many might be taken for the one that an unknown name stands for."""
    return first.error in ("RAC", "extra_call") and second.error == "IFN"


def broken(
    task: Task, *, seed: int = 0, slips: Sequence[Slip] = SLIPS, double: bool = False, most: int | None = None
) -> Iterator[Injection]:
    """Broken answers to ``task``: one for each slip, or with two slips each; at most ``most``, of slips drawn at random."""
    if double:
        yield from doubles(task, seed=seed, slips=slips, number=most or len(slips))
    else:
        order = slips if most is None else Random(f"{seed}/{task.id}/drawn").sample(slips, len(slips))
        yield from islice(injections(task, seed=seed, slips=order), most)


def inject(task: Task, *slips: Slip, seed: int = 0) -> Injection | None:
    """The answer to ``task`` broken by all of ``slips``, one after the other; ``None`` where they find no place."""
    gold = gold_draft(task)
    return _injected(gold, slips, str(seed)) if isinstance(gold, Draft) else None


def _injected(gold: Draft, slips: Sequence[Slip], seed: str) -> Injection | None:
    """Tries the slips in one syntax after the other, since not every syntax can be broken in every way."""
    names = "+".join(slip.name for slip in slips)
    for attempt in range(TRIES):
        rng = Random(f"{seed}/{attempt}/{gold.task.id}/{names}")
        draft = msgspec.structs.replace(gold, dialect=_dialect(rng, attempt))
        try:
            if (found := _planted(draft, slips, rng, f"{gold.task.id}~{names}~{seed}")) is not None:
                return found
        except (Unwritable, SchemaError):
            continue
    return None


def _planted(draft: Draft, slips: Sequence[Slip], rng: Random, id: str) -> Injection | None:
    marks: list[Mark] = []
    for slip in slips:
        slipped = slip.plant(draft, rng)
        if slipped is None:
            return None
        draft = slipped[0]
        marks += slipped[1]
    trajectory, planted = written(draft, tuple(marks), id=id, model=MODEL)
    names = tuple(slip.name for slip in slips)
    return Injection(trajectory=trajectory, slips=names, planted=tuple(sorted((*planted, *events(trajectory)))))


def _dialect(rng: Random, attempt: int) -> str:
    return NATIVE if attempt == 0 and rng.random() < 0.5 else rng.choice((NATIVE, *DIALECTS))


def events(trajectory: Trajectory) -> Iterator[Planted]:
    """The failures that tools report, in the gold's own replies and in planted ones: events, whoever is to blame."""
    for position, turn in enumerate(trajectory.turns):
        for index, call in enumerate(turn.calls if isinstance(turn, Step) else ()):
            if _failed(call):
                yield Planted(error="tool_error", subtype="error_reply", path=f"$.turns[{position}].calls[{index}]")


def _failed(call: Call) -> bool:
    result: Result | None = call.result
    return result is not None and result.is_error
