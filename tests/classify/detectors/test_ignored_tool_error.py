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
    "after a good call before it": (
        '{"turns": ["?", [%s], [%s], {"say": "All sent."}]}' % (SENT, FAILED),
        [("$.turns[2].calls[0]", "continued", "likely")],
    ),
}

CLEAN = {
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
