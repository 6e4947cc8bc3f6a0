"""inference_error: an error of the engine stands where the model's turn should be."""

from tests.classify.build import charged, tables

FLAGGED = {
    "the record says that the engine failed": (
        '{"turns": ["?", {"say": "Error during inference: 429", "finish": "error"}]}',
        [("$.turns[1]", "error")],
    ),
    "with no text": ('{"turns": ["?", {"say": "", "finish": "error"}]}', [("$.turns[1]", "error")]),
}

CLEAN = {
    "an answer": '{"turns": ["?", {"say": "Sunny.", "finish": "stop"}]}',
    "a tool's error": '{"turns": ["?", [{"poke": {}, "!": "Error during inference"}]]}',
    "an answer about an error": '{"turns": ["?", {"say": "Error 429 means too many requests.", "finish": "stop"}]}',
}

test_flagged, test_clean = tables("inference_error", FLAGGED, CLEAN)


def test_the_model_is_charged_with_nothing():
    raw = '{"turns": ["?", {"say": "Error during inference: 429", "finish": "error"}], "gold": [{"get_time": {"city": "Paris"}}]}'
    assert charged(raw) == [("inference_error", "$.turns[1]", "error")]
