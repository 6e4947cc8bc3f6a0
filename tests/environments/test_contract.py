"""What every environment keeps to, whatever a model writes: its own error or a result, the same each time, and nobody else's state."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.environment_calls import Drawer
from spectool.environments.core.environment import Environment
from spectool.environments.core.errors import ToolError
from spectool.environments.core.tables import State, Table
from spectool.environments.registry import ENVIRONMENTS, environment, environment_of_tool
from spectool.model import Result, Tool
from spectool.schema import normalise
from spectool.validate import shape_of, violations

CALLS = 25
EPISODES = 12
SEEDS = st.integers(min_value=0, max_value=2**32)
# Not shrunk: an episode is long, and its failure names the call.
PHASES = (Phase.explicit, Phase.generate)
QUICK = settings(max_examples=EPISODES, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck))
each_environment = pytest.mark.parametrize("env", ENVIRONMENTS, ids=lambda env: env.name)

# What breaks programs: numbers at the edge, dates that no calendar has, text that is no word.
_AWKWARD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 51, 2**31, 2**63, 10**15, -(10**15), 10**400, -(10**400), -0.0, 0.5, 3.0, 1e15, 1e300, -1e300, 5e-324),
    *("", " ", "0", "a", "2027-02-30", "2027-13-01", "0000-00-00", "0001-01-01", "9999-12-31", "2027-03-01\n", "٢٠٢٧-٠٣-٠١", "2027-3-1"),
    *(
        "25:61",
        "24:00",
        "2027-03-01T25:00:00",
        "\x00",
        "\ud800",
        "İ",
        "ß" * 90,
        "🚀",
        "x" * 20_000,
        "%s{0}",
        "../../etc",
        "null",
        "nan",
        "-1",
    ),
    *([], {}, [None], [[]], {"": ""}, {"a": {"b": [1]}}, ["\ud800"], [10**400], {"\ud800": 1}),
)
_DEEP = st.integers(min_value=50, max_value=3000).map(lambda depth: _nested(depth))
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(_AWKWARD)
WILD = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8
)


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def awkward_calls(env: Environment, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Calls near the schema: valid arguments, most of them with something changed, left out or added."""
    rng = Random(seed)
    drawer = Drawer(env, rng)
    for _ in range(CALLS):
        name, arguments = drawer.call()
        for _ in range(rng.choice((0, 1, 1, 2))):
            _bend(arguments, env.functions[name].tool, rng)
        yield name, arguments


def _bend(arguments: dict[str, Any], tool: Tool, rng: Random) -> None:
    names = list(tool.parameters["properties"]) or ["page"]
    name = rng.choice(names)
    inner = [value for value in arguments.values() if isinstance(value, dict)]
    match rng.randrange(8):
        case 0:
            arguments.pop(name, None)
        case 1:
            arguments[rng.choice(("limit", "", "\ud800", name.upper()))] = rng.choice(_AWKWARD)
        case 2 if inner:
            (held := rng.choice(inner))[rng.choice([*held, "further"])] = rng.choice(_AWKWARD)
        case 3 if isinstance(arguments.get(name), list):
            arguments[name] = [*arguments[name], rng.choice(_AWKWARD)]
        case 4 if "pattern" in tool.parameters["properties"].get(name, {}):
            arguments[name] = rng.choice([value for value in _AWKWARD if isinstance(value, str)])
        case _:
            arguments[name] = rng.choice(_AWKWARD)


def valid_calls(env: Environment, seed: int, number: int = CALLS) -> list[tuple[str, dict[str, Any]]]:
    drawer = Drawer(env, Random(seed))
    return [drawer.call() for _ in range(number)]


def replies(env: Environment, state: State, calls: list[tuple[str, dict[str, Any]]]) -> list[Result]:
    return [env.reply(state, name, arguments) for name, arguments in calls]


def bytes_of(value: object) -> bytes:
    return msgspec.json.encode(value)


@cache
def records_bytes(env: Environment) -> bytes:
    return bytes_of(env.records)


@each_environment
@QUICK
@given(seed=SEEDS)
def test_awkward_arguments_are_answered_or_refused_and_never_crash(env: Environment, seed: int) -> None:
    state, before = env.fresh(), records_bytes(env)
    for name, arguments in awkward_calls(env, seed):
        reply = env.reply(state, name, arguments)
        told = msgspec.json.decode(reply.content)
        if reply.is_error:
            assert set(told) == {"error"}
            assert set(told["error"]) == {"code", "message"}
            assert len(told["error"]["message"]) < 1000
    bytes_of(state.changes())
    assert bytes_of(env.records) == before


@each_environment
@settings(QUICK, max_examples=4 * EPISODES)
@given(data=st.data())
def test_wild_arguments_are_answered_or_refused_and_never_crash(env: Environment, data: st.DataObject) -> None:
    tool = data.draw(st.sampled_from(env.tools))
    names = st.sampled_from(list(tool.parameters["properties"]) or ["page"])
    arguments = data.draw(st.dictionaries(names, WILD | _DEEP, max_size=4))
    msgspec.json.decode(env.reply(env.fresh(), tool.name, arguments).content)
    assert bytes_of(env.records) == records_bytes(env)


