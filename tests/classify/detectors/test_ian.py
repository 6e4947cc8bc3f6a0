"""IAN: an argument name that the tool's schema does not declare."""

from tests.classify.build import charged, outcome, tables

FLAGGED = {
    "another case": ('{"turns": ["?", [{"get_weather": {"City": "Paris"}}]]}', [("$.turns[1].calls[0].arguments.City", "near_miss")]),
    "another separator": (
        '{"turns": ["?", [{"cancel_order": {"orderId": 7}}]]}',
        [("$.turns[1].calls[0].arguments.orderId", "near_miss")],
    ),
    "a slip of spelling": (
        '{"turns": ["?", [{"convert": {"ammount": 7, "currency": "EUR"}}]]}',
        [("$.turns[1].calls[0].arguments.ammount", "near_miss")],
    ),
    "an optional name misspelt": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "Units": "celsius"}}]]}',
        [("$.turns[1].calls[0].arguments.Units", "near_miss")],
    ),
    "another word for the only required slot left open": (
        '{"turns": ["?", [{"get_weather": {"town": "Paris"}}]]}',
        [("$.turns[1].calls[0].arguments.town", "near_miss")],
    ),
    "the right name one level too high": (
        '{"turns": ["?", [{"plan_trip": {"stops": [], "street": "Main"}}]]}',
        [("$.turns[1].calls[0].arguments.street", "misplaced")],
    ),
    "the right name one level too low": (
        '{"turns": ["?", [{"plan_trip": {"stops": [], "address": {"street": "Main", "budget": 5}}}]]}',
        [("$.turns[1].calls[0].arguments.address.budget", "misplaced", "likely")],
    ),
    "an argument of another offered tool": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "currency": "EUR"}}]]}',
        [("$.turns[1].calls[0].arguments.currency", "other_tool")],
    ),
    "a name declared nowhere": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "mood": "sunny"}}]]}',
        [("$.turns[1].calls[0].arguments.mood", "unknown")],
    ),
    "a name declared nowhere, in a nested object that does not forbid it, is likely": (
        '{"turns": ["?", [{"plan_trip": {"stops": [], "address": {"street": "Main", "mood": "?"}}}]]}',
        [("$.turns[1].calls[0].arguments.address.mood", "unknown", "likely")],
    ),
    "a nested object that forbids further keys makes it certain": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "object", "properties": {"a": {}},'
        ' "additionalProperties": false}}}}], "turns": ["?", [{"f": {"x": {"a": 1, "b": 2}}}]]}',
        [("$.turns[1].calls[0].arguments.x.b", "unknown")],
    ),
    "an object inside a list": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "array", "items": {"type": "object",'
        ' "properties": {"a": {}}}}}}}], "turns": ["?", [{"f": {"x": [{"a": 1}, {"b": 2}]}}]]}',
        [("$.turns[1].calls[0].arguments.x[1].b", "unknown", "likely")],
    ),
    "an object behind a reference": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"$ref": "#/$defs/X"}}, "$defs": {"X": {"type":'
        ' "object", "properties": {"a": {}}}}}}], "turns": ["?", [{"f": {"x": {"b": 2}}}]]}',
        [("$.turns[1].calls[0].arguments.x.b", "unknown", "likely")],
    ),
    "a tool that takes no arguments": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {}}}], "turns": ["?", [{"f": {"x": 1}}]]}',
        [("$.turns[1].calls[0].arguments.x", "unknown")],
    ),
    "two names, in the order written": (
        '{"turns": ["?", [{"get_weather": {"zeal": 1, "city": "Paris", "mood": 2}}]]}',
        [("$.turns[1].calls[0].arguments.zeal", "unknown"), ("$.turns[1].calls[0].arguments.mood", "unknown")],
    ),
    "two unknown names for one open slot: neither is the one meant": (
        '{"turns": ["?", [{"get_time": {"town": "Paris", "place": "Lyon"}}]]}',
        [("$.turns[1].calls[0].arguments.town", "unknown"), ("$.turns[1].calls[0].arguments.place", "unknown")],
    ),
    "a near name whose slot is already given is no repair of it": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "City": "Rome"}}]]}',
        [("$.turns[1].calls[0].arguments.City", "unknown")],
    ),
    "a key with a quote and a space keeps its place": (
        r'{"turns": ["?", [{"get_weather": {"city": "Paris", "my \"mood\"": 1}}]]}',
        [('$.turns[1].calls[0].arguments["my \\"mood\\""]', "unknown")],
    ),
    "an extra call is still held against its own schema": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris"}}, {"get_time": {"city": "Paris", "mood": 1}}]],'
        ' "gold": [{"get_weather": {"city": "Paris"}}]}',
        [("$.turns[1].calls[1].arguments.mood", "unknown")],
    ),
    "under strict decoding the harness let it through": (
        '{"request": {"strict": true}, "turns": ["?", [{"get_weather": {"city": "Paris", "mood": "sunny"}}]]}',
        [("$.turns[1].calls[0].arguments.mood", "unknown", "certain", "harness")],
    ),
    "a name that the gold itself uses is the task's fault": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "mood": 1}}]], "gold": [{"get_weather": {"city": "Paris", "mood": 1}}]}',
        [("$.turns[1].calls[0].arguments.mood", "unknown", "likely", "task")],
    ),
    "without tools, a keyword that the function does not take": (
        '{"tools": null, "turns": ["?", [{"f": {"town": "P"}, "!": "Error: f() got an unexpected keyword argument \'town\'"}]]}',
        [("$.turns[1].calls[0].arguments.town", "unknown", "likely")],
    ),
    "without tools, Pydantic's forbidden extra, nested": (
        '{"tools": null, "turns": ["?", [{"f": {"a": {"b": 1}}, "!": "{\\"detail\\": [{\\"type\\": \\"extra_forbidden\\", \\"loc\\": [\\"body\\", \\"a\\", \\"b\\"], \\"msg\\": \\"Extra inputs are not permitted\\"}]}"}]]}',  # noqa: E501
        [("$.turns[1].calls[0].arguments.a.b", "unknown", "likely")],
    ),
    "a schema that cannot be used leaves the reply to speak": (
        '{"tools": [{"name": "f", "parameters": {"properties": {"x": {"$ref": "#/$defs/None"}}}}, "get_time"],'
        ' "turns": ["?", [{"get_time": {"city": "Paris"}}, {"f": {"y": 1}, "!": "Error: unknown parameter \'y\'"}]]}',
        [("$.turns[1].calls[1].arguments.y", "unknown", "likely")],
    ),
}

