"""IAC: calls that the task needs and that were never made."""

from tests.classify.build import charged, outcome, tables

PARIS, LYON, TIME = '{"get_weather": {"city": "Paris"}}', '{"get_weather": {"city": "Lyon"}}', '{"get_time": {"city": "Paris"}}'
ANSWERED = '{"get_weather": {"city": "Paris"}, "->": "18 C"}'
FAILED = '{"get_weather": {"city": "Paris"}, "!": "no station"}'
CANCEL = '{"cancel_order": {"order_id": 7}}'


def run(turns: str, gold: str, mode: str = "exact", more: str = "") -> str:
    return f'{{"turns": ["?", {turns}], "gold": [{gold}], "mode": "{mode}"{more}}}'


FLAGGED = {
    "an answer in words where a call was due": (run('{"say": "Sunny."}', PARIS), [("$", "no_call")]),
    "one finding for each gold call": (run('{"say": "Sunny."}', f"{PARIS}, {LYON}"), [("$", "no_call"), ("$", "no_call")]),
    "nothing said at all": (run('{"say": ""}', PARIS), [("$", "no_call")]),
    "one of two parallel calls": (run(f"[{PARIS}]", f"{PARIS}, {LYON}", "unordered"), [("$", "missing_parallel")]),
    "two of three parallel calls": (run(f"[{PARIS}, {LYON}]", f"{PARIS}, {TIME}, {LYON}", "unordered"), [("$", "missing_parallel")]),
    "an end right after a tool's error": (run(f'[{FAILED}], {{"say": "Sorry."}}', f"{PARIS}, {CANCEL}"), [("$", "stopped_early")]),
    "an end right after a reply that reads as an error": (
        run('[{"get_weather": {"city": "Paris"}, "->": "Error: no station"}], {"say": "Sorry."}', f"{PARIS}, {CANCEL}"),
        [("$", "stopped_early")],
    ),
    "an end half-way": (run(f'[{ANSWERED}], {{"say": "18 C."}}', f"{PARIS}, {CANCEL}"), [("$", "stopped_early")]),
    "a call skipped on the way": (
        run(f'[{ANSWERED}], [{{"cancel_order": {{"order_id": 7}}, "->": "ok"}}]', f"{TIME}, {PARIS}, {CANCEL}", "ordered"),
        [("$", "missing_call")],
    ),
    "a call skipped on the way, where only writes count": (
        run(
            '[{"send_mail": {"to": "a", "body": "b"}, "->": "ok"}]',
            f'{PARIS}, {CANCEL}, {{"send_mail": {{"to": "a", "body": "b"}}}}',
            "writes",
        ),
        [("$", "missing_call")],
    ),
    "in the mode required, a call that needs nothing of the others": (
        run(f'[{ANSWERED}], {{"say": "18 C."}}', f"{PARIS}, {LYON}", "required"),
        [("$", "missing_parallel")],
    ),
    "in the mode required, a call that needs nothing of the others, with an argument that may be given in any way": (
        run(
            f'[{ANSWERED}], {{"say": "18 C."}}',
            f'{PARIS}, {{"get_weather": {{"city": "Lyon", "days": {{"any": true, "optional": true}}}}}}',
            "required",
        ),
        [("$", "missing_parallel")],
    ),
    "in the mode required, a call whose value only a reply holds": (
        run(
            '[{"get_weather": {"city": "Paris"}, "->": "station Orly"}], {"say": "18 C."}',
            f'{PARIS}, {{"get_time": {{"city": "Orly"}}}}',
            "required",
        ),
        [("$", "stopped_early")],
    ),
    "one of two parallel calls, with its reply": (run(f"[{ANSWERED}]", f"{PARIS}, {LYON}", "unordered"), [("$", "missing_parallel")]),
    "a value in a list that only a reply holds": (
        run(
            '[{"get_weather": {"city": "Paris"}, "->": "station Orly"}], {"say": "18 C."}',
            f'{PARIS}, {{"plan_trip": {{"stops": ["Orly"]}}}}',
            "required",
        ),
        [("$", "stopped_early")],
    ),
    "an end half-way through a user turn, after which another is done": (
        '{"turns": ["a", [%s], {"say": "."}, "b", [%s]], "mode": "required", "gold": [{"get_weather": {"city": "Paris"}, "turn": 0},'
        ' {"get_time": {"city": {"any": true}}, "turn": 0}, {"get_weather": {"city": "Lyon"}, "turn": 1}]}' % (ANSWERED, LYON),
        [("$", "stopped_early")],
    ),
    "in the mode writes, an end after mere looking": (run(f'[{ANSWERED}], {{"say": "18 C."}}', CANCEL, "writes"), [("$", "stopped_early")]),
    "in the mode any_call nothing was called": (run('{"say": "Sunny."}', PARIS, "any_call"), [("$", "no_call")]),
    "the request demanded a call": ('{"request": {"tool_choice": "required"}, "turns": ["?", {"say": "Sunny."}]}', [("$", "no_call")]),
    "the request named a tool and nothing was called": (
        '{"request": {"tool_choice": "get_time"}, "turns": ["?", {"say": "Nine."}]}',
        [("$", "no_call")],
    ),
    "the second turn's call never came": (
        '{"turns": ["a", [%s], "b", {"say": "?"}], "gold": [{"get_weather": {"city": "Paris"}, "turn": 0}, {"get_weather": {"city": "Lyon"}, "turn": 1}]}'  # noqa: E501
        % PARIS,
        [("$", "no_call")],
    ),
    "without tools the gold still tells": (run('{"say": "Sunny."}', PARIS, more=', "tools": null'), [("$", "no_call")]),
}

