"""budget_limit: the run ended because its budget was used up."""

from tests.classify.build import outcome, tables

CALL, SAY = '[{"get_time": {"city": "Paris"}}]', '{"say": "Nine."}'

FLAGGED = {
    "the last allowed step still calls": (
        '{"request": {"max_steps": 2}, "turns": ["?", %s, %s]}' % (CALL, CALL),
        [("$.turns[2]", "steps")],
    ),
    "the harness says that the steps ran out": (
        '{"meta": {"termination_reason": "max_steps"}, "turns": ["?", %s, %s]}' % (CALL, SAY),
        [("$.turns[2]", "steps")],
    ),
    "the last allowed step calls, and finishes besides": (
        '{"request": {"max_steps": 2, "finish": "get_time"}, "turns": ["?", %s, [{"get_time": {"city": "Paris"}}, {"poke": {}}]]}' % CALL,
        [("$.turns[2]", "steps")],
    ),
    "the harness says that the context is full": (
        '{"meta": {"termination_reason": "context_length"}, "turns": ["?", %s]}' % CALL,
        [("$.turns[1]", "tokens")],
    ),
}

CLEAN = {
    "an answer in the last allowed step": '{"request": {"max_steps": 2}, "turns": ["?", %s, %s]}' % (CALL, SAY),
    "fewer steps than allowed": '{"request": {"max_steps": 9}, "turns": ["?", %s, %s]}' % (CALL, CALL),
    "the last allowed step ends the task": '{"request": {"max_steps": 2, "finish": "get_time"}, "turns": ["?", %s, %s]}' % (CALL, CALL),
    "the harness says that the model was done": (
        '{"request": {"max_steps": 2}, "meta": {"stopped": "finished"}, "turns": ["?", %s, %s]}' % (CALL, CALL)
    ),
    "the user stopped": '{"meta": {"termination_reason": "user_stop"}, "turns": ["?", %s]}' % CALL,
    "one reply cut by the engine is an artefact": '{"request": {"max_steps": 9}, "turns": ["?", {"say": "x", "finish": "length"}]}',
    "a single turn by design": '{"request": {"max_steps": 1}, "turns": ["?", %s]}' % CALL,
    "no step at all": '{"request": {"max_steps": 2}, "turns": ["?"]}',
}

test_flagged, test_clean = tables("budget_limit", FLAGGED, CLEAN)


def test_without_a_stated_limit_it_is_skipped():
    assert "limit" in outcome('{"turns": ["?", %s]}' % CALL, "budget_limit").skipped
