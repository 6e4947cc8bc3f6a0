"""extra_call: a call that the gold does not contain, where other calls were due."""

from tests.classify.build import charged, outcome, tables

PARIS, ROME, TIME = '{"get_weather": {"city": "Paris"}}', '{"get_weather": {"city": "Rome"}}', '{"get_time": {"city": "Paris"}}'
CANCEL, RETURN = '{"cancel_order": {"order_id": 7}}', '{"return_order": {"order_id": 8}}'
SECOND = "$.turns[1].calls[1]"


def run(calls: str, gold: str, mode: str = "exact") -> str:
    return f'{{"turns": ["?", [{calls}]], "gold": [{gold}], "mode": "{mode}"}}'


FLAGGED = {
    "the same tool for another city": (run(f"{PARIS}, {ROME}", PARIS), [(SECOND, "unmatched")]),
    "another tool": (run(f"{PARIS}, {TIME}", PARIS), [(SECOND, "unmatched")]),
    "before the call that is due": (run(f"{TIME}, {PARIS}", PARIS), [("$.turns[1].calls[0]", "unmatched")]),
    "a failed call of another tool before the one that is due": (
        '{"turns": ["?", [{"get_time": {"city": "Lutetia"}, "!": "no"}], [%s]], "gold": [%s]}' % (PARIS, PARIS),
        [("$.turns[1].calls[0]", "unmatched")],
    ),
    "two calls too many": (run(f"{PARIS}, {ROME}, {TIME}", PARIS), [(SECOND, "unmatched"), ("$.turns[1].calls[2]", "unmatched")]),
    "in the mode unordered": (run(f"{PARIS}, {TIME}", PARIS, "unordered"), [(SECOND, "unmatched")]),
    "a write in the mode writes": (run(f"{CANCEL}, {RETURN}", CANCEL, "writes"), [(SECOND, "unmatched")]),
    "a call beside one that does not parse": (run(f'{{"get_weather": "{{"}}, {TIME}', PARIS), [(SECOND, "unmatched")]),
}

CLEAN = {
    "a failed try at the call that was due": (
        '{"turns": ["?", [{"get_weather": {"city": "Lutetia"}, "!": "no station"}], [%s]], "gold": [%s]}' % (PARIS, PARIS)
    ),
    "the calls that are due": run(f"{PARIS}, {ROME}", f"{ROME}, {PARIS}"),
    "a repeat is a repeat": run(f"{PARIS}, {PARIS}", PARIS),
    "an offered tool in the place of another is the wrong tool": run(RETURN, CANCEL),
    "any call where none was due is unneeded": '{"turns": ["?", [%s]], "gold": []}' % PARIS,
    "a mode that needs only some calls": run(f"{PARIS}, {TIME}", PARIS, "required"),
    "a mode that binds only the order": run(f"{PARIS}, {TIME}", PARIS, "ordered"),
    "a reading in the mode writes": run(f"{CANCEL}, {TIME}", CANCEL, "writes"),
    "a write that failed in the mode writes": run(
        f'{CANCEL}, {{"return_order": {{"order_id": 8}}, "!": "no such order"}}', CANCEL, "writes"
    ),
    "an unknown name is a name": run(f'{PARIS}, {{"fetch": {{}}}}', PARIS),
    "a call that does not parse is a format error": run(f'{PARIS}, {{"get_time": "{{"}}', PARIS),
    "a wrong value is a value": run(ROME, PARIS),
    "the mode any_call": run(f"{PARIS}, {TIME}", PARIS, "any_call"),
}

test_flagged, test_clean = tables("extra_call", FLAGGED, CLEAN)


def test_it_is_charged_once():
    assert charged(run(f"{PARIS}, {TIME}", PARIS)) == [("extra_call", SECOND, "unmatched")]


def test_its_arguments_are_held_against_their_own_schema():
    assert charged(run(f'{PARIS}, {{"get_time": {{"city": true}}}}', PARIS)) == [
        ("IAT", f"{SECOND}.arguments.city", "incompatible"),
        ("extra_call", SECOND, "unmatched"),
    ]


def test_without_gold_it_is_skipped():
    assert "gold" in outcome('{"turns": ["?", [%s]]}' % PARIS, "extra_call").skipped


def test_a_mode_that_welcomes_more_is_skipped():
    assert "required" in outcome(run(PARIS, PARIS, "required"), "extra_call").skipped
