"""The demo tasks: their gold must be right, or every figure made with them is wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from spectool.classify.classify import classify
from spectool.model import Call, Expected, ExpectedCall, Gold, Message, Step, Tool, Trajectory
from spectool.read.replies import ScriptedTools
from spectool.read.tools import tools_from

ROOT = Path(__file__).parents[2]
TASKS = ROOT / "data" / "demo" / "tasks.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in TASKS.read_text(encoding="utf-8").splitlines()]
MODES = {
    "simple": {"exact"},
    "multiple": {"exact"},
    "parallel": {"unordered"},
    "irrelevance": {"exact"},
    "multi_step": {"ordered", "unordered", "required"},
}
CALLS = {"simple": (1, 1), "multiple": (1, 1), "parallel": (2, 4), "irrelevance": (0, 0), "multi_step": (2, 5)}
OFFERED = {"simple": (1, 1), "multiple": (4, 8), "parallel": (1, 8), "irrelevance": (3, 8), "multi_step": (2, 8)}
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
NO_REPLY = "no record found"
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")

# Gold strings that stand nowhere as such, and the words of the query they follow from.
FOLLOWS = {
    ("hotel-simple-03", "05:45"): "quarter to six in the morning",
    ("hotel-multiple-03", "2027-03-08"): "a week from today",
    ("hotel-parallel-03", "04:30"): "4.30 am",
    ("hotel-parallel-03", "05:10"): "ten past five in the morning",
    ("hotel-multi_step-02", "2027-04-11"): "the 11th instead",
    ("library-simple-04", "2027-03-18T14:30"): "18 March 2027, half past two in the afternoon",
    ("home-multiple-01", "06:40"): "twenty to seven",
    ("parcels-simple-04", "2027-03-04"): "this Thursday",
    ("parcels-multi_step-03", "2027-03-03"): "Wednesday morning",
    ("finance-simple-04", "2027-04-01"): "the first of April 2027",
    ("finance-simple-05", "2027-02-01"): "in February 2027",
    ("finance-simple-05", "2027-02-28"): "in February 2027",
    ("finance-multiple-04", "2027-01-01"): "since New Year's Day 2027",
    ("finance-multiple-04", "2027-03-01"): "up to today",
    ("clinic-multiple-02", "2027-03-02"): "tomorrow",
    ("garden-simple-03", "05:30"): "half past five",
}


def calls(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in row["gold"]["paths"]:
        yield from path


def parameters(row: dict[str, Any], name: str) -> dict[str, Any]:
    return next(tool["function"]["parameters"] for tool in row["tools"] if tool["function"]["name"] == name)


def alternatives(expected: dict[str, Any]) -> Iterator[Any]:
    """Every value the gold accepts for an argument; of nested objects, one with all fields and one without the optional ones."""
    yield from expected.get("values", ())
    for one in expected.get("objects", ()):
        yield {name: next(alternatives(value)) for name, value in one.items()}
        yield {name: next(alternatives(value)) for name, value in one.items() if not value.get("optional")}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def stands_in_schema(value: str, schema: Any) -> bool:
    """Whether the schema itself names the value, as an enum's or as a default."""
    if not isinstance(schema, dict):
        return False
    return (
        value in schema.get("enum", ()) or value == schema.get("default") or any(stands_in_schema(value, part) for part in _parts(schema))
    )


def _parts(schema: dict[str, Any]) -> list[Any]:
    return [*schema.get("properties", {}).values(), schema.get("items")]


def date_is_said(value: str, said: str) -> bool:
    match = DATE.fullmatch(value)
    if not match:
        return False
    year, month, day = match[1], MONTHS[int(match[2]) - 1], int(match[3])
    return month in said and year in said and re.search(rf"\b{day}(st|nd|rd|th)?\b", said) is not None


def grounded(row: dict[str, Any], value: str, schema: dict[str, Any]) -> bool:
    said = row["messages"][-1]["content"]
    seen = said + json.dumps([entry["result"] for entry in row["meta"].get("script", [])], ensure_ascii=False)
    return squeezed(value) in squeezed(seen) or stands_in_schema(value, schema) or date_is_said(value, said)


