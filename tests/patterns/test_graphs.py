"""Graphs over small folders, their figures counted by hand; hostile names; and that chance alone is not called a connection."""

from __future__ import annotations

import json
import random
from xml.etree import ElementTree

import networkx as nx
import pytest

from spectool.model import Call, Expected, ExpectedCall, Gold, Message, Outcome, Result, Step, Tool
from spectool.patterns.graphs import find_graphs, networkx_of, of_pattern, telling
from spectool.patterns.graphs_files import write_graphs
from spectool.patterns.graphs_lift import lift_of
from spectool.patterns.graphs_parts import FIRST, LAST, MAX_EDGES, MAX_NAME
from spectool.results.tables import connect
from tests.results.conftest import finding, trajectory, verdict, write


def graphs(tmp_path, rows):
    """The graphs of a folder of (fields of a trajectory, outcomes), by kind."""
    made = []
    for number, (fields, outcomes) in enumerate(rows):
        attempt = trajectory(number, **fields)
        made.append((attempt, verdict(attempt, *outcomes)))
    write(tmp_path / "res", made)
    with connect(tmp_path / "res") as cursor:
        found = find_graphs(cursor)
    by_kind = {}
    for each in found:
        by_kind.setdefault(each.kind, []).append(each)
    return by_kind


def outcome(error, *steps, assessed=1, **fields):
    """A finding at each of ``steps``; ``None`` is an absence."""
    findings = tuple(finding(error, "other", step=step, call=None if step is None else 0, **fields) for step in steps)
    return Outcome(error=error, assessed=assessed, findings=findings)


def together(graph):
    return {(each.source, each.target): (each.lift.count, each.n, each.lift.expected) for each in graph.edges}


def in_category(name, number, **fields):
    return {"task": f"q-{number}", "meta": {"category": name}, **fields}


def test_patterns_together_are_those_of_trajectories_where_both_could_show(tmp_path):
    rows = [
        (in_category("a", 0), [outcome("IAV", 1), outcome("RAC", 3)]),
        (in_category("a", 1), [outcome("IAV", 3, 5), outcome("RAC", 3)]),
        (in_category("a", 2), [outcome("IAV", 1), outcome("RAC")]),
        (in_category("a", 3), [outcome("IAV"), outcome("RAC")]),
        (in_category("a", 4), [outcome("IAV", 1), Outcome(error="RAC", skipped="one call only")]),
        (in_category("a", 5), [outcome("IAV", 1), outcome("RAC", assessed=0)]),
        (in_category("a", 6), [outcome("IAV", 1, tier="candidate"), outcome("RAC", 1)]),
    ]
    (graph,) = graphs(tmp_path, rows)["co_occurrence"]
    assert together(graph) == {("IAV", "RAC"): (2, 5, pytest.approx(3 * 3 / 5))}
    (edge,) = graph.edges
    assert (edge.source_first, edge.target_first, edge.lift.tasks, edge.lift.q) == (1, 0, 2, None)
    assert {node.id: node.count for node in graph.nodes} == {"IAV": 5, "RAC": 3}


def test_a_category_that_is_hard_in_every_way_lifts_nothing(tmp_path):
    rows = []
    for number in range(200):
        hard, one, other = number < 100, number % 2 < 1, number % 4 < 2
        slips = [outcome("IAV", *([1] if hard and one else [])), outcome("RAC", *([1] if hard and other else []))]
        rows.append((in_category("hard" if hard else "easy", number), slips))
    (graph,) = graphs(tmp_path, rows)["co_occurrence"]
    assert together(graph) == {("IAV", "RAC"): (25, 200, 25)}
    assert telling(graph, 9) == ()


def test_samples_of_one_task_say_no_more_than_one(tmp_path):
    widths = []
    for samples in (1, 4):
        rows = [
            (
                in_category("a", number, sample=sample),
                [outcome("IAV", *[1] * (number < 30)), outcome("RAC", *[1] * (number % 3 == 0 or number < 20))],
            )
            for number in range(60)
            for sample in range(samples)
        ]
        (graph,) = graphs(tmp_path / str(samples), rows)["co_occurrence"]
        (edge,) = graph.edges
        assert edge.lift.count == 23 * samples
        widths.append((edge.lift.low, edge.lift.high, edge.lift.q))
    assert widths[1] == pytest.approx(widths[0])
    assert widths[0][2] < 0.05


