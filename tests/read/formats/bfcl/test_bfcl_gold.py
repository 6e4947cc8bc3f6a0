"""BFCL's answers as gold: alternatives, nesting, Python calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spectool.model import Expected, Gold, Rejected, Tool
from spectool.read.formats.bfcl.gold import gold_of, python_call
from spectool.read.source import FormatError
from spectool.read.tasks import load_tasks

VALUES = [
    ("a list of allowed values", [2, 3], Expected(values=(2, 3))),
    ("the empty string: may be left out, or be given", ["x", ""], Expected(values=("x", ""), optional=True)),
    ("a list as value", [[1, 2]], Expected(values=([1, 2],))),
    ("an object with alternatives inside", [{"k": ["a", "b"]}], Expected(objects=({"k": Expected(values=("a", "b"))},))),
    ("an object with a bare value inside", [{"k": "a"}], Expected(objects=({"k": Expected(values=("a",))},))),
    (
        "a list of objects",
        [[{"k": [1]}, {"k": [2]}]],
        Expected(lists=((Expected(objects=({"k": Expected(values=(1,))},)), Expected(objects=({"k": Expected(values=(2,))},))),)),
    ),
    ("an empty list that no call could meet: anything goes", [], Expected(any=True, optional=True)),
]


@pytest.mark.parametrize(("allowed", "expected"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES])
def test_allowed_values(allowed: Any, expected: Expected) -> None:
    gold = gold_of("simple", {"id": "simple_0", "ground_truth": [{"f": {"x": allowed}}]}, ())
    assert gold is not None
    assert gold.paths[0][0].arguments["x"] == expected


MODES = [
    ("one call is due", "live_multiple", "exact"),
    ("parallel calls bind in any order", "live_parallel_multiple", "unordered"),
]


@pytest.mark.parametrize(("category", "mode"), [case[1:] for case in MODES], ids=[case[0] for case in MODES])
def test_modes(category: str, mode: str) -> None:
    gold = gold_of(category, {"ground_truth": [{"f": {}}]}, ())
    assert gold is not None
    assert gold.mode == mode


def test_categories_without_answers() -> None:
    assert gold_of("live_irrelevance", None, ()) == Gold(paths=((),), mode="exact")
    assert gold_of("relevance", None, ()) == Gold(paths=((),), mode="exact")  # of v1, later called irrelevance
    assert gold_of("live_relevance", None, ()) == Gold(mode="any_call")
    assert gold_of("simple", None, ()) is None


def test_an_agentic_answer_is_a_claim_only_where_it_has_one_spelling() -> None:
    assert gold_of("web_search", {"ground_truth": ["Ada"]}, ()) == Gold(mode="state", answer=("Ada",))
    assert gold_of("memory", {"ground_truth": ["7", "seven"]}, ()) == Gold(mode="state")


def test_the_first_generation_numbers_repeated_names() -> None:
    gold = gold_of("parallel", {"play_1": {"a": [1]}, "play_2": {"a": [2]}}, ((Tool(name="play"),),))
    assert gold is not None
    assert [call.name for call in gold.paths[0]] == ["play", "play"]


def test_a_single_offered_function_is_the_one_the_gold_means() -> None:
    gold = gold_of("simple", {"ground_truth": [{"brew": {}}]}, ((Tool(name="tea.brew"),),))
    assert gold is not None
    assert gold.paths[0][0].name == "tea.brew"


CALLS = [
    ("named", "f(a=1, b='x')", {"a": 1, "b": "x"}),
    ("by position, in the schema's order", "f(1, 'x')", {"a": 1, "b": "x"}),
    ("both", "f(1, b=[True, None])", {"a": 1, "b": [True, None]}),
    ("none", "f()", {}),
    ("more than the schema has", "f(1, 2, 3)", {"a": 1, "b": 2, "argument 2": 3}),
]


@pytest.mark.parametrize(("text", "arguments"), [case[1:] for case in CALLS], ids=[case[0] for case in CALLS])
def test_python_calls(text: str, arguments: dict[str, Any]) -> None:
    tools = {"f": Tool(name="f", parameters={"type": "object", "properties": {"a": {}, "b": {}}})}
    assert {name: value.values[0] for name, value in python_call(text, tools, 0).arguments.items()} == arguments


@pytest.mark.parametrize("text", ["f", "f(a=__import__('os'))", "f(1 + )", 3, ""])
def test_what_is_no_call_of_literals_is_refused(text: Any) -> None:
    with pytest.raises(FormatError, match="expected a call"):
        python_call(text, {}, 0)


def test_every_published_question_becomes_a_task(shared_data: Path) -> None:
    for generation, count in (("v3", 4_441), ("v4", 4_696)):
        tasks, broken = load_tasks([shared_data / "bfcl" / "datasets" / generation])
        assert not [item for item in broken if isinstance(item, Rejected)]
        assert len(tasks) == count
