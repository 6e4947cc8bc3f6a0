"""Rates by every dimension, counted by hand over a folder of five trajectories."""

from __future__ import annotations

import pytest

from spectool.model import Call, ExpectedCall, Gold, Message, Outcome, Step, Tool
from spectool.patterns.rates import frame, rates
from spectool.patterns.rates_dimensions import DIMENSIONS, JUDGED, NAMES, dimension
from spectool.patterns.rates_interval import rate_of_many
from spectool.results.interval import Cluster, rate_of
from spectool.results.tables import connect
from tests.results.conftest import finding, trajectory, verdict, write

WEATHER, RADAR = Tool(name="get_weather", parameters={"type": "object"}), Tool(name="get_radar", parameters={"type": "object"})
ASKED = Message(role="user", content="Rain?")


def step(*names: str) -> Step:
    return Step(text="", calls=tuple(Call(name=name, arguments={}, raw="{}") for name in names))


def gold(calls: int) -> Gold:
    return Gold(paths=((ExpectedCall(name="get_weather"),) * calls,))


def outcome(error: str, assessed: int, *findings) -> Outcome:
    return Outcome(error=error, assessed=assessed, findings=findings)


def slip(subtype: str, path: str, at: int = 1, tool: str = "get_weather", **fields):
    return finding("IAV", subtype, step=at, tool=tool, path=f"$.turns[{at}].calls[0].arguments{path}", **fields)


@pytest.fixture(scope="module")
def cursor(tmp_path_factory):
    """Two samples of one task, and three tasks of one: slips in values, an invented tool, an absence, a candidate, one not judged."""
    both, one = ((WEATHER, RADAR),), ((WEATHER,),)
    absent = finding("IAC", "missing_call", step=None, call=None, path="$")
    invented = finding("IFN", "invented", tool="weather_now")
    long = (ASKED, step("get_weather"), Message(role="tool", content="no"), step("get_radar"))
    rows = [
        (
            {"task": "a", "sample": 0, "run": "first", "time": "2026-01-01T10:00:00", "tool_sets": one, "gold": gold(2)},
            [outcome("IAV", 4, slip("other", ".city"), slip("omitted", ".days[0].date")), outcome("IAC", 2, absent), outcome("IFN", 1)],
        ),
        (
            {"task": "a", "sample": 1, "run": "second", "time": "2026-01-04T08:00:00+00:00", "tool_sets": both, "turns": long},
            [outcome("IAV", 3, slip("other", ".days[2].date", at=3, tool="get_radar")), outcome("IAC", 1), outcome("IFN", 2)],
        ),
        (
            {"task": "b", "run": "first", "tool_sets": (), "turns": (ASKED, step("get_radar", "weather_now")), "meta": {}, "gold": None},
            [outcome("IAV", 1), Outcome(error="IAC", skipped="no gold"), outcome("IFN", 2, invented)],
        ),
        (
            {"task": "c", "run": "first", "tool_sets": one, "time": "1767513600"},
            [Outcome(error="IAV", skipped="no schema"), outcome("IAC", 1), outcome("IFN", 1)],
        ),
        (
            {"task": "d", "run": "second", "tool_sets": one, "turns": (ASKED, step()), "time": "yesterday"},
            [outcome("IAV", 1, slip("ungrounded", ".city", tier="candidate")), outcome("IAC", 1), outcome("IFN", 1)],
        ),
    ]
    made = []
    for number, (fields, outcomes) in enumerate(rows):
        attempt = trajectory(number, **fields)
        made.append((attempt, verdict(attempt, *outcomes)))
    folder = tmp_path_factory.mktemp("rates") / "demo"
    write(folder, made)
    with connect(folder) as connection:
        yield connection


def told(found):
    """Rows as (value, findings, with a finding, n, findings of places, places, unchecked)."""
    return [
        (row.value, row.findings, row.trajectories, row.per_trajectory.n)
        + ((row.per_opportunity.count, row.per_opportunity.n) if row.per_opportunity else (None, None))
        + (row.unchecked,)
        for row in found.rows
    ]


