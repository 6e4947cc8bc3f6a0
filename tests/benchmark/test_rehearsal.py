"""Perfect play: the scripted user is asked for what is missing, every call is made in its stage, the answer is said."""

import pytest

from spectool.benchmark.rehearsal import rehearse
from spectool.environments.episode import world
from spectool.model import Expected, ExpectedCall, Gold, Message, Step, Task
from tests.benchmark.toy import TOY


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    monkeypatch.setattr(world, "environment", {TOY.name: TOY}.__getitem__)


def due(name, turn=0, **values):
    return ExpectedCall(name=name, arguments={key: Expected(values=(value,)) for key, value in values.items()}, turn=turn)


def task(*path, mode="required", answer=(), **meta):
    gold = Gold(paths=(path,), mode=mode, answer=answer)
    about = {"world": {"toy": TOY.version}, **meta}
    return Task(id="t", tool_sets=(TOY.tools,), messages=(Message(role="user", content="Please."),), gold=gold, meta=about)


def script(trajectory):
    return [
        (turn.role, turn.content) if isinstance(turn, Message) else [call.name for call in turn.calls] or turn.text
        for turn in trajectory.turns
        if not (isinstance(turn, Message) and turn.role == "tool")
    ]


def test_calls_that_build_on_each_other_are_made_one_by_one_and_the_answer_is_said():
    play = rehearse(task(due("find_books", shelf="north"), due("get_book", book_id="B1"), answer=("101", "Volume 1")))
    assert script(play.trajectory) == [("user", "Please."), ["find_books"], ["get_book"], "101; Volume 1."]
    results = [call.result.content for turn in play.trajectory.turns if isinstance(turn, Step) for call in turn.calls]
    assert results[1] == '{"book_id":"B1","title":"Volume 1","pages":101,"shelf":"north"}'


def test_independent_calls_are_made_at_once():
    play = rehearse(task(due("get_book", book_id="B1"), due("get_book", book_id="B2"), mode="unordered"))
    assert script(play.trajectory) == [("user", "Please."), ["get_book", "get_book"], "All of it is done."]


def test_where_nothing_is_due_nothing_is_called():
    assert script(rehearse(task(mode="exact")).trajectory)[1:] == ["None of my tools can do that, I am afraid."]
    missing = rehearse(task(mode="exact", category="missing_information")).trajectory
    assert missing.turns[-1].text.endswith("?")


def test_a_scripted_user_is_asked_and_goes_on_to_the_next_stage():
    user = {
        "stages": [
            {"says": "Please.", "slots": [{"name": "book", "asked": ["book"], "says": "B1."}]},
            {"says": "And B2, for a Tom."},
        ]
    }
    first = ExpectedCall(name="get_book", arguments={"book_id": Expected(values=("B1",))})
    reader = Expected(objects=({"name": Expected(values=("Tom",))},))
    second = ExpectedCall(name="lend_book", arguments={"book_id": Expected(values=("B2",)), "reader": reader}, turn=1)
    play = rehearse(task(first, second, answer=("101",), user=user))
    assert script(play.trajectory) == [
        ("user", "Please."), "I can do that once I know one more thing: book?", ("user", "B1."), ["get_book"], "All of it is done.",
        ("user", "And B2, for a Tom."), ["lend_book"], "101.",
    ]  # fmt: skip
    assert play.trajectory.meta["stage_of_turn"] == [0, 0, 1]
    assert play.world.changes() == {"toy": {"loans": {"B2": {"book_id": "B2", "reader": "Tom", "weeks": 2}}}}
    assert "user" not in play.trajectory.meta


def test_a_task_without_a_world_cannot_be_rehearsed():
    with pytest.raises(ValueError, match="expected a world and gold path 0"):
        rehearse(Task(id="x"))
