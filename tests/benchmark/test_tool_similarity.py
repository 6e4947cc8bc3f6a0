"""How alike tools are: the measure's ends, its symmetry, and the order of tools more and less alike."""

from __future__ import annotations

import pytest

from spectool.benchmark.tool_similarity import ToolSimilarity, tool_similarities
from spectool.environments.registry import ENVIRONMENTS
from spectool.model import Tool


def tool(name: str, description: str = "") -> Tool:
    return Tool(name=name, description=description)


def test_tools_with_nothing_in_common_are_not_alike() -> None:
    (found,) = tool_similarities({"a": (tool("book_seat"), tool("fly"))})
    assert found == ToolSimilarity(environment="a", tools=2, mean=0.0, most=0.0, pair=("book_seat", "fly"))


def test_names_of_the_same_words_and_description_are_wholly_alike_but_for_the_order_of_their_letters() -> None:
    (found,) = tool_similarities({"a": (tool("get", "Get it."), tool("GET", "get IT"))})
    assert (found.most, found.pair) == (pytest.approx(1.0), ("get", "GET"))


def test_the_mean_is_over_pairs_and_the_most_alike_pair_is_named() -> None:
    match, events, seat = (
        tool("get_match", "One match."),
        tool("get_match_events", "Its events."),
        tool("book_seat", "Take a place."),
    )
    (found,) = tool_similarities({"sports": (match, seat, events)})
    pairs = [
        tool_similarities({"pair": pair, "rest": rest})[0].most
        for pair, rest in (((match, events), (seat,)), ((match, seat), (events,)), ((seat, events), (match,)))
    ]
    assert found.pair == ("get_match", "get_match_events")
    assert (found.most, found.mean) == (pytest.approx(pairs[0]), pytest.approx(sum(pairs) / 3))
    assert 0.3 < pairs[0] < 1
    assert max(pairs[1:]) < 0.2


def test_a_word_that_every_tool_has_makes_two_less_alike_than_a_rare_one() -> None:
    rest = tuple(tool(f"x{letter}", "patent") for letter in "abcdefgh")
    common, rare = ((tool("p", word), tool("q", word)) for word in ("patent", "nacelle"))
    assert tool_similarities({"a": common, "b": rest})[0].most < tool_similarities({"a": rare, "b": rest})[0].most


@pytest.mark.parametrize("tools", [(), (tool("alone"),)], ids=["no tool", "one tool"])
def test_below_two_tools_nothing_is_alike(tools: tuple[Tool, ...]) -> None:
    assert tool_similarities({"a": tools}) == (ToolSimilarity(environment="a", tools=len(tools), mean=0.0, most=0.0, pair=()),)


def test_every_environment_is_measured_the_same_way_each_time() -> None:
    catalogues = {environment.name: environment.tools for environment in ENVIRONMENTS}
    found = tool_similarities(catalogues)
    assert found == tool_similarities(catalogues)
    assert [each.environment for each in found] == list(catalogues)
    assert all(0 < each.mean < each.most < 1 and len(each.pair) == 2 for each in found)
