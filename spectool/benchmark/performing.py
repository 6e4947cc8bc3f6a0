"""A broken draft acted out in the world of its task: what each call really gets, and what the agent then does and says.

A call that its world refuses is where agents differ. One mends it: its next step makes the call that was due. One first makes the same
call again. One gives up and says so, one passes over it and claims success; then the calls that were still due never come. What must be
found follows from that, by the definitions of the taxonomy; nothing here asks the classifier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from spectool.benchmark.absences import due_after
from spectool.benchmark.draft import Conduct, Draft, Mark, Move, Turn
from spectool.benchmark.knowing import Known, untold
from spectool.benchmark.rehearsal import DONE
from spectool.benchmark.slips.repeats import ADMITTED
from spectool.benchmark.written import step_of
from spectool.environments.episode.feedback import Feedback, refusal
from spectool.environments.episode.world import World
from spectool.model import Call, Message, Result, Step, Task

PASSED_OVER = "All done, enjoy your day!"
# What is wrong by the gold alone: in a call that was refused and then made rightly, that is certain only where the gold binds every call.
BY_GOLD = frozenset({"stale_value", "omitted", "boolean_flipped", "unexpected", "scale", "format_variant", "reordered", "partial", "other"})
# Further subtypes that a repeat does not show once more.
ONCE = frozenset({"ungrounded", "offered", "unmatched"})


class Performance(msgspec.Struct, frozen=True, kw_only=True):
    """A draft with the results that its world gave, and the marks of all that must be found in it."""

    draft: Draft
    marks: tuple[Mark, ...]


class Unplanned(Exception):
    """What came of a slip is not what was planted: another place has to be found."""


def performed(task: Task, perfect: Draft, broken: Draft, marks: tuple[Mark, ...], feedback: Feedback, conduct: Conduct) -> Performance:
    """``broken`` acted out, where ``perfect`` is the same run without slips.

    Raises:
        Unplanned: a call that is no slip is refused, or needs what no reply has told.
        Unwritable: the draft's dialect cannot express a call.
    """
    return _Performer(task, perfect, broken, marks, feedback, conduct).all()


class _Performer:
    """Acts a draft out, turn by turn."""

    def __init__(self, task: Task, perfect: Draft, broken: Draft, marks: tuple[Mark, ...], feedback: Feedback, conduct: Conduct) -> None:
        world = World.of(task, feedback)
        if world is None:
            raise Unplanned("no world")
        self.world, self.perfect, self.draft, self.feedback, self.conduct = world, perfect, broken, feedback, conduct
        self.world.dialect = broken.dialect
        self.marks = list(marks)
        self.known = Known(perfect)
        self.right = {move.id: move for move in perfect.moves}
        self.fresh = 1 + max(perfect.new_id(), broken.new_id())
        self.parts: list[Message | Turn] = []
        self.steps: dict[int, Step] = {}
        self.given_up: int | None = None
        self.has_turns = broken.gold is not None and any(move.due.turn for move in perfect.moves if move.due is not None)
        self.answer = perfect.turns[-1].id

    def all(self) -> Performance:
        """The whole run."""
        parts, stage = self.draft.parts, 0
        stage_of = _stages(self.perfect)
        for part in parts:
            if isinstance(part, Message):
                self.known.hear(part)
                self.parts.append(part)
                continue
            stage = stage_of.get(part.id, stage)
            if self.given_up != stage:
                self._act(part, stage)
        self._conclude()
        limit = self.draft.request.max_steps
        if limit is not None and _longest(self.parts) > limit:
            raise Unplanned("more steps than are allowed")
        meta = dict(self.draft.meta)
        if self.given_up is not None and meta.get("stopped") == "finished":
            meta["stopped"] = "answered"
        draft = msgspec.structs.replace(self.draft, parts=tuple(self.parts), meta=meta)
        return Performance(draft=draft, marks=tuple(self.marks))

    def _act(self, turn: Turn, stage: int) -> None:
        if not turn.moves and turn.id == self.answer and turn.say == self.perfect.turns[-1].say:
            turn = msgspec.structs.replace(turn, say=self._words(turn.say))
        elif finishing := [move for move in turn.moves if move.name == self.draft.request.finish]:
            said = self._words(str(finishing[0].arguments.get("answer", "")))
            moves = tuple(msgspec.structs.replace(m, arguments={"answer": said}) if m in finishing else m for m in turn.moves)
            turn = msgspec.structs.replace(turn, moves=moves, say=said)
        made = self._made(turn)
        failed = [move for move in made.moves if move.result is not None and move.result.is_error]
        lost = made.moves[len(self.steps[turn.id].calls) :]
        if any(not self._is_slip(move, turn) for move in failed):
            raise Unplanned("a call that is no slip is refused")
        due = [right for move in (*failed, *lost) if (right := self.right.get(move.id)) is not None and right.due is not None]
        if failed and self._is_harmless(failed):
            raise Unplanned("a write that is not due changes nothing")
        if failed and due:
            self._goes_on(made, failed, due, stage)
        elif due:
            self._mend(turn, due)
        elif failed and self._ends_run(turn) and not any(mark.error == "RAC" for mark in self.marks):
            raise Unplanned("the last call fails, and nothing is due in its place")

    def _goes_on(self, turn: Turn, failed: list[Move], due: list[Move], stage: int) -> None:
        if self.conduct in ("mends", "repeats"):
            if self.conduct == "repeats":
                self._again(turn, failed)
            self._mend(turn, due)
            self._soften(failed)
            return
        self.given_up = stage
        words = ADMITTED if self.conduct == "gives_up" else PASSED_OVER
        self._say(words, turn)
        place = failed[-1].id
        missing = due_after(self.perfect, turn, stage) if self.draft.gold is not None else []
        self.marks += [Mark(error="IAC", subtype="stopped_early") for _ in missing]
        if self._goes_further(stage) and not self.has_turns:
            raise Unplanned("it is not said of which user turn a call is due")
        if self.conduct == "passes_over":
            self.marks.append(Mark(error="ignored_tool_error", subtype="continued", tier="likely", move=place))
        elif missing:
            self.marks.append(Mark(error="unrecovered_error", subtype="gave_up", tier="likely", move=place))

    def _is_harmless(self, failed: list[Move]) -> bool:
        """Whether a call too many is refused where only those that change something are charged."""
        binds = self.draft.gold is not None and self.draft.gold.mode in ("exact", "unordered")
        ids = {mark.move for mark in self.marks if mark.error == "extra_call"}
        return not binds and any(move.id in ids for move in failed)

    def _made(self, turn: Turn) -> Turn:
        """The turn with what its calls get."""
        for move in turn.moves:
            if move.id in self.right and not self._is_slip(move, turn) and not self.known.covers(move):
                raise Unplanned("nobody has told what this call needs")
        step = step_of(self.draft, turn)
        results = [self._reply(call, turn) for call in step.calls]
        moves = [msgspec.structs.replace(move, result=result) for move, result in zip(turn.moves, results, strict=False)]
        made = msgspec.structs.replace(turn, moves=(*moves, *turn.moves[len(moves) :]))
        self.known.read(made)
        self.parts.append(made)
        self.steps[turn.id] = step
        return made

    def _reply(self, call: Call, turn: Turn) -> Result:
        offered = self.draft.offered(turn)
        if turn.tool_set and call.name not in offered and (refused := refusal(call, tuple(offered.values()), self.feedback)) is not None:
            return refused
        return self.world.reply(call)

    def _is_slip(self, move: Move, turn: Turn) -> bool:
        """Whether a call is not the perfect run's, or not written as there."""
        right = self.right.get(move.id)
        if right is None or turn.raw is not None or move.text is not None or turn.tool_set:
            return True
        return (move.name, move.arguments) != (right.name, right.arguments)

    def _mend(self, turn: Turn, due: list[Move]) -> None:
        """The next step makes the calls that were due, and gets what they get."""
        moves = tuple(msgspec.structs.replace(move, id=self._number(), result=None) for move in due)
        mended = self._made(Turn(id=self._number(), moves=moves, tool_set=turn.tool_set, finish="tool_calls"))
        if any(move.result is None or move.result.is_error for move in mended.moves):
            raise Unplanned("the right call is refused")

    def _again(self, turn: Turn, failed: list[Move]) -> None:
        """The failed call once more as it was: a repeat, which breaks its tool's schema once more.

        What is wrong by the gold or by what was said counts where it first appears, and a repeat is no call too many besides.
        """
        is_known = turn.moves[0].name in self.draft.offered(turn)
        if len(turn.moves) != 1 or not is_known or turn.raw is not None or self.steps[turn.id].calls[0].problem is not None:
            raise Unplanned("only a call by itself is repeated")
        move = msgspec.structs.replace(failed[0], id=self._number())
        again = self._made(msgspec.structs.replace(turn, id=self._number(), moves=(move,)))
        if again.moves[0].result != failed[0].result:
            raise Unplanned("the same call gets something else")
        twice = [mark for mark in self.marks if mark.move == failed[0].id and mark.subtype not in BY_GOLD | ONCE]
        self.marks += [msgspec.structs.replace(mark, move=move.id) for mark in twice]
        self.marks.append(Mark(error="RAC", subtype="retry_same_error", move=move.id))
        failed.append(move)

    def _soften(self, failed: list[Move]) -> None:
        """What a refused call is once the right one is made: another tool's stands in for nothing any more.

        Where the gold welcomes further calls, it may have been meant otherwise.
        """
        ids = {move.id for move in failed}
        self.marks = [
            Mark(error="extra_call", subtype="unmatched", move=mark.move) if mark.error == "wrong_tool" and mark.move in ids else mark
            for mark in self.marks
        ]
        if self.draft.gold is None or self.draft.gold.mode in ("exact", "unordered"):
            return
        self.marks = [
            msgspec.structs.replace(mark, tier="likely") if mark.move in ids and mark.error == "IAV" and mark.subtype in BY_GOLD else mark
            for mark in self.marks
        ]

    def _say(self, words: str, turn: Turn) -> None:
        said = Turn(id=self._number(), say=words, tool_set=turn.tool_set)
        self.parts.append(said)
        self.steps[said.id] = step_of(self.draft, said)

    def _number(self) -> int:
        self.fresh += 1
        return self.fresh

    def _words(self, right: str) -> str:
        """What the model says at the end: what the results allow it to."""
        gold = self.perfect.gold
        if gold is None or not gold.answer or right == DONE or self.known.has_all:
            return right
        return DONE

    def _ends_run(self, turn: Turn) -> bool:
        later = [part for part in self.draft.turns if part.moves]
        return bool(later) and later[-1].id == turn.id

    def _goes_further(self, stage: int) -> bool:
        """Whether calls of later stages follow."""
        stage_of = _stages(self.perfect)
        return any(turn.moves and stage_of.get(turn.id, 0) > stage for turn in self.draft.turns)

    def _conclude(self) -> None:
        """What a run that ended before its slips cannot show, and the claims that it never told, each where it last says anything."""
        made = {part.id for part in self.parts if isinstance(part, Turn)} | {
            move.id for part in self.parts if isinstance(part, Turn) for move in part.moves
        }
        self.marks = [mark for mark in self.marks if made.issuperset({mark.move, mark.turn} - {None})]
        speaking = [part for part in self.parts if isinstance(part, Turn) and self.steps[part.id].text]
        marked = any(mark.error in ("wrong_answer", "incomplete_answer", "inference_error") for mark in self.marks)
        if self.draft.gold is None or not speaking or marked:
            return
        said = "\n".join(self.steps[turn.id].text for turn in speaking)
        for _ in untold(self.draft.gold.answer, said):
            self.marks.append(Mark(error="incomplete_answer", subtype="claim", tier="candidate", turn=speaking[-1].id))


def _longest(parts: Sequence[Message | Turn]) -> int:
    """The most steps that answer one message of the user."""
    longest = steps = 0
    for part in parts:
        if isinstance(part, Turn):
            steps += 1
            longest = max(longest, steps)
        elif part.role == "user":
            steps = 0
    return longest


def _stages(perfect: Draft) -> Mapping[int, int]:
    """The stage of each turn of the perfect run."""
    stages, stage, seen = perfect.meta.get("stage_of_turn"), 0, -1
    found: dict[int, int] = {}
    for part in perfect.parts:
        if isinstance(part, Turn):
            found[part.id] = stage
        elif part.role == "user":
            seen += 1
            stage = stages[seen] if isinstance(stages, list) and seen < len(stages) else 0
    return found
