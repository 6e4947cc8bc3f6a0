"""The agent that errs on purpose: solves a task in its own world, with its scripted user, and errs where and as often as it is told to.

It plays a task perfectly but for the slips that are planted; each call, also a broken one, is executed in a fresh world, and what the agent
does with what it gets is planted too. So the truth of each run, consequences included, is known from how it was made, and the findings of
the classifier can be held against it. All is decided by the task's id and ``seed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

import msgspec

from spectool.benchmark.draft import NATIVE, Conduct, Draft, Mark
from spectool.benchmark.inject import DIALECTS, Injection, events
from spectool.benchmark.performing import Unplanned, performed
from spectool.benchmark.rehearsed import draft_of
from spectool.benchmark.rivals import is_rivalled
from spectool.benchmark.slips.in_worlds import BY_CONDUCT, IN_WORLDS
from spectool.benchmark.slips.places import Slipped
from spectool.benchmark.slips.registry import Slip, slips_named
from spectool.benchmark.written import Unwritable, written
from spectool.environments.episode.feedback import Feedback
from spectool.model import Task
from spectool.references import SchemaError

MODEL = "erring"
# Draws of path, syntax and place, before a slip is said to find no place in a task.
TRIES = 8
# Of so many runs one ends with the tool ``finish``.
FINISHES = 4
# Without feedback the agent is as likely to give up as to hit upon the right call.
GIVES_UP = 0.5
# Limits and what the harness does are of the whole run: a call made again because of another slip would change what they come to.
ALONE = frozenset({"constraint_violation", "budget_limit", "schema_unresolvable", "truncated", "inference_error", "lost_call"})


def each_subtype(task: Task, *, seed: int = 0, feedback: Feedback = "off", names: Sequence[str] = ()) -> Iterator[Injection]:
    """One run for every subtype that finds a place in ``task``, of those named (``IAV``, ``IAV.scale``; all where none is).

    Raises:
        ValueError: a name is none of a slip, or the task names no world.
        StaleWorld: the task's world is not the one here.
    """
    agent = _Agent(task, seed, feedback)
    wanted = {slip.name for slip in slips_named(names)}
    for slip in IN_WORLDS:
        if slip.name in wanted and (found := agent.errs(slip)) is not None:
            yield found
    for name, conduct in BY_CONDUCT.items():
        if name in wanted and (found := agent.goes_on(name, conduct)) is not None:
            yield found


def erring(tasks: Iterable[Task], rates: Mapping[str, float], *, seed: int = 0, feedback: Feedback = "off") -> Iterator[Injection]:
    """One run of every task, in which the agent errs at these rates; with none drawn, or none that finds a place, it is perfect.

    Args:
        tasks: each names a world.
        rates: of a pattern (``IAV``) or subtype (``IAV.scale``) the probability, 0 to 1, with which a call has such a slip; of what
            concerns a whole run (``IAC``, ``extra_call``), that with which a run has it; of what an agent does after a refused call
            (``unrecovered_error``), that with which it does so.
        seed: what else to draw.
        feedback: how much the world tells of a call that it refuses.

    Raises:
        ValueError: a name is none of a slip, a rate no probability, or a task names no world.
        StaleWorld: a task's world is not the one here.
    """
    for name, rate in rates.items():
        slips_named([name])
        if not 0 <= rate <= 1:
            raise ValueError(f"expected a rate from 0 to 1 for {name}, got {rate}")
    return (_Agent(task, seed, feedback).errs_at(rates) for task in tasks)


class _Agent:
    """Errs at one task; its perfect runs are played once."""

    def __init__(self, task: Task, seed: int, feedback: Feedback) -> None:
        self.task, self.seed, self.feedback = task, seed, feedback
        self.paths = len(task.gold.paths) if task.gold is not None else 0
        self.played: dict[tuple[int, bool], Draft] = {}

    def errs(self, slip: Slip) -> Injection | None:
        """A run with one slip, whatever comes of it."""
        placeless = set()
        for attempt in range(TRIES):
            path = attempt % max(self.paths, 1)
            if path in placeless:
                continue
            rng = self._rng(slip.name, attempt)
            perfect = self._drawn(rng, attempt, may_finish=slip.invocation)
            slipped = _planted(slip, perfect, rng)
            if slipped is None and slip.invocation:  # such a slip looks at every call, in whatever syntax
                placeless.add(path)
            if slipped is not None and (found := self._acted(perfect, slipped, self._conduct(rng), (slip.name,))) is not None:
                return found
        return None

    def goes_on(self, name: str, conduct: Conduct) -> Injection | None:
        """A run in which a refused call is followed by what ``name`` says; whichever slip has it refused is drawn."""
        slips = [slip for slip in IN_WORLDS if slip.invocation]
        for attempt in range(2 * TRIES):
            rng = self._rng(name, attempt)
            perfect = self._drawn(rng, attempt, may_finish=False)
            slip = rng.choice(slips)
            slipped = _planted(slip, perfect, rng)
            found = None if slipped is None else self._acted(perfect, slipped, conduct, (name, slip.name))
            if found is not None and any(f"{each.error}.{each.subtype}" == name for each in found.planted):
                return found
        return None

    def errs_at(self, rates: Mapping[str, float]) -> Injection:
        """A run with as many slips as are drawn."""
        # What concerns a whole run is planted in runs that end in words.
        of_calls = not any(_rate(rates, slip.name) for slip in IN_WORLDS if not slip.invocation)
        for attempt in range(TRIES):
            rng = self._rng("at rates", attempt)
            perfect = self._drawn(rng, attempt, may_finish=of_calls)
            draft, marks, names = _strewn(perfect, rates, rng)
            named = next((conduct for name, conduct in BY_CONDUCT.items() if rng.random() < _rate(rates, name)), None)
            if (found := self._acted(perfect, (draft, marks), named or self._conduct(rng), names)) is not None:
                return found
        perfect = self._drawn(self._rng("perfect", 0), 0, may_finish=False)
        return _injection(perfect, (), (), self._name(()))

    def _rng(self, what: str, attempt: int) -> Random:
        return Random(f"{self.seed}/{attempt}/{self.task.id}/{what}/{self.feedback}")

    def _conduct(self, rng: Random) -> Conduct:
        """With feedback it knows what was wrong; without, it hits upon the right call or gives up."""
        return "gives_up" if self.feedback == "off" and rng.random() < GIVES_UP else "mends"

    def _drawn(self, rng: Random, attempt: int, *, may_finish: bool) -> Draft:
        """The perfect run along one of the gold's paths, in one syntax; half of them in structured calls."""
        path = attempt % max(self.paths, 1)
        key = path, may_finish and rng.randrange(FINISHES) == 0
        if key not in self.played:
            self.played[key] = draft_of(self.task, path, finish=key[1])
        return msgspec.structs.replace(self.played[key], dialect=NATIVE if rng.random() < 0.5 else rng.choice(DIALECTS))

    def _acted(self, perfect: Draft, slipped: Slipped, conduct: Conduct, slips: tuple[str, ...]) -> Injection | None:
        """The broken run in its world; ``None`` where something else comes of it than was planted."""
        task = msgspec.structs.replace(self.task, tool_sets=perfect.tool_sets, request=perfect.request)
        try:
            acted = performed(task, perfect, *slipped, self.feedback, conduct)
            return None if is_rivalled(acted.draft, perfect) else _injection(acted.draft, acted.marks, slips, self._name(slips))
        except (Unwritable, Unplanned):
            return None

    def _name(self, slips: tuple[str, ...]) -> str:
        return "~".join((self.task.id, "+".join(slips) or "perfect", self.feedback, str(self.seed)))


