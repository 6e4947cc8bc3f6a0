"""Tasks that are fit to measure by, and each way in which one is not."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from spectool.benchmark import check, path_check
from spectool.benchmark.check import check_tasks
from spectool.benchmark.claim_sources import Sources
from spectool.benchmark.path_check import TaskFault, ways
from spectool.environments.episode import world
from spectool.environments.registry import ENVIRONMENTS
from spectool.model import Expected, ExpectedCall, Gold, Message, Request, Task, Tool
from tests.benchmark.toy import TOY


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    monkeypatch.setattr(world, "environment", {TOY.name: TOY}.__getitem__)
    monkeypatch.setattr(check, "ENVIRONMENTS", (TOY,))
    monkeypatch.setattr(path_check, "environment_of_tool", lambda name: TOY if name in TOY.functions else None)


def due(name: str, **arguments: Any) -> ExpectedCall:
    expected = {key: value if isinstance(value, Expected) else Expected(values=(value,)) for key, value in arguments.items()}
    return ExpectedCall(name=name, arguments=expected)


TOM = Expected(objects=({"name": Expected(values=("Tom",))},))
LONG = {"book_id": "B2", "reader": "Tom", "weeks": 12}
OTHER_WEEKS = due("lend_book", book_id="B2", reader=TOM, weeks=Expected(values=(3,), optional=True))
ASK = "How many pages has the book B1 on the north shelf of ours?"
ABOUT = {
    "category": "one_constraint", "environment": "toy", "split": "dev", "template": "toy-pages", "records": ["books/B1"],
    "world": {"toy": TOY.version},
}  # fmt: skip
PAGES = Gold(paths=((due("get_book", book_id="B1"),), (due("read_title_page", book_id="B1"),)), mode="exact", answer=("101",))


def task(id: str = "t", ask: str = ASK, gold: Gold | None = PAGES, tools: tuple[Tool, ...] = TOY.tools, **meta: Any) -> Task:
    return Task(
        id=id,
        tool_sets=(tools,),
        messages=(Message(role="user", content=ask),),
        gold=gold,
        request=Request(max_steps=10),
        tags=("tools:all",),
        meta={**ABOUT, **meta},
    )


def lent(**changed: Any) -> Gold:
    call = due("lend_book", book_id="B2", reader=TOM)
    row = {"book_id": "B2", "reader": "Tom", "weeks": 2}
    return Gold(**{"paths": ((call,),), "mode": "exact", "state": {"toy": {"loans": {"B2": row}}}, **changed})


LEND = "Please lend the book B2 to our reader Tom for the usual time"


def told(*tasks: Task) -> list[tuple[str, str, str]]:
    return [(fault.task, fault.kind, fault.message) for fault in check_tasks(tasks).faults]


def test_good_tasks_have_no_fault_and_are_counted() -> None:
    free = due("find_books", shelf="south", limit=Expected(any=True, optional=True))
    shelf = Gold(paths=((free,),), mode="exact", answer=("5",))
    ask = "Of the southern shelf I want to know how many it holds"
    few = msgspec.structs.replace(task("few", ask, shelf, TOY.tools[:1]), tags=("tools:few",))
    write = task("write", LEND, lent(), template="toy-lend", category="state_changing", split="test", records=["books/B2"])
    report = check_tasks((task(), few, write))
    assert report.faults == ()
    assert (report.tasks, report.failed, report.paths, report.plays, report.claims, report.with_state) == (3, 0, 4, 5, 2, 1)
    assert report.environments == {"toy": {"dev": 2, "test": 1}}
    assert report.kinds == {"one_constraint": {"dev": 2}, "state_changing": {"test": 1}}
    assert (report.templates, report.offers) == ({"dev": 1, "val": 0, "test": 1}, {"few": 1, "all": 2})
    assert [(each.environment, each.tools) for each in report.similarity] == [("toy", 4)]


WRONG = due("get_book", book_id="B99")
FAULTS: dict[str, tuple[Task, list[tuple[str, str]]]] = {
    "a task of no environment": (
        task(world=None),
        [("world", "names no environment, so nothing of it can be executed")],
    ),
    "an environment of another version": (
        task(world={"toy": "0"}),
        [("world", "was made for version 0 of the environment 'toy', here is {version}; generate the tasks again, or install the "
                   "SpecTool they were made with")],
    ),
    "a tool that is not the environment's own": (
        task(tools=(TOY.tools[0], msgspec.structs.replace(TOY.tools[1], description="Another."), *TOY.tools[2:])),
        [("tools", "tool 'get_book' is not as its environment has it")],
    ),
    "a tool offered twice": (task(tools=(*TOY.tools, TOY.tools[0])), [("tools", "tool 'find_books' is offered twice")]),
    "two sets of tools": (
        msgspec.structs.replace(task(), tool_sets=(TOY.tools, TOY.tools)),
        [("tools", "expected one set of tools, got 2")],
    ),
    "no gold": (task(gold=None), [("path", "expected at least one gold path, got none")]),
    "a path that needs what is not offered": (
        task(tools=TOY.tools[:2]),
        [("path", "path 1: needs tools that are not offered: read_title_page")],
    ),
    "a call that its tool refuses": (
        task(gold=msgspec.structs.replace(PAGES, paths=((WRONG,),))),
        [("path", """path 0: get_book is refused: {"error":{"code":"not_found","message":"no book 'B99'"}}""")],
    ),
    "a second path that leads elsewhere": (
        task(gold=msgspec.structs.replace(PAGES, paths=(*PAGES.paths, (due("get_book", book_id="B3"),)))),
        [("claim", "path 2: neither the results nor the request tell '101'")],
    ),
    "a value that is called right and leads elsewhere": (
        task(gold=msgspec.structs.replace(PAGES, paths=((due("get_book", book_id=Expected(values=("B1", "B99"))),),))),
        [("path", """path 0 with book_id='B99': get_book is refused: {"error":{"code":"not_found","message":"no book 'B99'"}}""")],
    ),
    "a value that may be left out and leads elsewhere": (
        task(ask=LEND, gold=lent(paths=((OTHER_WEEKS,),))),
        [("state", 'path 0 with weeks=\'3\': expected the end state {"toy":{"loans":{"B2":{"book_id":"B2","reader":"Tom","weeks":2}}}}, '
                   'got {"toy":{"loans":{"B2":{"book_id":"B2","reader":"Tom","weeks":3}}}}'),
         ("success", "path 0 with weeks='3': scored as no success: another end state")],
    ),
    "a claim that nothing tells": (
        task(gold=msgspec.structs.replace(PAGES, paths=PAGES.paths[:1], answer=("Tom", "101"))),
        [("claim", "path 0: neither the results nor the request tell 'Tom'")],
    ),
    "a request that tells its answer": (
        task(ask="How many pages has the book B1, which is thinner than 102 pages and has more than 101?"),
        [("claim", "the request itself tells the whole answer, '101'")],
    ),
    "an end state that is not reached": (
        task(ask=LEND, gold=lent(state={"toy": {"loans": {}}})),
        [("state", 'path 0: expected the end state {}, got {"toy":{"loans":{"B2":{"book_id":"B2","reader":"Tom","weeks":2}}}}'),
         ("success", "path 0: scored as no success: changed what was to stay")],
    ),
    "a value that nobody told": (
        task(ask=LEND, gold=lent(paths=((due("lend_book", book_id="B2", reader=TOM, weeks=12),),), state={"toy": {"loans": {"B2": LONG}}})),
        [("finding", "path 0: IAV.ungrounded at $.turns[1].calls[0].arguments.weeks: expected a value with a source before …")],
    ),
    "the same asked for twice": (
        task(gold=msgspec.structs.replace(PAGES, paths=((due("get_book", book_id="B1"),) * 2,), mode="unordered")),
        [("finding", "path 0: RAC.same_batch at $.turns[1].calls[1]: …")],
    ),
    "a kind that there is not": (task(category="hard"), [("split", "expected a kind of task, got 'hard'")]),
    "a split that there is not": (task(split="train"), [("split", "expected split dev, val, test, got 'train'")]),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault(wrong: Task, expected: list[tuple[str, str]]) -> None:
    found = [(kind, message) for _, kind, message in told(wrong)]
    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    for (_, message), (_, wanted) in zip(found, expected, strict=True):
        start, cut, _ = wanted.replace("{version}", TOY.version).partition("…")
        assert (message[: len(start)] if cut else message) == start


def test_requests_that_nearly_repeat_each_other_are_told_across_splits() -> None:
    other = task("u", f"{ASK} Thanks", split="val", template="toy-other", records=[])
    assert told(task(), other) == [("u", "near", "its request nearly repeats that of 't' (Jaccard 0.90)")]


def test_what_a_dialogue_says_later_is_part_of_its_request() -> None:
    def user(says: str) -> dict[str, Any]:
        return {"stages": [{"says": ASK}, {"says": says}]}

    one = task("one", user=user("And now tell me who wrote it and in which year, please, if you know"))
    two = task("two", user=user("Thank you, that is all that I wanted to know from you for today"))
    same = task("same", user=user("And now tell me who wrote it and in which year, please, if you know it"))
    assert [(id, kind) for id, kind, _ in told(one, two, same)] == [("same", "near")]


BROKEN: dict[str, tuple[Any, str]] = {
    "stages that are a text": ({"stages": "hello"}, "meta.user: expected `array`, got `str` - at `$.stages`"),
    "no stages": ({"stages": []}, "meta.user: expected at least one stage, got none"),
    "no object": ([], "meta.user: expected `object`, got `array`"),
    "a detail that is no text": (
        {"stages": [{"says": ASK, "slots": [{"name": "shelf", "says": 5}]}]},
        "meta.user: expected `str`, got `int` - at `$.stages[0].slots[0].says`",
    ),
}


@pytest.mark.parametrize(("user", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_user_script_is_a_fault_of_its_task_alone(user: Any, message: str) -> None:
    report = check_tasks((task("broken", user=user), task()))
    assert [(fault.task, fault.kind, fault.message) for fault in report.faults] == [("broken", "unreadable", message)]
    assert (report.tasks, report.failed, report.plays) == (2, 1, 2)


def test_a_template_and_a_record_belong_to_one_split() -> None:
    other = task("u", "Of the book B1 I would like to know how long it is, counted in pages", split="test")
    assert told(task(), other) == [
        ("u", "split", "template toy-pages is also in split 'dev', in 't'"),
        ("u", "split", "record toy B1 is also in split 'dev', in 't'"),
    ]


def test_an_environment_for_testing_only_is_in_no_other_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "TEST_ONLY", frozenset({"toy"}))
    assert told(task()) == [("t", "split", "environment 'toy' is for testing only, got split 'dev'")]


def test_rows_that_are_no_tasks_are_faults_too() -> None:
    bad = TaskFault(task="", kind="unreadable", message="a.jsonl:3: no id")
    report = check_tasks((task(),), (bad,))
    assert (report.faults, report.tasks, report.failed) == ((bad,), 1, 1)


def test_every_way_that_a_gold_allows_is_played_once() -> None:
    size = Tool(name="find", parameters={"type": "object", "properties": {
        "page_size": {"type": "integer", "minimum": 1, "maximum": 50}, "order": {"enum": ["a", "b"]}, "up": {"type": "boolean"},
        "km": {"type": "number"}, "day": {"type": "string", "default": "x"}}})  # fmt: skip
    free = Expected(any=True, optional=True)
    call = due(
        "find",
        page_size=free,
        order=free,
        up=free,
        km=Expected(values=(10.0,), tolerance=1.0),
        day=Expected(values=("x", "y"), optional=True),
    )
    labels = [label for label, _ in ways(((call,), (call, due("other", id="1"))), (size,))]
    one = ["page_size='50'", "order='a'", "order='b'", "up='true'", "up='false'", "km='9.1'", "km='10.9'", "day='x'", "day='y'"]
    assert labels == ["0", *(f"0 with {each}" for each in one), "1"]


RESULT = (
    '{"title": "Self-healing lens array", "filed": "2021-10-08T14:09:00", "fees": [{"due": 1050}, {"due": 120.5}], "owner": '
    '{"name": "Ito, Mei"}, "open": true}'
)
TELLS: dict[str, tuple[str, bool]] = {
    "a whole text": ("Self-healing lens array", True),
    "a part of a text": ("lens array", True),
    "words of several places": ("Mei Ito: Self-healing lens array", True),
    "a figure": ("1050", True),
    "a figure in another spelling": ("1,050.00", True),
    "the day of a moment": ("2021-10-08", True),
    "the hour of a moment": ("14:09", True),
    "a sum of two figures": ("1170.5", True),
    "a difference of two figures": ("929.5", True),
    "how many there are": ("2", True),
    "what the request says": ("for Tom", True),
    "a figure that cannot be worked out": ("1171", False),
    "a product": ("126525", False),
    "a name that nobody told": ("Mei Abara", False),
    "another day": ("2021-10-09", False),
    "yes and no are not told as words": ("true", False),
}


@pytest.mark.parametrize(("claim", "expected"), TELLS.values(), ids=TELLS)
def test_what_results_and_request_tell(claim: str, expected: bool) -> None:
    assert Sources([RESULT], "What is due for Tom?").tell(claim) is expected


def test_of_very_many_figures_none_is_worked_out() -> None:
    many = "[" + ",".join(str(10**6 + number**2) for number in range(60)) + "]"
    assert Sources([many], "").tell(str(10**6 + 49))
    assert not Sources([many], "").tell(str(2 * 10**6 + 1))
    assert Sources([many], "").tell("60")


def test_the_real_environments_are_all_measured_for_similarity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "ENVIRONMENTS", ENVIRONMENTS)
    assert [each.environment for each in check_tasks(()).similarity] == [each.name for each in ENVIRONMENTS]
