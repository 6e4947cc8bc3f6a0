"""Clusters of a folder with three causes in many tools, and a slip that resembles none."""

from __future__ import annotations

import pytest

from spectool.model import Outcome
from spectool.patterns.clusters import SMALLEST, find_clusters
from spectool.patterns.shapes_rare import RARE
from spectool.results.tables import connect
from tests.results.conftest import finding, trajectory, verdict, write

pytest.importorskip("sklearn", reason="scikit-learn is not installed")

CAUSES = {
    "city": ("IAV", "partial", "expected 'Boston, MA', got 'Boston'"),
    "year": ("IAV", "partial", "expected '2023-03-12', got '2024-03-12'"),
    "literal": ("IFE", "other_syntax", "expected a Python literal, got 'true'"),
}
ODD = finding("refusal", "refused", level="event", tool=None, message="expected an attempt or an answer, got 'No.'")


def slip(cause: str, tool: str):
    error, subtype, message = CAUSES[cause]
    path = f"$.turns[1].calls[0].arguments.{cause}" if error == "IAV" else "$.turns[1].calls[0]"
    return finding(error, subtype, tool=tool, path=path, message=message)


def made(tools: int, extra: int = 0):
    """Each cause once in each tool; the first cause ``extra`` times more in the first tool; the odd one once."""
    slips = [slip(cause, f"tool{chr(97 + tool)}") for cause in CAUSES for tool in range(tools)]
    slips += [slip("city", "toola")] * extra + [ODD]
    rows = []
    for number, found in enumerate(slips):
        one = trajectory(number, "small" if number % 2 else "large")
        rows.append((one, verdict(one, Outcome(error="IAV", assessed=1, findings=(found,)), passed=False)))
    return rows


@pytest.fixture
def clusters(tmp_path):
    def found(rows, **choice):
        write(tmp_path / "demo", rows)
        with connect(tmp_path / "demo") as connection:
            return find_clusters(connection, **choice)

    return found


def test_one_cause_in_many_tools_is_one_cluster_and_what_resembles_nothing_stands_alone(clusters) -> None:
    found = clusters(made(6, extra=3))
    assert found.clusters[0].medoid.argument == "city"
    assert {(each.medoid.error, each.medoid.argument, len(each.shapes), each.trajectories) for each in found.clusters} == {
        ("IAV", "city", 6, 9),
        ("IFE", "", 6, 6),
        ("IAV", "year", 6, 6),
    }
    assert [each.error for each in found.alone] == ["refusal"]
    assert (found.trajectories, found.distinct, found.rare) == (22, 19, None)
    assert sum(each.findings for each in found.clusters) + sum(each.findings for each in found.alone) == found.findings == 22


def test_a_cluster_is_named_by_its_pattern_and_what_sets_it_apart(clusters) -> None:
    names = [each.name for each in clusters(made(6)).clusters]
    assert all(name.startswith(("Incorrect Argument Value (partial): ", "Invalid Format Error (other_syntax): ")) for name in names)
    assert len(set(names)) == len(names) == 3
    assert any("comma" in name for name in names)
    assert any("year" in name for name in names)


def test_the_same_folder_gives_the_same_clusters_and_a_new_shape_elsewhere_leaves_the_ids(clusters) -> None:
    first = clusters(made(6))
    assert clusters(made(6)) == first
    more = clusters([*made(6), *more_odd()])
    assert {each.id for each in first.clusters} <= {each.id for each in more.clusters}


def more_odd():
    one = trajectory(900, "small")
    odd = finding("budget_limit", "steps", level="extended", tool=None, message="expected an end, got 'max_steps'")
    return [(one, verdict(one, Outcome(error="budget_limit", assessed=1, findings=(odd,)), passed=False))]


def test_the_medoid_is_a_member_and_the_members_are_told_by_size(clusters) -> None:
    for each in clusters(made(6, extra=3)).clusters:
        assert each.medoid.id in each.shapes
        assert each.id == f"c{each.medoid.id}"
        sizes = [shape.trajectories for shape in each.largest]
        assert sizes == sorted(sizes, reverse=True)
        assert sum(each.models.values()) == each.trajectories


def test_few_shapes_are_not_grouped(clusters) -> None:
    found = clusters(made(2))
    assert (found.clusters, len(found.alone)) == ((), 7)
    assert len(found.alone) < 2 * SMALLEST


def test_no_findings_are_no_clusters(clusters) -> None:
    found = clusters(made(2), where="t.model = 'huge'")
    assert (found.clusters, found.alone, found.trajectories) == ((), (), 0)


def test_above_the_most_the_rarest_are_grouped_and_the_result_says_so(clusters) -> None:
    found = clusters(made(6, extra=3), most=16)
    assert found.rare is not None
    assert (found.distinct, found.rare.distinct, found.rare.by) == (19, 19, "pattern")
    assert {each.text for each in found.grouped} == {RARE}
    assert not any(shape.text == RARE for each in found.clusters for shape in each.largest)
    assert sum(len(each.shapes) for each in found.clusters) + len(found.alone) + len(found.grouped) <= 16
    assert sum(each.findings for each in found.clusters) + sum(each.findings for each in (*found.alone, *found.grouped)) == found.findings
