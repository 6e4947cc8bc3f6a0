"""truncated: the engine cut the text at its length limit."""

from tests.classify.build import charged, outcome, tables

FLAGGED = {
    "the finish reason says so": ('{"turns": ["?", {"say": "Once upon", "finish": "length"}]}', [("$.turns[1]", "length")]),
    "Anthropic's word for it": ('{"turns": ["?", {"say": "Once upon", "finish": "max_tokens"}]}', [("$.turns[1]", "length")]),
    "beside good calls": (
        '{"turns": ["?", {"calls": [{"get_time": {"city": "Paris"}}], "finish": "length"}]}',
        [("$.turns[1]", "length")],
    ),
}

CLEAN = {
    "the model stopped by itself": '{"turns": ["?", {"say": "Sunny.", "finish": "stop"}]}',
    "a call ended the step": '{"turns": ["?", {"calls": [{"get_time": {"city": "Paris"}}], "finish": "tool_calls"}]}',
    "an unfinished text without such a reason": '{"turns": ["?", {"say": "Once upon", "finish": "stop"}]}',
    "no finish reason": '{"turns": ["?", {"say": "Once upon"}]}',
}

test_flagged, test_clean = tables("truncated", FLAGGED, CLEAN)


def test_without_finish_reasons_it_is_skipped():
    assert "finish" in outcome('{"turns": ["?", {"say": "Sunny."}]}', "truncated").skipped


def test_it_masks_the_call_that_breaks_off():
    raw = r'{"turns": ["?", {"calls": [{"get_time": "{\"ci"}], "finish": "length"}]}'
    assert charged(raw) == [("truncated", "$.turns[1]", "length")]