@pytest.mark.parametrize(
    ("by", "pattern", "expected"),
    [
        pytest.param("model", "IAV", [("small", 3, 2, 4, 3, 9, 1)], id="a model, with the trajectory that could not be judged"),
        pytest.param("pattern", "IAC", [("IAC", 1, 1, 4, 1, 5, 1)], id="a pattern"),
        pytest.param(
            "category",
            "IAV",
            [("even", 2, 1, 2, 2, 5, 0), ("odd", 1, 1, 1, 1, 3, 1), ("(none)", 0, 0, 1, 0, 1, 0)],
            id="a category, and tasks without one",
        ),
        pytest.param("run", "IAV", [("first", 2, 1, 2, 2, 5, 1), ("second", 1, 1, 2, 1, 4, 0)], id="runs in the order of the input"),
        pytest.param(
            "time",
            "IAV",
            [("2026-01-01", 2, 1, 1, 2, 4, 0), ("2026-01-04", 1, 1, 1, 1, 3, 1), ("(no readable time)", 0, 0, 2, 0, 2, 0)],
            id="days in their order, seconds since 1970 among them",
        ),
        pytest.param(
            "n_tools",
            "IAV",
            [("1", 2, 1, 2, 2, 5, 1), ("2–3", 1, 1, 1, 1, 3, 0), ("(tools not known)", 0, 0, 1, 0, 1, 0)],
            id="bins of tools; unknown tools are not none",
        ),
        pytest.param(
            "n_gold",
            "IAV",
            [("1", 1, 1, 2, 1, 4, 1), ("2", 2, 1, 1, 2, 4, 0), ("(no gold)", 0, 0, 1, 0, 1, 0)],
            id="bins of gold calls",
        ),
        pytest.param(
            "subtype",
            "IAV",
            [("IAV.other", 2, 2, 4, 2, 9, 1), ("IAV.omitted", 1, 1, 4, 1, 9, 1)],
            id="a subtype of all that the pattern was judged in; no candidate",
        ),
        pytest.param(
            "tool",
            "IAV",
            [("get_radar", 1, 1, 2, None, None, 0), ("get_weather", 2, 1, 3, None, None, 1)],
            id="a tool where it was offered, or called where no tools are known",
        ),
        pytest.param("tool", "IFN", [("weather_now", 1, 1, 1, None, None, 0)], id="an invented tool where it was called"),
        pytest.param(
            "argument",
            "IAV",
            [
                ("get_radar.days[].date", 1, 1, 2, None, None, 0),
                ("get_weather.city", 1, 1, 3, None, None, 1),
                ("get_weather.days[].date", 1, 1, 3, None, None, 1),
            ],
            id="an argument, items of a list together",
        ),
        pytest.param("argument", "IAC", [("(no argument)", 1, 1, 4, None, None, 1)], id="what is at no argument could be anywhere"),
        pytest.param(
            "step",
            "IAV",
            [("1", 2, 1, 4, None, None, 1), ("2", 1, 1, 1, None, None, 0)],
            id="model turns, messages between not counted, of those that came so far",
        ),
        pytest.param("step", "IAC", [("nothing written (an absence)", 1, 1, 4, None, None, 1)], id="an absence has no turn"),
    ],
)
def test_rates_are_counted_by(cursor, by, pattern, expected):
    assert told(rates(cursor, by, pattern)) == expected


def test_every_dimension_counts_each_finding_once(cursor):
    for name in NAMES:
        assert sum(row.findings for row in rates(cursor, name).rows) == 5, name


def test_patterns_stand_in_the_order_of_the_taxonomy(cursor):
    assert [row.error for row in rates(cursor, "model").rows] == ["IFN", "IAV", "IAC"]


def test_the_largest_rows_are_kept_and_the_others_counted(cursor):
    for by in ("category", "argument"):
        every, kept = rates(cursor, by), rates(cursor, by, limit=2)
        assert (len(kept.rows), kept.left_out) == (2, len(every.rows) - 2)
        assert set(told(kept)) <= set(told(every))


def test_prompt_length_is_of_messages_before_the_first_turn_and_of_tools(tmp_path):
    rows = []
    for number, (said, tools) in enumerate(
        (("x" * 100, ()), ("x" * 600, ()), ("x" * 600, (Tool(name="t", parameters={}, description="d" * 900),)))
    ):
        one = trajectory(number, turns=(Message(role="user", content=said), Step(text="y" * 5000)), tool_sets=(tools,) if tools else ())
        rows.append((one, verdict(one, Outcome(error="IAV", assessed=1))))
    write(tmp_path / "demo", rows)
    with connect(tmp_path / "demo") as connection:
        found = rates(connection, "prompt_length", "IAV")
    assert [(row.value, row.per_trajectory.n) for row in found.rows] == [("0–499", 1), ("500–999", 1), ("1,000–1,999", 1)]


