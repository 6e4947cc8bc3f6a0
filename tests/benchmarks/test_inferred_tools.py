"""The benchmark of inferred tools, on a log small enough to count by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

from benchmarks.inferred_held_out import catalogue, held_out, planted_rows
from benchmarks.inferred_schemas import schema_row
from benchmarks.inferred_tools import Log, found_row, muted, truth
from spectool.model import Call, Result, Step, Tool, Trajectory

OBJECT = {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}, "required": ["city"]}
WEATHER = Tool(name="get_weather", parameters=OBJECT)
SAYS = Result(content="Error: unexpected keyword argument 'town'", is_error=True)


def attempt(number: int, arguments: dict[str, Any], result: Result) -> Trajectory:
    step = Step(calls=(Call(name="get_weather", arguments=arguments, result=result),))
    return Trajectory(key=f"k{number}", id=f"t{number}", task=f"t{number}", turns=(step,), tool_sets=((WEATHER,),))


def log() -> Log:
    """Ten calls that succeeded, one with an argument that its reply names, one with an argument that nobody names, one with both taken."""
    done, silent = Result(content="sunny"), Result(content="Error: it did not work", is_error=True)
    calls = [({"city": f"c{n}"}, done) for n in range(10)]
    calls += [({"city": "x", "town": 1}, SAYS), ({"city": "x", "colour": 1}, silent), ({"city": "x", "mood": 1}, done)]
    given = tuple(attempt(n, *call) for n, call in enumerate(calls))
    return Log("small", given, tuple(Trajectory(key=t.key, id=t.id, task=t.task, turns=t.turns) for t in given))


def test_the_row_of_findings_tells_reply_schema_and_what_is_out_of_reach_apart() -> None:
    small = log()
    logged, likely, wrong = found_row(small, truth(small), small.hidden)
    assert (logged, likely, wrong) == (["3", "2", "1", "1", "1 of 1 (in 1 runs)", "–"], [("k11", True)], Counter())
    silenced, _, _ = found_row(small, truth(small), tuple(map(muted, small.hidden)))
    assert silenced == ["3", "2", "0", "2", "2 of 2 (in 2 runs)", "–"]


def test_the_row_of_schemas_counts_names_required_and_types() -> None:
    small = log()
    inferred = tuple(catalogue(small.hidden).values())
    assert schema_row("small", small.given, inferred, 1) == [
        "small", "1+ tasks", "1 of 1", "1 of 2 (50 %)", "1 of 2 (50 %)", "1 of 1 (100 %)", "1 of 1 (100 %)", "1 of 1 (100 %)",
        "0 of 0 right; 0 real",
    ]  # fmt: skip


def test_valid_calls_are_held_against_other_tasks_only() -> None:
    counted = held_out("small", log().given)
    assert (counted[1, "calls"] > 0, counted[8, "calls"] > 0, {kind for _, kind in counted}) == (True, True, {"calls"})


def test_planted_slips_are_found_where_other_tasks_support_it() -> None:
    kinds = ("an unknown argument", "a required argument left out", "a value of another type")
    assert list(planted_rows("small", log().given[:10])) == [["small", kind, 10, 10, 0, 0, 0] for kind in kinds]
