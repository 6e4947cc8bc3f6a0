"""unrecovered_error: a tool failed, the model gave up, and what was due never came."""

from tests.classify.build import outcome, tables

FAILED = '{"get_weather": {"city": "Paris"}, "!": "no station"}'
GOLD = '"gold": [{"get_weather": {"city": "Paris"}}, {"cancel_order": {"order_id": 7}}]'
CANCEL = '{"cancel_order": {"order_id": 7}, "->": "ok"}'

FLAGGED = {
    "the failure is told and the rest left undone": (
        '{"turns": ["?", [%s], {"say": "Sorry, that failed."}], %s}' % (FAILED, GOLD),
        [("$.turns[1].calls[0]", "gave_up", "likely")],
    ),
    "an earlier user turn, where the gold tells them apart": (
        '{"turns": ["a", [%s], {"say": "Sorry, that failed."}, "b", [%s], {"say": "Done."}], "mode": "required",'
        ' "gold": [{"get_weather": {"city": "Paris"}, "turn": 0}, {"get_time": {"city": "Rome"}, "turn": 0},'
        ' {"cancel_order": {"order_id": 7}, "turn": 1}]}' % (FAILED, CANCEL),
        [("$.turns[1].calls[0]", "gave_up", "likely")],
    ),
    "after two attempts": (
        '{"turns": ["?", [%s], [{"get_weather": {"city": "Lutetia"}, "!": "no station"}], {"say": "I could not find it."}], "mode": "required", %s}'  # noqa: E501
        % (FAILED, GOLD),
        [("$.turns[2].calls[0]", "gave_up", "likely")],
    ),
}

CLEAN = {
    "what was left undone belongs to another user turn": (
        '{"turns": ["a", {"say": "No."}, "b", [%s], {"say": "Sorry, that failed."}], "mode": "required",'
        ' "gold": [{"cancel_order": {"order_id": 7}, "turn": 0}, {"get_weather": {"city": "Paris"}, "turn": 1}]}' % FAILED
    ),
    "the rest was done": '{"turns": ["?", [%s], [%s], {"say": "Sorry, one failed."}], %s}' % (FAILED, CANCEL, GOLD),
    "a failure that is passed over is another pattern": '{"turns": ["?", [%s], {"say": "Done."}], %s}' % (FAILED, GOLD),
    "nothing was left undone": '{"turns": ["?", [%s], {"say": "Sorry."}], "gold": [{"get_weather": {"city": "Paris"}}]}' % FAILED,
    "no failure": '{"turns": ["?", [{"get_weather": {"city": "Paris"}, "->": "18 C"}], {"say": "Sorry, no more."}], %s}' % GOLD,
    "nothing was called": '{"turns": ["?", {"say": "Sorry."}], %s}' % GOLD,
}

test_flagged, test_clean = tables("unrecovered_error", FLAGGED, CLEAN)


def test_without_gold_it_is_skipped():
    assert "gold" in outcome('{"turns": ["?", [%s], {"say": "Sorry."}]}' % FAILED, "unrecovered_error").skipped