def test_few_tasks_have_a_lift_without_an_interval():
    assert lift_of(9, 3.0, 9, 0.01, 1.0) == lift_of(9, 3.0, 9, 5.0, 9.0)
    assert (lift_of(9, 3.0, 9, 0.01, 1.0).lift, lift_of(9, 3.0, 9, 0.01, 1.0).low) == (3, None)
    assert lift_of(3, 0.0, 30, 0.01, 1.0).lift is None
    ten = lift_of(30, 10.0, 10, 0.04, 25.0)
    assert ten.p == pytest.approx(6.33e-5, rel=0.01)
    assert lift_of(30, 10.0, 10, 0.0, 36.0) == lift_of(30, 10.0, 10, 0.04, 36.0)
    assert (ten.low, ten.high) == (pytest.approx(3 * 2.718281828**-0.391993), pytest.approx(3 * 2.718281828**0.391993))


def test_chance_alone_connects_no_patterns(tmp_path):
    """Patterns that vary from task to task and are alike in its samples, each drawn by itself."""
    draw, codes, rows = random.Random(7), ("IFE", "IFN", "IAN", "IAT", "IAV", "IAC", "RAC"), []
    for model in range(20):
        for task in range(100):
            chances = {code: draw.choice((0.1, 0.8)) for code in codes}
            for sample in range(3):
                slips = [outcome(code, *[1] * (draw.random() < chance)) for code, chance in chances.items()]
                rows.append((in_category("a", task, model=f"m{model}", sample=sample, key=f"{model}-{task}-{sample}"), slips))
    found = graphs(tmp_path, rows)["co_occurrence"]
    chances = [edge.lift.p for graph in found for edge in graph.edges]
    assert len(chances) == 20 * 21
    assert 0.02 < sum(p < 0.05 for p in chances) / len(chances) < 0.085
    assert not any(edge.lift.more for graph in found for edge in graph.edges)


def test_transitions_are_beside_a_random_order_of_the_same_turns(tmp_path):
    rows = [
        ({}, [outcome("IAV", 1, 5), outcome("RAC", 3)]),
        ({}, [outcome("IAV", 1), outcome("RAC", 1, 7), outcome("IAC", None)]),
        ({}, [outcome("IAV", 1)]),
    ]
    (graph,) = graphs(tmp_path, rows)["transitions"]

    assert {(each.source, each.target): (each.lift.count, each.n, each.lift.expected) for each in graph.edges} == {
        ("IAV", "RAC"): (2, 3, pytest.approx(2 / 3 + 1 / 2)),
        ("RAC", "IAV"): (1, 3, pytest.approx(2 / 3 + 1 / 2)),
        ("RAC", "RAC"): (1, 3, pytest.approx(1)),
        (FIRST, "IAV"): (2, 2, pytest.approx(2 / 3 + 1 / 2)),
        (FIRST, "RAC"): (1, 2, pytest.approx(1 / 3 + 1)),
        ("IAV", LAST): (1, 3, pytest.approx(2 / 3 + 1 / 2)),
        ("RAC", LAST): (1, 3, pytest.approx(1 / 3 + 1)),
    }

    assert {node.id: node.count for node in graph.nodes} == {"IAV": 3, "RAC": 3, FIRST: 2, LAST: 2}


def test_what_follows_beyond_chance_is_told_and_what_ends_a_run_is_not(tmp_path):
    rows = [({"task": f"q-{number}"}, [outcome("tool_error", 1), outcome("RAC", 3), outcome("IAV", 5)]) for number in range(12)]
    rows += [
        ({"task": f"r-{number}"}, [outcome("tool_error", 3 if number % 2 else 5), outcome("IAV", 5 if number % 2 else 3)])
        for number in range(8)
    ]
    (graph,) = graphs(tmp_path, rows)["transitions"]
    told = [(each.source, each.target, each.lift.count, each.lift.expected) for each in telling(graph, 9)]
    assert told == [(FIRST, "tool_error", 16, 8), ("RAC", "IAV", 12, 4), ("tool_error", "RAC", 12, 4)]
    assert ("IAV", LAST) in {(each.source, each.target) for each in graph.edges}


