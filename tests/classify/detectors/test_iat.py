"""IAT: a value whose JSON type is not the schema's."""

from tests.classify.build import outcome, tables

FLAGGED = {
    "a quoted number where an integer is due reads as the right type": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": "3"}}]]}',
        [("$.turns[1].calls[0].arguments.days", "coercible")],
    ),
    "a number where a string is due reads as the right type": (
        '{"turns": ["?", [{"send_mail": {"to": 42, "body": "hi"}}]]}',
        [("$.turns[1].calls[0].arguments.to", "coercible")],
    ),
    "a list written as Python text reads as a list": (
        '{"turns": ["?", [{"plan_trip": {"stops": "[\'Paris\', \'Lyon\']"}}]]}',
        [("$.turns[1].calls[0].arguments.stops", "coercible")],
    ),
    "an object written as JSON text reads as an object": (
        r'{"turns": ["?", [{"plan_trip": {"stops": [], "address": "{\"street\": \"Main\"}"}}]]}',
        [("$.turns[1].calls[0].arguments.address", "coercible")],
    ),
    "the word true where a boolean is due reads as one": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "hourly": "True"}}]]}',
        [("$.turns[1].calls[0].arguments.hourly", "coercible")],
    ),
    "null for a required argument that admits none": (
        '{"turns": ["?", [{"get_weather": {"city": null}}]]}',
        [("$.turns[1].calls[0].arguments.city", "null")],
    ),
    "null for an optional argument is likely only": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": null}}]]}',
        [("$.turns[1].calls[0].arguments.days", "null", "likely")],
    ),
    "a single value where a list is due": (
        '{"turns": ["?", [{"plan_trip": {"stops": "Paris"}}]]}',
        [("$.turns[1].calls[0].arguments.stops", "container")],
    ),
    "a list where a single value is due": (
        '{"turns": ["?", [{"get_weather": {"city": ["Paris"]}}]]}',
        [("$.turns[1].calls[0].arguments.city", "container")],
    ),
    "an object where a string is due": (
        '{"turns": ["?", [{"get_weather": {"city": {"name": "Paris"}}}]]}',
        [("$.turns[1].calls[0].arguments.city", "container")],
    ),
    "an item of a list that has no reading of the right type": (
        '{"turns": ["?", [{"plan_trip": {"stops": ["Paris"], "sizes": [1, "two"]}}]]}',
        [("$.turns[1].calls[0].arguments.sizes[1]", "nested")],
    ),
    "an item of a list that reads as the right type is coercible before it is nested": (
        '{"turns": ["?", [{"plan_trip": {"stops": ["Paris"], "sizes": [1, "2"]}}]]}',
        [("$.turns[1].calls[0].arguments.sizes[1]", "coercible")],
    ),
    "a field of a nested object": (
        '{"turns": ["?", [{"plan_trip": {"stops": [], "address": {"street": true}}}]]}',
        [("$.turns[1].calls[0].arguments.address.street", "nested")],
    ),
    "a list of one where the item's own type is a single value is a container before it is nested": (
        '{"turns": ["?", [{"plan_trip": {"stops": [["Paris"]]}}]]}',
        [("$.turns[1].calls[0].arguments.stops[0]", "container")],
    ),
    "a word that names no number": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": "soon"}}]]}',
        [("$.turns[1].calls[0].arguments.days", "incompatible")],
    ),
    "true is never an integer": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": true}}]]}',
        [("$.turns[1].calls[0].arguments.days", "incompatible")],
    ),
    "true is never a number": (
        '{"turns": ["?", [{"convert": {"amount": true, "currency": "EUR"}}]]}',
        [("$.turns[1].calls[0].arguments.amount", "incompatible")],
    ),
    "one is no boolean": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "hourly": 1}}]]}',
        [("$.turns[1].calls[0].arguments.hourly", "incompatible")],
    ),
    "half an integer": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": 2.5}}]]}',
        [("$.turns[1].calls[0].arguments.days", "incompatible")],
    ),
    "every value of every call is judged": (
        '{"turns": ["?", [{"get_weather": {"city": 1, "days": "2"}}, {"get_time": {"city": false}}], [{"get_time": {"city": []}}]]}',
        [
            ("$.turns[1].calls[0].arguments.city", "coercible"),
            ("$.turns[1].calls[0].arguments.days", "coercible"),
            ("$.turns[1].calls[1].arguments.city", "incompatible"),
            ("$.turns[2].calls[0].arguments.city", "container"),
        ],
    ),
    "a value that the gold takes and the schema refuses is the task's fault": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": "3"}}]], "gold": [{"get_weather": {"city": "Paris", "days": "3"}}]}',
        [("$.turns[1].calls[0].arguments.days", "coercible", "likely", "task")],
    ),
    "under constrained decoding the harness let it through": (
        '{"request": {"constrained": true}, "turns": ["?", [{"get_weather": {"city": "Paris", "days": "3"}}]]}',
        [("$.turns[1].calls[0].arguments.days", "coercible", "certain", "harness")],
    ),
    "under strict decoding a null in a required slot that admits none is the harness's": (
        '{"request": {"strict": true}, "turns": ["?", [{"get_weather": {"city": null}}]]}',
        [("$.turns[1].calls[0].arguments.city", "null", "certain", "harness")],
    ),
    "a misspelt argument's value is judged in the slot it stands for": (
        '{"turns": ["?", [{"get_weather": {"City": 7}}]]}',
        [("$.turns[1].calls[0].arguments.City", "coercible")],
    ),
    "a union whose branches are all of another type": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"anyOf": [{"type": "integer", "minimum": 0},'
        ' {"type": "array", "items": {"type": "integer"}}]}}}}], "turns": ["?", [{"f": {"x": true}}]]}',
        [("$.turns[1].calls[0].arguments.x", "container")],
    ),
    "an argument of a wrong type beside an unrelated extra call": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris"}}, {"get_time": {"city": false}}]], "gold": [{"get_weather": {"city": "Paris"}}]}',  # noqa: E501
        [("$.turns[1].calls[1].arguments.city", "incompatible")],
    ),
    "without tools, a tool that asks for an integer": (
        '{"tools": null, "turns": ["?", [{"f": {"genre": "thriller"}, "->": "{\'message\': \'genre must be an integer: thriller\'}"}]]}',
        [("$.turns[1].calls[0].arguments.genre", "incompatible", "likely")],
    ),
    "without tools, a tool that asks for a list": (
        '{"tools": null, "turns": ["?", [{"f": {"tags": "red"}, "!": "1 validation error for f\\ntags\\n  Input should be a valid list [type=list_type]"}]]}',  # noqa: E501
        [("$.turns[1].calls[0].arguments.tags", "container", "likely")],
    ),
    "without tools, a quoted number that the tool refused": (
        '{"tools": null, "turns": ["?", [{"f": {"days": "5"}, "!": "Error: argument \'days\' must be an integer"}]]}',
        [("$.turns[1].calls[0].arguments.days", "coercible", "likely")],
    ),
}