def test_samples_of_one_task_are_one_cluster(tmp_path):
    rows = []
    for number in range(96):
        one = trajectory(number, task=f"q-{number // 4}", sample=number % 4)
        slips = [finding("IAV", "other")] if number < 48 else []
        rows.append((one, verdict(one, outcome("IAV", 2, *slips))))
    write(tmp_path / "demo", rows)
    with connect(tmp_path / "demo") as connection:
        widths = {}
        for by in ("model", "subtype", "tool"):
            (row,) = rates(connection, by).rows
            assert (row.per_trajectory.rate, row.per_trajectory.method) == (0.5, "bootstrap by task")
            widths[by] = row.per_trajectory.high - row.per_trajectory.low
    # As wide as 24 trials, twice as wide as 96: the same by each way of counting.
    assert widths == dict.fromkeys(widths, pytest.approx(0.39, abs=0.04))


def test_many_unlike_tasks_have_the_interval_of_the_summary():
    clusters = [Cluster(count=count, n=n, tasks=1 + (count + n) % 3) for n in range(8, 30) for count in range(5)]
    ours, theirs = rate_of_many(clusters), rate_of(clusters)
    assert (ours.count, ours.n, ours.rate, ours.method) == (theirs.count, theirs.n, theirs.rate, theirs.method)
    width = theirs.high - theirs.low
    assert (ours.low, ours.high) == (pytest.approx(theirs.low, abs=width / 10), pytest.approx(theirs.high, abs=width / 10))
    assert ours.low != theirs.low


def test_few_tasks_that_failed_have_wilsons_interval_over_tasks():
    clusters = [Cluster(count=int(n == 9), n=n) for n in range(1, 100)]
    assert rate_of_many(clusters) == rate_of(clusters)
    assert rate_of_many(clusters).method == "wilson over tasks"


def test_models_are_counted_apart(tmp_path):
    rows = []
    for model, slips in (("large", 0), ("small", 1)):
        one = trajectory(0, model)
        rows.append((one, verdict(one, outcome("IAV", 2, *[slip("other", ".city")] * slips))))
    write(tmp_path / "demo", rows)
    with connect(tmp_path / "demo") as connection:
        for by in ("model", "tool", "argument", "step", "subtype"):
            found = rates(connection, by, "IAV").rows
            assert [row.model for row in found if row.findings] == ["small"], by
            assert {row.per_trajectory.n for row in found} == {1}, by


def test_attempts_of_one_task_at_several_tool_lists_are_one_cluster(tmp_path):
    both, one = ((WEATHER, RADAR),), ((WEATHER,),)
    rows = []
    for number in range(48):
        attempt = trajectory(number, task=f"q-{number // 2}", sample=number % 2, tool_sets=both if number % 2 else one)
        slips = [slip("other", ".city")] if number < 24 else []
        rows.append((attempt, verdict(attempt, outcome("IAV", 1, *slips))))
    write(tmp_path / "demo", rows)
    with connect(tmp_path / "demo") as connection:
        (by_tool,), (by_model,) = rates(connection, "tool").rows, rates(connection, "model").rows
    assert (by_tool.value, by_tool.per_trajectory) == ("get_weather", by_model.per_trajectory)
    assert by_tool.per_trajectory.method == "bootstrap by task"


def test_names_of_models_and_tools_are_no_sql(tmp_path):
    name = "it's; DROP VIEW findings --"
    one = trajectory(0, name, tool_sets=((Tool(name=name, parameters={}),),))
    write(tmp_path / "demo", [(one, verdict(one, outcome("IAV", 1, slip("other", '["a.b"]', tool=name))))])
    with connect(tmp_path / "demo") as connection:
        found = {by: [row.value for row in rates(connection, by).rows] for by in ("model", "tool", "argument")}
    assert found == {"model": [name], "tool": [name], "argument": [f'{name}["a.b"]']}


def test_a_frame_has_a_column_for_each_figure(cursor):
    table = frame(rates(cursor, "tool", "IAV"))
    assert table["tool"].tolist() == ["get_radar", "get_weather"]
    assert table["per_trajectory_n"].tolist() == [2, 3]
    assert table["per_opportunity_rate"].isna().all()


def test_an_unknown_name_is_told(cursor):
    with pytest.raises(ValueError, match="no dimension 'colour'; there are model, pattern"):
        rates(cursor, "colour")
    with pytest.raises(ValueError, match="no pattern 'XYZ'; there are IFE"):
        rates(cursor, "tool", "XYZ")


def test_bins_are_named_by_their_edges():
    assert dimension("n_gold").labels == ("0", "1", "2", "3–4", "5–8", "9+")
    assert dimension("prompt_length").labels[2:4] == ("1,000–1,999", "2,000–3,999")
    assert dimension("tool").labels == ()
    assert all(each.of == JUDGED for each in DIMENSIONS if each.kind == "trajectory")
