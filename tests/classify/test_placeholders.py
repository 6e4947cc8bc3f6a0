"""What stands in a value's place: blanks, references and copies of the schema, and the values that only look like them."""

import time

import pytest

from spectool.classify.placeholders import is_at_reserved_domain, is_blank, is_reference, placeholders

BLANKS = [
    *("<id>", "<user id>", "<insert token>", "{city}", "{{city}}", "${API_KEY}", "$API_KEY", "[Your Name]", "[insert city here]"),
    *("[USER_NAME]", "[user_name]", "YOUR_API_KEY", "your_api_key_here", "your-token", "MY_PASSWORD", "enter name", "Bearer YOUR_TOKEN"),
    *("Bearer <token>", "xxx", "XXXX", "xxx-xxx-xxxx", "sk-xxxxxxxx", "????", "...", "…", "____", "********", "TBD", "N/A", "placeholder"),
    *("example_id", "sample-key", "dummy_token", "REPLACE_ME", "changeme", "to be determined", " <id> ", "api_key"),
]
REFERENCES = [
    *("$1.id", "$0.result[0].id", "{{result}}", "{{search.result}}", "{{steps.0.id}}", "<result of search>", "<output of get_user>"),
    *("output_of_call_0", "result_of_get_user", "call_1.result", "previous_result", "response from step 2", "[track_title_from_lookup]"),
    *("[RETRIEVED_TITLE]", "<user_id from previous call>", "[ID from search result]", "{tool_1.output.id}"),
]
VALUES = [
    *(
        "Paris",
        "NASA",
        "XL",
        "XXL",
        "Xbox",
        "$5",
        "$1.50",
        "$100",
        "$AAPL",
        "[a-z]",
        "['a']",
        "[ABC]",
        "{1,2}",
        '{"a": 1}',
        "a<b",
        "<b>hi</b>",
    ),
    *("3 xx", "n", "example.com", "an example", "response time", "results of operations", "The result", "step 1", "dataset", "user id 7"),
    *("your turn", "My Fair Lady", "key", "password123", "", " ", "e.g.", "x", "xx", "?", "output.txt", "search results for cats"),
]


@pytest.mark.parametrize("value", BLANKS)
def test_a_blank(value):
    assert is_blank(value)


@pytest.mark.parametrize("value", REFERENCES)
def test_a_reference(value):
    assert is_reference(value)


@pytest.mark.parametrize("value", VALUES)
def test_a_value(value):
    assert not is_blank(value)
    assert not is_reference(value)


PROPERTIES = {
    "city": {"type": "string", "description": "The city's name. Any language will do."},
    "unit": {"type": "string", "enum": ["N/A", "celsius"]},
    "kind": {"type": "string", "const": "<kind>"},
    "user_id": {"type": "string"},
    "data_type": {"type": "string"},
    "selector": {"type": "string"},
    "tags": {"type": "array", "items": {"type": "string"}},
}
STAND_INS = {
    "in a list": ({"tags": ["a", "<tag>"]}, [("tags", 1)]),
    "in an object of a list": ({"tags": [{"city": "[insert city]"}]}, [("tags", 0, "city")]),
    "the description": ({"city": "The city's name. Any language will do."}, [("city",)]),
    "the description's first sentence needs three words": ({"city": "the city's name"}, [("city",)]),
    "the argument's own name": ({"user_id": "user_id"}, [("user_id",)]),
    "the word for its type": ({"user_id": "string"}, [("user_id",)]),
    "in an argument that the schema does not have": ({"mood": "<mood>"}, [("mood",)]),
    "every one, in order": ({"user_id": "TBD", "city": "<city>"}, [("user_id",), ("city",)]),
}
CLEAN = {
    "one that the schema lists": {"unit": "N/A"},
    "one that the schema fixes": {"kind": "<kind>"},
    "a name of one word": {"city": "city"},
    "a type where types are meant": {"data_type": "string"},
    "markup where markup is meant": {"selector": "<main>"},
    "a description's first two words": {"city": "The city"},
    "numbers and nothing": {"city": 5, "unit": None, "tags": []},
    "a long text that holds a blank": {"city": "<city> " * 40},
}


@pytest.mark.parametrize(("arguments", "paths"), STAND_INS.values(), ids=list(STAND_INS))
def test_stand_ins(arguments, paths):
    assert [path for path, _ in placeholders(arguments, PROPERTIES)] == paths


@pytest.mark.parametrize("arguments", CLEAN.values(), ids=list(CLEAN))
def test_clean(arguments):
    assert placeholders(arguments, PROPERTIES) == []


@pytest.mark.parametrize("value", ["ann@example.com", "https://api.example.org/v1", "x@mail.example.net", "http://a.test/", "b@c.invalid"])
def test_domains_reserved_for_examples(value):
    assert is_at_reserved_domain(value)


@pytest.mark.parametrize("value", ["ann@examples.com", "example.com", "https://my-example.com", "a@test.com", "for example"])
def test_other_domains(value):
    assert not is_at_reserved_domain(value)


@pytest.mark.parametrize("part", ["a_", "<a ", "from the ", "$a_", "x-", "result of ", "your_", "[A_"])
def test_hostile_text_takes_no_long(part):
    start = time.process_time()
    for closing in ("", ">", "]", "}}"):
        is_blank((part * 120)[:119] + closing)
        is_reference((part * 120)[:119] + closing)
    assert time.process_time() - start < 0.1  # milliseconds where nothing backtracks