CLEAN = {
    "every value is of its type": '{"turns": ["?", [{"get_weather": {"city": "Paris", "unit": "celsius", "days": 3, "hourly": false}}]]}',
    "null in an optional slot whose own default is null": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "integer", "default": null}}}}],'
        ' "turns": ["?", [{"f": {"x": null}}]]}'
    ),
    "an integer satisfies number": '{"turns": ["?", [{"convert": {"amount": 3, "currency": "EUR"}}]]}',
    "a whole float satisfies integer": '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": 3.0}}]]}',
    "null where the schema admits null": '{"turns": ["?", [{"plan_trip": {"stops": [], "note": null}}]]}',
    "null in an optional slot stands for an omitted argument under strict decoding": (
        '{"request": {"strict": true}, "turns": ["?", [{"get_weather": {"city": "Paris", "days": null}}]]}'
    ),
    "null in an optional slot stands for an omitted argument under constrained decoding": (
        '{"request": {"constrained": true}, "turns": ["?", [{"get_weather": {"city": "Paris", "days": null}}]]}'
    ),
    "another string than the gold's is a value": (
        '{"turns": ["?", [{"get_weather": {"city": "Rome"}}]], "gold": [{"get_weather": {"city": "Paris"}}]}'
    ),
    "a value outside the enumeration is a value": '{"turns": ["?", [{"get_weather": {"city": "Paris", "unit": "kelvin"}}]]}',
    "a value outside the bounds is a value": '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": 99}}]]}',
    "a date of another format is a value": '{"turns": ["?", [{"convert": {"amount": 1, "currency": "EUR", "date": "1 May"}}]]}',
    "a required argument left out is a value": '{"turns": ["?", [{"get_weather": {}}]]}',
    "an argument that no schema declares is a name, whatever its type": '{"turns": ["?", [{"get_weather": {"city": "Paris", "mood": 5}}]]}',
    "arguments of an unknown function are not judged": '{"turns": ["?", [{"fetch_forecast": {"city": 5}}]]}',
    "arguments that do not parse are a format error": '{"turns": ["?", [{"get_weather": "{\\"city\\": 5"}]]}',
    "a gold value of another type than an argument of the right type is no slip of the model's": (
        '{"turns": ["?", [{"get_weather": {"city": "5"}}]], "gold": [{"get_weather": {"city": 5}}]}'
    ),
    "an empty list is a list": '{"turns": ["?", [{"plan_trip": {"stops": []}}]]}',
    "a list in a slot that states no type": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {}}}}], "turns": ["?", [{"f": {"x": [1, null]}}]]}'
    ),
    "a value of the second branch of a union": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"anyOf": [{"type": "integer"},'
        ' {"type": "array", "items": {"type": "integer"}}]}}}}], "turns": ["?", [{"f": {"x": [1]}}]]}'
    ),
    "BFCL's dict, float and any are types of this schema too": (
        '{"tools": [{"name": "f", "parameters": {"type": "dict", "properties": {"x": {"type": "float"}, "y": {"type": "any"},'
        ' "z": {"type": "dict"}, "t": {"type": "tuple"}}}}], "turns": ["?", [{"f": {"x": 1, "y": null, "z": {"a": 1}, "t": [1]}}]]}'
    ),
    "extra keys of an open object have no type": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {}, "additionalProperties": true}}],'
        ' "turns": ["?", [{"f": {"x": 1, "y": null}}]]}'
    ),
    "a boolean where a boolean is due": '{"turns": ["?", [{"get_weather": {"city": "Paris", "hourly": true}}]]}',
    "a string that looks like a number where a string is due": '{"turns": ["?", [{"send_mail": {"to": "42", "body": "5"}}]]}',
    "a very large integer is an integer": '{"turns": ["?", [{"cancel_order": {"order_id": 123456789012345678901234567890}}]]}',
    "no call at all": '{"turns": ["?", {"say": "It is sunny."}]}',
    "an allOf that only describes": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"allOf": [{"$ref": "#/$defs/X"}],'
        ' "description": "an X"}}, "$defs": {"X": {"type": "integer"}}}}], "turns": ["?", [{"f": {"x": 1}}]]}'
    ),
    "a call of a tool whose schema cannot be used is not judged": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"$ref": "#/$defs/None"}}}}],'
        ' "turns": ["?", [{"f": {"x": 1}}]]}'
    ),
    "without tools, a type that was given as asked": (
        '{"tools": null, "turns": ["?", [{"f": {"days": 5}, "!": "Error: argument \'days\' must be an integer"}]]}'
    ),
    "without tools, arguments that are no object are a format error": (
        '{"tools": null, "turns": ["?", [{"f": "[1]", "!": "Action Input should be a dict"}]]}'
    ),
    "with tools, the schema decides and no reply": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris"}, "!": "Error: city must be an integer"}]]}'
    ),
}

test_flagged, test_clean = tables("IAT", FLAGGED, CLEAN)


def test_unknown_tools_are_skipped_and_never_clean():
    found = outcome('{"tools": null, "turns": ["?", [{"get_weather": {"city": 5}}]]}', "IAT")
    assert (found.assessed, found.findings) == (0, ())
    assert "unknown" in found.skipped


def test_the_declared_arguments_given_are_the_opportunities():
    assert outcome('{"turns": ["?", [{"get_weather": {"city": "Paris", "days": 1, "mood": 5}}]]}', "IAT").assessed == 2


def test_a_coercible_value_carries_its_repair():
    found = outcome('{"turns": ["?", [{"plan_trip": {"stops": "[\\"Paris\\"]"}}]]}', "IAT").findings[0]
    assert (found.got, found.repair, found.expected, found.tool) == ('["Paris"]', ["Paris"], ["array"], "plan_trip")
