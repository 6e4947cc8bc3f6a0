"""Requests in a model's words, with plain functions as the model: what is kept, and what each rule drops."""

from __future__ import annotations

from random import Random

import msgspec
import pytest

from spectool.benchmark.generate import asked, generate
from spectool.benchmark.near import NearDuplicates
from spectool.benchmark.path_check import check_gold
from spectool.benchmark.rehearsal import rehearse
from spectool.benchmark.rephrase import rephrase
from spectool.benchmark.templates.registry import BOOKS
from spectool.environments.registry import environment
from spectool.model import Expected, ExpectedCall, Gold, Message, Step, Task

PATENT = environment("patent")
ID, ROW = next(iter(PATENT.records["patents"].items()))
REQUEST = f"Which company holds {ID}, and how many of its 20 claims fall to the Bureau?"
TASK = Task(
    id="t",
    tool_sets=(PATENT.tools,),
    messages=(Message(role="system", content="Today is 2027-03-01."), Message(role="user", content=REQUEST)),
    gold=Gold(paths=((ExpectedCall(name="get_patent", arguments={"patent_id": Expected(values=(ID,))}),),), answer=(ROW["assignee"],)),
    meta={"category": "one_constraint", "world": {"patent": PATENT.version}, "places": ["Bureau", ID]},
)


def outcome(said, **settings):
    (found,) = rephrase([TASK], lambda requests: [said for _ in requests], by="m", **settings)
    return found.outcome


SAID = {
    "another wording with all that counts": (f"Tell me who owns {ID} and what part of the 20 claims the Bureau has.", "kept"),
    "in quotation marks, which are taken off": (f'"Tell me who owns {ID} and what part of the 20 claims the Bureau has."', "kept"),
    "places in another case": (f"Tell me who owns {ID.lower()} and what part of the 20 claims the bureau has.", "kept"),
    "nothing": ("  ", "no other wording"),
    "the same words": (REQUEST.upper(), "no other wording"),
    "two lines": (f"Sure, here it is:\nWho owns {ID} of the Bureau with its 20 claims?", "not one plain line"),
    "markdown": (f"**Who** owns {ID} of the Bureau with its 20 claims?", "not one plain line"),
    "a summary": (f"{ID}, 20, Bureau?", "too short or too long"),
    "an essay": (f"{REQUEST} " * 3, "too short or too long"),
    "without a place": (f"Tell me who owns {ID} and what part of the 20 claims falls to them.", "lost a place"),
    "with a longer id in place of it": (f"Tell me who owns {ID}7 and what part of the 20 claims the Bureau has.", "lost a place"),
    "without a figure": (f"Tell me who owns {ID} and what part of all its claims the Bureau has.", "lost a figure"),
    "with a figure more": (f"Tell me who owns {ID} and what part of the 20 claims the Bureau had in 2019.", "added a figure"),
    "with a name more": (f"Tell me who owns {ID} and what part of the 20 claims the Bureau of Ulm has.", "added a name"),
    "with a tool's name": (f"Use get_patent for {ID} and say how many of the 20 claims the Bureau has.", "names a tool"),
    "with the answer": (f"Is it true that {ROW['assignee'].lower()} owns {ID}, and 20 claims of the Bureau?", "gives its answer away"),
}


@pytest.mark.parametrize(("said", "expected"), SAID.values(), ids=SAID)
def test_what_becomes_of_a_rewording(said, expected):
    assert outcome(said) == expected


KEPT = SAID["another wording with all that counts"][0]


def test_a_kept_rewording_takes_the_place_of_the_request_and_says_so():
    (found,) = rephrase([TASK], lambda requests: [KEPT], by="m")
    assert found.task == msgspec.structs.replace(
        TASK,
        messages=(TASK.messages[0], Message(role="user", content=KEPT)),
        meta={"category": "one_constraint", "world": {"patent": PATENT.version}, "rephrased": {"by": "m", "from": REQUEST}},
    )


def test_a_dropped_rewording_leaves_the_task_as_its_template_made_it():
    (found,) = rephrase([TASK], lambda requests: [""], by="m")
    meta = {"category": "one_constraint", "world": {"patent": PATENT.version}}
    assert found.task == msgspec.structs.replace(TASK, meta=meta)


def test_nothing_protected_and_nothing_said_before_is_said():
    others = NearDuplicates()
    others.add("t", KEPT)
    assert outcome(KEPT, forbidden=KEPT.__eq__) == "near another request"
    assert outcome(KEPT, others=others) == "kept"
    others.add("u", f"{KEPT} Today, please.")
    assert outcome(f"{KEPT} Today please!", others=others) == "near another request"


def test_two_alike_rewordings_of_one_batch_are_not_both_kept():
    twice = [TASK, msgspec.structs.replace(TASK, id="u")]
    assert [each.outcome for each in rephrase(twice, lambda requests: [KEPT, KEPT], by="m", others=NearDuplicates())] == [
        "kept",
        "near another request",
    ]


def perfect(tasks):
    return [rehearse(task).trajectory for task in tasks]


def without_answer(tasks):
    """All the right calls, and nothing said of what they told."""
    attempts = perfect(tasks)
    return [
        msgspec.structs.replace(
            each, turns=tuple(msgspec.structs.replace(turn, text="") if isinstance(turn, Step) else turn for turn in each.turns)
        )
        for each in attempts
    ]


@pytest.mark.parametrize(
    ("solve", "expected"),
    [(perfect, "kept"), (without_answer, "not solved again")],
    ids=["the same claims and the same state", "claims untold"],
)
def test_a_rewording_is_kept_only_where_solving_it_comes_to_the_same(solve, expected):
    assert outcome(KEPT, solve=solve) == expected


def test_only_what_the_rules_keep_is_solved():
    def never(tasks):
        raise AssertionError("nothing was to be solved")

    assert outcome("", solve=never) == "no other wording"


def test_generated_tasks_of_every_kind_reworded_still_check():
    """A model that only puts words before a request: what it says is kept, dialogues open with it, and all gold holds."""
    tasks = list(generate(BOOKS, "dev", 40, seed=5, keep_places=True))
    found = list(rephrase(tasks, lambda requests: [f"Right then, {each}" for each in requests], by="m", solve=perfect))
    assert [each.outcome for each in found] == ["kept"] * len(tasks)
    assert all(asked(each.task).startswith("Right then, ") for each in found)
    assert {each.task.meta["category"] for each in found} >= {"dialogue", "missing_information", "state_changing"}
    assert [fault for each in Random(0).sample(found, 12) for fault in check_gold(each.task).faults] == []
