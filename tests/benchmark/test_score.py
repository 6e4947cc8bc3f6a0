"""What makes an attempt a success, how far the others came, and by what that is known."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from spectool.benchmark.end_state import DIFFERS, RECORDED_ONLY, REFUSED, end_state
from spectool.benchmark.rehearsal import rehearse
from spectool.benchmark.score import score
from spectool.benchmark.success import (
    ENGINE_FAILED,
    GUESSED,
    MOST_FIGURES,
    NO_GOLD,
    NO_VERDICT,
    NOT_AS_GOLD,
    SAID_NOTHING,
    UNCHECKED,
    Basis,
    asks,
)
from spectool.model import Call, Gold, Result, Step, Trajectory
from tests.benchmark.played import (
    BOTH_TASK,
    ID,
    LOOK,
    MISSING_TASK,
    PATENT,
    READ_TASK,
    ROW,
    UNRELATED_TASK,
    WATCH,
    WATCH_TASK,
    WATCHED,
    attempted,
    played,
    task,
)

FILED, OWNER = ROW["filed"], ROW["assignee"]
YEAR, MONTH, DAY = map(int, FILED.split("-"))
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
IN_WORDS = f"{DAY} {MONTHS[MONTH - 1]} {YEAR}"
WEEKLY = ("watch_patent", {"patent_id": ID, "notify": "weekly"})
UNWATCH = ("unwatch_patent", {"patent_id": ID})
BOTH: Basis = "answer and end state"
COUNT_TASK = task(LOOK, answer=("17",))
TOO_MANY = f"more than {MOST_FIGURES} different figures told, which tells none"


def counted_to(last: int) -> str:
    return ", ".join(map(str, range(last)))


# What was done: success, progress, by what, why not.
CASES: dict[str, tuple[Trajectory, tuple[bool | None, float | None, Basis, str]]] = {
    "looked up and told": (played(READ_TASK, [LOOK], f"Filed {FILED} by {OWNER}."), (True, 1.0, BOTH, "")),
    "told in other words": (played(READ_TASK, [LOOK], f"{OWNER} filed it on {IN_WORDS}."), (True, 1.0, BOTH, "")),
    "told over several turns": (played(READ_TASK, [LOOK], f"It is {OWNER}'s.", f"Filed on {FILED}."), (True, 1.0, BOTH, "")),
    "told on finishing": (
        played(READ_TASK, [LOOK], [("finish", {"answer": f"{OWNER}, {FILED}"})], finish=True),
        (True, 1.0, BOTH, ""),
    ),
    "told without looking it up": (played(READ_TASK, f"Filed {FILED} by {OWNER}."), (False, 0.0, BOTH, GUESSED)),
    "told after nothing but refused calls": (
        played(READ_TASK, [("get_patent", {"patent_id": 7})], f"Filed {FILED} by {OWNER}."),
        (False, 0.0, BOTH, GUESSED),
    ),
    "told on finishing, without another call": (
        played(READ_TASK, [("finish", {"answer": f"{OWNER}, {FILED}"})], finish=True),
        (False, 0.0, BOTH, GUESSED),
    ),
    "told in a log without replies": (
        msgspec.structs.replace(
            COUNTED := played(COUNT_TASK), turns=(*COUNTED.turns, Step(calls=(Call(name=LOOK[0], arguments=LOOK[1]),)), Step(text="17."))
        ),
        (True, 1.0, BOTH, ""),
    ),
    "every figure told, nothing looked up": (played(COUNT_TASK, counted_to(3_000)), (False, 0.0, BOTH, TOO_MANY)),
    "some figures told, nothing looked up": (played(COUNT_TASK, counted_to(20)), (False, 0.0, BOTH, GUESSED)),
    "too many figures told": (played(COUNT_TASK, [LOOK], counted_to(MOST_FIGURES + 1)), (False, 0.5, BOTH, TOO_MANY)),
    "too many figures told, over several turns": (
        played(COUNT_TASK, [LOOK], *(f"It is {number}." for number in range(MOST_FIGURES + 1))),
        (False, 0.5, BOTH, TOO_MANY),
    ),
    "as many figures as may be": (played(COUNT_TASK, [LOOK], counted_to(MOST_FIGURES)), (True, 1.0, BOTH, "")),
    "one claim of two told": (played(READ_TASK, [LOOK], f"It is {OWNER}'s."), (False, 2 / 3, BOTH, "some claims untold")),
    "another date told": (
        played(READ_TASK, [LOOK], f"{OWNER} filed it on {FILED[:-2]}99."),
        (False, 2 / 3, BOTH, "some claims untold"),
    ),
    "looked up and not told": (played(READ_TASK, [LOOK], "Done."), (False, 1 / 3, BOTH, "all claims untold")),
    "told, but changed something": (
        played(READ_TASK, [LOOK], [WATCH], f"Filed {FILED} by {OWNER}."),
        (False, 1.0, BOTH, "changed what was to stay"),
    ),
    "told, and changed something back": (
        played(READ_TASK, [LOOK], [WATCH], [UNWATCH], f"Filed {FILED} by {OWNER}."),
        (True, 1.0, BOTH, ""),
    ),
    "told, after a call that was refused": (
        played(READ_TASK, [("get_patent", {"patent": ID})], [LOOK], f"Filed {FILED} by {OWNER}."),
        (True, 1.0, BOTH, ""),
    ),
    "not told, after calls that were refused": (
        played(READ_TASK, [("get_patent", {"patent": ID})], [("get_patent", {"patent_id": 7})], "I can not."),
        (False, 0.0, BOTH, "all claims untold"),
    ),
    "changed as asked": (played(WATCH_TASK, [WATCH], "Done."), (True, 1.0, "end state", "")),
    "changed in another order": (played(WATCH_TASK, [WEEKLY], [UNWATCH], [WATCH], "Done."), (True, 1.0, "end state", "")),
    "changed, then tried again": (played(WATCH_TASK, [WATCH], [WATCH], "Done."), (True, 1.0, "end state", "")),
    "changed otherwise": (played(WATCH_TASK, [WEEKLY], "Done."), (False, 0.0, "end state", "another end state")),
    "changed and taken back": (played(WATCH_TASK, [WATCH], [UNWATCH], "Done."), (False, 0.5, "end state", "another end state")),
    "not changed, but said so": (played(WATCH_TASK, "I have put it on your list."), (False, 0.0, "end state", "another end state")),
    "changed and told": (played(BOTH_TASK, [LOOK], [WATCH], f"Filed {FILED}."), (True, 1.0, BOTH, "")),
    "changed, not told": (played(BOTH_TASK, [LOOK], [WATCH], "Done."), (False, 0.75, BOTH, "all claims untold")),
    "told, not changed": (played(BOTH_TASK, [LOOK], f"Filed {FILED}."), (False, 0.5, BOTH, "another end state")),
    "no call where none is due": (played(UNRELATED_TASK, "I can not do that."), (True, 1.0, "our verdict and end state", "")),
    "a call where none is due": (
        played(UNRELATED_TASK, [LOOK], "Here."),
        (False, 0.0, "our verdict and end state", NOT_AS_GOLD),
    ),
    "nothing said where no call is due": (played(UNRELATED_TASK, " \n"), (False, 0.0, "our verdict and end state", SAID_NOTHING)),
    "nothing asked and nothing said": (played(MISSING_TASK, ""), (False, 0.0, "our verdict and end state", SAID_NOTHING)),
    "asked for what is missing": (played(MISSING_TASK, "Which patent do you mean?"), (True, 1.0, "our verdict and end state", "")),
    "asked without a question mark": (
        played(MISSING_TASK, "Sure. Please tell me the number of the patent."),
        (True, 1.0, "our verdict and end state", ""),
    ),
    "asked on finishing": (
        played(MISSING_TASK, [("finish", {"answer": "Which patent do you mean?"})], finish=True),
        (True, 1.0, "our verdict and end state", ""),
    ),
    "only a courtesy asked": (
        played(MISSING_TASK, "Done. Is there anything else I can help with?"),
        (False, 0.0, "our verdict and end state", "no question to the user"),
    ),
    "refused instead of asked": (
        played(MISSING_TASK, "I can not do that."),
        (False, 0.0, "our verdict and end state", "no question to the user"),
    ),
    "the engine failed": (
        played(READ_TASK, [LOOK], meta={"stopped": "error", "error": "out of memory"}),
        (None, None, "", ENGINE_FAILED),
    ),
    "no gold": (played(READ_TASK, [LOOK], "Done.", gold=None), (None, None, "", NO_GOLD)),
    "judged by its end state, paths beside": (
        played(task(LOOK, WATCH, state=WATCHED, mode="state"), [LOOK], "Done."),
        (False, 1 / 3, "end state", "another end state"),
    ),
}


@pytest.mark.parametrize(("trajectory", "expected"), CASES.values(), ids=CASES)
def test_success_and_progress(trajectory: Trajectory, expected: tuple[Any, ...]) -> None:
    scored = score(attempted(trajectory))
    assert (scored.success.value, scored.progress, scored.success.basis, scored.success.why) == expected


ASKS = (
    "Which patent do you mean?",
    "**Which patent do you mean?**",
    'Do you mean "the first one?"',
    "Sure! Could you tell me the number of the patent",
    "Please provide the number of the patent.",
    "I'll need the number of the patent to proceed.",
    "I need to know which patent you mean.",
    "To go on, I would need:\n- the number of the patent",
    "Let me know the number and I will look it up.",
    "Tell me its number, please.",
)
ASKS_NOTHING = (
    "",
    "I can not do that.",
    "Done. Is there anything else I can help with?",
    "Done. Let me know if you have any other questions.",
    "Please let me know if this is fine.",
    "Please note that the register is not complete.",
    "I need to look this up first.",
    "It belongs to nobody. You can tell by its number.",
)


@pytest.mark.parametrize("text", ASKS)
def test_it_asks(text: str) -> None:
    assert asks(played(MISSING_TASK, text))


@pytest.mark.parametrize("text", ASKS_NOTHING)
def test_it_asks_nothing(text: str) -> None:
    assert not asks(played(MISSING_TASK, text))


def test_a_question_beside_a_call_waits_for_nobody() -> None:
    made = played(MISSING_TASK, [LOOK])
    asked = tuple(msgspec.structs.replace(turn, text="Which one?") if isinstance(turn, Step) else turn for turn in made.turns)
    assert not asks(msgspec.structs.replace(made, turns=asked))


TOLD_ELSEWHERE = played(READ_TASK, [LOOK], f"Filed {FILED} by {OWNER}.", meta={"world": None})
FOREIGN = played(READ_TASK, [LOOK], "Done.", meta={"world": None}, gold=Gold(paths=((),), mode="exact"))
ELSEWHERE: dict[str, tuple[Trajectory, tuple[bool | None, float | None, Basis, str]]] = {
    "its harness's reward": (msgspec.structs.replace(FOREIGN, reward=1.0), (True, 1.0, "reward", "")),
    "a reward that is not whole": (msgspec.structs.replace(FOREIGN, reward=0.5), (False, 0.0, "reward", "")),
    "our verdict": (FOREIGN, (False, 0.0, "our verdict", NOT_AS_GOLD)),
    "our verdict, and the claims": (TOLD_ELSEWHERE, (True, 1.0, "our verdict and answer", "")),
    "claims that are not told": (
        played(READ_TASK, [LOOK], f"Filed {FILED}.", meta={"world": None}),
        (False, 2 / 3, "our verdict and answer", "some claims untold"),
    ),
    "a verdict that fails, all claims told": (
        played(READ_TASK, f"Filed {FILED} by {OWNER}.", meta={"world": None}),
        (False, 0.0, "our verdict and answer", NOT_AS_GOLD),
    ),
    "silence in a log that may keep calls only": (
        played(UNRELATED_TASK, "", meta={"world": None}),
        (True, 1.0, "our verdict", ""),
    ),
    "nothing": (msgspec.structs.replace(FOREIGN, gold=None), (None, None, "", NO_GOLD)),
    "gold that compares no calls": (
        msgspec.structs.replace(FOREIGN, gold=Gold(mode="state", answer=("7",))),
        (None, None, "", NO_VERDICT),
    ),
}


@pytest.mark.parametrize(("trajectory", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_attempts_at_other_tasks_are_decided_by(trajectory: Trajectory, expected: tuple[Any, ...]) -> None:
    scored = score(attempted(trajectory))
    assert (scored.success.value, scored.progress, scored.success.basis, scored.success.why) == expected


def test_only_attempts_by_our_verdict_alone_are_told_as_unchecked() -> None:
    made = [TOLD_ELSEWHERE, FOREIGN, msgspec.structs.replace(FOREIGN, reward=1.0), played(READ_TASK, [LOOK], "Done.")]
    assert [score(attempted(one)).success.remarks for one in made] == [(UNCHECKED,), (UNCHECKED,), (), ()]


class TestEndState:
    def test_it_is_that_of_executing_the_calls_again(self) -> None:
        found = end_state(played(WATCH_TASK, [WATCH], [WATCH], "Done."))
        assert found is not None
        assert (found.changes, found.remarks) == (WATCHED, ())

    def test_a_record_without_replies_is_executed_whole(self) -> None:
        made = played(WATCH_TASK)
        bare = msgspec.structs.replace(made, turns=(*made.turns, Step(calls=(Call(name=WATCH[0], arguments=WATCH[1]),))))
        found = end_state(bare)
        assert found is not None
        assert found.changes == WATCHED

    def test_a_call_that_was_cut_off_is_not_executed(self) -> None:
        made = played(WATCH_TASK, [LOOK])
        cut = msgspec.structs.replace(made, turns=(*made.turns, Step(calls=(Call(name=WATCH[0], arguments=WATCH[1]),))))
        found = end_state(cut)
        assert found is not None
        assert found.changes == {}

    def test_a_recorded_state_that_agrees_says_nothing(self) -> None:
        found = end_state(played(WATCH_TASK, [WATCH], meta={"state": WATCHED}))
        assert found is not None
        assert (found.changes, found.remarks) == (WATCHED, ())

    def test_a_recorded_state_that_differs_is_told_and_not_trusted(self) -> None:
        found = end_state(played(WATCH_TASK, meta={"state": WATCHED}))
        assert found is not None
        assert (found.changes, found.remarks) == ({}, (DIFFERS,))

    def test_a_reply_that_can_not_be_repeated_is_told(self) -> None:
        made = played(WATCH_TASK)
        call = Call(name="unwatch_patent", arguments={"patent_id": ID}, result=Result(content="{}"))
        found = end_state(msgspec.structs.replace(made, turns=(*made.turns, Step(calls=(call,)))))
        assert found is not None
        assert (found.changes, found.remarks) == ({}, (REFUSED,))

    def test_of_another_version_only_the_record_is_left(self) -> None:
        stale = played(WATCH_TASK, [WATCH], meta={"world": {"patent": "0"}, "state": WATCHED})
        found = end_state(stale)
        assert found is not None
        assert (found.changes, found.remarks) == (WATCHED, (RECORDED_ONLY,))
        assert score(attempted(stale)).success.value is True

    def test_of_another_version_the_record_says_what_was_executed(self) -> None:
        meta = {"world": {"patent": "0"}, "state": {}}
        made = {"looked up": played(READ_TASK, [LOOK], meta=meta), "guessed": played(READ_TASK, [("get_patent", {})], meta=meta)}
        found = {name: end_state(one) for name, one in made.items()}
        assert {name: end.acted for name, end in found.items() if end is not None} == {"looked up": True, "guessed": False}

    @pytest.mark.parametrize(("world", "shown"), [("x", "x"), ({}, "{}"), (["patent"], "['patent']"), ({"patent": 1}, "{'patent': 1}")])
    def test_a_malformed_world_is_told_as_such(self, world: Any, shown: str) -> None:
        made = msgspec.structs.replace(BROKEN := played(WATCH_TASK, [WATCH]), meta={**BROKEN.meta, "world": world, "state": WATCHED})
        why = f"no end state: expected meta.world to map environments to their versions, got '{shown}'"
        scored = score(attempted(made)).success
        assert (scored.value, scored.why, scored.remarks) == (None, why, ())

    def test_of_another_version_without_a_record_nothing_is_scored(self) -> None:
        stale = played(WATCH_TASK, [WATCH], meta={"world": {"patent": "0"}})
        scored = score(attempted(stale))
        made_for = f"was made for version 0 of the environment 'patent', here is {PATENT.version}"
        why = f"no end state: {made_for}; generate the tasks again, or install the SpecTool they were made with"
        assert (scored.success.value, scored.success.why) == (None, why)

    def test_a_task_without_a_world_has_none(self) -> None:
        assert end_state(FOREIGN) is None


@pytest.mark.parametrize("of", [READ_TASK, WATCH_TASK, BOTH_TASK, UNRELATED_TASK, MISSING_TASK], ids=["read", "watch", "both", "no", "ask"])
def test_a_rehearsal_succeeds(of: Any) -> None:
    scored = score(attempted(rehearse(of).trajectory))
    assert (scored.success.value, scored.progress) == (True, 1.0)


def test_what_an_attempt_cost_and_where_it_belongs() -> None:
    scored = score(attempted(played(READ_TASK, [LOOK], "Done.")))
    costs = {"turns": 2, "seconds": 2.0, "prompt_tokens": 100, "completion_tokens": 10}
    assert msgspec.to_builtins(scored.costs) == costs
    slices = {"model": "tiny-1.5b", "environment": "patent", "kind": "one_constraint", "split": "dev", "prompt": "plain"}
    assert dict(scored.slices) == slices
