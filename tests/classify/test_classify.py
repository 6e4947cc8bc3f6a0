"""classify: the primary finding, what passed means, whose fault, what is skipped, and one detector's crash."""

import json

import pytest

from spectool.classify import classify as module
from spectool.classify.classify import classify, classify_batch
from spectool.classify.detectors.registry import DETECTORS
from spectool.model import Call, ExpectedCall, Gold, Result, Step, Trajectory
from tests.classify.build import charged, trajectory, verdict

PARIS, ROME, TIME = '{"get_weather": {"city": "Paris"}}', '{"get_weather": {"city": "Rome"}}', '{"get_time": {"city": "Paris"}}'


def run(turns: str, more: str = "") -> str:
    return f'{{"turns": ["?", {turns}]{more}}}'


def gold(*calls: str, mode: str = "exact") -> str:
    return f', "gold": [{", ".join(calls)}], "mode": "{mode}"'


def primary(raw: str) -> list[tuple[str, str, str]]:
    return [(f.error, f.path, f.subtype) for outcome in verdict(raw).outcomes for f in outcome.findings if f.primary]


PRIMARY = {
    "the earlier step": (
        run('[{"get_time": {"city": "x", "mood": 1}, "->": "9"}], [{"get_time": {}}]'),
        [("IAN", "$.turns[1].calls[0].arguments.mood", "unknown")],
    ),
    "of one step the earlier call": (
        run('[{"get_time": {}}, {"fetch": {}}]'),
        [("IAV", "$.turns[1].calls[0].arguments.city", "missing_required")],
    ),
    "of one call the order of the taxonomy": (
        run('[{"get_weather": {"days": "3", "mood": 1}}]'),
        [("IAN", "$.turns[1].calls[0].arguments.mood", "unknown")],
    ),
    "an absence comes last": (
        run(f"[{ROME}]", gold(PARIS, TIME, mode="unordered")),
        [("IAV", "$.turns[1].calls[0].arguments.city", "other")],
    ),
    "an absence alone": (run('{"say": "?"}', gold(PARIS)), [("IAC", "$", "no_call")]),
    "events and artefacts are never primary": (run('{"say": "I\'m sorry, I can\'t help with that.", "finish": "length"}'), []),
    "nothing found": (run(f"[{PARIS}]", gold(PARIS)), []),
}


@pytest.mark.parametrize(("raw", "expected"), PRIMARY.values(), ids=list(PRIMARY))
def test_the_primary_finding(raw, expected):
    assert primary(raw) == expected


PASSED = {
    "gold and every call right": (run(f"[{PARIS}]", gold(PARIS)), True),
    "gold and a wrong value": (run(f"[{ROME}]", gold(PARIS)), False),
    "gold and a call too many": (run(f"[{PARIS}, {TIME}]", gold(PARIS)), False),
    "gold that welcomes further calls": (run(f"[{PARIS}, {TIME}]", gold(PARIS, mode="required")), True),
    "gold and a repeat": (run(f"[{PARIS}, {PARIS}]", gold(PARIS)), False),
    "gold that welcomes further calls, and a repeat": (run(f"[{PARIS}, {PARIS}]", gold(PARIS, mode="required")), True),
    "an optional argument too many is likely only": (run('[{"get_weather": {"city": "Paris", "days": 3}}]', gold(PARIS)), True),
    "what the task itself has wrong": (
        run('[{"get_weather": {"city": "Paris", "days": "3"}}]', gold('{"get_weather": {"city": "Paris", "days": "3"}}')),
        True,
    ),
    "a tool's error on the way": (run('[{"get_weather": {"city": "Paris"}, "!": "down"}], {"say": "It failed."}', gold(PARIS)), True),
    "no gold and no reward": (run(f"[{PARIS}]"), None),
    "no gold, and an unknown name": (run('[{"fetch": {}}]'), None),
    "no gold and a full reward": (run(f"[{PARIS}]", ', "reward": 1.0'), True),
    "no gold and half a reward": (run(f"[{PARIS}]", ', "reward": 0.5'), False),
    "gold decides before the reward": (run(f"[{ROME}]", gold(PARIS) + ', "reward": 1.0'), False),
    "the reward decides before gold of writes": (
        run(f"[{ROME}]", gold('{"cancel_order": {"order_id": 7}}', mode="writes") + ', "reward": 1.0'),
        True,
    ),
    "gold of writes without a reward": (run(f"[{ROME}]", gold('{"cancel_order": {"order_id": 7}}', mode="writes")), False),
    "gold of a state without a reward": (run(f"[{PARIS}]", gold(PARIS, mode="state")), None),
    "gold of a state and a reward": (run(f"[{PARIS}]", gold(PARIS, mode="state") + ', "reward": 0'), False),
    "any call will do": (run(f"[{TIME}]", gold(PARIS, mode="any_call")), True),
    "any call, and none was made": (run('{"say": "?"}', gold(PARIS, mode="any_call")), False),
    "no call was due and none was made": (run('{"say": "?"}', gold()), True),
    "no call was due and one was made": (run(f"[{PARIS}]", gold()), False),
    "the engine failed": (run('{"say": "Error during inference", "finish": "error"}', gold(PARIS)), None),
    "the engine cut the call": (run(r'{"calls": [{"get_weather": "{\"ci"}], "finish": "length"}', gold(PARIS)), None),
    "the engine cut the run before any call": (run('{"say": "Let me", "finish": "length"}', gold(PARIS, mode="any_call")), None),
}