def _injection(draft: Draft, marks: tuple[Mark, ...], slips: tuple[str, ...], id: str) -> Injection:
    trajectory, planted = written(draft, marks, id=id, model=MODEL)
    return Injection(trajectory=trajectory, slips=slips, planted=tuple(sorted((*planted, *events(trajectory)))))


def _planted(slip: Slip, draft: Draft, rng: Random) -> Slipped | None:
    try:
        return slip.plant(draft, rng)
    except (Unwritable, SchemaError):
        return None


def _rate(rates: Mapping[str, float], name: str) -> float:
    """The rate of a subtype: its own, else its pattern's."""
    return rates.get(name, rates.get(name.partition(".")[0], 0.0))


def _strewn(draft: Draft, rates: Mapping[str, float], rng: Random) -> tuple[Draft, tuple[Mark, ...], tuple[str, ...]]:
    """The draft with the slips that are drawn: at most one of the whole run, then at most one in each call that is left."""
    marks: tuple[Mark, ...] = ()
    names: tuple[str, ...] = ()
    whole = [slip for slip in IN_WORLDS if not slip.invocation]
    for slip in _chosen(whole, rates, rng):
        if not marks and (slipped := _planted(slip, draft, rng)) is not None:
            draft, marks, names = slipped[0], slipped[1], (slip.name,)
    for move in draft.free if not any(mark.error in ALONE for mark in marks) else ():
        others = {each.id for each in draft.moves} - {move.id}
        for slip in _chosen([slip for slip in IN_WORLDS if slip.invocation], rates, rng):
            slipped = _planted(slip, draft.taking(*others), rng)
            if slipped is not None:
                taken = draft.taken | (slipped[0].taken - others) | {move.id}
                draft, marks, names = msgspec.structs.replace(slipped[0], taken=taken), (*marks, *slipped[1]), (*names, slip.name)
                break
    return draft, marks, names


def _chosen(slips: Sequence[Slip], rates: Mapping[str, float], rng: Random) -> Iterator[Slip]:
    """The slips that are drawn at their rates, in random order; of a pattern that is drawn, each of its subtypes may be the one."""
    for name in rng.sample(sorted(rates), len(rates)):
        if rng.random() < rates[name]:
            named = [slip for slip in slips if name in (slip.error, slip.name)]
            yield from rng.sample(named, len(named))
