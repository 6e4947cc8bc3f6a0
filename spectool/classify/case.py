"""A trajectory laid out for judging: every call in its place, checked against its tool and matched with gold, once for all detectors."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from spectool.classify.attempt import Attempt
from spectool.classify.calls import NO_TOOLS, attempt_of, offers_of
from spectool.classify.finding import given_at
from spectool.classify.invocation import Slip
from spectool.classify.matching import CHARGES_EXTRA, Terms, match
from spectool.classify.pairs import Match, Pair
from spectool.classify.stages import stage, stages_of
from spectool.classify.values import accepts
from spectool.model import Fault, Gold, GoldMode, Message, Step, Tool, Trajectory
from spectool.read.effects import effect_of

_END_REASONS = frozenset({"termination_reason", "stopped"})
_FINISHED = frozenset({None, "stop", "eos", "tool_calls", "tool_use", "end_turn"})
_UNMATCHED = {"state": "gold is judged by end state", "any_call": "gold asks for some call, no matter which"}


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What the detectors read.

    ``steps`` pairs each assistant turn with its index in ``trajectory.turns``; ``attempts`` holds every call in the order made;
    ``match`` is ``None`` without gold, or where the mode compares no calls (``any_call``, ``state``);
    ``effects`` maps tool names to their effect (guessed by their verbs where the tools are unknown);
    ``pair_of`` an attempt's position to its gold call, failed tries included;
    ``turn_at`` maps a step's index to its user turn, from 0 (to the stage, where ``meta["stage_of_turn"]`` says it);
    ``has_tools``: the tools offered are known; ``inferred``: where they are not, what the log shows of its tools, by name;
    ``plain``: one finished step whose calls are those that the gold needs, and nothing that a detector could speak of but their values.
    """

    trajectory: Trajectory
    mode: GoldMode | None
    steps: tuple[tuple[int, Step], ...]
    attempts: tuple[Attempt, ...]
    match: Match | None
    effects: Mapping[str, str]
    pair_of: Mapping[int, Pair]
    turn_at: Mapping[int, int]
    has_tools: bool
    plain: bool
    inferred: Mapping[str, Tool] = NO_TOOLS

    @property
    def ok(self) -> int:
        """How many calls could be read."""
        return sum([attempt.status == "ok" for attempt in self.attempts])

    @property
    def replied(self) -> int:
        """How many calls carry a tool's reply."""
        return sum([attempt.call.result is not None for attempt in self.attempts])

    @property
    def unusable(self) -> str | None:
        """Why no call at all can be held against its tool's schema; ``None`` where one can or none was made."""
        reasons = [attempt.unusable for attempt in self.attempts if attempt.tool is not None]
        return None if None in reasons else next(iter(reasons), None)

    @property
    def no_call_due(self) -> bool:
        """Whether the gold says that nothing is to be called; in ``writes``, nothing that changes state."""
        return self.match is not None and self.mode in CHARGES_EXTRA and self.match.due == 0

    @property
    def charges_extra(self) -> bool:
        """Whether calls beyond the gold's are charged, be it only those that change state."""
        gold = self.trajectory.gold
        return self.match is not None and (self.mode in CHARGES_EXTRA or (gold is not None and gold.state is not None))

    @property
    def has_turns(self) -> bool:
        """Whether the gold tells user turns apart: each is then judged by itself."""
        gold = self.trajectory.gold
        return gold is not None and self.match is not None and any(call.turn for call in gold.paths[self.match.path])

    @property
    def cost(self) -> int:
        """What separates the calls from the gold's: 0 where nothing does, or nothing is compared."""
        return self.match.cost if self.match is not None else 0

    @property
    def unmatched(self) -> str | None:
        """Why gold that is there is not compared call by call; ``None`` where it is, or where there is no gold."""
        if self.match is not None or self.trajectory.gold is None:
            return None
        return _UNMATCHED.get(self.mode or "", "the gold holds no calls")

    def profile(self) -> tuple[object, ...]:
        """What the opportunities of a plain case depend on: mode, calls, arguments, calls with text, native calls, a finish reason."""
        arguments = texts = 0
        for attempt in self.attempts:
            arguments += len(attempt.call.arguments or ())
            texts += bool(attempt.call.raw)
        step = self.steps[0][1]
        return self.mode, len(self.attempts), arguments, texts, step.dialect == "native", step.finish_reason is None

    @property
    def failing_fault(self) -> Fault:
        """Who is to blame for a slip against the schema: under strict or constrained decoding the harness let it through."""
        request = self.trajectory.request
        return "harness" if request.strict or request.constrained else "agent"

    def gold_accepts(self, position: int, slip: Slip) -> bool:
        """Whether the gold of this attempt takes the very value (or gap) that its schema refuses."""
        pair = self.pair_of.get(position)
        if pair is None or not slip.path:
            return False
        want = pair.expected.arguments.get(str(slip.path[0]))
        if slip.kind == "missing" and len(slip.path) == 1:
            return want is None or want.optional
        if want is None or want.any:
            return False
        return accepts(want, given_at(self.attempts[position], slip.path[:1]))

    def gold_refuses(self, position: int, slip: Slip) -> bool:
        """Whether the gold of this attempt needs another value there: it settles what a schema leaves in doubt."""
        pair = self.pair_of.get(position)
        want = pair.expected.arguments.get(str(slip.path[0])) if pair is not None and slip.path else None
        return want is not None and not want.any and not self.gold_accepts(position, slip)


