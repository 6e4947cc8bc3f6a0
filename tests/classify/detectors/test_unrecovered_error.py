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
    "after two attempts": (
        '{"turns": ["?", [%s], [{"get_weather": {"city": "Lutetia"}, "!": "no station"}], {"say": "I could not find it."}], "mode": "required", %s}'  # noqa: E501
        % (FAILED, GOLD),
        [("$.turns[2].calls[0]", "gave_up", "likely")],
    ),
}

CLEAN = {
    "the rest was done": '{"turns": ["?", [%s], [%s], {"say": "Sorry, one failed."}], %s}' % (FAILED, CANCEL, GOLD),
    "a failure that is passed over is another pattern": '{"turns": ["?", [%s], {"say": "Done."}], %s}' % (FAILED, GOLD),
    "nothing was left undone": '{"turns": ["?", [%s], {"say": "Sorry."}], "gold": [{"get_weather": {"city": "Paris"}}]}' % FAILED,
    "no failure": '{"turns": ["?", [{"get_weather": {"city": "Paris"}, "->": "18 C"}], {"say": "Sorry, no more."}], %s}' % GOLD,
    "nothing was called": '{"turns": ["?", {"say": "Sorry."}], %s}' % GOLD,
}

test_flagged, test_clean = tables("unrecovered_error", FLAGGED, CLEAN)


def test_without_gold_it_is_skipped():
    assert "gold" in outcome('{"turns": ["?", [%s], {"say": "Sorry."}]}' % FAILED, "unrecovered_error").skipped