CLEAN = {
    "declared names only": '{"turns": ["?", [{"get_weather": {"city": "Paris", "unit": "celsius", "days": 1}}]]}',
    "no arguments": '{"turns": ["?", [{"roll_dice": {}}]]}',
    "a required argument left out is a value": '{"turns": ["?", [{"get_weather": {}}]]}',
    "a declared optional that the gold omits is a value": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": 3}}]], "gold": [{"get_weather": {"city": "Paris"}}]}'
    ),
    "a wrong type is a type": '{"turns": ["?", [{"get_weather": {"city": 5}}]]}',
    "arguments of an unknown function are not judged": '{"turns": ["?", [{"fetch_forecast": {"mood": 5}}]]}',
    "arguments that do not parse are a format error": '{"turns": ["?", [{"get_weather": "{\\"mood\\": 5"}]]}',
    "arguments of a wrong but offered tool that declares them": (
        '{"turns": ["?", [{"return_order": {"order_id": 7}}]], "gold": [{"cancel_order": {"order_id": 7}}]}'
    ),
    "additionalProperties true": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"a": {}}, "additionalProperties": true}}],'
        ' "turns": ["?", [{"f": {"x": 1}}]]}'
    ),
    "additionalProperties a schema": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "integer"}}}],'
        ' "turns": ["?", [{"f": {"x": 1}}]]}'
    ),
    "patternProperties": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"a": {}}, "patternProperties": {"^x": {}}}}],'
        ' "turns": ["?", [{"f": {"x1": 1}}]]}'
    ),
    "a nested object without declared properties is a free map": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "object"}}}}],'
        ' "turns": ["?", [{"f": {"x": {"anything": 1}}}]]}'
    ),
    "a nested map of any keys to numbers": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "object", "additionalProperties":'
        ' {"type": "number"}}}}}], "turns": ["?", [{"f": {"x": {"a": 1, "b": 2}}}]]}'
    ),
    "a key of either branch of a union": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"anyOf": [{"type": "object", "properties":'
        ' {"a": {}}}, {"type": "object", "properties": {"b": {}}}]}}}}], "turns": ["?", [{"f": {"x": {"b": 1}}}]]}'
    ),
    "a key that an allOf adds": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}}],'
        ' "turns": ["?", [{"f": {"a": 1, "b": 2}}]]}'
    ),
    "a key behind a reference": (
        '{"tools": [{"name": "f", "parameters": {"$ref": "#/$defs/F", "$defs": {"F": {"type": "object", "properties": {"a": {}}}}}}],'
        ' "turns": ["?", [{"f": {"a": 1}}]]}'
    ),
    "keys of a tree that refers to itself": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"tree": {"$ref": "#/$defs/T"}}, "$defs": {"T": {"type":'
        ' "object", "properties": {"v": {}, "kids": {"type": "array", "items": {"$ref": "#/$defs/T"}}}}}}}],'
        ' "turns": ["?", [{"f": {"tree": {"v": 1, "kids": [{"v": 2, "kids": []}]}}}]]}'
    ),
    "null in the place of a nullable object": '{"turns": ["?", [{"plan_trip": {"stops": [], "note": null}}]]}',
    "xLAM's flat parameters are declared names": (
        '{"tools": [{"name": "f", "parameters": {"query": {"type": "str", "description": "q"}, "limit": {"type": "int, optional"}}}],'
        ' "turns": ["?", [{"f": {"query": "tea", "limit": 3}}]]}'
    ),
    "a call of a tool whose schema cannot be used is not judged": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"$ref": "#/$defs/None"}}}}],'
        ' "turns": ["?", [{"f": {"mood": 1}}]]}'
    ),
    "a declared name in a key's own case": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"X": {}, "x": {}}}}], "turns": ["?", [{"f": {"x": 1}}]]}'
    ),
    "no call at all": '{"turns": ["?", {"say": "Sunny."}], "gold": [{"get_weather": {"city": "Paris"}}]}',
    "without tools, a reply about an argument that was not given": (
        '{"tools": null, "turns": ["?", [{"f": {"x": 1}, "!": "Error: g() got an unexpected keyword argument \'town\'"}]]}'
    ),
    "without tools, an unexpected answer of the world": (
        '{"tools": null, "turns": ["?", [{"f": {"field": 1}, "!": "Error: unexpected end of file in field"}]]}'
    ),
    "with tools, the schema decides and no reply": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris"}, "!": "Error: unknown parameter \'city\'"}]]}'
    ),
}

