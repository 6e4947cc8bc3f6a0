"""The scripted user: what a question reveals, when there is no preference, when the next wish comes."""

from __future__ import annotations

import pytest

from spectool.environments.episode.user import NO_PREFERENCE, BrokenScript, ScriptedUser, UserScript, holds_any, is_question, script_of_user
from spectool.model import Message, Step, Task

DATE = {"name": "date", "asked": ["date", "when", "day"], "says": "On 4 May 2027."}
SEATS = {"name": "seats", "asked": ["seat", "how many"], "says": "Three, please."}
CITY = {"name": "city", "asked": ["city", "where to"], "says": "To Lyon."}
CHANGE = {"says": "Actually, make that two seats."}


def task(*stages: object) -> Task:
    return Task(id="t1", messages=(Message(role="user", content="Book a train."),), meta={"user": {"stages": list(stages)}})


def talk(stages: list[object], *texts: str) -> list[tuple[str | None, int]]:
    """What the user says to each text of the model, and the stage then."""
    user = ScriptedUser.of(task(*stages))
    assert user is not None
    turns: list[Message | Step] = [Message(role="user", content="Book a train.")]
    heard: list[tuple[str | None, int]] = []
    for text in texts:
        turns.append(Step(text=text))
        said = user.reply(turns)
        heard.append((said, user.stage))
        turns.append(Message(role="user", content=said or ""))
    return heard


def stage(*slots: object, says: str = "Book a train.") -> dict[str, object]:
    return {"says": says, "slots": list(slots)}


TALKS = {
    "a question reveals what it asks for": ([stage(DATE)], ["When do you want to go?"], [("On 4 May 2027.", 0)]),
    "one question for two details reveals both, in the script's order": (
        [stage(DATE, SEATS, CITY)],
        ["How many seats, and on which day?", "Which city?"],
        [("On 4 May 2027. Three, please.", 0), ("To Lyon.", 0)],
    ),
    "a question that is not understood reveals the next detail": (
        [stage(DATE, SEATS)],
        ["Could you tell me more?", "And?"],
        [("On 4 May 2027.", 0), ("Three, please.", 0)],
    ),
    "so does a text without a question": ([stage(SEATS)], ["Your train is booked."], [("Three, please.", 0)]),
    "and a turn that says nothing": ([stage(SEATS)], [""], [("Three, please.", 0)]),
    "a detail told is not told again": (
        [stage(DATE, SEATS)],
        ["Which date?", "Which date was it again?"],
        [("On 4 May 2027.", 0), ("Three, please.", 0)],
    ),
    "a question too many has no preference, once a stage": (
        [stage(), CHANGE],
        ["Window or aisle?", "Really?", "Window or aisle?", "Sure?"],
        [(NO_PREFERENCE, 0), ("Actually, make that two seats.", 1), (NO_PREFERENCE, 1), (None, 1)],
    ),
    "an answer leads to the next wish, and then to the end": (
        [stage(), CHANGE],
        ["Booked.", "Changed."],
        [("Actually, make that two seats.", 1), (None, 1)],
    ),
    "the details of the next wish are its own": (
        [stage(DATE), stage(CITY, says="And a second one.")],
        ["Which city?", "Done.", "Where to?", "Done."],
        [("On 4 May 2027.", 0), ("And a second one.", 1), ("To Lyon.", 1), (None, 1)],
    ),
    "a user of one wish is content at once": ([stage()], ["Booked."], [(None, 0)]),
}


@pytest.mark.parametrize(("stages", "texts", "heard"), TALKS.values(), ids=TALKS)
def test_the_script_is_played(stages, texts, heard):
    assert talk(stages, *texts) == heard
    assert talk(stages, *texts) == heard


def test_only_the_models_last_words_count():
    user = ScriptedUser.of(task(stage(DATE, SEATS)))
    assert user is not None
    turns = (
        Step(text="Which date?"),
        Message(role="tool", content="which date?"),
        Step(text="How many?"),
        Message(role="tool", content=""),
    )
    assert user.reply(turns) == "Three, please."


HELD = {
    "the word": ("Which date?", ("date",)),
    "in another case": ("DATE please", ("Date",)),
    "in the plural": ("Which dates suit you?", ("date",)),
    "a plural in -es": ("Which classes?", ("class",)),
    "a plural in -ies": ("Which cities?", ("city",)),
    "a plural after a vowel": ("Which days?", ("day",)),
    "in emphasis": ("Which **date**?", ("date",)),
    "a phrase over a line break": ("How\nmany are you?", ("how many",)),
    "a phrase in the plural": ("Which departure dates?", ("departure date",)),
    "with signs of its own": ("In C++?", ("c++",)),
    "any of several": ("What day?", ("date", "when", "day")),
    "beyond ASCII": ("Um wie viel Uhr, in welcher STRASSE?", ("straße",)),
}
NOT_HELD = {
    "part of a longer word": ("Let me update it.", ("date",)),
    "the start of a longer word": ("The dated one?", ("date",)),
    "joined by an underscore": ("departure_date", ("date",)),
    "another order": ("many, and how?", ("how many",)),
    "no words to look for": ("Which date?", ()),
    "a blank word": ("Which date?", (" ",)),
}


@pytest.mark.parametrize(("text", "words"), HELD.values(), ids=HELD)
def test_a_word_is_heard(text, words):
    assert holds_any(text, words)


@pytest.mark.parametrize(("text", "words"), NOT_HELD.values(), ids=NOT_HELD)
def test_a_word_is_not_heard(text, words):
    assert not holds_any(text, words)


QUESTIONS = {
    "Shall I?": True,
    "Shall I? ": True,
    "**Shall I?**": True,
    '"Shall I?"': True,
    "(Shall I?)": True,
    "要吗？": True,
    "Shall I? I would.": False,
    "Done.": False,
    "": False,
}


@pytest.mark.parametrize(("text", "asks"), QUESTIONS.items(), ids=map(repr, QUESTIONS))
def test_a_question_ends_the_text(text, asks):
    assert is_question(text) is asks


def test_a_task_without_script_has_nobody_who_answers():
    assert ScriptedUser.of(Task(id="a")) is None


BROKEN = {
    "a stage without words": ({"stages": [{}]}, "object missing required field `says` - at `$.stages[0]`"),
    "no stage": ({"stages": []}, "expected at least one stage, got none"),
    "words that are a text": (
        {"stages": [{"says": "a", "slots": [{"name": "d", "says": "x", "asked": "when"}]}]},
        "expected `array`, got `str` - at `$.stages[0].slots[0].asked`",
    ),
    "a text": ("stages", "expected `object`, got `str`"),
}


@pytest.mark.parametrize(("script", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_script_says_where(script, reason):
    with pytest.raises(BrokenScript) as refused:
        script_of_user(Task(id="t1", meta={"user": script}))
    assert str(refused.value) == f"task 't1': meta.user: {reason}"


def test_the_longest_conversation_is_known():
    stages = [stage(DATE, SEATS), stage(CITY), CHANGE]
    script = script_of_user(task(*stages))
    assert isinstance(script, UserScript)
    heard = talk(stages, *["?"] * 20)
    assert [said for said, _ in heard].index(None) <= script.replies