@pytest.mark.parametrize(("raw", "passed"), PASSED.values(), ids=list(PASSED))
def test_passed(raw, passed):
    assert verdict(raw).passed is passed


@pytest.mark.parametrize("setting", ["strict", "constrained"])
def test_under_strict_or_constrained_decoding_a_slip_against_the_schema_is_the_harness_s(setting):
    raw = run('[{"get_weather": {"days": "x", "mood": 1}}]', f', "request": {{"{setting}": true}}')
    assert {(f.error, f.fault) for o in verdict(raw).outcomes for f in o.findings} == {
        ("IAN", "harness"),
        ("IAT", "harness"),
        ("IAV", "harness"),
    }


def test_under_strict_decoding_a_wrong_value_against_gold_is_still_the_agent_s():
    raw = run(f"[{ROME}]", gold(PARIS) + ', "request": {"strict": true}')
    assert charged(raw) == [("IAV", "$.turns[1].calls[0].arguments.city", "other")]


def test_tools_are_those_of_the_step():
    raw = (
        '{"tool_sets": [["get_weather"], ["get_time"]], "turns": ["?", [{"get_time": {"city": "Paris"}}],'
        ' {"calls": [{"get_time": {"city": "Paris"}}, {"get_weather": {"city": "Paris"}}], "tool_set": 1}]}'
    )
    assert charged(raw) == [("IFN", "$.turns[1].calls[0]", "not_offered"), ("IFN", "$.turns[2].calls[1]", "not_offered")]


def test_the_mode_asked_for_comes_before_the_gold_s_own():
    subject = trajectory(run(f"[{PARIS}, {TIME}]", gold(PARIS)))
    assert (classify(subject).passed, classify(subject, gold_mode="required").passed) == (False, True)


def test_without_tools_gold_and_results_what_needs_them_is_skipped_and_says_why():
    skipped = {o.error: o.skipped for o in verdict('{"tools": null, "turns": ["?", [{"get_weather": {"city": 1}}]]}').outcomes}
    needing = {"IFE", "IFN", "IAN", "IAT", "IAV", "IAC", "wrong_tool", "unneeded_call", "extra_call", "wrong_order"}
    assert {code for code, reason in skipped.items() if reason} >= needing | {"tool_error", "ignored_tool_error", "unrecovered_error"}
    assert all(reason is None or len(reason) > 10 for reason in skipped.values())


def test_every_detector_has_its_outcome_in_order():
    assert [o.error for o in verdict('{"turns": []}').outcomes] == [detector.CODE for detector in DETECTORS]


def test_a_crashing_detector_is_contained_and_named(monkeypatch):
    broken = next(detector for detector in DETECTORS if detector.CODE == "IAT")

    def crash(case):
        raise RuntimeError("out of paper")
        yield

    monkeypatch.setattr(broken, "detect", crash)
    found = classify(trajectory(run('[{"get_weather": {"city": 5, "mood": 1}}]', gold(PARIS))))
    assert found.crashed == ("IAT: RuntimeError: out of paper",)
    outcomes = {o.error: o for o in found.outcomes}
    assert outcomes["IAT"].findings == ()
    assert "crashed" in outcomes["IAT"].skipped
    assert [f.subtype for f in outcomes["IAN"].findings] == ["unknown"]


def test_where_a_deciding_detector_crashed_nothing_has_passed(monkeypatch):
    def crash(case):
        raise RuntimeError("out of paper")

    monkeypatch.setattr(next(detector for detector in DETECTORS if detector.CODE == "IAV"), "assess", crash)
    assert classify(trajectory(run(f"[{ROME}]", gold(PARIS)))).passed is None


def test_a_batch_keeps_its_order():
    batch = [trajectory(json.dumps({"turns": [], "key": key})) for key in ("b", "a", "c")]
    assert [found.key for found in classify_batch(batch)] == ["b", "a", "c"]


def test_the_label_of_another_checker_is_passed_on():
    assert verdict('{"turns": [], "meta": {"compat_label": "valid"}}').compat_label == "valid"
    assert verdict('{"turns": [], "meta": {"compat_label": 3}}').compat_label is None


def test_every_code_that_decides_is_one_of_the_taxonomy():
    assert {detector.CODE for detector in DETECTORS} >= module.DECIDING


def test_a_crash_while_laying_out_is_contained_and_named(monkeypatch):
    def crash(*_):
        raise KeyError("no such turn")

    monkeypatch.setattr(module, "build", crash)
    found = classify(trajectory(run(f"[{PARIS}]", gold(PARIS))))
    assert found.passed is None
    assert found.crashed == ("laying out the trajectory crashed: KeyError: 'no such turn'",)
    assert {outcome.skipped for outcome in found.outcomes} == {"laying out the trajectory crashed: KeyError"}


def test_without_tools_the_effect_of_a_call_is_taken_from_its_verb():
    calls = [Call(name=name, arguments={}, result=Result(content="ok")) for name in ("get_user", "book_flight", "cancel_flight")]
    steps = tuple(Step(calls=(call,)) for call in calls)
    due = Gold(paths=((ExpectedCall(name="get_user"), ExpectedCall(name="book_flight")),), mode="writes")
    found = classify(Trajectory(key="k", id="i", turns=steps, gold=due))
    told = {outcome.error: [f.tool for f in outcome.findings] for outcome in found.outcomes if outcome.findings}
    assert told == {"extra_call": ["cancel_flight"]}
    assert next(outcome for outcome in found.outcomes if outcome.error == "IFN").skipped
