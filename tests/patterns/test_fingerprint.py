"""Messages as the detectors write them, and what is left of them without ids, numbers and values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectool.patterns.fingerprint import MAX_TEXT, fingerprint
from spectool.patterns.shapes_arguments import argument_of
from spectool.patterns.shapes_renames import change
from spectool.patterns.shapes_replies import reply_of
from spectool.patterns.shapes_values import kind_of, relation

SHAPES = [
    (
        "no call due",
        "unneeded_call.no_call_due",
        "add",
        "expected no call (no call is due), got 'add'",
        "expected no call (no call is due), got the tool",
    ),
    ("a missing call", "IAC.no_call", "add", "expected a call of 'add', got no call at all", "expected a call, got no call at all"),
    (
        "a repeat, wherever the first call was",
        "RAC.exact",
        "wc",
        "expected a new call, got wc again with the same arguments as turns[11].calls[0]",
        "expected a new call, got the tool again with the same arguments as an earlier call",
    ),
    (
        "an invented name",
        "IFN.invented",
        "Torch",
        "expected one of the offered functions (a, b), got 'Torch'",
        "expected one of the offered functions, got another",
    ),
    (
        "an undeclared argument",
        "IAN.unknown",
        "f",
        "expected an argument of f (a, b), got 'c'",
        "expected a declared argument, got another",
    ),
    ("an undeclared key", "IAN.unknown", "f", "expected a key of params (a), got 'c'", "expected a declared key, got another"),
    (
        "a required argument",
        "IAV.missing_required",
        "f",
        "expected the required argument 'year', got nothing",
        "expected the required argument, got nothing",
    ),
    ("a place added", "IAV.partial", "f", "expected 'Boston', got 'Boston, MA'", "expected a text, got it with more after a comma"),
    ("an omitted truth", "IAV.omitted", "f", "expected 'true', got nothing", "expected a boolean, got nothing"),
    ("a text for a number", "IAT.coercible", "f", "expected integer, got string '19'", "expected integer, got string that holds a number"),
    (
        "a value under another type",
        "IAV.format_variant",
        "f",
        "expected integer '50', got string '50'",
        "expected integer, got string that says the same",
    ),
    ("an abbreviation", "IAV.format_variant", "f", "expected 'Los Angeles', got 'LA'", "expected a text, got it written otherwise"),
    (
        "a value not listed",
        "IAV.outside_enum",
        "f",
        "expected one of 'regular', 'imax', got 'IMAX'",
        "expected one of the listed values, got one in other capitals",
    ),
    (
        "a reserved domain",
        "IAV.placeholder",
        "f",
        "expected a real address, got 'https://example.com/a', whose domain is reserved for examples",
        "expected a real address, got a URL, whose domain is reserved for examples",
    ),
    ("a foreign literal", "IFE.other_syntax", "f", "expected a Python literal, got 'true'", "expected a Python literal, got 'true'"),
    ("broken JSON", "IFE.malformed", "f", "expected ',' delimiter, got 'name\": \"item1\"'", "expected ',' delimiter, got other text"),
    ("another syntax", "IFE.other_syntax", "f", "expected the syntax 'hermes', got 'fenced'", "expected the syntax 'hermes', got 'fenced'"),
    (
        "a harness's parser",
        "IFE.malformed",
        "",
        "the harness could not parse it: got 'Action: a'",
        "the harness could not parse it: got other text",
    ),
    ("a limit of steps", "budget_limit.steps", "", "expected an end, got 'max_steps'", "expected an end, got 'max_steps'"),
    (
        "a tool's complaint",
        "tool_error.error_reply",
        "mkdir",
        "expected a result, got '{\"error\": \"mkdir: cannot create directory 'archive': File exists\"}'",
        "expected a result, got: …: cannot create directory …: File exists",
    ),
    ("quotes within a value", "IAV.other", "f", "expected 'it's 5 o'clock', got '7 o'clock'", "expected a text, got another"),
    ("no grammar at all", "IAV.other", "f", "a person says: wrong by 12", "a person says: wrong by #"),
    ("no message", "IAV.other", "f", "", ""),
]


@pytest.mark.parametrize(("code", "tool", "message", "text"), [row[1:] for row in SHAPES], ids=[row[0] for row in SHAPES])
def test_a_message_without_its_values(code: str, tool: str, message: str, text: str) -> None:
    assert fingerprint(*code.split("."), tool, message) == (text, text)


def test_only_the_tool_grain_names_the_tool_that_was_due() -> None:
    found = fingerprint("wrong_tool", "offered", "news", "expected a call of 'wiki', got 'news'")
    assert found == ("expected a call of wiki, got the tool", "expected a call of another tool, got the tool")


def test_a_near_miss_says_how_the_name_was_changed() -> None:
    found = fingerprint("IFN", "near_miss", "in_year", "expected one of the offered functions (us.in_year), got 'in_year'", '"us.in_year"')
    assert found.text == "expected one of the offered functions, got one with the prefix before '.' lost"


RELATIONS = [
    ("another word", "quiet", "output", "expected a text, got another"),
    ("capitals", "daily stand-up", "Daily Stand-up", "expected a text, got it in other capitals"),
    ("a plural", "apple", "Apples", "expected a text, got it in the singular or plural"),
    ("punctuation", "Washington D.C.", "Washington, DC", "expected a text, got it with other spaces or punctuation"),
    ("order of words", "/F /IM a b", "b /IM a /F", "expected a text, got its words in another order"),
    ("cut at a comma", "Los Angeles, CA", "Los Angeles", "expected a text, got only what stands before its comma"),
    ("more in front", "blue", "vibrant blue", "expected a text, got it with more before it"),
    ("a lost qualifier", "TimeUnit.MINUTES", "MINUTES", "expected a dotted name, got it without its prefix and dot"),
    ("an added qualifier", "EmployeeView", "HR.EmployeeView", "expected a text, got it with a prefix and a dot"),
    ("the day after", "2023-11-29", "2023-11-30", "expected a date, got the day after"),
    ("a guessed year", "2023-03-12", "2024-03-12", "expected a date, got the same day of another year"),
    ("a guessed year with slashes", "04/22/2023", "04/22/2024", "expected a date, got the same day of another year"),
    ("another date", "2023-03-12", "2023-05-01", "expected a date, got another"),
    ("a percentage", "0.05", "5", "expected a number, got it on another scale"),
    ("another sign", "5", "-5", "expected a number, got it with the other sign"),
    ("another number", "120", "30", "expected a number, got another"),
    ("made-up digits", "00000256", "12345678", "expected an id, got made-up digits"),
    ("another domain", "nia.johnson@atlas.com", "nia.johnson@example.com", "expected an e-mail address, got its name at another domain"),
    ("a list as text", "[101,202]", "101,202", "expected a list, got its content as a text"),
    ("a shorter list", '["a","b"]', '["a"]', "expected a list, got less in it"),
    ("a list in another order", "[60,30]", "[30,60]", "expected a list, got it in another order"),
    ("a list that is cut", '["a","b…', '["c","d…', "expected a list, got another"),
    ("content for a variable", "userProfile", '{"name":"J"}', "expected an identifier, got an object"),
]


@pytest.mark.parametrize(("want", "got", "text"), [row[1:] for row in RELATIONS], ids=[row[0] for row in RELATIONS])
def test_two_values_as_what_lies_between_them(want: str, got: str, text: str) -> None:
    assert relation(want, got) == text


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("", "an empty text"),
        ("null", "null"),
        ("-1,000.5", "a number"),
        ("10:30 pm", "a time"),
        ("2023-12-04 12:00:00", "a date and time"),
        ("8f14e45f-ceea-467f-a8b1-0123456789ab", "a UUID"),
        ("d41d8cd98f00b204e9800998ecf8427e", "a hash"),
        ("2m", "a quantity"),
        ("/var/log/app.log", "a file path"),
        ("new Path('/x')", "code"),
        ("certificate_7504069", "an id"),
        ("New York", "a text"),
        ("거실, 에어컨", "a text"),
    ],
)
def test_the_kind_of_a_value(value: str, kind: str) -> None:
    assert kind_of(value) == kind


@pytest.mark.parametrize(
    ("path", "argument"),
    [
        ("$", ""),
        ("$.turns[1].calls[0]", ""),
        ("$.turns[1].calls[0].arguments.city", "city"),
        ("$.turns[12].calls[3].arguments.items[4].size", "items[*].size"),
        ('$.turns[1].calls[0].arguments.scores["17"]', "scores[*]"),
        ('$.turns[1].calls[0].arguments["start-date"]', "start-date"),
        ("$.turns[1].calls[0].arguments.user_90210.name", "user_#.name"),
    ],
)
def test_the_argument_of_a_path(path: str, argument: str) -> None:
    assert argument_of(path) == argument


@pytest.mark.parametrize(
    ("meant", "got", "said"),
    [
        ("us.in_year", "in_year", "the prefix before '.' lost"),
        ("math.roots.cubic", "math_roots_cubic", "'.' written as '_'"),
        ("get_weather", "Get_Weather", "other capitals"),
        ("get_weather", "getWeather", "other separators or capitals"),
        ("get_weather", "tools.get_weather", "a prefix and '.' added"),
        ("currency.convert", "currency", "the ending after '.' lost"),
        ("rate_track", "rate_tracks", "a slip of spelling"),
    ],
)
def test_the_change_of_a_name(meant: str, got: str, said: str) -> None:
    assert change(meant, got) == said


def test_replies_that_differ_in_their_values_and_where_they_are_cut_are_one() -> None:
    one = '{"error": "cd: tmp: No such directory. You cannot use path to change directory."…'
    other = '{"error": "cd: workspace: No such directory. You cannot use path to change dir…'
    assert reply_of(one, "cd") == reply_of(other, "cd") == "cd: …: No such directory"


@given(st.sampled_from([row[1] for row in SHAPES]), st.text(max_size=40), st.text(max_size=700), st.one_of(st.none(), st.text(max_size=30)))
def test_no_message_breaks_it_and_no_shape_is_long(code: str, tool: str, message: str, repair: str | None) -> None:
    for text in (message, f"expected '{message}', got '{tool}'", f"expected a result, got '{message}'"):
        found = fingerprint(*code.split("."), tool, text, repair)
        assert max(map(len, found)) <= MAX_TEXT + 1
