"""name_alias: the harness rewrote a tool's name."""

from tests.classify.build import charged, tables

TOOLS = '"tools": [{"name": "math.factorial", "parameters": {"properties": {"n": {"type": "integer"}}}}]'

FLAGGED = {
    "an underscore for a dot in a structured call": (
        '{%s, "turns": ["?", [{"math_factorial": {"n": 5}}]]}' % TOOLS,
        [("$.turns[1].calls[0]", "separator")],
    ),
    "an underscore for a slash": (
        '{"tools": [{"name": "a/b", "parameters": {}}], "turns": ["?", [{"a_b": {}}]]}',
        [("$.turns[1].calls[0]", "separator")],
    ),
}

CLEAN = {
    "the name as offered": '{%s, "turns": ["?", [{"math.factorial": {"n": 5}}]]}' % TOOLS,
    "an underscore for a dot in text is a name": '{%s, "turns": ["?", {"raw": "[math_factorial(n=5)]"}]}' % TOOLS,
    "another name": '{%s, "turns": ["?", [{"factorial": {"n": 5}}]]}' % TOOLS,
    "both names are offered": (
        '{"tools": [{"name": "a.b", "parameters": {}}, {"name": "a_b", "parameters": {}}], "turns": ["?", [{"a_b": {}}]]}'
    ),
}

test_flagged, test_clean = tables("name_alias", FLAGGED, CLEAN)


def test_the_call_is_judged_under_the_offered_name():
    raw = '{%s, "turns": ["?", [{"math_factorial": {"n": "5"}}]], "gold": [{"math.factorial": {"n": 5}}]}' % TOOLS
    assert charged(raw) == [
        ("IAT", "$.turns[1].calls[0].arguments.n", "coercible"),
        ("name_alias", "$.turns[1].calls[0]", "separator"),
    ]
