"""What error replies complain of: the forms of runtimes and validators in, complaints out."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectool.classify.complaints import Complaint, complaints

READ = {
    "a framework that lists its tools": (
        "fly is not a valid tool, try one of [a.walk, run].",
        [Complaint(kind="tool", path=("fly",), choices=("a.walk", "run"))],
    ),
    "an error field": ('{"error": "No such function name: login", "response": ""}', [Complaint(kind="tool", path=("login",))]),
    "MCP": ("MCP error -32602: Unknown tool: fly", [Complaint(kind="tool", path=("fly",))]),
    "a function that does not exist": ("Error: function fly does not exist", [Complaint(kind="tool", path=("fly",))]),
    "no name at all": ("Error: Function not found", [Complaint(kind="tool")]),
    "CPython, an unknown keyword": ("f() got an unexpected keyword argument 'town'", [Complaint(kind="unknown", path=("town",))]),
    "CPython, two missing": (
        "TypeError: f() missing 2 required positional arguments: 'a' and 'b'",
        [Complaint(kind="missing", path=("a",)), Complaint(kind="missing", path=("b",))],
    ),
    "jsonschema, a further property": (
        "Additional properties are not allowed ('town' was unexpected)",
        [Complaint(kind="unknown", path=("town",))],
    ),
    "jsonschema, a required property": ("'city' is a required property", [Complaint(kind="missing", path=("city",))]),
    "jsonschema, an enumeration": (
        "'kelvin' is not one of ['celsius', 'fahrenheit']",
        [Complaint(kind="enum", choices=("celsius", "fahrenheit"), refused="kelvin")],
    ),
    "jsonschema, a type": ("'soon' is not of type 'integer'", [Complaint(kind="type", wanted="integer", refused="soon")]),
    "Ajv": ("data must have required property 'city'", [Complaint(kind="missing", path=("city",))]),
    "Pydantic 2 as text": (
        "2 validation errors for f\ncity\n  Field required [type=missing]\nmood\n  Extra inputs are not permitted [type=extra]",
        [Complaint(kind="unknown", path=("mood",)), Complaint(kind="missing", path=("city",))],
    ),
    "Pydantic 2, a choice": (
        "1 validation error for f\nunit\n  Input should be 'c' or 'f' [type=literal_error, input_value='k', input_type=str]",
        [Complaint(kind="enum", path=("unit",), choices=("c", "f"))],
    ),
    "FastAPI's body, Pydantic 2": (
        '{"detail":[{"type":"missing","loc":["body","user","city"],"msg":"Field required"}]}',
        [Complaint(kind="missing", path=("user", "city"))],
    ),
    "FastAPI's body, Pydantic 1": (
        '{"detail":[{"loc":["query","days"],"msg":"value is not a valid integer","type":"type_error.integer"}]}',
        [Complaint(kind="type", path=("days",), wanted="integer")],
    ),
    "Zod inside JSON-RPC": (
        'MCP error -32602: Invalid arguments for tool f: [{"code":"invalid_type","expected":"number","received":"string","path":["days"],'
        '"message":"Expected number, received string"},{"code":"unrecognized_keys","keys":["mood"],"path":[],"message":"Unrecognized"}]',
        [Complaint(kind="type", path=("days",), wanted="number"), Complaint(kind="unknown", path=("mood",))],
    ),
    "Zod, a missing one": (
        '[{"code":"invalid_type","expected":"string","received":"undefined","path":["city"],"message":"Required"}]',
        [Complaint(kind="missing", path=("city",), wanted="string")],
    ),
    "a type in plain words": (
        "{'message': 'genre must be an integer: thriller'}",
        [Complaint(kind="type", path=("genre",), wanted="integer")],
    ),
    "choices in plain words": (
        "Value to plot must be one of 'visits', 'users'",
        [Complaint(kind="enum", path=("value_to_plot",), choices=("visits", "users"))],
    ),
    "a choice refused in plain words": (
        "List not valid. Please choose from: 'Backlog', 'Done'.",
        [Complaint(kind="enum", path=("list",), choices=("Backlog", "Done"))],
    ),
    "a name that is required": ("Error: city is required", [Complaint(kind="missing", path=("city",))]),
    "a quoted name that is required": ("'City' is required", [Complaint(kind="missing", path=("City",))]),
    "a required parameter": ("missing required parameter: city", [Complaint(kind="missing", path=("city",))]),
    "escaped once more": ('{\\"error\\": \\"unknown parameter \'town\'\\"}', [Complaint(kind="unknown", path=("town",))]),
}
SILENT = [
    "Event not found.",
    "Email not found.",
    "No flights available on that date",
    "Error: payment amount does not add up, total price is 305, but paid 255",
    "Error: flight HAT030 not available on date 2024-05-13",
    "Error: gift card balance is not enough",
    '{"error": "request invalid, data error. status_code=500", "response": ""}',
    "Traceback (most recent call last):\nNameError: name 'itertools' is not defined",
    "ValueError: invalid literal for int() with base 10: 'a'",
    "Endpoint '/search/shows' does not exist",
    'Status Code: 404. Response: {"error":"Holiday not found."}',
    "Timeout error...HTTPConnectionPool(host='a', port=1): Read timed out.",
    '{"detail":[{"type":"missing","loc":["header","x-token"],"msg":"Field required"}]}',
    "Login is required",
    "Error: This is required before cancelling",
    "[]",
    "",
    "18 C",
]


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=list(READ))
def test_read(text, expected):
    assert list(complaints(text)) == expected


@pytest.mark.parametrize("text", SILENT)
def test_silent(text):
    assert complaints(text) == ()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["unknown tool ", "'a'", "must be ", '{"loc": ["b"]', "[", "}", "\n  ", "integer", "is required", "x.y\n"]),
        max_size=30,
    )
)
def test_no_text_makes_it_raise(parts):
    assert isinstance(complaints("".join(parts)), tuple)


@pytest.mark.parametrize("part", ["a ", "'a' and ", "argument ", "[[", '{"a":', "unknown argument ", "x must be ", "\na\n  ", "a", "a."])
def test_hostile_text_takes_no_long(part):
    text = (part * 4_000)[:4_000]
    start = time.process_time()
    complaints(text)
    assert time.process_time() - start < 1.0  # tens of milliseconds where nothing backtracks
