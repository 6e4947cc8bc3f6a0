"""ignored_tool_error: the model answers as if a failed call had succeeded."""

from tests.classify.build import outcome, tables

FAILED = '{"send_mail": {"to": "a", "body": "b"}, "!": "mailbox full"}'
READS_FAILED = '{"send_mail": {"to": "a", "body": "b"}, "->": "Error: mailbox full"}'
SENT = '{"send_mail": {"to": "a", "body": "b"}, "->": "sent"}'
LAST = "$.turns[1].calls[0]"

FLAGGED = {
    "a success is told after a failure": (
        '{"turns": ["?", [%s], {"say": "Your mail is on its way."}]}' % FAILED,
        [(LAST, "continued", "likely")],
    ),
    "the reply only reads as an error": ('{"turns": ["?", [%s], {"say": "Done."}]}' % READS_FAILED, [(LAST, "continued", "likely")]),
    "a failure beside a call that worked": (
        '{"turns": ["?", [%s, {"get_time": {"city": "Rome"}, "->": "9"}], {"say": "Your mail is on its way, and it is nine."}]}' % FAILED,
        [(LAST, "continued", "likely")],
    ),
    "an earlier user turn, where the gold tells them apart": (
        '{"turns": ["a", [%s], {"say": "All sent."}, "b", [{"get_time": {"city": "Rome"}, "->": "9"}], {"say": "Nine."}],'
        ' "gold": [{"send_mail": {"to": "a", "body": "b"}, "turn": 0}, {"get_time": {"city": "Rome"}, "turn": 1}]}' % FAILED,
        [(LAST, "continued", "likely")],
    ),
    "before the call that ends the task": (
        '{"request": {"finish": "poke"}, "turns": ["?", [%s], {"say": "All sent.", "calls": [{"poke": {}, "->": "ok"}]}]}' % FAILED,
        [(LAST, "continued", "likely")],
    ),
    "after a good call before it": (
        '{"turns": ["?", [%s], [%s], {"say": "All sent."}]}' % (SENT, FAILED),
        [("$.turns[2].calls[0]", "continued", "likely")],
    ),
}

CLEAN = {
    "the same call twice at once, one of which worked": '{"turns": ["?", [%s, %s], {"say": "All sent."}]}' % (SENT, FAILED),
    "the user is told": '{"turns": ["?", [%s], {"say": "I could not send it: the mailbox is full."}]}' % FAILED,
    "the user is told that there is none": '{"turns": ["?", [%s], {"say": "I found two, and no mail of today."}]}' % FAILED,
    "the user is asked": '{"turns": ["?", [%s], {"say": "Is there another address?"}]}' % FAILED,
    "the call is mended": '{"turns": ["?", [%s], [%s], {"say": "Sent."}]}' % (FAILED, SENT),
    "another way is tried": '{"turns": ["?", [%s], [{"poke": {}, "->": "ok"}], {"say": "Done."}]}' % FAILED,
    "no failure": '{"turns": ["?", [%s], {"say": "Sent."}]}' % SENT,
    "the run ends with the failure, nothing said": '{"turns": ["?", [%s]]}' % FAILED,
    "a result that only mentions errors": '{"turns": ["?", [{"poke": {}, "->": "3 rows, 0 errors"}], {"say": "Done."}]}',
}

test_flagged, test_clean = tables("ignored_tool_error", FLAGGED, CLEAN)


def test_without_results_it_is_skipped():
    assert "replies" in outcome('{"turns": ["?", [{"poke": {}}], {"say": "Done."}]}', "ignored_tool_error").skipped
