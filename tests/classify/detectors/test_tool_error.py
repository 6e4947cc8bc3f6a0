"""tool_error: a tool's reply that reports a failure."""

import json

from tests.classify.build import outcome, tables

CALL = "$.turns[1].calls[0]"


def replied(text: str, how: str = "->") -> str:
    return f'{{"turns": ["?", [{{"poke": {{}}, "{how}": {json.dumps(text)}}}]]}}'


FLAGGED = {
    "marked as an error by the log": (replied("nothing like this", "!"), [(CALL, "error_reply")]),
    "begins with Error": (replied("Error: user not found"), [(CALL, "error_reply")]),
    "the kind of error before the word": (replied('Parameter type error: "style"'), [(CALL, "error_reply")]),
    "an exception's class": (replied("KeyError: 'city'"), [(CALL, "error_reply")]),
    "a short reply that something is not there": (replied("Email not found."), [(CALL, "error_reply")]),
    "an error field of an object": (replied('{"error": "user not found"}'), [(CALL, "error_reply")]),
    "a traceback": (replied("Traceback (most recent call last):\n  ..."), [(CALL, "error_reply")]),
    "an HTTP status": (replied("HTTP 404 not found"), [(CALL, "error_reply")]),
    "an unknown parameter": (replied("unknown parameter 'city'"), [(CALL, "error_reply")]),
}

CLEAN = {
    "a result": replied("18 C"),
    "an empty result": replied("No results found."),
    "data about an error": replied("Margin of error: 3 %"),
    "a longer text that something is not there": replied("The order is closed. " * 5 + "The invoice was not found."),
    "an error field that is null": replied('{"error": null, "rows": 3}'),
    "an error field that is false": replied('{"error": false}'),
    "an empty error field": replied('{"error": ""}'),
    "data that mentions errors": replied("3 rows, 0 errors"),
    "a title that has the word in it": replied("The Error of Our Ways, a film"),
    "a word that only begins alike": replied("Errors and omissions excepted"),
    "no reply": '{"turns": ["?", [{"poke": {}}]]}',
}

test_flagged, test_clean = tables("tool_error", FLAGGED, CLEAN)


def test_without_replies_it_is_skipped():
    assert "replies" in outcome('{"turns": ["?", [{"poke": {}}]]}', "tool_error").skipped
