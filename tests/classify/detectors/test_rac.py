"""RAC: the very same call again, to no purpose."""

from tests.classify.build import charged, outcome, tables


def weather(city: str, reply: str = '"->": "18 C"') -> str:
    return f'{{"get_weather": {{"city": "{city}"}}, {reply}}}'


PARIS, LYON = weather("Paris"), weather("Lyon", '"->": "20 C"')
BARE = '{"get_weather": {"city": "Paris"}}'
ERROR = weather("Paris", '"!": "no such station"')
TIMEOUT = weather("Paris", '"!": "503 service unavailable"')
SAID_TIMEOUT = weather("Paris", '"->": "Error: connection timed out"')
WRITE = '{"send_mail": {"to": "a", "body": "b"}, "->": "sent"}'
POKE = '{"poke": {"what": "it"}, "->": "ok"}'


def run(*steps: str, more: str = "") -> str:
    return f'{{"turns": ["?", {", ".join(f"[{step}]" for step in steps)}]{more}}}'


def job(name: str, *replies: str, said: str = "") -> str:
    calls = [f'[{{"{name}": {{"job": "a"}}, "->": "{reply}"}}]' for reply in replies]
    turns = f', "{said}", '.join(calls) if said else ", ".join(calls)
    tool = f'{{"name": "{name}", "effect": "read", "parameters": {{"properties": {{"job": {{"type": "string"}}}}}}}}'
    return f'{{"tools": [{tool}], "turns": ["?", {turns}]}}'


SECOND, THIRD, FOURTH = "$.turns[2].calls[0]", "$.turns[3].calls[0]", "$.turns[4].calls[0]"
FLAGGED = {
    "a failing call made again alike, though the gold makes it twice": (
        '{"turns": ["?", [{"get_time": {"city": "Rome"}, "!": "no"}], [{"get_time": {"city": "Rome"}, "!": "no"}]],'
        ' "gold": [{"get_time": {"city": "Rome"}}, {"get_time": {"city": "Rome"}}]}',
        [("$.turns[2].calls[0]", "retry_same_error")],
    ),
    "twice in one batch, without results": (run(f"{BARE}, {BARE}"), [("$.turns[1].calls[1]", "same_batch")]),
    "twice in one batch, with another between": (
        run(f'{BARE}, {{"get_time": {{"city": "Rome"}}}}, {BARE}'),
        [("$.turns[1].calls[2]", "same_batch")],
    ),
    "a write twice in one batch": (run(f"{WRITE}, {WRITE}"), [("$.turns[1].calls[1]", "same_batch")]),
    "three times in one batch": (
        run(f"{BARE}, {BARE}, {BARE}"),
        [("$.turns[1].calls[1]", "same_batch"), ("$.turns[1].calls[2]", "same_batch")],
    ),
    "the same reading in the next step": (run(PARIS, PARIS), [(SECOND, "exact")]),
    "the same reading after another": (run(PARIS, LYON, PARIS), [(THIRD, "exact")]),
    "the same reading with its arguments in another order": (
        run(
            '{"get_weather": {"city": "Paris", "days": 2}, "->": "18 C"}',
            '{"get_weather": {"days": 2, "city": "Paris"}, "->": "18 C"}',
        ),
        [(SECOND, "exact")],
    ),
    "two readings in turn": (run(PARIS, LYON, PARIS, LYON), [(THIRD, "exact"), (FOURTH, "loop")]),
    "the same failing call again, whose reply happens to hold 500": (
        run(*[weather("Paris", '"!": "text too long, at most 500 characters"')] * 2),
        [(SECOND, "retry_same_error")],
    ),
    "the same reading after the user tells of having read again": (
        '{"turns": ["?", [%s], "I have just read the letter again: Paris it is.", [%s]]}' % (PARIS, PARIS),
        [(THIRD, "exact")],
    ),
    "the same failing call again": (run(ERROR, ERROR), [(SECOND, "retry_same_error")]),
    "a failing write again": (
        run('{"cancel_order": {"order_id": 7}, "!": "already cancelled"}', '{"cancel_order": {"order_id": 7}, "!": "already cancelled"}'),
        [(SECOND, "retry_same_error")],
    ),
    "a write again in the next step": (run(WRITE, WRITE), [(SECOND, "exact")]),
    "a second retry after a transient error": (run(TIMEOUT, TIMEOUT, TIMEOUT), [(THIRD, "retry_same_error")]),
    "the gold has the call once": (run(PARIS, PARIS, more=f', "gold": [{BARE}]'), [(SECOND, "exact")]),
    "the gold has it twice and it was made three times": (
        run(f"{BARE}, {BARE}, {BARE}", more=f', "gold": [{BARE}, {BARE}]'),
        [("$.turns[1].calls[2]", "same_batch")],
    ),
    "where no call was due at all": (run(f"{BARE}, {BARE}", more=', "gold": []'), [("$.turns[1].calls[1]", "same_batch")]),
    "in a mode that welcomes further calls": (run(PARIS, PARIS, more=f', "gold": [{BARE}], "mode": "required"'), [(SECOND, "exact")]),
    "a status that was final already": (job("get_status", "done", "done"), [(SECOND, "exact")]),
    "a reading whose data speaks of something pending": (job("get_orders", "pending: 7", "pending: 7"), [(SECOND, "exact")]),
    "the user speaks between, and not of doing it again": (job("get_page", "a", "a", said="thanks"), [(THIRD, "exact")]),
    "an argument that the tool refused, given again": (
        run(
            weather("Paris", "\"->\": \"city must be one of 'Rome', 'Oslo'\""),
            weather("Paris", "\"->\": \"city must be one of 'Rome', 'Oslo'\""),
        ),
        [(SECOND, "retry_same_error")],
    ),
    "without tools given, within a batch": (run(f"{BARE}, {BARE}", more=', "tools": null'), [("$.turns[1].calls[1]", "same_batch")]),
}