test_flagged, test_clean = tables("IAN", FLAGGED, CLEAN)


def test_unknown_tools_are_skipped_and_never_clean():
    found = outcome('{"tools": null, "turns": ["?", [{"get_weather": {"mood": 5}}]]}', "IAN")
    assert (found.assessed, found.findings) == (0, ())
    assert "unknown" in found.skipped


def test_the_arguments_given_are_the_opportunities():
    raw = '{"turns": ["?", [{"get_weather": {"city": "Paris", "mood": 5}}, {"fetch": {"a": 1}}, {"get_time": {"city": "Rome"}}]]}'
    assert outcome(raw, "IAN").assessed == 3


def test_a_near_miss_carries_its_repair():
    found = outcome('{"turns": ["?", [{"get_weather": {"City": "Paris"}}]]}', "IAN").findings[0]
    assert (found.repair, found.got, found.tool, found.step, found.call) == ("city", {"City": "Paris"}, "get_weather", 1, 0)


def test_a_renamed_required_argument_is_charged_once():
    raw = '{"turns": ["?", [{"get_weather": {"town": "Paris"}}]], "gold": [{"get_weather": {"city": "Paris"}}]}'
    assert charged(raw) == [("IAN", "$.turns[1].calls[0].arguments.town", "near_miss")]


def test_a_renamed_argument_s_value_is_compared_with_the_gold():
    raw = '{"turns": ["?", [{"get_weather": {"City": "Rome"}}]], "gold": [{"get_weather": {"city": "Paris"}}]}'
    assert charged(raw) == [
        ("IAN", "$.turns[1].calls[0].arguments.City", "near_miss"),
        ("IAV", "$.turns[1].calls[0].arguments.City", "other"),
    ]


def test_an_unknown_argument_masks_nothing_but_itself():
    raw = '{"turns": ["?", [{"get_weather": {"city": "Rome", "mood": 1}}]], "gold": [{"get_weather": {"city": "Paris"}}]}'
    assert charged(raw) == [
        ("IAN", "$.turns[1].calls[0].arguments.mood", "unknown"),
        ("IAV", "$.turns[1].calls[0].arguments.city", "other"),
    ]
