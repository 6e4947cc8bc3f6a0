"""Shapes of a folder made by hand: three models of fact, six slips, five shapes at most."""

from __future__ import annotations

import pytest

from spectool.classify.taxonomy import load
from spectool.model import Outcome
from spectool.patterns.shapes import Place, find_shapes, shape_id
from spectool.patterns.shapes_advice import ADVICE, advice
from spectool.patterns.shapes_rare import RARE, group_rare
from spectool.patterns.shapes_tables import GRAINS, prepare
from spectool.results.interval import Rate
from spectool.results.tables import connect
from tests.results.conftest import finding, trajectory, verdict, write


def place(tool: str, value: str, got: str, argument: str = "city", **fields):
    path = f"$.turns[1].calls[0].arguments.{argument}"
    return finding("IAV", "partial", tool=tool, path=path, message=f"expected '{value}', got '{got}'", **fields)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """City without its state four times (two tools, two arguments, one trajectory twice); an invented name; a candidate; a clean run."""
    found = [
        ("small", "a", (place("rain", "Boston, MA", "Boston"), place("rain", "Austin, TX", "Austin")), False),
        ("small", "a", (place("rain", "Reno, NV", "Reno"),), False),
        ("large", "a", (place("snow", "Bonn, DE", "Bonn", "town"),), True),
        (
            "large",
            "b",
            (finding("IFN", "invented", tool="wind", message="expected one of the offered functions (rain), got 'wind'"),),
            None,
        ),
        ("large", "c", (place("rain", "Ulm, DE", "Ulm", tier="candidate"),), True),
        ("large", "d", (), True),
    ]
    made = []
    for number, (model, task, findings, passed) in enumerate(found):
        one = trajectory(number, model, task=task, sample=number)
        made.append((one, verdict(one, Outcome(error="IAV", assessed=1, findings=findings), passed=passed)))
    out = tmp_path_factory.mktemp("shapes") / "demo"
    write(out, made)
    return out


@pytest.fixture
def cursor(folder):
    with connect(folder) as connection:
        yield connection.cursor()


CUT = "expected a text, got only what stands before its comma"


def test_a_slip_is_one_shape_wherever_it_happens(cursor) -> None:
    found = find_shapes(cursor, "slip")
    first = found.shapes[0]
    assert (found.trajectories, found.affected, found.findings, found.distinct) == (6, 4, 5, 2)
    assert (first.text, first.tool, first.argument) == (CUT, None, None)
    assert (first.findings, first.trajectories, first.tasks, first.decided, first.failed) == (4, 3, 1, 3, 2)
    assert first.rate == Rate(count=3, n=6, rate=0.5, low=first.rate.low, high=first.rate.high, method="wilson over tasks")
    assert 0 < first.rate.low < 0.5 < first.rate.high < 1
    assert (dict(first.models), first.tools, first.arguments) == ({"small": 2, "large": 1}, 2, 2)
    assert first.places == (Place(tool="rain", argument="city", trajectories=2), Place(tool="snow", argument="town", trajectories=1))
    assert (first.examples, first.message) == (("small-0", "small-1", "large-2"), "expected 'Boston, MA', got 'Boston'")
    assert first.todo.startswith("The model drops what stands after the comma")


@pytest.mark.parametrize(
    ("grain", "shapes"),
    [
        ("tool", [("rain", "city", 2), ("snow", "town", 1), ("wind", "", 1)]),
        ("argument", [(None, "city", 2), (None, "town", 1), (None, "", 1)]),
        ("slip", [(None, None, 3), (None, None, 1)]),
    ],
)
def test_a_finer_grain_tells_tools_and_arguments_apart(cursor, grain, shapes) -> None:
    found = find_shapes(cursor, grain)
    assert [(each.tool, each.argument, each.trajectories) for each in found.shapes] == shapes
    assert found.distinct == len(shapes)


def test_a_slice_has_its_own_totals_and_a_limit_cuts_nothing_from_them(cursor) -> None:
    large = find_shapes(cursor, "slip", where="t.model = ?", parameters=["large"], limit=1)
    assert (large.trajectories, large.affected, large.findings, large.distinct, len(large.shapes)) == (4, 2, 2, 2, 1)
    nothing = find_shapes(cursor, "tool", where="t.model = 'huge'")
    assert (nothing.trajectories, nothing.distinct, nothing.shapes) == (0, 0, ())


def test_a_shape_keeps_its_id_from_slice_to_slice(cursor) -> None:
    everything = {each.text: each.id for each in find_shapes(cursor, "slip").shapes}
    small = {each.text: each.id for each in find_shapes(cursor, "slip", where="t.model = 'small'").shapes}
    assert small.items() <= everything.items()
    assert small == {CUT: shape_id("slip", "IAV", "partial", CUT)}
    assert len({shape_id(grain, "IAV", "partial", CUT) for grain in GRAINS}) == len(GRAINS)


def test_several_folders_count_as_one(folder) -> None:
    with connect(folder, folder) as connection:
        first = find_shapes(connection, "slip").shapes[0]
    assert (first.trajectories, first.tasks, first.examples) == (6, 1, ("0:small-0", "0:small-1", "0:large-2"))


def test_too_many_shapes_are_grouped_by_pattern_and_tool_and_that_is_said(cursor) -> None:
    prepare(cursor)
    assert group_rare(cursor, "tool", 3) is None
    rare = group_rare(cursor, "argument", 2)
    assert rare is not None
    assert (rare.distinct, rare.grouped, rare.groups, rare.by, rare.at_most, rare.trajectories) == (3, 3, 2, "pattern", 2, 4)
    cursor.execute("SELECT DISTINCT error, text FROM shaped ORDER BY error")
    assert cursor.fetchall() == [("IAV", RARE), ("IFN", RARE)]


def test_the_largest_shapes_are_kept_where_there_is_room(cursor) -> None:
    prepare(cursor)
    cursor.execute(
        "INSERT INTO shaped SELECT shaped.* REPLACE ('t' || g.i AS text, 'rain' AS tool) FROM shaped, range(9) g(i) WHERE error = 'IFN'"
    )
    rare = group_rare(cursor, "tool", 8)
    assert rare is not None
    assert (rare.distinct, rare.grouped, rare.groups, rare.by, rare.at_most) == (12, 8, 2, "pattern and tool", 1)


def test_every_pattern_of_the_taxonomy_has_advice_and_every_advice_its_pattern() -> None:
    taxonomy = load()
    assert [error.code for error in taxonomy.errors if error.code not in ADVICE] == []
    assert [code for code in ADVICE if code != ".".join(filter(None, (taxonomy.find(code)[0].code, code.partition(".")[2])))] == []
    assert advice("of a newer taxonomy", "x").startswith("Look at the examples")
