"""IFE: text that tried to call and did not parse as asked."""

from tests.classify.build import charged, outcome, tables

CALL = "$.turns[1].calls[0]"
GOLD = '"gold": [{"get_weather": {"city": "Paris"}}]'
LIST = '"request": {"dialect": "json_list"}'
PYTHONIC = '"request": {"dialect": "pythonic"}'

FLAGGED = {
    "a good call in a fence": (
        r'{%s, "turns": ["?", {"raw": "Sure!\n```json\n[{\"name\": \"get_time\", \"arguments\": {\"city\": \"Paris\"}}]\n```"}]}' % LIST,
        [(CALL, "wrapped")],
    ),
    "a good call after a sentence": (
        r'{%s, "turns": ["?", {"raw": "Here it is: [{\"name\": \"get_time\", \"arguments\": {\"city\": \"Paris\"}}]"}]}' % LIST,
        [(CALL, "wrapped")],
    ),
    "a good call in another syntax than the one asked for": (
        '{%s, "turns": ["?", {"raw": "[get_time(city=\'Paris\')]"}]}' % LIST,
        [(CALL, "other_syntax")],
    ),
    "a foreign literal in a pythonic call": (
        '{%s, "turns": ["?", {"raw": "[get_weather(city=\'Paris\', hourly=true)]"}]}' % PYTHONIC,
        [(CALL, "other_syntax")],
    ),
    "positional arguments": ('{%s, "turns": ["?", {"raw": "[get_time(\'Paris\')]"}]}' % PYTHONIC, [(CALL, "positional")]),
    "a call that breaks off although the engine stopped by itself": (
        r'{%s, "turns": ["?", {"raw": "[{\"name\": \"get_time\", \"arguments\": {\"ci", "finish": "stop"}]}' % LIST,
        [(CALL, "truncated")],
    ),
    "a call that stands only in the reasoning": (
        '{%s, "turns": ["?", {"raw": "<think>I call [get_time(city=\'Paris\')]</think>"}]}' % PYTHONIC,
        [(CALL, "in_reasoning")],
    ),
    "arguments that are no object": (
        r'{%s, "turns": ["?", {"raw": "[{\"name\": \"get_time\", \"arguments\": [\"Paris\"]}]"}]}' % LIST,
        [(CALL, "bad_shape")],
    ),
    "a colon left out": (
        r'{%s, "turns": ["?", {"raw": "[{\"name\": \"get_time\", \"arguments\": {\"city\" \"Paris\"}}]"}]}' % LIST,
        [(CALL, "malformed")],
    ),
    "an API's arguments that are no JSON": (
        r'{"turns": ["?", [{"get_time": "{\"city\" \"Paris\"}"}]]}',
        [(CALL, "malformed")],
    ),
    "every broken call of a step": (
        r'{"turns": ["?", [{"get_time": "{\"city\" \"Paris\"}"}, {"get_time": {"city": "Rome"}}, {"get_time": "{\"city\" \"Rome\"}"}]]}',
        [(CALL, "malformed"), ("$.turns[1].calls[2]", "malformed")],
    ),
}

