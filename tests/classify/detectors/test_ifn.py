"""IFN: a call to a function that was not offered at that step."""

from tests.classify.build import charged, outcome, tables

CALL = "$.turns[1].calls[0]"

FLAGGED = {
    "another case": ('{"turns": ["?", [{"Get_Weather": {"city": "Paris"}}]]}', [(CALL, "near_miss")]),
    "another separator": ('{"turns": ["?", [{"getWeather": {"city": "Paris"}}]]}', [(CALL, "near_miss")]),
    "a slip of spelling": ('{"turns": ["?", [{"get_wether": {"city": "Paris"}}]]}', [(CALL, "near_miss")]),
    "a namespace that nobody gave": ('{"turns": ["?", [{"functions.get_weather": {"city": "Paris"}}]]}', [(CALL, "near_miss")]),
    "an underscore for a dot, in text that no harness rewrote": (
        '{"tools": [{"name": "math.factorial", "parameters": {"properties": {"n": {"type": "integer"}}}}],'
        ' "turns": ["?", {"raw": "[math_factorial(n=5)]"}]}',
        [(CALL, "near_miss")],
    ),
    "offered later only": (
        '{"tool_sets": [["get_weather"], ["cancel_order"]], "turns": ["?", [{"cancel_order": {"order_id": 7}}]]}',
        [(CALL, "not_offered")],
    ),
    "offered earlier and withdrawn": (
        '{"tool_sets": [["get_weather"], ["cancel_order"]], "turns": ["?", [{"get_weather": {"city": "Paris"}}],'
        ' {"calls": [{"get_weather": {"city": "Rome"}}], "tool_set": 1}]}',
        [("$.turns[2].calls[0]", "not_offered")],
    ),
    "no tool at all is offered at this step": (
        '{"tool_sets": [["get_weather"], []], "turns": ["?", {"calls": [{"get_weather": {"city": "Rome"}}], "tool_set": 1}]}',
        [(CALL, "not_offered")],
    ),
    "known nowhere": ('{"turns": ["?", [{"fetch_forecast": {"city": "Paris"}}]]}', [(CALL, "invented")]),
    "known nowhere, though its arguments are another tool's": ('{"turns": ["?", [{"void": {"order_id": 7}}]]}', [(CALL, "invented")]),
    "without tools, a harness that knows no such function": (
        '{"tools": null, "turns": ["?", [{"fetch": {}, "!": "fetch is not a valid tool, try one of [get_weather, get_time]."}]]}',
        [(CALL, "invented", "likely")],
    ),
    "without tools, a harness that lists the name meant": (
        '{"tools": null, "turns": ["?", [{"getWeather": {}, "!": "getWeather is not a valid tool, try one of [get_weather, get_time]."}]]}',
        [(CALL, "near_miss", "likely")],
    ),
    "without tools, a reply in an error field": (
        '{"tools": null, "turns": ["?", [{"login": {}, "->": "{\\"error\\": \\"No such function name: login\\", \\"response\\": \\"\\"}"}]]}',  # noqa: E501
        [(CALL, "invented", "likely")],
    ),
    "without tools, MCP's unknown tool": (
        '{"tools": null, "turns": ["?", [{"fetch": {}, "!": "MCP error -32602: Unknown tool: fetch"}]]}',
        [(CALL, "invented", "likely")],
    ),
    "every call of every step": (
        '{"turns": ["?", [{"fetch": {}}, {"get_time": {"city": "Paris"}}, {"grab": {}}], [{"fetch": {}}]]}',
        [(CALL, "invented"), ("$.turns[1].calls[2]", "invented"), ("$.turns[2].calls[0]", "invented")],
    ),
}

