"""constraint_violation: the request stated a limit on calls, and the model broke it."""

from tests.classify.build import charged, outcome, tables

PARIS, ROME = '{"get_weather": {"city": "Paris"}}', '{"get_weather": {"city": "Rome"}}'


def run(request: str, *steps: str) -> str:
    return f'{{"request": {{{request}}}, "turns": ["?", {", ".join(steps)}]}}'


FLAGGED = {
    "two calls in one step though parallel calls were switched off": (
        run('"parallel_tool_calls": false', f"[{PARIS}, {ROME}]"),
        [("$.turns[1]", "parallel")],
    ),
    "every such step": (
        run('"parallel_tool_calls": false', f"[{PARIS}, {ROME}]", f"[{PARIS}]", f"[{ROME}, {PARIS}]"),
        [("$.turns[1]", "parallel"), ("$.turns[3]", "parallel")],
    ),
    "more calls than allowed": (run('"max_calls": 1', f"[{PARIS}]", f"[{ROME}]"), [("$.turns[2].calls[0]", "limit")]),
    "the harness decoded under constraint": (
        run('"parallel_tool_calls": false, "constrained": true', f"[{PARIS}, {ROME}]"),
        [("$.turns[1]", "parallel", "certain", "harness")],
    ),
}

CLEAN = {
    "one call a step": run('"parallel_tool_calls": false', f"[{PARIS}]", f"[{ROME}]"),
    "parallel calls allowed": run('"parallel_tool_calls": true', f"[{PARIS}, {ROME}]"),
    "nothing said of parallel calls": run('"tool_choice": "auto"', f"[{PARIS}, {ROME}]"),
    "as many calls as allowed": run('"max_calls": 2', f"[{PARIS}, {ROME}]"),
    "calls though switched off are unneeded": run('"tool_choice": "none"', f"[{PARIS}]"),
    "no call though demanded is a missing call": run('"tool_choice": "required"', '{"say": "no"}'),
    "another tool than the one named is the wrong tool": run('"tool_choice": "get_time"', f"[{PARIS}]"),
}

test_flagged, test_clean = tables("constraint_violation", FLAGGED, CLEAN)


def test_parallel_gold_done_one_after_the_other_under_the_limit_is_clean():
    raw = '{"request": {"parallel_tool_calls": false}, "turns": ["?", [%s], [%s]], "gold": [%s, %s]}' % (PARIS, ROME, PARIS, ROME)
    assert charged(raw) == []


def test_without_a_stated_limit_it_is_skipped():
    assert "limit" in outcome(run('"tool_choice": "auto"', f"[{PARIS}]"), "constraint_violation").skipped
