"""unneeded_call: a call where none was due."""

from tests.classify.build import charged, outcome, tables

CALL = "$.turns[1].calls[0]"
PARIS, ROME = '{"get_weather": {"city": "Paris"}}', '{"get_weather": {"city": "Rome"}}'

FLAGGED = {
    "the gold is the empty path": ('{"turns": ["?", [%s]], "gold": []}' % PARIS, [(CALL, "no_call_due")]),
    "every call": (
        '{"turns": ["?", [%s], [%s]], "gold": []}' % (PARIS, ROME),
        [(CALL, "no_call_due"), ("$.turns[2].calls[0]", "no_call_due")],
    ),
    "the request switched calls off": (
        '{"request": {"tool_choice": "none"}, "turns": ["?", [%s]]}' % PARIS,
        [(CALL, "tool_choice_none")],
    ),
    "the gold is the empty path and binds the set of calls only": (
        '{"turns": ["?", [%s]], "gold": [], "mode": "unordered"}' % PARIS,
        [(CALL, "no_call_due")],
    ),
}

CLEAN = {
    "no call where none was due": '{"turns": ["?", {"say": "I have no tool for that."}], "gold": []}',
    "a question back": '{"turns": ["?", {"say": "Which city?"}], "gold": []}',
    "no call where calls were switched off": '{"request": {"tool_choice": "none"}, "turns": ["?", {"say": "Sunny."}]}',
    "an unknown name is a name": '{"turns": ["?", [{"fetch": {}}]], "gold": []}',
    "a call that does not parse is a format error": '{"turns": ["?", [{"get_time": "{"}]], "gold": []}',
    "one call more than due is an extra call": '{"turns": ["?", [%s, %s]], "gold": [%s]}' % (PARIS, ROME, PARIS),
    "a mode that welcomes further calls": '{"turns": ["?", [%s]], "gold": [], "mode": "required"}' % PARIS,
    "a call that is due": '{"turns": ["?", [%s]], "gold": [%s]}' % (PARIS, PARIS),
    "tool_choice auto": '{"request": {"tool_choice": "auto"}, "turns": ["?", [%s]]}' % PARIS,
}

test_flagged, test_clean = tables("unneeded_call", FLAGGED, CLEAN)


def test_it_is_charged_once():
    assert charged('{"turns": ["?", [%s]], "gold": []}' % PARIS) == [("unneeded_call", CALL, "no_call_due")]


def test_its_arguments_are_held_against_their_schema():
    assert charged('{"turns": ["?", [{"get_time": {}}]], "gold": []}') == [
        ("IAV", f"{CALL}.arguments.city", "missing_required"),
        ("unneeded_call", CALL, "no_call_due"),
    ]


def test_without_gold_it_is_skipped():
    assert "gold" in outcome('{"turns": ["?", [%s]]}' % PARIS, "unneeded_call").skipped
