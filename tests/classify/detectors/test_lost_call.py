"""lost_call: the model's text holds more calls than the harness kept."""

from tests.classify.build import outcome, tables

TWO = r"[get_time(city='Paris'), get_time(city='Rome')]"
KEPT = '{"get_time": {"city": "Paris"}}'

FLAGGED = {
    "one of two calls was kept": (
        '{"turns": ["?", {"calls": [%s], "raw": "%s"}]}' % (KEPT, TWO),
        [("$.turns[1]", "parallel")],
    ),
}

CLEAN = {
    "both were kept": '{"turns": ["?", {"calls": [%s, {"get_time": {"city": "Rome"}}], "raw": "%s"}]}' % (KEPT, TWO),
    "the text is only what was said beside the call": '{"turns": ["?", {"calls": [%s], "raw": "Let me look."}]}' % KEPT,
    "the text was parsed here": '{"turns": ["?", {"raw": "%s"}]}' % TWO,
}

test_flagged, test_clean = tables("lost_call", FLAGGED, CLEAN)


def test_without_raw_text_beside_calls_it_is_skipped():
    assert "raw" in outcome('{"turns": ["?", [%s]]}' % KEPT, "lost_call").skipped
