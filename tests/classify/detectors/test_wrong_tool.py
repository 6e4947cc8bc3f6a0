"""wrong_tool: an offered tool, but not the one that was needed."""

from tests.classify.build import charged, outcome, tables

CALL = "$.turns[1].calls[0]"
PARIS, TIME = '{"get_weather": {"city": "Paris"}}', '{"get_time": {"city": "Paris"}}'
CANCEL, RETURN = '{"cancel_order": {"order_id": 7}}', '{"return_order": {"order_id": 7}}'


def run(calls: str, gold: str, mode: str = "exact") -> str:
    return f'{{"turns": ["?", [{calls}]], "gold": [{gold}], "mode": "{mode}"}}'


FLAGGED = {
    "another offered tool in the place of the gold's": (run(RETURN, CANCEL), [(CALL, "offered")]),
    "though it shares nothing with the gold call": (run('{"roll_dice": {"sides": 6}}', CANCEL), [(CALL, "offered")]),
    "one of two calls": (run(f"{PARIS}, {RETURN}", f"{PARIS}, {CANCEL}"), [("$.turns[1].calls[1]", "offered")]),
    "two in the places of two, by position": (
        run(f"{RETURN}, {TIME}", f"{CANCEL}, {PARIS}"),
        [(CALL, "offered"), ("$.turns[1].calls[1]", "offered")],
    ),
    "where further calls are welcome, one that shares a value with the missing one": (run(RETURN, CANCEL, "required"), [(CALL, "offered")]),
    "among writes": (run(RETURN, CANCEL, "writes"), [(CALL, "offered")]),
    "where further calls are welcome, one that lists the value": (
        run('{"plan_trip": {"stops": ["Paris"]}}', PARIS, "required"),
        [(CALL, "offered")],
    ),
    "in the turn of the call that it replaces": (
        '{"turns": ["a", [%s], "b", [%s]], "gold": [{"get_weather": {"city": "Paris"}}, {"cancel_order": {"order_id": 7}, "turn": 1}]}'
        % (PARIS, RETURN),
        [("$.turns[3].calls[0]", "offered")],
    ),
    "the request named another tool": ('{"request": {"tool_choice": "get_time"}, "turns": ["?", [%s]]}' % PARIS, [(CALL, "forced")]),
    "the request and the gold name another tool: one slip": (
        '{"request": {"tool_choice": "get_time"}, "turns": ["?", [%s]], "gold": [%s]}' % (PARIS, TIME),
        [(CALL, "offered")],
    ),
}

CLEAN = {
    "a repeat stands in for nothing": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris"}, "->": "18 C"}], [{"get_weather": {"city": "Paris"}, "->": "18 C"}]],'
        ' "gold": [{"get_weather": {"city": "Paris"}}, {"get_time": {"city": "Paris"}}], "mode": "required"}'
    ),
    "among writes, a tool of unknown effect changed nothing for sure": run(
        '{"poke": {"what": "Ann"}}', '{"send_mail": {"to": "Ann", "body": "b"}}', "writes"
    ),
    "among writes, a try that failed is free": run('{"return_order": {"order_id": 7}, "!": "closed"}', CANCEL, "writes"),
    "a try at the right tool leaves the next gold call missing": run(
        '{"cancel_order": {"order_id": 8}, "->": "Order not found."}, {"cancel_order": {"order_id": 7}, "->": "ok"}',
        f'{CANCEL}, {{"return_order": {{"order_id": 8}}}}',
        "writes",
    ),
    "the gold's tool": run(PARIS, PARIS),
    "the gold's tools in another order": run(f"{TIME}, {PARIS}", f"{PARIS}, {TIME}", "unordered"),
    "the gold's tool with a wrong value": run('{"get_weather": {"city": "Rome"}}', PARIS),
    "an unknown name is a name": run('{"get_forecast": {"city": "Paris"}}', PARIS),
    "a call that does not parse is a format error": run('{"get_time": "{"}', PARIS),
    "one call more is an extra call": run(f"{PARIS}, {TIME}", PARIS),
    "one call less is a missing call": run(PARIS, f"{PARIS}, {TIME}"),
    "any call where none is due is unneeded": '{"turns": ["?", [%s]], "gold": []}' % PARIS,
    "another turn's missing call is not replaced": (
        '{"turns": ["a", [%s], "b", {"say": "?"}], "gold": [{"get_weather": {"city": "Paris"}, "turn": 1}]}' % RETURN
    ),
    "where further calls are welcome, one that shares nothing is just another call": run(
        '{"get_time": {"city": "Rome"}}', CANCEL, "required"
    ),
    "the tool that the request named": '{"request": {"tool_choice": "get_time"}, "turns": ["?", [%s]]}' % TIME,
    "any tool where the request demands some call": '{"request": {"tool_choice": "required"}, "turns": ["?", [%s]]}' % TIME,
    "in the mode any_call any tool will do": run(TIME, PARIS, "any_call"),
}

test_flagged, test_clean = tables("wrong_tool", FLAGGED, CLEAN)


def test_it_is_charged_once():
    assert charged(run(RETURN, CANCEL)) == [("wrong_tool", CALL, "offered")]


def test_the_wrong_tool_s_arguments_are_held_against_its_own_schema_only():
    assert charged(run('{"get_time": {"mood": 1}}', CANCEL)) == [
        ("IAN", f"{CALL}.arguments.mood", "near_miss"),
        ("IAT", f"{CALL}.arguments.mood", "coercible"),
        ("wrong_tool", CALL, "offered"),
    ] or charged(run('{"get_time": {"mood": 1}}', CANCEL)) == [
        ("IAN", f"{CALL}.arguments.mood", "unknown"),
        ("IAV", f"{CALL}.arguments.city", "missing_required"),
        ("wrong_tool", CALL, "offered"),
    ]


def test_with_neither_gold_nor_a_named_tool_it_is_skipped():
    assert "gold" in outcome('{"turns": ["?", [%s]]}' % PARIS, "wrong_tool").skipped


def test_it_says_which_tool_was_needed():
    found = outcome(run(RETURN, CANCEL), "wrong_tool").findings[0]
    assert (found.expected, found.got, found.repair, found.tool) == ("cancel_order", "return_order", "cancel_order", "return_order")


def test_a_call_beside_the_named_tool_s_is_an_extra_call_alone():
    raw = '{"request": {"tool_choice": "get_time"}, "turns": ["?", [%s, %s]], "gold": [%s]}' % (TIME, RETURN, TIME)
    assert [(code, path) for code, path, *_ in charged(raw)] == [("extra_call", "$.turns[1].calls[1]")]
