"""Where the offending part of a call is."""

from __future__ import annotations

import pytest

from spectool.model import Call
from spectool.report.marking import argument_of, mark_of
from tests.results.conftest import finding

PLACE = "$.turns[1].calls[0]"
JSON = '{"name": "book", "arguments": {"city": "Ulm", "nights": "3", "paid": null, "guests": [{"age": 3}, {"age": 30}]}}'
PYTHON = "book(city='Ulm', nights='3', to='Ulm')"
CALL = Call(name="book", arguments={"city": "Ulm", "nights": "3", "paid": None, "guests": [{"age": 3}, {"age": 30}], "to": "Ulm"})


@pytest.mark.parametrize(
    ("text", "error", "path", "got", "marked"),
    [
        pytest.param(JSON, "IAV", ".arguments.city", "Ulm", '"Ulm"', id="a value in JSON"),
        pytest.param(PYTHON, "IAV", ".arguments.to", "Ulm", "'Ulm'", id="a value in Python, the one of its own argument"),
        pytest.param(JSON, "IAT", ".arguments.nights", "3", '"3"', id="a value of the wrong type, with its quotes"),
        pytest.param(JSON, "IAV", ".arguments.guests[1].age", 30, "30", id="a value deep inside"),
        pytest.param(JSON, "IAV", ".arguments.paid", None, "null", id="a null that was written"),
        pytest.param(JSON, "IAV", ".arguments.date", None, None, id="an argument left out is no part of the text"),
        pytest.param(JSON, "IAN", ".arguments.nights", "3", "nights", id="a wrong name is marked, not its value"),
        pytest.param(JSON, "IFN", "", "book", "book", id="a wrong tool's name"),
        pytest.param(PYTHON, "unneeded_call", "", "book", "book", id="a call that was not due"),
        pytest.param(JSON, "IFE", "", None, JSON, id="what does not parse, whole"),
        pytest.param(JSON, "IAC", "", None, None, id="a missing call"),
        pytest.param("<city>Ulm</city>", "IAV", ".arguments.city", "Ulm", "Ulm", id="a value in XML"),
        pytest.param("book(city=Köln)", "IAV", ".arguments.city", "Köln", "Köln", id="a bare value"),
        pytest.param('{"city": "K\\u00f6ln"}', "IAV", ".arguments.city", "Köln", '"K\\u00f6ln"', id="a value with escapes"),
        pytest.param('{"city": "hidden"}', "IAV", ".arguments.city", {"a": 1}, "city", id="a value that is not found: its name"),
    ],
)
def test_marked(text: str, error: str, path: str, got: object, marked: str | None) -> None:
    mark = mark_of(text, CALL, finding(error, "other", path=PLACE + path, got=got))
    assert (text[slice(*mark)] if mark else None) == marked


def test_a_hostile_name_is_no_expression() -> None:
    assert mark_of("(a+)+$", CALL, finding("IAN", "unknown", path=PLACE + ".arguments['(a+)+$']", got=1)) == (0, 6)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param("$.turns[1].calls[0].arguments.payments[0].amount", "amount", id="nested"),
        pytest.param("$.turns[1].calls[0].arguments.ids[3]", "ids", id="an item of a list"),
        pytest.param("$.turns[1].calls[0].arguments['a b']", "a b", id="quoted"),
    ],
)
def test_the_argument_of_a_path(path: str, name: str) -> None:
    assert argument_of(path) == name