def test_file_is_what_the_source_builds() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.demo_tasks.build", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_there_is_enough_of_every_kind_and_domain() -> None:
    kinds = Counter(row["meta"]["category"] for row in ROWS)
    assert kinds == {"simple": 36, "multiple": 36, "parallel": 24, "irrelevance": 16, "multi_step": 24}
    assert Counter(row["meta"]["environment"] for row in ROWS) == dict.fromkeys(
        ("hotel", "library", "home", "parcels", "finance", "clinic", "music", "garden"), 17
    )
    traits = Counter(tag for row in ROWS for tag in row["tags"] if tag.startswith("trait:"))
    assert traits["trait:recovery"] >= 6
    assert traits["trait:repeat"] >= 6


def test_ids_and_queries_are_unique() -> None:
    assert max(Counter(row["id"] for row in ROWS).values()) == 1
    assert max(Counter(squeezed(row["messages"][-1]["content"]) for row in ROWS).values()) == 1


def test_a_tool_is_the_same_wherever_it_is_offered() -> None:
    written = {(tool["function"]["name"], json.dumps(tool, sort_keys=True)) for row in ROWS for tool in row["tools"]}
    assert max(Counter(name for name, _ in written).values()) == 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
class TestRow:
    def test_decodes(self, row: dict[str, Any]) -> None:
        gold = msgspec.convert(row["gold"], Gold, strict=True)
        assert gold.paths
        assert all(isinstance(call, ExpectedCall) for path in gold.paths for call in path)
        assert [msgspec.convert(message | {"kind": "message"}, Message).role for message in row["messages"]][-1] == "user"
        assert all(msgspec.convert(tool["function"], Tool).description for tool in row["tools"])

    def test_is_of_its_kind(self, row: dict[str, Any]) -> None:
        kind, domain = row["meta"]["category"], row["meta"]["environment"]
        assert row["tags"][:2] == [f"kind:{kind}", f"domain:{domain}"]
        assert row["gold"]["mode"] in MODES[kind]
        assert all(CALLS[kind][0] <= len(path) <= CALLS[kind][1] for path in row["gold"]["paths"])
        assert OFFERED[kind][0] <= len(row["tools"]) <= OFFERED[kind][1]
        assert bool(row["meta"].get("script")) == (kind == "multi_step")

    def test_schemas_are_valid(self, row: dict[str, Any]) -> None:
        for tool in row["tools"]:
            schema = tool["function"]["parameters"]
            assert schema["type"] == "object"
            assert set(schema["required"]) <= schema["properties"].keys()
            jsonschema_rs.meta.validate(schema)
            for part in schema["properties"].values():
                assert "default" not in part or jsonschema_rs.is_valid(part, part["default"])

    def test_prompt_is_short(self, row: dict[str, Any]) -> None:
        shown = json.dumps([tool["function"] for tool in row["tools"]]) + "".join(message["content"] for message in row["messages"])
        assert len(shown) / 4 < 900, "about four characters make a token"

    def test_gold_calls_fit_what_is_offered(self, row: dict[str, Any]) -> None:
        for call in calls(row):
            schema = parameters(row, call["name"])
            required = {name for name, expected in call["arguments"].items() if not expected.get("optional")}
            assert set(schema["required"]) <= required, "a required argument may not be left out"
            assert call["arguments"].keys() <= schema["properties"].keys()

    def test_gold_values_are_valid(self, row: dict[str, Any]) -> None:
        for call in calls(row):
            schema = parameters(row, call["name"])
            for name, expected in call["arguments"].items():
                values = list(alternatives(expected))
                assert values or expected.get("any")
                for value in values:
                    jsonschema_rs.validate(schema["properties"][name], value)

    def test_optional_gold_knows_the_default(self, row: dict[str, Any]) -> None:
        for call in calls(row):
            for name, part in parameters(row, call["name"])["properties"].items():
                expected = call["arguments"].get(name, {})
                if "default" in part and expected.get("optional") and not expected.get("any"):
                    assert part["default"] in expected["values"]
                assert "default" not in part or expected, f"{name} has a default, which the gold must allow"

    def test_gold_strings_are_grounded(self, row: dict[str, Any]) -> None:
        for call in calls(row):
            schema = parameters(row, call["name"])
            for name, expected in call["arguments"].items():
                for value in strings(list(alternatives(expected))):
                    if len(value) > 3 and (row["id"], value) not in FOLLOWS:
                        assert grounded(row, value, schema["properties"][name]), f"{value!r} follows from nothing"

    def test_script_calls_are_valid(self, row: dict[str, Any]) -> None:
        for entry in row["meta"].get("script", []):
            schema = parameters(row, entry["name"])["properties"]
            for name, value in entry["arguments"].items():
                jsonschema_rs.validate(schema[name], value)


