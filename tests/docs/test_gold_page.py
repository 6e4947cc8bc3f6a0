"""docs/gold.md: its worked example is run, and its tables name what the model knows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from spectool.classify.classify import classify
from spectool.classify.matching import CHARGES_EXTRA, ORDERED
from spectool.model import Call, Expected, Finding, Gold, GoldMode, Message, Step, Trajectory
from spectool.read.tools import tools_from

PAGE = (Path(__file__).parents[2] / "docs" / "gold.md").read_text(encoding="utf-8")
TASK, RIGHT, WRONG = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.S))


def findings(calls: list[dict[str, Any]], gold: dict[str, Any] | None = None) -> tuple[bool | None, list[Finding]]:
    steps = [Step(calls=(Call(name=call["name"], arguments=call["arguments"]),), dialect="native") for call in calls]
    trajectory = Trajectory(
        key="1",
        id=TASK["id"],
        tool_sets=(tools_from(TASK["tools"]),),
        gold=msgspec.convert(gold or TASK["gold"], Gold),
        turns=(*(Message(**message) for message in TASK["messages"]), *steps),
    )
    verdict = classify(trajectory)
    return verdict.passed, [finding for outcome in verdict.outcomes for finding in outcome.findings]


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    table = PAGE.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")][2:]


def test_right_calls_pass() -> None:
    assert findings(RIGHT) == (True, [])


def test_wrong_calls_show_what_the_page_says() -> None:
    passed, found = findings(WRONG)
    assert passed is False
    assert [(f.error, f.subtype, f.path) for f in found] == [("IAV", "scale", "$.turns[2].calls[0].arguments.luggage_kg")]


def test_table_of_arguments_names_every_key() -> None:
    assert [row[0] for row in rows("What an argument may be")] == list(Expected.__struct_fields__)


def test_table_of_modes_says_what_the_matcher_does() -> None:
    table = {row[0]: row for row in rows("Modes: how strictly a path binds")}
    assert set(table) == set(get_args(GoldMode))
    assert {mode for mode, row in table.items() if row[2] == "yes"} == ORDERED
    assert {mode for mode, row in table.items() if "charged" in row[3]} == CHARGES_EXTRA


@pytest.mark.parametrize(
    ("mode", "passes"), [("exact", False), ("unordered", False), ("ordered", True), ("required", True), ("writes", True)]
)
def test_a_second_look_up_is_judged_as_the_table_says(mode: str, passes: bool) -> None:
    other_day = {"name": "find_ferries", "arguments": {"harbour": "Sandvik", "day": "2027-06-06"}}
    assert findings([RIGHT[0], other_day, RIGHT[1]], TASK["gold"] | {"mode": mode})[0] is passes