def build(trajectory: Trajectory, gold_mode: GoldMode | None = None, inferred: Mapping[str, Tool] = NO_TOOLS) -> Case:
    """Lay out ``trajectory``; ``gold_mode`` overrides the gold's own mode, ``inferred`` tools are for one without tools."""
    steps: list[tuple[int, Step]] = []
    attempts: list[Attempt] = []
    turn, spoke = -1, True
    turn_at: dict[int, int] = {}
    offers = offers_of(trajectory.tool_sets) if trajectory.tool_sets else None
    stages = stages_of(trajectory)
    for position, item in enumerate(trajectory.turns):
        if isinstance(item, Message):
            if item.role == "user" and spoke:
                turn, spoke = turn + 1, False
            continue
        spoke = True
        turn_at[position] = stage(stages, max(turn, 0))
        steps.append((position, item))
        if item.calls:
            catalogue = offers.at(item.tool_set) if offers is not None else NO_TOOLS
            for index, call in enumerate(item.calls):
                attempts.append(attempt_of(trajectory, item, call, catalogue, (position, index, turn_at[position])))
    gold = trajectory.gold
    effects = offers.effects if offers is not None else _guessed(attempts, gold)
    mode = (gold_mode or gold.mode) if gold is not None else None
    found = None
    if gold is not None and gold.paths and mode is not None and mode not in ("any_call", "state"):
        finish = trajectory.request.finish
        found = match(attempts, gold, Terms(mode=mode, effects=effects, finish=finish, has_state=gold.state is not None))
    return Case(
        trajectory=trajectory,
        mode=mode,
        steps=tuple(steps),
        attempts=tuple(attempts),
        match=found,
        effects=effects,
        pair_of={pair.attempt: pair for pair in (*found.pairs, *found.tries)} if found is not None else {},
        turn_at=turn_at,
        has_tools=bool(trajectory.tool_sets),
        plain=found is not None and len(steps) == 1 and _is_plain(trajectory, steps[0][1], attempts, found),
        inferred=NO_TOOLS if trajectory.tool_sets else inferred,
    )


def _is_plain(trajectory: Trajectory, step: Step, attempts: list[Attempt], found: Match) -> bool:
    request, gold = trajectory.request, trajectory.gold
    if gold is None or gold.answer:
        return False
    if request.tool_choice not in (None, "auto") or request.parallel_tool_calls is not None or _END_REASONS & trajectory.meta.keys():
        return False
    if request.max_calls is not None or request.max_steps is not None or not 0 < len(attempts) == len(found.pairs) or found.missing:
        return False
    if step.finish_reason not in _FINISHED or (step.dialect == "native" and step.raw):
        return False
    return all(map(_is_quiet, attempts))


def _is_quiet(attempt: Attempt) -> bool:
    """Whether nothing can be said of a call by itself but that it was made."""
    if attempt.status != "ok" or attempt.tool is None or attempt.slips or attempt.alias is not None or attempt.unusable is not None:
        return False
    return attempt.call.problem is None and attempt.call.result is None


def _guessed(attempts: list[Attempt], gold: Gold | None) -> Mapping[str, str]:
    """Effects by the verb of each name, where no tools say: a log without them is judged by what it calls."""
    names = {attempt.name for attempt in attempts}
    names.update(call.name for path in (gold.paths if gold is not None else ()) for call in path)
    return {name: effect_of(name) for name in names}