def test_scripts_are_needed() -> None:
    """In most multi-step tasks a gold value stands in an earlier reply only: the ids cannot be guessed."""
    dependent = 0
    for row in ROWS:
        said = squeezed(row["messages"][-1]["content"])
        seen = squeezed(json.dumps([entry["result"] for entry in row["meta"].get("script", [])]))
        given = [
            squeezed(json.dumps(value))
            for call in calls(row)
            for expected in call["arguments"].values()
            for value in alternatives(expected)
        ]
        dependent += any(value not in said and value in seen and len(value) > 1 for value in given)
    assert dependent >= 16


def test_exceptions_to_grounding_are_used_and_say_why() -> None:
    by_id = {row["id"]: row for row in ROWS}
    for (task, value), words in FOLLOWS.items():
        assert words in by_id[task]["messages"][-1]["content"], task
        assert value in set(strings([list(alternatives(e)) for call in calls(by_id[task]) for e in call["arguments"].values()])), task


def test_tolerance_is_for_numbers_only() -> None:
    for row in ROWS:
        for call in calls(row):
            for expected in call["arguments"].values():
                decoded = msgspec.convert(expected, Expected)
                assert decoded.tolerance is None or all(isinstance(value, int | float) for value in decoded.values)


def replayed(row: dict[str, Any], path: list[dict[str, Any]], *, sparse: bool) -> Trajectory:
    """The gold path as a model would have made it, with the script's replies: ``sparse`` leaves out all that is optional."""
    script = row["meta"].get("script")
    world = ScriptedTools(script, [tool["function"]["name"] for tool in row["tools"]]) if script else None
    made: list[Call] = []
    for call in path:
        kept = {name: e for name, e in call["arguments"].items() if not e.get("optional") or not (sparse or e.get("any"))}
        given = {name: list(alternatives(expected)) for name, expected in kept.items()}
        arguments = {name: values[-1] if sparse else values[0] for name, values in given.items()}
        asked = Call(name=call["name"], arguments=arguments, raw=json.dumps(arguments))
        made.append(msgspec.structs.replace(asked, result=world.reply(asked) if world else None))
    together = row["meta"]["category"] == "parallel"
    steps = [tuple(made)] if together else [(call,) for call in made]
    return Trajectory(
        key=row["id"],
        id=row["id"],
        task=row["id"],
        tool_sets=(tools_from(row["tools"]),),
        gold=msgspec.convert(row["gold"], Gold),
        turns=(*(Message(**m) for m in row["messages"]), *(Step(calls=c, dialect="native") for c in steps), Step(text="Done.")),
    )


@pytest.mark.parametrize("sparse", [False, True], ids=["all arguments given", "optional ones left out"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_gold_replayed_is_clean(row: dict[str, Any], sparse: bool) -> None:
    for path in row["gold"]["paths"]:
        attempt = replayed(row, path, sparse=sparse)
        made = [call for step in attempt.turns if isinstance(step, Step) for call in step.calls]
        assert [call.name for call in made if call.result and NO_REPLY in call.result.content] == [], "the script knows no reply"
        verdict = classify(attempt)
        found = [f"{f.error}.{f.subtype}: {f.message}" for outcome in verdict.outcomes for f in outcome.findings if f.level != "event"]
        assert (found, verdict.passed, verdict.crashed) == ([], True, ())