CLEAN = {
    "once more after a status that may pass": run(*[weather("Paris", '"!": "HTTP 503"')] * 2),
    "one call": run(PARIS),
    "another argument": run(PARIS, LYON),
    "another tool with the same arguments": run(PARIS, '{"get_time": {"city": "Paris"}, "->": "9:00"}'),
    "one optional argument more": run(PARIS, '{"get_weather": {"city": "Paris", "days": 2}, "->": "18 C"}'),
    "another result": run(PARIS, weather("Paris", '"->": "19 C"')),
    "without results only a batch shows a repeat": run(BARE, BARE),
    "a reading again after a write": run(PARIS, WRITE, PARIS),
    "a reading again after a call of unknown effect": run(PARIS, POKE, PARIS),
    "one retry after a transient error": run(TIMEOUT, PARIS),
    "one retry after a transient error that fails alike": run(TIMEOUT, TIMEOUT),
    "one retry after a reply that reads as a transient error": run(SAID_TIMEOUT, SAID_TIMEOUT),
    "a tool that is random by its description": run('{"roll_dice": {"sides": 6}, "->": "4"}', '{"roll_dice": {"sides": 6}, "->": "4"}'),
    "polling a status": (
        '{"tools": [{"name": "get_job_status", "effect": "read", "description": "The status of a running job", "parameters": {"properties": {"job": {"type": "string"}}}}],'  # noqa: E501
        ' "turns": ["?", [{"get_job_status": {"job": "a"}, "->": "running"}], [{"get_job_status": {"job": "a"}, "->": "running"}]]}'
    ),
    "a paging cursor": (
        '{"tools": [{"name": "list_mail", "effect": "read", "parameters": {"properties": {"cursor": {"type": "string"}}}}],'
        ' "turns": ["?", [{"list_mail": {"cursor": "1"}, "->": "a"}], [{"list_mail": {"cursor": "2"}, "->": "a"}]]}'
    ),
    "polling by what the reply says": job("check_build", "in progress", "in progress", "in progress"),
    "going on to the next page": job("next_page", "a", "a"),
    "one step further, by the verb": job("scrollDown", "ok", "ok"),
    "one step further, behind a namespace": job("browser.scroll_down", "ok", "ok"),
    "the user asks for it again": job("get_orders", "none", "none", said="Please check again."),
    "repeats that the gold itself contains": run(f"{BARE}, {BARE}", more=f', "gold": [{BARE}, {BARE}]'),
    "repeats that the gold itself contains, step by step": run(PARIS, PARIS, more=f', "gold": [{BARE}, {BARE}]'),
    "readings that the gold itself contains, where only writes are matched": run(
        f"{BARE}, {BARE}", more=f', "gold": [{BARE}, {BARE}], "mode": "writes"'
    ),
    "a number and its text are two calls": run('{"get_time": {"city": 5}, "->": "9"}', '{"get_time": {"city": "5"}, "->": "9"}'),
    "an unknown function called twice was never executed": run('{"fetch": {}}, {"fetch": {}}'),
    "a broken call made twice was never executed": run('{"get_time": "{"}, {"get_time": "{"}'),
}

test_flagged, test_clean = tables("RAC", FLAGGED, CLEAN)


def test_a_repeat_is_no_extra_call():
    assert charged(run(f"{BARE}, {BARE}", more=f', "gold": [{BARE}]')) == [("RAC", "$.turns[1].calls[1]", "same_batch")]


def test_a_repeat_where_nothing_was_due_is_no_second_unneeded_call():
    assert charged(run(f"{BARE}, {BARE}", more=', "gold": []')) == [
        ("RAC", "$.turns[1].calls[1]", "same_batch"),
        ("unneeded_call", "$.turns[1].calls[0]", "no_call_due"),
    ]


def test_an_earlier_answer_and_no_later_one_is_likely():
    assert charged(run(PARIS, BARE)) == [("RAC", SECOND, "exact", "likely")]


def test_the_same_call_for_another_gold_call_is_a_wrong_value():
    raw = run(f"{BARE}, {BARE}", more=f', "gold": [{BARE}, {{"get_weather": {{"city": "Lyon"}}}}]')
    assert charged(raw) == [("IAV", "$.turns[1].calls[1].arguments.city", "other")]


def test_the_readable_calls_are_the_opportunities():
    assert outcome('{"turns": ["?", [{"fetch": {}}, {"get_time": {"city": "Paris"}}, {"get_time": "{"}]]}', "RAC").assessed == 1