def calls(*names):
    return Gold(paths=(tuple(ExpectedCall(name=name) for name in names),))


def swap(did, should, **fields):
    return Outcome(
        error="wrong_tool",
        assessed=1,
        findings=(finding("wrong_tool", "offered", tool=did, got=did, expected=should, repair=should, **fields),),
    )


def test_tools_confused_are_counted_of_those_that_were_asked_for(tmp_path):
    spelt = Outcome(
        error="IFN", assessed=1, findings=(finding("IFN", "near_miss", got="find_rooms", expected="find_room", repair="find_room"),)
    )
    rows = [
        ({"task": "a", "gold": calls("find_room")}, [swap("book", "find_room")]),
        ({"task": "a", "gold": calls("find_room"), "model": "large", "key": "large-a"}, [swap("book", "find_room")]),
        ({"task": "b", "gold": calls("find_room", "find_room")}, [swap("book", "find_room", tier="candidate")]),
        ({"task": "c", "gold": calls("book")}, [spelt]),
        ({"task": "d", "gold": None}, [spelt]),
        (
            {"task": "e", "gold": calls("book")},
            [Outcome(error="IFN", assessed=1, findings=(finding("IFN", "invented", got="fly", expected="book"),))],
        ),
    ]
    (graph,) = graphs(tmp_path, rows)["tool_confusion"]
    told = [(each.source, each.target, each.findings, each.tasks, each.rate.count, each.rate.n, dict(each.models)) for each in graph.edges]
    assert told == [
        ("book", "find_room", 2, 1, 2, 3, {"large": 1, "small": 1}),
        ("find_rooms", "find_room", 2, 2, 2, 5, {"small": 2}),
    ]
    assert graph.edges[0].examples == ("small-0", "large-a")
    assert [each.source for each in telling(graph, 9)] == ["find_rooms"]


def test_the_rarest_of_too_many_edges_are_left_out_and_counted(tmp_path):
    slips = [swap(f"tool-{number:03d}", "find_room") for number in range(MAX_EDGES + 3)]
    rows = [({"task": f"q-{number}", "gold": calls("find_room")}, [slip]) for number, slip in enumerate([*slips, slips[-1]])]
    (graph,) = graphs(tmp_path, rows)["tool_confusion"]
    assert (len(graph.edges), graph.left_out) == (MAX_EDGES, 3)
    assert (graph.edges[0].source, graph.edges[0].trajectories, graph.edges[-1].source) == ("tool-502", 2, "tool-498")


def misnamed(path, subtype="unknown", **fields):
    return Outcome(error="IAN", assessed=1, findings=(finding("IAN", subtype, path=f"$.turns[1].calls[0].arguments.{path}", **fields),))


def test_arguments_confused_are_told_with_what_is_known_of_the_one_meant(tmp_path):
    rows = [
        ({"task": "a"}, [misnamed("town", "near_miss", repair="city")]),
        ({"task": "b"}, [misnamed("days[2].dat", "near_miss", repair="date")]),
        ({"task": "c"}, [misnamed("days[0].dat", "near_miss", repair="date")]),
        ({"task": "d"}, [misnamed("unit")]),
        ({"task": "e"}, [misnamed("song", "other_tool")]),
        ({"task": "f"}, [misnamed("unit", tool="invented")]),
    ]
    (graph,) = graphs(tmp_path, rows)["argument_confusion"]
    assert [(each.source, each.target, each.tool, each.rate.count, each.rate.n) for each in graph.edges] == [
        ("get_weather.days[*].dat", "get_weather.days[*].date", "get_weather", 2, 6),
        ("get_weather.song", "get_weather (another tool's argument)", "get_weather", 1, 6),
        ("get_weather.town", "get_weather.city", "get_weather", 1, 6),
        ("get_weather.unit", "get_weather (no such argument)", "get_weather", 1, 6),
        ("invented.unit", "invented (no such argument)", "invented", 1, 1),
    ]