CLEAN = {
    "an offered name": '{"turns": ["?", [{"get_weather": {"city": "Paris"}}]]}',
    "an offered tool that is not the one needed is the wrong tool": (
        '{"turns": ["?", [{"return_order": {"order_id": 7}}]], "gold": [{"cancel_order": {"order_id": 7}}]}'
    ),
    "a name that the harness rewrote is an artefact": (
        '{"tools": [{"name": "math.factorial", "parameters": {"properties": {"n": {"type": "integer"}}}}],'
        ' "turns": ["?", [{"math_factorial": {"n": 5}}]]}'
    ),
    "offered from the second turn on": (
        '{"tool_sets": [["get_weather"], ["cancel_order"]], "turns": ["?", {"calls": [{"cancel_order": {"order_id": 7}}], "tool_set": 1}]}'
    ),
    "a call that does not parse is a format error": '{"turns": ["?", [{"fetch_forecast": "{\\"city"}]]}',
    "an unknown argument is a name of another kind": '{"turns": ["?", [{"get_weather": {"city": "Paris", "mood": 1}}]]}',
    "a tool named in prose": '{"turns": ["?", {"say": "I would use fetch_forecast."}]}',
    "no call": '{"turns": ["?", {"say": "Hello."}]}',
    "a call where none was due": '{"turns": ["?", [{"get_weather": {"city": "Paris"}}]], "gold": []}',
    "a call of a tool whose schema cannot be used": (
        '{"tools": [{"name": "f", "parameters": {"properties": {"x": {"$ref": "#/$defs/None"}}}}], "turns": ["?", [{"f": {"x": 1}}]]}'
    ),
    "without tools, an error about something else": '{"tools": null, "turns": ["?", [{"find_event": {}, "!": "Event not found."}]]}',
    "without tools, a reply that names another function": (
        '{"tools": null, "turns": ["?", [{"run_code": {}, "!": "NameError: function plot is not defined"}]]}'
    ),
    "without tools, an error about an argument": (
        '{"tools": null, "turns": ["?", [{"f": {"x": 1}, "!": "Error: f() got an unexpected keyword argument \'x\'"}]]}'
    ),
    "an offered name that its reply calls unknown: the list decides": (
        '{"turns": ["?", [{"get_time": {"city": "Paris"}, "!": "get_time is not a valid tool, try one of [a]."}]]}'
    ),
    "two tools that differ in case only": (
        '{"tools": [{"name": "run", "parameters": {}}, {"name": "Run", "parameters": {}}], "turns": ["?", [{"run": {}}, {"Run": {}}]]}'
    ),
}

test_flagged, test_clean = tables("IFN", FLAGGED, CLEAN)


def test_unknown_tools_are_skipped_and_never_clean():
    found = outcome('{"tools": null, "turns": ["?", [{"fetch_forecast": {}}]]}', "IFN")
    assert (found.assessed, found.findings) == (0, ())
    assert "unknown" in found.skipped


def test_without_tools_the_failed_calls_are_the_opportunities():
    raw = '{"tools": null, "turns": ["?", [{"f": {}, "!": "Event not found."}, {"g": {}, "->": "ok"}, {"h": {}, "!": "h is not a valid tool"}]]}'  # noqa: E501
    found = outcome(raw, "IFN")
    assert (found.assessed, [finding.got for finding in found.findings], found.findings[0].source) == (2, ["h"], "tool_reply")


def test_the_calls_with_a_name_are_the_opportunities():
    assert outcome('{"turns": ["?", [{"fetch": {}}, {"get_time": {"city": "Paris"}}, {"get_time": "{"}]]}', "IFN").assessed == 2


def test_a_near_miss_carries_its_repair():
    found = outcome('{"turns": ["?", [{"getWeather": {"city": "Paris"}}]]}', "IFN").findings[0]
    assert (found.repair, found.expected, found.got) == ("get_weather", "get_weather", "getWeather")


def test_an_unknown_name_masks_its_arguments_and_absorbs_its_gold_call():
    raw = '{"turns": ["?", [{"getWeather": {"town": 5}}]], "gold": [{"get_weather": {"city": "Paris"}}]}'
    assert charged(raw) == [("IFN", CALL, "near_miss")]


def test_an_invented_name_absorbs_the_gold_call_that_its_arguments_point_at():
    raw = (
        '{"turns": ["?", [{"fetch": {"order_id": 7}}]],'
        ' "gold": [{"get_weather": {"city": "Paris"}}, {"cancel_order": {"order_id": 7}}], "mode": "unordered"}'
    )
    found = outcome(raw, "IAC").findings
    assert [finding.tool for finding in found] == ["get_weather"]


def test_an_unknown_name_beside_the_good_call_is_charged_alone():
    raw = (
        '{"turns": ["?", [{"fetch": {"city": "Paris"}}, {"get_weather": {"city": "Paris"}}]], "gold": [{"get_weather": {"city": "Paris"}}]}'
    )
    assert charged(raw) == [("IFN", CALL, "invented")]


def test_an_unknown_name_absorbs_only_in_its_own_turn():
    raw = (
        '{"turns": ["a", [{"fetch": {"city": "Paris"}}], "b", {"say": "?"}],'
        ' "gold": [{"get_time": {"city": "Rome"}, "turn": 0}, {"get_weather": {"city": "Paris"}, "turn": 1}]}'
    )
    assert [(code, subtype) for code, _, subtype, *_ in charged(raw)] == [("IFN", "invented"), ("IAC", "no_call")]
    assert outcome(raw, "IAC").findings[0].tool == "get_weather"


def test_a_call_where_none_is_due_is_charged_for_its_name_alone():
    assert charged('{"turns": ["?", [{"fetch": {"city": "Paris"}}]], "gold": []}') == [("IFN", CALL, "invented")]
