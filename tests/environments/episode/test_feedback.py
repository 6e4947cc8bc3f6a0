"""What a model is told of a call that is not executed: the order of faults, three levels of telling, nothing huge."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectool.environments.episode.feedback import refusal
from spectool.model import Call, ParseProblem, Result, Tool
from spectool.read.steps import step_from_text
from spectool.validate import shape_of, violations

BOOK = Tool(
    name="book_table",
    description="Book a table.",
    parameters={
        "type": "object",
        "properties": {
            "restaurant_id": {"type": "string", "description": "As in search results."},
            "guests": {"type": "integer", "description": "Number of guests.", "minimum": 1, "maximum": 12},
            "area": {"type": "string", "enum": ["inside", "terrace"], "description": "Where to sit."},
            "budget": {"type": "number", "description": "Euros a person."},
            "dishes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"dish": {"type": "string", "description": "Name."}, "count": {"type": "integer"}},
                    "required": ["dish"],
                    "additionalProperties": False,
                },
            },
            "at": {
                "anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}],
                "description": "Hour or HH:MM.",
            },
        },
        "required": ["restaurant_id", "guests"],
        "additionalProperties": False,
    },
)
SEARCH = Tool(name="search_restaurants", parameters={"type": "object", "properties": {"city": {"type": "string"}}})
OFFERED = (BOOK, SEARCH)
PROPERTIES = BOOK.parameters["properties"]


def first_call(text: str, asked: str = "json_list") -> Call:
    return step_from_text(text, asked=asked, names=[tool.name for tool in OFFERED]).calls[0]


def told(call: Call, feedback: str, asked: str | None = "json_list"):
    result = refusal(call, OFFERED, feedback, asked)
    assert result is not None
    assert result.is_error
    return json.loads(result.content)["error"]


def book(arguments: str) -> str:
    return f'[{{"name": "book_table", "arguments": {arguments}}}]'


# text as the model wrote it -> what `error` says, what `options` says
REFUSED = {
    "a call that breaks off": (
        '[{"name": "book_table", "arguments": {"guests": 2',
        {
            "code": "invalid_format",
            "message": "the call could not be read: expected ',' delimiter, got the end of the text (at character 49)",
        },
        {
            "code": "invalid_format",
            "message": "the call could not be read: expected ',' delimiter, got the end of the text (at character 49)",
            "expected_format": '[{"name": "book_table", "arguments": {"restaurant_id": "abc", "guests": 1}}]',
        },
    ),
    "a function that is not offered, nearly one that is": (
        '[{"name": "search_restaurant", "arguments": {}}]',
        {"code": "unknown_function", "message": "there is no function 'search_restaurant'"},
        {
            "code": "unknown_function",
            "message": "there is no function 'search_restaurant'; did you mean 'search_restaurants'?",
            "available_functions": ["search_restaurants", "book_table"],
        },
    ),
    "a function like none that is offered": (
        '[{"name": "tell_joke", "arguments": {}}]',
        {"code": "unknown_function", "message": "there is no function 'tell_joke'"},
        {
            "code": "unknown_function",
            "message": "there is no function 'tell_joke'",
            "available_functions": ["book_table", "search_restaurants"],
        },
    ),
    "two argument names unknown, one of them nearly right": (
        book('{"restaurantId": "r1", "guests": 2, "smoking": true}'),
        {"code": "unknown_argument", "message": "book_table takes no arguments 'restaurantId', 'smoking'"},
        {
            "code": "unknown_argument",
            "message": "book_table takes no arguments 'restaurantId', 'smoking'; did you mean 'restaurant_id'?",
            "valid_arguments": PROPERTIES,
        },
    ),
    "a key unknown two levels down": (
        book('{"restaurant_id": "r1", "guests": 2, "dishes": [{"dish": "soup"}, {"dish": "tart", "counts": 2}]}'),
        {"code": "unknown_argument", "message": "book_table takes no argument 'dishes.1.counts'"},
        {
            "code": "unknown_argument",
            "message": "book_table takes no argument 'dishes.1.counts'; did you mean 'count'?",
            "valid_arguments": {
                "dishes.1.dish": {"type": "string", "description": "Name."},
                "dishes.1.count": {"type": "integer"},
            },
        },
    ),
    "all that is missing is told at once": (
        book('{"area": "inside"}'),
        {"code": "missing_argument", "message": "book_table needs the missing arguments 'restaurant_id', 'guests'"},
        {
            "code": "missing_argument",
            "message": "book_table needs the missing arguments 'restaurant_id', 'guests'",
            "missing_arguments": {"restaurant_id": PROPERTIES["restaurant_id"], "guests": PROPERTIES["guests"]},
        },
    ),
    "what is missing below": (
        book('{"restaurant_id": "r1", "guests": 2, "dishes": [{"count": 1}]}'),
        {"code": "missing_argument", "message": "book_table needs the missing argument 'dishes.0.dish'"},
        {
            "code": "missing_argument",
            "message": "book_table needs the missing argument 'dishes.0.dish'",
            "missing_arguments": {"dishes.0.dish": {"type": "string", "description": "Name."}},
        },
    ),
    "wrong types, also in a list": (
        book('{"restaurant_id": "r1", "guests": "2", "dishes": [{"dish": 7}]}'),
        {
            "code": "invalid_type",
            "message": "'guests' has a value of the wrong type: string '2'; 'dishes.0.dish' has a value of the wrong type: integer '7'",
        },
        {
            "code": "invalid_type",
            "message": "'guests': expected integer, got string '2'; 'dishes.0.dish': expected string, got integer '7'",
            "arguments": {"guests": PROPERTIES["guests"], "dishes.0.dish": {"type": "string", "description": "Name."}},
        },
    ),
    "a value of none of a union's types": (
        book('{"restaurant_id": "r1", "guests": 2, "at": true}'),
        {"code": "invalid_type", "message": "'at' has a value of the wrong type: boolean 'true'"},
        {"code": "invalid_type", "message": "'at': expected integer or string, got boolean 'true'", "arguments": {"at": PROPERTIES["at"]}},
    ),
    "values out of range and out of the list": (
        book('{"restaurant_id": "r1", "guests": 13, "area": "roof"}'),
        {
            "code": "invalid_value",
            "message": "'guests' has a value that is not allowed: integer '13'; 'area' has a value that is not allowed: string 'roof'",
        },
        {
            "code": "invalid_value",
            "message": "'guests': expected at most 12, got '13'; 'area': expected one of 'inside', 'terrace', got 'roof'",
            "arguments": {"guests": PROPERTIES["guests"], "area": PROPERTIES["area"]},
        },
    ),
    "a text against its pattern": (
        book('{"restaurant_id": "r1", "guests": 2, "at": "8pm"}'),
        {"code": "invalid_value", "message": "'at' has a value that is not allowed: string '8pm'"},
        {
            "code": "invalid_value",
            "message": "'at': expected text that matches '^[0-2][0-9]:[0-5][0-9]$', got '8pm'",
            "arguments": {"at": PROPERTIES["at"]},
        },
    ),
}


@pytest.mark.parametrize(("text", "error", "options"), REFUSED.values(), ids=REFUSED)
def test_a_fault_is_told_as_much_as_the_switch_says(text, error, options):
    call = first_call(text)
    assert told(call, "off") == {"code": "invalid_request", "message": "invalid request"}
    assert told(call, "error") == error
    assert told(call, "options") == options


EXECUTED = {
    "all required": '{"restaurant_id": "r1", "guests": 2}',
    "an optional argument supplied is not wrong": '{"restaurant_id": "r1", "guests": 2, "area": "terrace"}',
    "a whole number is a number": '{"restaurant_id": "r1", "guests": 2, "budget": 3}',
    "3.0 is an integer": '{"restaurant_id": "r1", "guests": 3.0}',
    "arrays are read": '{"restaurant_id": "r1", "guests": 2, "dishes": [{"dish": "soup", "count": 2}, {"dish": "tart"}]}',
    "an empty array": '{"restaurant_id": "r1", "guests": 2, "dishes": []}',
    "either branch of a union": '{"restaurant_id": "r1", "guests": 2, "at": "19:30"}',
    "a value only the tool can judge": '{"restaurant_id": "no such", "guests": 2}',
}


@pytest.mark.parametrize("arguments", EXECUTED.values(), ids=EXECUTED)
def test_what_the_schema_takes_is_executed(arguments):
    assert refusal(first_call(book(arguments)), OFFERED) is None


def test_a_format_that_was_understood_all_the_same_is_executed():
    call = first_call("```json\n" + book('{"restaurant_id": "r1", "guests": 2}') + "\n```")
    assert call.problem is not None
    assert refusal(call, OFFERED) is None


# Each of these held in the code released with the paper.
def test_a_format_error_is_told_once_and_as_nothing_else():
    call = Call(name="bok_table", arguments={"gests": "x"}, problem=ParseProblem(kind="malformed", message="expected '}', got 'x'"))
    assert told(call, "error") == {"code": "invalid_format", "message": "the call could not be read: expected '}', got 'x'"}


def test_true_is_no_number():
    call = Call(name="book_table", arguments={"restaurant_id": "r1", "guests": True, "budget": False})
    assert told(call, "options")["message"] == (
        "'guests': expected integer, got boolean 'true'; 'budget': expected number, got boolean 'false'"
    )


def test_an_array_where_none_belongs_is_told_and_does_not_crash():
    call = Call(name="book_table", arguments={"restaurant_id": ["r1"], "guests": [[]]})
    assert told(call, "error")["message"] == (
        "'restaurant_id' has a value of the wrong type: array '[\"r1\"]'; 'guests' has a value of the wrong type: array '[[]]'"
    )


def test_model_output_is_never_evaluated(tmp_path):
    there = tmp_path / "there"
    call = first_call(book(json.dumps({"restaurant_id": "r1", "guests": f"open({str(there)!r}, 'w')"})))
    assert told(call, "options")["code"] == "invalid_type"
    assert not there.exists()


def test_misspelt_wrongly_typed_and_missing_the_name_is_told_first():
    call = first_call(book('{"guest": "two", "area": "roof"}'))
    assert told(call, "error") == {"code": "unknown_argument", "message": "book_table takes no argument 'guest'"}


def test_what_is_missing_is_told_before_what_has_the_wrong_type():
    call = first_call(book('{"guests": "two", "area": "roof"}'))
    assert told(call, "error") == {"code": "missing_argument", "message": "book_table needs the missing argument 'restaurant_id'"}


def test_what_has_the_wrong_type_is_told_before_what_is_not_allowed():
    call = first_call(book('{"restaurant_id": "r1", "guests": "two", "area": "roof"}'))
    assert told(call, "error")["code"] == "invalid_type"


def test_the_function_meant_is_listed_first_though_another_is_spelt_more_like_it():
    error = told(Call(name="search_restaurants.book_table", arguments={}), "options")
    assert error["message"].endswith("; did you mean 'book_table'?")
    assert error["available_functions"] == ["book_table", "search_restaurants"]


FORMATS = {
    "toolscan": 'Action: book_table with Action Input: {"restaurant_id": "abc", "guests": 1}',
    "hermes": '<tool_call>\n{"name": "book_table", "arguments": {"restaurant_id": "abc", "guests": 1}}\n</tool_call>',
    "pythonic": "[book_table(restaurant_id='abc', guests=1)]",
    "native": '{"name":"book_table","arguments":{"restaurant_id":"abc","guests":1}}',
    None: '{"name":"book_table","arguments":{"restaurant_id":"abc","guests":1}}',
}


@pytest.mark.parametrize(("dialect", "example"), FORMATS.items(), ids=map(str, FORMATS))
def test_the_format_asked_for_is_restated_by_its_own_writer(dialect, example):
    call = Call(name="", problem=ParseProblem(kind="malformed", message="expected a call, got '['"))
    assert told(call, "options", dialect)["expected_format"] == example


def test_arguments_that_are_none_are_a_format_error():
    assert told(Call(name="book_table"), "error") == {
        "code": "invalid_format",
        "message": "the call could not be read: expected an object of arguments, got none",
    }


def test_without_any_tool_the_format_is_restated_all_the_same():
    result = refusal(Call(name="f"), (), "options", "hermes")
    assert result is not None
    assert json.loads(result.content)["error"]["expected_format"] == (
        '<tool_call>\n{"name": "function_name", "arguments": {}}\n</tool_call>'
    )


def deep(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


HOSTILE = {
    "a name of a million letters": Call(name="x" * 1_000_000, arguments={}),
    "ten thousand unknown arguments": Call(name="search_restaurants", arguments={f"a{number}": number for number in range(10_000)}),
    "an argument name of a million letters": Call(name="search_restaurants", arguments={"x" * 1_000_000: 1}),
    "a value of a million letters": Call(name="book_table", arguments={"restaurant_id": "r", "guests": "9" * 1_000_000}),
    "nesting beyond the stack": Call(name="book_table", arguments={"restaurant_id": deep(5_000), "guests": 1}),
    "a lone surrogate": Call(name="book_table", arguments={"restaurant_id": "r", "guests": "\ud800", "area": "\ud800"}),
    "a lone surrogate as a name": Call(name="\ud800", arguments={}),
    "a reason as long as the text": Call(name="", problem=ParseProblem(kind="malformed", message="x" * 1_000_000)),
    "infinity": Call(name="book_table", arguments={"restaurant_id": "r", "guests": float("inf")}),
}


@pytest.mark.parametrize("feedback", ["off", "error", "options"])
@pytest.mark.parametrize("call", HOSTILE.values(), ids=HOSTILE)
def test_no_huge_or_broken_echo(call, feedback):
    result = refusal(call, OFFERED, feedback)
    assert result is not None
    assert len(result.content.encode()) < 4_000
    assert json.loads(result.content)["error"]["message"]


def test_many_faults_are_told_one_by_one_up_to_twenty():
    call = Call(name="search_restaurants", arguments={f"a{number}": number for number in range(25)})
    names = ", ".join(f"'a{number}'" for number in range(20))
    assert told(call, "error")["message"] == f"search_restaurants takes no arguments {names} and 5 more"


def test_feedback_belongs_to_one_call():
    wrong, right = first_call(book("{}")), first_call(book('{"restaurant_id": "r1", "guests": 2}'))
    assert [refusal(call, OFFERED) is None for call in (wrong, right, wrong, right)] == [False, True, False, True]
    assert isinstance(refusal(wrong, OFFERED), Result)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=90) | st.sampled_from(["inside", "19:30", "r1"])
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3), max_leaves=8
)
DISHES = st.lists(st.dictionaries(st.sampled_from(["dish", "count", "counts"]), SCALARS, max_size=3), max_size=3)
ARGUMENTS = st.dictionaries(st.sampled_from([*PROPERTIES, "guest", "Area"]) | st.text(max_size=9), JSON | DISHES, max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["book_table", "book_tables", "search_restaurants", ""]) | st.text(max_size=20), st.none() | ARGUMENTS)
def test_any_call_is_executed_or_refused_in_one_json_object(name, arguments):
    call = Call(name=name, arguments=arguments)
    before = repr(call)
    error = refusal(call, OFFERED, "error")
    options = refusal(call, OFFERED, "options", "hermes")
    tool = next((tool for tool in OFFERED if tool.name == name), None)
    fits = tool is not None and arguments is not None and not violations(shape_of(tool.parameters), arguments)
    assert (error is None, options is None) == (fits, fits)
    for result in (error, options):
        if result is not None:
            told = json.loads(result.content.encode())["error"]
            assert result.is_error
            assert told["code"] == json.loads(error.content)["error"]["code"]
            assert "'" in told["message"] or told["code"] == "invalid_format"
    assert repr(call) == before