def call(name, result=None, /, is_error=False, **arguments):
    answer = None if result is None else Result(content=result if isinstance(result, str) else json.dumps(result), is_error=is_error)
    return Call(name=name, arguments=arguments, raw="", result=answer)


def talk(*steps, asked="Cancel my booking of ab-900."):
    return (Message(role="user", content=asked), *(Step(text="", calls=tuple(each)) for each in steps))


TOOLS = ((Tool(name="find", parameters={}), Tool(name="cancel", parameters={"properties": {"why": {"enum": ["illness"]}}})),)
KNOWN = call("find", {"rows": [{"id": "bk-77", "why": "illness", "old": "ab-900", "day": "2026-01-05"}], "id-1234": 1}, name="ab-900")


@pytest.mark.parametrize(
    ("turns", "arguments"),
    [
        pytest.param(talk([KNOWN], [call("cancel", id="BK-77 ")]), {"id": 1}, id="a value of a result, in any case"),
        pytest.param(talk([KNOWN], [call("cancel", ids=["bk-77", "x"])]), {"ids[*]": 1}, id="in a list"),
        pytest.param(talk([KNOWN], [call("cancel", id="id-1234")]), {"id": 1}, id="the name of a field that is an id"),
        pytest.param(talk([call("find", "Status 200: row bk-77.")], [call("cancel", id="bk-77")]), {"id": 1}, id="in plain text"),
        pytest.param(talk([call("find", "Status 200: row bk-777.")], [call("cancel", id="bk-77")]), {}, id="no part of a word"),
        pytest.param(talk([KNOWN], [call("cancel", id="ab-900")]), {}, id="what the user had said"),
        pytest.param(talk([KNOWN], [call("cancel", why="illness")]), {}, id="what the schema says"),
        pytest.param(talk([KNOWN], [call("cancel", day="2026-01-05")]), {}, id="a date, which can be said in many ways"),
        pytest.param(talk([KNOWN, call("cancel", id="bk-77")]), {}, id="in the same step, before the result"),
        pytest.param(talk([call("find", "bk-77", is_error=True)], [call("cancel", id="bk-77")]), {}, id="an error"),
        pytest.param(talk([call("find", {"n": 12})], [call("cancel", n=12)]), {}, id="a small number"),
        pytest.param(talk([call("find", {"n": 1200})], [call("cancel", n=1200)]), {"n": 1}, id="a number that tells"),
        pytest.param(talk([call("find", {"id": "bk-77"}, id="bk-77")], [call("cancel", id="bk-77")]), {}, id="an echo of the model's own"),
    ],
)
def test_a_tool_lives_on_another_by_values(tmp_path, turns, arguments):
    found = graphs(tmp_path, [({"turns": turns, "tool_sets": TOOLS, "gold": None, "meta": {"environment": "inn"}}, [])])
    edges = found["tool_dependence"][0].edges if found else ()
    assert [(each.source, each.target, dict(each.arguments)) for each in edges] == ([("find", "cancel", arguments)] if arguments else [])


def test_what_the_gold_needs_and_attempts_do_without_is_counted(tmp_path):
    gold = Gold(paths=((ExpectedCall(name="cancel", arguments={"id": Expected(values=("bk-77",))}),),))
    attempts = (
        talk([KNOWN], [call("cancel", id="bk-77")]),
        talk([KNOWN], [call("cancel", id="bk-11")]),
        talk([KNOWN], []),
        talk([]),
    )
    rows = [
        ({"task": "q", "sample": sample, "turns": turns, "tool_sets": TOOLS, "gold": gold, "meta": {"environment": "inn"}}, [])
        for sample, turns in enumerate(attempts)
    ]
    (graph,) = graphs(tmp_path, rows)["tool_dependence"]
    (edge,) = graph.edges
    assert (edge.calls.count, edge.calls.n, edge.without.count, edge.without.n, edge.elsewhere) == (1, 2, 3, 4, 1)
    assert (edge.tasks, edge.examples) == (1, ("small-1", "small-2", "small-3"))
    assert (graph.of, graph.read, graph.n) == ("inn", 4, 4)