@each_environment
@QUICK
@given(seed=SEEDS, data=st.data())
def test_a_tool_takes_arguments_exactly_where_the_classifier_finds_nothing_wrong(env: Environment, seed: int, data: st.DataObject) -> None:
    taker = {name: msgspec.structs.replace(tool, function=lambda state, **given: None) for name, tool in env.functions.items()}
    calls = [*awkward_calls(env, seed), *valid_calls(env, seed)]
    name = data.draw(st.sampled_from(list(env.functions)))
    properties = env.functions[name].tool.parameters["properties"]
    calls.append((name, data.draw(st.fixed_dictionaries({}, optional={key: _near(prop) for key, prop in properties.items()}))))
    for name, arguments in calls:
        found = violations(shape_of(env.functions[name].tool.parameters), arguments)
        try:
            taker[name].call(env.fresh(), arguments)
            taken = True
        except ToolError as error:
            taken = error.message.startswith("Number out of range")  # beyond what a float holds; the schema knows no such bound
        assert (taken, arguments) == (not found, arguments)


def _near(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values of about the type that a schema asks for."""
    if "anyOf" in schema:
        return st.one_of([_near(branch) for branch in schema["anyOf"]]) | WILD
    if "enum" in schema:
        return st.sampled_from(schema["enum"]) | st.sampled_from(schema["enum"]).map(str.upper if schema.get("type") == "string" else float)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"]) | st.text(max_size=12)
    integers = st.integers(min_value=schema.get("minimum", -3) - 1, max_value=max(schema.get("maximum", 50) + 1, schema.get("minimum", -3)))
    near = {"integer": integers, "number": st.floats() | integers, "string": st.text(), "boolean": st.booleans()}
    if schema.get("type") == "array":
        return st.lists(_near(schema.get("items", {})), max_size=schema.get("maxItems", 3) + 1)
    if schema.get("type") == "object":
        return st.fixed_dictionaries({}, optional={name: _near(prop) for name, prop in schema.get("properties", {}).items()})
    return near.get(str(schema.get("type")), WILD)


@each_environment
@QUICK
@given(seed=SEEDS, other=SEEDS)
def test_a_trajectory_hears_the_same_whoever_else_is_at_work(env: Environment, seed: int, other: int) -> None:
    calls, others = valid_calls(env, seed), valid_calls(env, other)
    alone, beside, neighbour = env.fresh(), env.fresh(), env.fresh()
    heard = replies(env, alone, calls)
    again = []
    for call, theirs in zip(calls, others, strict=True):
        env.reply(neighbour, *theirs)
        again.append(env.reply(beside, *call))
    assert again == heard
    assert bytes_of(beside.changes()) == bytes_of(alone.changes())
    assert env.fresh().changes() == {}


@each_environment
@QUICK
@given(seed=SEEDS, other=SEEDS)
def test_a_fork_and_what_it_was_taken_from_go_their_own_ways(env: Environment, seed: int, other: int) -> None:
    first, second, others = valid_calls(env, seed), valid_calls(env, seed + 1), valid_calls(env, other)
    whole, origin = env.fresh(), env.fresh()
    expected = replies(env, whole, first + second)[CALLS:]
    replies(env, origin, first)
    fork, before = origin.fork(), bytes_of(origin.changes())
    assert bytes_of(fork.changes()) == before
    replies(env, fork, others)
    assert bytes_of(origin.changes()) == before
    assert replies(env, origin, second) == expected


def written(env: Environment, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Calls of writing tools that succeed in a fresh state."""
    drawer = Drawer(env, Random(seed))
    for tool in env.tools:
        for _ in range(3 if tool.effect == "write" else 0):
            name, arguments = drawer.call_of(tool)
            if not env.reply(env.fresh(), name, arguments).is_error:
                yield name, arguments


def touched(env: Environment, *calls: tuple[str, dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    state = env.fresh()
    good = not any(reply.is_error for reply in replies(env, state, list(calls)))
    return state.changes(), good


@each_environment
@QUICK
@given(seed=SEEDS)
def test_changes_of_different_rows_come_to_the_same_in_either_order(env: Environment, seed: int) -> None:
    calls = list(written(env, seed))
    rng = Random(seed)
    for _ in range(min(10, len(calls))):
        one, two = rng.choice(calls), rng.choice(calls)
        rows = [{(table, id) for table, changed in touched(env, call)[0].items() for id in changed} for call in (one, two)]
        (forth, went), (back, came) = touched(env, one, two), touched(env, two, one)
        if went and came and rows[0].isdisjoint(rows[1]):
            assert (one, two, bytes_of(forth)) == (one, two, bytes_of(back))


@each_environment
@QUICK
@given(seed=SEEDS)
def test_a_tool_that_reads_changes_nothing_and_one_that_fails_changes_nothing_either(env: Environment, seed: int) -> None:
    state, drawer = env.fresh(), Drawer(env, Random(seed))
    before: bytes = bytes_of(state.changes())
    for _ in range(3 * CALLS):
        name, arguments = drawer.call()
        reply = env.reply(state, name, arguments)
        after = bytes_of(state.changes())
        if reply.is_error or env.functions[name].tool.effect == "read":
            assert (name, arguments, after) == (name, arguments, before)
        before = after


@each_environment
def test_every_function_gives_a_result_for_some_call_drawn_from_the_records(env: Environment) -> None:
    drawer = Drawer(env, Random(0))
    reached: Counter[str] = Counter()
    for _ in range(40):
        state = env.fresh()
        for tool in [*env.tools, *reversed(env.tools)]:
            reached[tool.name] += not env.reply(state, *drawer.call_of(tool)).is_error
    assert [tool.name for tool in env.tools if not reached[tool.name]] == []


def homes(tables: Mapping[str, Mapping[str, Mapping[str, Any] | None]]) -> dict[str, set[str]]:
    """Which ids there are, by the key that rows of their table hold them under."""
    found: dict[str, set[str]] = {}
    for table in tables.values():
        for id, row in table.items():
            for key in [key for key, value in (row or {}).items() if key.endswith("_id") and value == id]:
                found.setdefault(key, set()).add(id)
    return found


def ids_in(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str) and key.endswith("_id"):
                yield key, inner
            elif isinstance(inner, list) and key.endswith("_ids"):
                yield from ((key[:-1], item) for item in inner if isinstance(item, str))
            else:
                yield from ids_in(inner)
    elif isinstance(value, list):
        for item in value:
            yield from ids_in(item)


@each_environment
def test_ids_in_records_and_results_lead_to_rows_that_there_are(env: Environment) -> None:
    state, drawer = env.fresh(), Drawer(env, Random(1))
    there = homes(env.records)
    assert there, "no table holds its rows' ids under a key that ends in _id"
    loose = {(key, id) for key, id in ids_in(msgspec.to_builtins(env.records)) if key in there and id not in there[key]}
    for _ in range(400):
        name, arguments = drawer.call()
        reply = env.reply(state, name, arguments)
        told = {} if reply.is_error else {(key, id) for key, id in ids_in(msgspec.json.decode(reply.content)) if key in there}
        if env.functions[name].tool.effect == "write":
            for key, ids in homes(state.changes()).items():
                there.setdefault(key, set()).update(ids)
        loose |= {(key, id) for key, id in told if id not in there[key]}
    assert sorted(loose) == []


@each_environment
def test_an_environment_has_its_size_and_its_tools_are_told_in_full(env: Environment) -> None:
    assert 8 <= len(env.tools) <= 16
    assert sum(len(table) for table in env.records.values()) >= 100
    assert env.today == "2027-03-01"
    wanting = [f"{tool.name}: no description" for tool in env.tools if not tool.description]
    for tool in env.tools:
        wanting += [f"{tool.name}: {path}" for path in undescribed(tool.parameters)]
        wanting += [f"{tool.name}: {len(tool.parameters['properties'])} arguments"] * (len(tool.parameters["properties"]) > 15)
        assert normalise(tool.parameters) == tool.parameters
    assert wanting == []


def undescribed(schema: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for name, prop in schema.get("properties", {}).items():
        if not prop.get("description"):
            yield f"{path}{name} has no description"
        for inner in (prop, prop.get("items", {}), *prop.get("anyOf", ())):
            yield from undescribed(inner, f"{path}{name}.")


def test_no_two_tools_have_one_name_and_none_is_called_finish() -> None:
    names = Counter(name for env in ENVIRONMENTS for name in env.functions)
    assert [name for name, count in names.items() if count > 1 or name == "finish"] == []
    assert all(environment_of_tool(name) is env for env in ENVIRONMENTS for name in env.functions)
    assert len({env.name for env in ENVIRONMENTS}) == len(ENVIRONMENTS)


def test_an_environment_that_there_is_not_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(KeyError, match="no environment 'zoo'; there are patent"):
        environment("zoo")
    assert environment_of_tool("zoo") is None


def test_ten_thousand_trajectories_leave_no_state_behind() -> None:
    calls = {env.name: valid_calls(env, 7, 3) for env in ENVIRONMENTS}

    def alive() -> int:
        gc.collect()
        return sum(type(each) in (State, Table) for each in gc.get_objects())

    before = alive()
    for number in range(10_000):
        env = ENVIRONMENTS[number % len(ENVIRONMENTS)]
        state = env.fresh()
        for name, arguments in calls[env.name][number % 3 : number % 3 + 1]:
            env.reply(state.fork(), name, arguments)
    del state
    assert alive() == before
