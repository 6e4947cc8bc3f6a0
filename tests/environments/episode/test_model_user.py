"""A language model as the user: what it is shown, how it ends, and that it ends."""

from __future__ import annotations

import pytest

from spectool.environments.episode.model_user import MAX_MESSAGE, ModelUser, played_by
from spectool.model import Call, Expected, ExpectedCall, Gold, Message, Result, Step, Task

TASK = Task(
    id="t1",
    messages=(Message(role="user", content="Book a train to Lyon."),),
    gold=Gold(paths=((ExpectedCall(name="book_train", arguments={"date": Expected(values=("2027-05-04",))}),),), answer=("seat 61",)),
    meta={
        "user": {
            "stages": [
                {"says": "Book a train to Lyon.", "slots": [{"name": "date", "asked": ["date"], "says": "On 4 May 2027."}]},
                {"says": "Make that two seats."},
            ]
        }
    },
)
TURNS = (
    Message(role="system", content="You book trains."),
    Message(role="user", content="Book a train to Lyon."),
    Step(text="Let me look.", calls=(Call(name="search_trains", arguments={}, result=Result(content="[17]")),)),
    Message(role="tool", content="[17]"),
    Step(calls=(Call(name="search_trains", arguments={}, result=Result(content="[17]")),)),
    Message(role="tool", content="[17]"),
    Step(text="Which date?"),
)


def hearing(*texts: str):
    """A model that says these texts in turn, and what it was shown."""
    shown: list[list[dict[str, str]]] = []

    def complete(messages: list[dict[str, str]]) -> str:
        shown.append(messages)
        return texts[min(len(shown), len(texts)) - 1]

    return complete, shown


def test_it_sees_its_notes_and_what_is_said_to_a_user():
    complete, shown = hearing("[1] The fourth of May 2027.")
    user = ModelUser(complete, TASK)
    assert user.reply(TURNS) == "The fourth of May 2027."
    (system, *conversation) = shown[0]
    assert system["role"] == "system"
    assert "1. Book a train to Lyon.\n   - date: On 4 May 2027.\n2. Make that two seats.\n" in system["content"]
    assert conversation == [
        {"role": "user", "content": "How can I help?"},
        {"role": "assistant", "content": "Book a train to Lyon."},
        {"role": "user", "content": "Let me look.\nWhich date?"},
    ]


def test_it_is_never_shown_the_gold_or_a_tools_reply():
    complete, shown = hearing("[1] Hello.")
    ModelUser(complete, TASK).reply(TURNS)
    everything = str(shown)
    assert [secret for secret in ("2027-05-04", "seat 61", "book_train", "[17]") if secret in everything] == []


SAID = {
    "a numbered message": ("[2] Make that two.", "Make that two.", 1),
    "without a number it stays where it is": ("Make that two.", "Make that two.", 0),
    "a number beyond the notes is the last note": ("[9] And now?", "And now?", 1),
    "a number of nothing is the first": ("[0] And now?", "And now?", 0),
    "the marker ends it": ("[END]", None, 0),
    "so it does below a farewell": ("Thank you!\n [END] ", None, 0),
    "nothing said ends it": ("  ", None, 0),
    "a number alone says nothing": ("[2]", None, 1),
    "the marker within a line is no end": ("[1] Write [END] at the end.", "Write [END] at the end.", 0),
    "a novel is cut": ("x" * 10_000, "x" * MAX_MESSAGE, 0),
}


@pytest.mark.parametrize(("text", "said", "stage"), SAID.values(), ids=SAID)
def test_what_it_says_is_read(text, said, stage):
    user = ModelUser(hearing(text)[0], TASK)
    assert (user.reply(TURNS), user.stage) == (said, stage)


def test_it_never_goes_back_a_stage():
    user = ModelUser(hearing("[2] Two seats.", "[1] A train.")[0], TASK)
    assert [(user.reply(TURNS), user.stage) for _ in range(2)] == [("Two seats.", 1), ("A train.", 1)]


def test_one_that_never_ends_is_ended():
    user = ModelUser(hearing("[1] Hm.")[0], TASK)
    replies = [user.reply(TURNS) for _ in range(30)]
    assert replies == ["Hm."] * 10 + [None] * 20


def test_a_task_without_script_has_nothing_to_play():
    with pytest.raises(ValueError, match="task 'a' has no user script for a model to play"):
        ModelUser(str, Task(id="a"))


def test_it_plays_the_tasks_that_have_a_script():
    complete, _ = hearing("[2] Two seats.")
    user = played_by(complete)(TASK)
    assert isinstance(user, ModelUser)
    assert user.reply(TURNS) == "Two seats."
    assert played_by(complete)(Task(id="a")) is None