def test_each_environment_has_its_graph_and_one_step_shows_nothing(tmp_path):
    rows = [
        ({"turns": talk([KNOWN], [call("cancel", id="bk-77")]), "meta": {"environment": "inn"}}, []),
        ({"turns": talk([KNOWN], [call("cancel", id="bk-77")]), "meta": {}}, []),
        ({"turns": talk([KNOWN, call("cancel", id="bk-77")]), "meta": {"environment": "shop"}}, []),
    ]
    assert [each.of for each in graphs(tmp_path, rows)["tool_dependence"]] == ["", "inn"]


HOSTILE = "</node>\x00\x1b[31m\"'&\ud800"


@pytest.fixture
def hostile(tmp_path):
    """Two tools, one of a name that breaks out of everything, one of a megabyte."""
    rows = [
        ({"task": f"q-{number}", "gold": calls(HOSTILE), "model": "../../etc"}, [swap(did, HOSTILE)])
        for number, did in enumerate((HOSTILE + "2", "x" * 1_000_000, "x" * 1_000_001))
    ]
    return graphs(tmp_path, rows)["tool_confusion"]


def test_hostile_names_are_data_in_every_file(hostile, tmp_path):
    listed = write_graphs(tmp_path / "out", hostile)
    assert [each.name for each in listed] == ["tool_confusion-1"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["index.json", "tool_confusion-1.graphml", "tool_confusion-1.json"]
    xml = (tmp_path / "out" / "tool_confusion-1.graphml").read_bytes()
    ElementTree.fromstring(xml)
    read = nx.parse_graphml(xml.decode())
    assert sorted(data["label"] for _, data in read.nodes(data=True)) == [
        "</node>\\u0000\\u001b[31m\"'&\N{REPLACEMENT CHARACTER}",
        "</node>\\u0000\\u001b[31m\"'&\N{REPLACEMENT CHARACTER}2",
        "x" * MAX_NAME,
    ]
    document = json.loads((tmp_path / "out" / "tool_confusion-1.json").read_text())
    again = nx.node_link_graph(document, edges="edges")
    assert set(again) == {node.id for node in hostile[0].nodes}
    assert (again.is_directed(), again.is_multigraph()) == (True, False)


def test_huge_names_are_cut_and_then_one(hostile):
    assert {each.source: each.findings for each in hostile[0].edges}["x" * MAX_NAME] == 2


def test_a_networkx_graph_has_every_figure(hostile):
    made = networkx_of(hostile[0])
    data = made.edges["x" * MAX_NAME, hostile[0].edges[0].target]
    assert (data["rate_count"], data["rate_n"], data["tasks"], json.loads(data["models"])) == (2, 3, 2, {"../../etc": 2})


def test_the_same_folder_gives_the_same_bytes(hostile, tmp_path):
    for name in ("one", "two"):
        write_graphs(tmp_path / name, hostile)
    assert [path.read_bytes() for path in sorted((tmp_path / "one").iterdir())] == [
        path.read_bytes() for path in sorted((tmp_path / "two").iterdir())
    ]


def test_a_pattern_keeps_what_is_of_it(tmp_path):
    rows = [
        ({"task": f"q-{number}"}, [outcome("IAV", 1), outcome("RAC", 3), outcome("IAC", 5), swap("book", "find")]) for number in range(3)
    ]
    found = [graph for every in graphs(tmp_path, rows).values() for graph in every]
    assert of_pattern(found, None) == tuple(found)
    (pairs, turns) = of_pattern(found, "IAV")
    assert {each.source for each in pairs.edges} | {each.target for each in pairs.edges} == {"IAV", "RAC", "IAC", "wrong_tool"}
    assert all("IAV" in (each.source, each.target) for each in (*pairs.edges, *turns.edges))
    assert [each.kind for each in of_pattern(found, "wrong_tool")] == ["co_occurrence", "transitions", "tool_confusion"]
    assert of_pattern(found, "refusal") == ()


def test_a_folder_without_a_finding_has_no_graph(tmp_path):
    assert graphs(tmp_path, [({}, [outcome("IAV")])]) == {}