CLEAN = {
    "a list as asked": r'{%s, "turns": ["?", {"raw": "[{\"name\": \"get_time\", \"arguments\": {\"city\": \"Paris\"}}]"}]}' % LIST,
    "a pythonic call as asked": '{%s, "turns": ["?", {"raw": "[get_time(city=\'Paris\')]"}]}' % PYTHONIC,
    "prose that names a tool": '{%s, "turns": ["?", {"raw": "I could use get_time for that."}]}' % LIST,
    "an answer": '{%s, "turns": ["?", {"raw": "It is nine o\'clock."}]}' % LIST,
    "thinking before the call is the trained format": (
        '{%s, "turns": ["?", {"raw": "<think>The user asks for the time.</think>[get_time(city=\'Paris\')]"}]}' % PYTHONIC
    ),
    "a call drafted in the reasoning and then made": (
        '{%s, "turns": ["?", {"raw": "<think>I will call [get_time(city=\'Rome\')]</think>[get_time(city=\'Paris\')]"}]}' % PYTHONIC
    ),
    "another syntax where none was asked for": '{"turns": ["?", {"raw": "[get_time(city=\'Paris\')]"}]}',
    "a call cut by the engine's length limit is an artefact": (
        r'{%s, "turns": ["?", {"raw": "[{\"name\": \"get_time\", \"arguments\": {\"ci", "finish": "length"}]}' % LIST
    ),
    "an unknown name that parses is a name": r'{%s, "turns": ["?", {"raw": "[{\"name\": \"foo\", \"arguments\": {}}]"}]}' % LIST,
    "an unknown argument that parses is a name": (
        r'{%s, "turns": ["?", {"raw": "[{\"name\": \"get_time\", \"arguments\": {\"city\": \"Paris\", \"mood\": 1}}]"}]}' % LIST
    ),
    "a wrong type that parses is a type": (
        r'{%s, "turns": ["?", {"raw": "[{\"name\": \"get_time\", \"arguments\": {\"city\": [1]}}]"}]}' % LIST
    ),
    "an API's arguments in good JSON": r'{"turns": ["?", [{"get_time": "{\"city\": \"Paris\"}"}]]}',
    "two calls of one list": (
        r'{%s, "turns": ["?", {"raw": "[{\"name\": \"get_time\", \"arguments\": {\"city\": \"Paris\"}},'
        r' {\"name\": \"get_time\", \"arguments\": {\"city\": \"Rome\"}}]"}]}' % LIST
    ),
}

test_flagged, test_clean = tables("IFE", FLAGGED, CLEAN)


def test_decoded_arguments_cannot_show_it_and_are_skipped():
    found = outcome('{"turns": ["?", [{"get_time": {"city": "Paris"}}]]}', "IFE")
    assert (found.assessed, found.findings) == (0, ())
    assert "decoded" in found.skipped


def test_a_call_that_does_not_parse_absorbs_one_gold_call():
    raw = r'{"turns": ["?", [{"get_weather": "{\"city\" \"Paris\"}"}]], %s}' % GOLD
    assert charged(raw) == [("IFE", CALL, "malformed")]


def test_it_absorbs_only_one():
    raw = r'{"turns": ["?", [{"get_weather": "{\"city\" \"Paris\"}"}]], "gold": [{"get_weather": {"city": "Paris"}}, {"get_time": {"city": "Rome"}}]}'  # noqa: E501
    assert [(code, path) for code, path, *_ in charged(raw)] == [("IFE", CALL), ("IAC", "$")]


def test_it_does_not_take_the_gold_call_of_a_good_one():
    raw = r'{"turns": ["?", [{"get_weather": "{\"city\" \"Paris\"}"}, {"get_weather": {"city": "Paris"}}]], %s}' % GOLD
    assert charged(raw) == [("IFE", CALL, "malformed")]


def test_a_recoverable_call_is_judged_further():
    raw = r'{%s, "turns": ["?", {"raw": "Sure: [{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Rome\", \"mood\": 1}}]"}], %s}' % (
        LIST,
        GOLD,
    )
    assert charged(raw) == [
        ("IFE", CALL, "wrapped"),
        ("IAN", f"{CALL}.arguments.mood", "unknown"),
        ("IAV", f"{CALL}.arguments.city", "other"),
    ]


def test_a_call_drafted_in_the_reasoning_is_not_matched():
    raw = '{%s, "turns": ["?", {"raw": "<think>[get_weather(city=\'Rome\')]</think>[get_weather(city=\'Paris\')]"}], %s}' % (PYTHONIC, GOLD)
    assert charged(raw) == []


def test_a_step_that_the_engine_cut_is_the_artefact_alone():
    raw = r'{%s, "turns": ["?", {"raw": "[{\"name\": \"get_weather\", \"arguments\": {\"ci", "finish": "length"}], %s}' % (LIST, GOLD)
    assert charged(raw) == [("truncated", "$.turns[1]", "length")]