CLEAN = {
    "a call with an argument that may be left out": run(
        f"[{ANSWERED}]", '{"get_weather": {"city": "Paris", "days": {"any": true, "optional": true}}}', "required"
    ),
    "every call of both user turns": (
        '{"turns": ["a", [%s], "b", [%s]], "gold": [{"get_weather": {"city": "Paris"}}, {"get_weather": {"city": "Lyon"}, "turn": 1}]}'
        % (PARIS, LYON)
    ),
    "a call that failed and was then made rightly": run('[{"get_weather": {"city": "Lutetia"}, "!": "no station"}], [%s]' % PARIS, PARIS),
    "every parallel call, with its reply": run(f"[{ANSWERED}, {LYON}]", f"{LYON}, {PARIS}", "unordered"),
    "every gold call was made": run(f"[{PARIS}, {LYON}]", f"{PARIS}, {LYON}"),
    "parallel gold done one after the other": run(f"[{ANSWERED}], [{LYON}]", f"{PARIS}, {LYON}"),
    "a wrong value is a value": run(f"[{LYON}]", PARIS),
    "an offered tool in the place of another is the wrong tool": run('[{"return_order": {"order_id": 7}}]', CANCEL),
    "a call that does not parse has absorbed its gold call": run('[{"get_weather": "{"}]', PARIS),
    "an unknown name has absorbed its gold call": run('[{"getWeather": {"city": "Paris"}}]', PARIS),
    "no call was due and none was made": '{"turns": ["?", {"say": "Hello."}], "gold": []}',
    "no call was due and one was made": '{"turns": ["?", [%s]], "gold": []}' % PARIS,
    "more calls than the gold needs": run(f"[{PARIS}, {LYON}]", PARIS),
    "in the mode any_call any call will do": run(f"[{TIME}]", PARIS, "any_call"),
    "in the mode writes a missing read is none": run(f"[{CANCEL}]", f"{PARIS}, {CANCEL}", "writes"),
    "another path is complete": '{"turns": ["?", [%s]], "paths": [[%s, %s], [%s]]}' % (TIME, PARIS, LYON, TIME),
    "the request demanded a call and one was made": '{"request": {"tool_choice": "required"}, "turns": ["?", [%s]]}' % PARIS,
    "the request demanded a call and one was tried": '{"request": {"tool_choice": "required"}, "turns": ["?", [{"get_time": "{"}]]}',
    "the gold's calls in another order": run(f"[{LYON}], [{PARIS}]", f"{PARIS}, {LYON}"),
    "a call made a turn earlier than the gold has it": (
        '{"turns": ["a", [%s], "b", {"say": "?"}], "gold": [{"get_weather": {"city": "Paris"}, "turn": 1}]}' % PARIS
    ),
    "the one step is an inference error": '{"turns": ["?", {"say": "Error during inference: 429", "finish": "error"}], "gold": [%s]}'
    % PARIS,
    "the one step was cut before it could call": '{"turns": ["?", {"say": "Let me think about", "finish": "length"}], "gold": [%s]}'
    % PARIS,
}

test_flagged, test_clean = tables("IAC", FLAGGED, CLEAN)


def test_without_gold_or_a_demand_it_is_skipped():
    found = outcome('{"turns": ["?", {"say": "Sunny."}]}', "IAC")
    assert (found.assessed, found.findings) == (0, ())
    assert "gold" in found.skipped


def test_gold_by_end_state_is_skipped():
    found = outcome(run('{"say": "Sunny."}', PARIS, "state"), "IAC")
    assert (found.assessed, found.findings) == (0, ())
    assert "state" in found.skipped


def test_the_gold_calls_due_are_the_opportunities():
    assert outcome(run(f"[{PARIS}]", f"{PARIS}, {LYON}, {TIME}"), "IAC").assessed == 3


def test_a_missing_call_carries_the_call_that_mends_it():
    found = outcome(
        run('{"say": "."}', '{"get_weather": {"city": {"one_of": ["Paris", "Lyon"]}, "days": {"one_of": [1], "optional": true}}}'), "IAC"
    )
    assert found.findings[0].repair == {"name": "get_weather", "arguments": {"city": "Paris"}}
    assert (found.findings[0].tool, found.findings[0].step, found.findings[0].call) == ("get_weather", None, None)


def test_calls_that_the_harness_lost_are_not_charged_to_the_model():
    raw = (
        '{"turns": ["?", {"calls": [{"get_time": {"city": "Paris"}}], "raw": "[get_time(city=\'Paris\'), get_time(city=\'Rome\')]"}],'
        ' "gold": [{"get_time": {"city": "Paris"}}, {"get_time": {"city": "Rome"}}]}'
    )
    assert charged(raw) == [("lost_call", "$.turns[1]", "parallel")]
