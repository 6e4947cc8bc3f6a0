"""IAV: a wrong value, or a required argument left out."""

import pytest

from tests.classify.build import charged, outcome, tables

CALL = "$.turns[1].calls[0].arguments"


def weather(given: str, due: str) -> str:
    return f'{{"turns": ["?", [{{"get_weather": {given}}}]], "gold": [{{"get_weather": {due}}}]}}'


def trip(given: str, due: str) -> str:
    return f'{{"turns": ["?", [{{"plan_trip": {given}}}]], "gold": [{{"plan_trip": {due}}}]}}'


def convert(given: str, due: str) -> str:
    return f'{{"turns": ["?", [{{"convert": {given}}}]], "gold": [{{"convert": {due}}}]}}'


def batch(first: str, second: str) -> str:
    return f'{{"turns": ["What time is it in Paris? Then mail Ann $1.50 and cancel the order", [{first}, {second}]]}}'


def tried(first: str, then: str, between: str = "", mode: str = "exact") -> str:
    """A call of get_weather that fails, one that works, and the latter as gold."""
    failed = f'{{"get_weather": {{"city": "{first}"}}, "!": "no station"}}'
    worked = f'{{"get_weather": {{"city": "{then}"}}, "->": "18 C"}}'
    return f'{{"turns": ["?", [{failed}], {between}[{worked}]], "gold": [{{"get_weather": {{"city": "{then}"}}}}], "mode": "{mode}"}}'


FLAGGED = {
    "not the default that the description states": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "integer", "description": "Days. Default is'
        ' 5."}}}}], "turns": ["?", [{"f": {"x": 6}}]], "gold": [{"f": {}}]}',
        [(f"{CALL}.x", "unexpected", "likely")],
    ),
    "the description's genitive turned round": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "string", "description": "The title of the'
        ' song to play."}}}}], "turns": ["?", [{"f": {"x": "song_title"}}]]}',
        [(f"{CALL}.x", "placeholder")],
    ),
    "an empty text for a required argument": (weather('{"city": ""}', '{"city": "Paris"}'), [(f"{CALL}.city", "placeholder")]),
    "a blank for an argument whose name has a from in it, beside another call": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"from_city": {"type": "string"}}}}],'
        ' "turns": ["?", [{"f": {"from_city": "[your from_city]"}}, {"f": {"from_city": "Rome"}}]]}',
        [(f"{CALL}.from_city", "placeholder")],
    ),
    "the number of an identifier has no scale": (
        '{"turns": ["?", [{"cancel_order": {"order_id": 70}}]], "gold": [{"cancel_order": {"order_id": 7}}]}',
        [(f"{CALL}.order_id", "other")],
    ),
    "an address at a reserved domain in a call beside the gold's": (
        '{"turns": ["Cancel order 7", [{"cancel_order": {"order_id": 7}}, {"poke": {"what": "ann@example.com"}}]],'
        ' "gold": [{"cancel_order": {"order_id": 7}}], "mode": "required"}',
        [("$.turns[1].calls[1].arguments.what", "placeholder", "likely")],
    ),
    "a required argument left out": ('{"turns": ["?", [{"get_weather": {}}]]}', [(f"{CALL}.city", "missing_required")]),
    "two required arguments left out": (
        '{"turns": ["?", [{"convert": {}}]]}',
        [(f"{CALL}.amount", "missing_required"), (f"{CALL}.currency", "missing_required")],
    ),
    "a required field of a nested object left out": (
        '{"turns": ["?", [{"plan_trip": {"stops": [], "address": {}}}]]}',
        [(f"{CALL}.address.street", "missing_required")],
    ),
    "a required argument that has a default is likely": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "integer", "default": 1}},'
        ' "required": ["x"]}}], "turns": ["?", [{"f": {}}]]}',
        [(f"{CALL}.x", "missing_required", "likely")],
    ),
    "a call that failed and was then made rightly": (
        tried("Lutetia", "Paris", mode="exact"),
        [(f"{CALL}.city", "other")],
    ),
    "the same where further calls are welcome, which it may have been": (
        tried("Lutetia", "Paris", mode="required"),
        [(f"{CALL}.city", "other", "likely")],
    ),
    "a failing call made again just as it was: its value counts once": (
        '{"turns": ["?", [{"get_time": {"city": "Ur"}, "!": "no"}], [{"get_time": {"city": "Ur"}, "!": "no"}],'
        ' [{"get_time": {"city": "Rome"}, "->": "9"}]], "gold": [{"get_time": {"city": "Rome"}}]}',
        [(f"{CALL}.city", "other")],
    ),
    "calls made at once are tries at different gold calls": (
        '{"turns": ["?", [{"get_time": {"city": "Ur"}, "!": "no"}, {"get_time": {"city": "rome"}, "!": "no"}],'
        ' [{"get_time": {"city": "Paris"}, "->": "9"}, {"get_time": {"city": "Rome"}, "->": "9"}]],'
        ' "gold": [{"get_time": {"city": "Paris"}}, {"get_time": {"city": "Rome"}}], "mode": "unordered"}',
        [("$.turns[1].calls[0].arguments.city", "other"), ("$.turns[1].calls[1].arguments.city", "format_variant")],
    ),
    "a required argument left out is charged once, though the gold needs it too": (
        weather("{}", '{"city": "Paris"}'),
        [(f"{CALL}.city", "missing_required")],
    ),
    "a key that nobody filled in": (
        '{"turns": ["?", [{"send_mail": {"to": "YOUR_API_KEY", "body": "hi"}}]]}',
        [(f"{CALL}.to", "placeholder")],
    ),
    "a name in angle brackets": ('{"turns": ["?", [{"send_mail": {"to": "<id>", "body": "hi"}}]]}', [(f"{CALL}.to", "placeholder")]),
    "the schema's own text as a value": (
        '{"turns": ["?", [{"get_weather": {"city": "The city\'s name"}}]]}',
        [(f"{CALL}.city", "placeholder")],
    ),
    "a placeholder is charged once, though the gold has another value": (
        weather('{"city": "<city>"}', '{"city": "Paris"}'),
        [(f"{CALL}.city", "placeholder")],
    ),
    "a value that the schema does not list": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "unit": "kelvin"}}]]}',
        [(f"{CALL}.unit", "outside_enum")],
    ),
    "the listed value in another case": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "unit": "Celsius"}}]]}',
        [(f"{CALL}.unit", "outside_enum")],
    ),
    "a number above the maximum": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": 15}}]]}',
        [(f"{CALL}.days", "outside_bounds")],
    ),
    "a text that is no date: a format is only noted by a schema": (
        '{"turns": ["?", [{"convert": {"amount": 1, "currency": "EUR", "date": "tomorrow"}}]]}',
        [(f"{CALL}.date", "outside_bounds", "likely")],
    ),
    "a text that is no date, where the gold needs one": (
        '{"turns": ["?", [{"convert": {"amount": 1, "currency": "EUR", "date": "tomorrow"}}]],'
        ' "gold": [{"convert": {"amount": 1, "currency": "EUR", "date": "2024-12-25"}}]}',
        [(f"{CALL}.date", "outside_bounds")],
    ),
    "a text that breaks the pattern": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "string", "pattern": "^A"}}}}],'
        ' "turns": ["?", [{"f": {"x": "B"}}]]}',
        [(f"{CALL}.x", "outside_bounds")],
    ),
    "outside the enumeration is charged once, though the gold has another value": (
        weather('{"city": "Paris", "unit": "kelvin"}', '{"city": "Paris", "unit": "fahrenheit"}'),
        [(f"{CALL}.unit", "outside_enum")],
    ),
    "a value that the gold takes and the schema does not is the task's fault": (
        weather('{"city": "Paris", "unit": "kelvin"}', '{"city": "Paris", "unit": "kelvin"}'),
        [(f"{CALL}.unit", "outside_enum", "likely", "task")],
    ),
    "a required argument that the gold leaves out too is the task's fault": (
        weather("{}", "{}"),
        [(f"{CALL}.city", "missing_required", "likely", "task")],
    ),
    "an optional argument that the gold needs": (
        weather('{"city": "Paris"}', '{"city": "Paris", "days": 3}'),
        [(f"{CALL}.days", "omitted")],
    ),
    "the schema's default where the gold needs another value": (
        weather('{"city": "Paris", "unit": "celsius"}', '{"city": "Paris", "unit": "fahrenheit"}'),
        [(f"{CALL}.unit", "omitted")],
    ),
    "the schema's default for a boolean that the gold needs true": (
        weather('{"city": "Paris", "hourly": false}', '{"city": "Paris", "hourly": true}'),
        [(f"{CALL}.hourly", "omitted")],
    ),
    "the other truth value": (
        weather('{"city": "Paris", "hourly": true}', '{"city": "Paris", "hourly": false}'),
        [(f"{CALL}.hourly", "boolean_flipped")],
    ),
    "a boolean that should not be there": (
        weather('{"city": "Paris", "hourly": true}', '{"city": "Paris"}'),
        [(f"{CALL}.hourly", "boolean_flipped")],
    ),
    "an optional argument that the gold omits": (
        weather('{"city": "Paris", "days": 3}', '{"city": "Paris"}'),
        [(f"{CALL}.days", "unexpected", "likely")],
    ),
    "a power of ten": (convert('{"amount": 5, "currency": "EUR"}', '{"amount": 0.05, "currency": "EUR"}'), [(f"{CALL}.amount", "scale")]),
    "minutes for hours": (convert('{"amount": 120, "currency": "EUR"}', '{"amount": 2, "currency": "EUR"}'), [(f"{CALL}.amount", "scale")]),
    "the same date written otherwise": (
        convert('{"amount": 1, "currency": "12/25/2024"}', '{"amount": 1, "currency": "2024-12-25"}'),
        [(f"{CALL}.currency", "format_variant")],
    ),
    "another case": (weather('{"city": "paris"}', '{"city": "Paris"}'), [(f"{CALL}.city", "format_variant")]),
    "a number in words": (weather('{"city": "three"}', '{"city": "3"}'), [(f"{CALL}.city", "format_variant")]),
    "the right stops in another order": (
        trip('{"stops": ["Lyon", "Paris"]}', '{"stops": ["Paris", "Lyon"]}'),
        [(f"{CALL}.stops", "reordered")],
    ),
    "less of the name": (weather('{"city": "New York"}', '{"city": "New York, NY"}'), [(f"{CALL}.city", "partial")]),
    "more than the name": (weather('{"city": "Paris, France"}', '{"city": "Paris"}'), [(f"{CALL}.city", "partial")]),
    "an item dropped": (trip('{"stops": ["Paris"]}', '{"stops": ["Paris", "Lyon"]}'), [(f"{CALL}.stops", "partial")]),
    "an item added": (trip('{"stops": ["Paris", "Lyon"]}', '{"stops": ["Paris"]}'), [(f"{CALL}.stops", "partial")]),
    "one item of a list is judged as that item's slip": (
        trip('{"stops": ["Paris", "lyon"]}', '{"stops": ["Paris", "Lyon"]}'),
        [(f"{CALL}.stops[1]", "format_variant")],
    ),
    "a field of a nested object is judged as that field's slip": (
        trip('{"stops": [], "address": {"street": "Side"}}', '{"stops": [], "address": {"street": "Main"}}'),
        [(f"{CALL}.address.street", "other")],
    ),
    "another city": (weather('{"city": "Rome"}', '{"city": "Paris"}'), [(f"{CALL}.city", "other")]),
    "none of the alternatives": (weather('{"city": "Rome"}', '{"city": {"one_of": ["Paris", "Lyon"]}}'), [(f"{CALL}.city", "other")]),
    "a coerced value that is wrong as well": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": "4"}}]], "gold": [{"get_weather": {"city": "Paris", "days": 9}}]}',
        [(f"{CALL}.days", "other")],
    ),
    "all wrong values, not the first": (
        weather('{"city": "Rome", "days": 2, "hourly": true}', '{"city": "Paris", "days": 9, "hourly": false}'),
        [(f"{CALL}.city", "other"), (f"{CALL}.days", "other"), (f"{CALL}.hourly", "boolean_flipped")],
    ),
    "with gold and without tools the values are still compared": (
        '{"tools": null, "turns": ["?", [{"get_weather": {"city": "Rome"}}]], "gold": [{"get_weather": {"city": "Paris"}}]}',
        [(f"{CALL}.city", "other")],
    ),
    "an extra call is still held against its own schema": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris"}}, {"get_time": {}}]], "gold": [{"get_weather": {"city": "Paris"}}]}',
        [("$.turns[1].calls[1].arguments.city", "missing_required")],
    ),
    "a stand-in inside a list": (
        '{"turns": ["?", [{"plan_trip": {"stops": ["Paris", "[insert city]"]}}]]}',
        [(f"{CALL}.stops[1]", "placeholder")],
    ),
    "a variable of the environment": (
        '{"turns": ["?", [{"send_mail": {"to": "${MY_MAIL}", "body": "hi"}}]]}',
        [(f"{CALL}.to", "placeholder")],
    ),
    "a reference where no other call could give it": (
        '{"turns": ["Mail Ann", [{"send_mail": {"to": "<result of find_user>", "body": "hi"}}]]}',
        [(f"{CALL}.to", "placeholder")],
    ),
    "an address at a domain reserved for examples that nobody mentioned": (
        '{"turns": ["Mail Ann: hi", [{"send_mail": {"to": "ann@example.com", "body": "hi"}}]]}',
        [(f"{CALL}.to", "placeholder", "likely")],
    ),
    "a reference to a call of the same batch, by its number": (
        batch('{"get_time": {"city": "Paris"}}', '{"send_mail": {"to": "$1.mail", "body": "hi"}}'),
        [("$.turns[1].calls[1].arguments.to", "premature_dependency")],
    ),
    "a reference to a call of the same batch, as a template": (
        batch('{"send_mail": {"to": "{{get_time.output}}", "body": "hi"}}', '{"get_time": {"city": "Paris"}}'),
        [(f"{CALL}.to", "premature_dependency")],
    ),
    "a reference is charged once, though the gold has a value": (
        '{"turns": ["?", [{"get_time": {"city": "Paris"}}, {"get_weather": {"city": "[city_from_lookup]"}}]],'
        ' "gold": [{"get_time": {"city": "Paris"}}, {"get_weather": {"city": "Rome"}}]}',
        [("$.turns[1].calls[1].arguments.city", "premature_dependency")],
    ),
    "an id out of nowhere beside the call that gives it": (
        batch('{"get_time": {"city": "Paris"}, "->": "{\\"order_id\\": 77}"}', '{"cancel_order": {"order_id": 4813}}'),
        [("$.turns[1].calls[1].arguments.order_id", "premature_dependency", "likely")],
    ),
    "an id out of nowhere beside the call that looks up such a thing": (
        '{"tools": [{"name": "find_user", "effect": "read", "parameters": {"properties": {"name": {"type": "string"}}}},'
        ' {"name": "delete_user", "effect": "write", "parameters": {"properties": {"id": {"type": "string"}}}},'
        ' {"name": "mute_user", "effect": "write", "parameters": {"properties": {"user_id": {"type": "string"}}}}],'
        ' "turns": ["Mute Ann", [{"find_user": {"name": "Ann"}}, {"mute_user": {"user_id": "1"}}]]}',
        [("$.turns[1].calls[1].arguments.user_id", "premature_dependency", "candidate")],
    ),
    "an invention beside a call whose reply but echoes the argument": (
        '{"tools": [{"name": "find_user", "effect": "read", "parameters": {"properties": {"user_id": {"type": "string"}}}}],'
        ' "turns": ["Find U1", [{"find_user": {"user_id": "U1"}, "->": "{\\"user_id\\": \\"U1\\"}"}, {"find_user": {"user_id": "ZK77"},'
        ' "->": "{\\"user_id\\": \\"ZK77\\"}"}]]}',
        [("$.turns[1].calls[1].arguments.user_id", "ungrounded", "candidate")],
    ),
    "a value that the user took back": (
        '{"turns": ["Weather in Paris", {"say": "For today?"}, "No, Lyon.", [{"get_weather": {"city": "Paris"}}]]}',
        [("$.turns[3].calls[0].arguments.city", "stale_value", "likely")],
    ),
    "a value that the user took back, which the call's own reply then echoes": (
        '{"turns": ["Weather in Paris. No, Lyon.", [{"get_weather": {"city": "Paris"}, "->": "Paris: 18 C"}], {"tool": "Paris: 18 C"}]}',
        [(f"{CALL}.city", "stale_value", "likely")],
    ),
    "a number that the user took back": (
        '{"turns": ["Weather in Paris for 3 days. Actually 4 days, not 3.", [{"get_weather": {"city": "Paris", "days": 3}}]]}',
        [(f"{CALL}.days", "stale_value", "likely")],
    ),
    "a value taken back explains the difference to the gold": (
        '{"turns": ["Weather in Paris. No, Lyon.", [{"get_weather": {"city": "Paris"}}]], "gold": [{"get_weather": {"city": "Lyon"}}]}',
        [(f"{CALL}.city", "stale_value")],
    ),
    "a value taken back, with which the same was done again": (
        '{"turns": ["Cancel order 17", [{"cancel_order": {"order_id": 17}, "->": "done"}], {"say": "Done."}, "Sorry, I meant 18, not 17.",'
        ' [{"cancel_order": {"order_id": 17}, "->": "done"}]]}',
        [("$.turns[4].calls[0].arguments.order_id", "stale_value", "likely")],
    ),
    "an address that nobody mentioned": (
        '{"turns": ["Mail Ann: hi", [{"send_mail": {"to": "ann@corp.com", "body": "hi"}}]]}',
        [(f"{CALL}.to", "ungrounded", "candidate")],
    ),
    "a number that nobody mentioned": (
        '{"turns": ["Cancel my order", [{"cancel_order": {"order_id": 48213}}]]}',
        [(f"{CALL}.order_id", "ungrounded", "candidate")],
    ),
    "an invention is charged where it first appears": (
        '{"turns": ["Cancel my order", [{"cancel_order": {"order_id": 48213}, "->": "no"}], [{"return_order": {"order_id": 48213}}]]}',
        [(f"{CALL}.order_id", "ungrounded", "candidate")],
    ),
    "without tools, a tool that misses an argument": (
        '{"tools": null, "turns": ["?", [{"f": {"x": 1}, "!": "f() missing 1 required positional argument: \'y\'"}]]}',
        [(f"{CALL}.y", "missing_required", "likely")],
    ),
    "without tools, a tool that lists its choices": (
        '{"tools": null, "turns": ["?", [{"f": {"unit": "kelvin"}, "->": "unit must be one of \'celsius\', \'fahrenheit\'"}]]}',
        [(f"{CALL}.unit", "outside_enum", "likely")],
    ),
    "without tools, what gold and reply both say is charged once": (
        '{"tools": null, "turns": ["?", [{"f": {"unit": "kelvin"}, "->": "unit must be one of \'celsius\', \'fahrenheit\'"}]],'
        ' "gold": [{"f": {"unit": "celsius"}}]}',
        [(f"{CALL}.unit", "other")],
    ),
    "without tools, a tool that names its bounds": (
        '{"tools": null, "turns": ["?", [{"f": {"days": 99}, "!": "1 validation error for f\\ndays\\n  Input should be less than 14 [type=less_than]"}]]}',  # noqa: E501
        [(f"{CALL}.days", "outside_bounds", "likely")],
    ),
}

CLEAN = {
    "what was done with a value that was then taken back is undone": (
        '{"turns": ["Cancel order 17", [{"cancel_order": {"order_id": 17}, "->": "done"}], {"say": "Done."}, "Sorry, I meant 18, not 17.",'
        ' [{"return_order": {"order_id": 17}, "->": "done"}], [{"cancel_order": {"order_id": 18}, "->": "done"}]]}'
    ),
    "a value taken back that a tool brings up again": (
        '{"turns": ["Weather in Paris. No, Lyon.", [{"get_time": {"city": "Lyon"}, "->": "ask Paris"}], {"tool": "ask Paris"},'
        ' [{"get_weather": {"city": "Paris"}, "->": "18 C"}]]}'
    ),
    "a call that failed before the user said something else": tried("Lutetia", "Paris", '"Paris, then.", ', mode="required"),
    "a call that failed after the right one": (
        '{"turns": ["?", [{"get_time": {"city": "Rome"}, "->": "9"}], [{"get_time": {"city": "Ur"}, "!": "no"}]],'
        ' "gold": [{"get_time": {"city": "Rome"}}], "mode": "required"}'
    ),
    "an empty text that the gold takes": weather('{"city": ""}', '{"city": {"one_of": ["", "Paris"]}}'),
    "the default that the description states": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "string", "description": "Where. Defaults'
        ' to global if not specified."}}}}], "turns": ["?", [{"f": {"x": "global"}}]], "gold": [{"f": {}}]}'
    ),
    "equal values": weather('{"city": "Paris", "days": 3}', '{"city": "Paris", "days": 3}'),
    "any of the alternatives": weather('{"city": "Lyon"}', '{"city": {"one_of": ["Paris", "Lyon"]}}'),
    "an optional gold argument left out": weather('{"city": "Paris"}', '{"city": "Paris", "days": {"one_of": [3], "optional": true}}'),
    "an optional gold argument given": weather(
        '{"city": "Paris", "days": 3}', '{"city": "Paris", "days": {"one_of": [3], "optional": true}}'
    ),
    "an argument that may be anything": weather('{"city": "Atlantis"}', '{"city": {"any": true}}'),
    "within the gold's tolerance": convert(
        '{"amount": 5.04, "currency": "EUR"}', '{"amount": {"one_of": [5], "tolerance": 0.05}, "currency": "EUR"}'
    ),
    "three equals three point nought": convert('{"amount": 3, "currency": "EUR"}', '{"amount": 3.0, "currency": "EUR"}'),
    "floats within rounding": convert('{"amount": 0.30000000000000004, "currency": "EUR"}', '{"amount": 0.3, "currency": "EUR"}'),
    "outer white space": weather('{"city": " Paris "}', '{"city": "Paris"}'),
    "composed and decomposed accents": weather(r'{"city": "Orle\u0301ans"}', r'{"city": "Orl\u00e9ans"}'),
    "the schema's default given where the gold omits it": weather('{"city": "Paris", "unit": "celsius"}', '{"city": "Paris"}'),
    "the schema's default omitted where the gold gives it": weather('{"city": "Paris"}', '{"city": "Paris", "unit": "celsius"}'),
    "a default boolean given": weather('{"city": "Paris", "hourly": false}', '{"city": "Paris"}'),
    "equal nested objects with their keys in another order": trip(
        '{"stops": [], "address": {"zip": "1", "street": "Main"}}', '{"stops": [], "address": {"street": "Main", "zip": "1"}}'
    ),
    "fields with alternatives of their own": trip(
        '{"stops": [], "address": {"street": "Side"}}',
        '{"stops": [], "address": {"objects": [{"street": {"one_of": ["Main", "Side"]}, "zip": {"one_of": ["1"], "optional": true}}]}}',
    ),
    "items with alternatives of their own": trip(
        '{"stops": ["Paris", "Lyon"]}', '{"stops": {"lists": [["Paris", {"one_of": ["Nice", "Lyon"]}]]}}'
    ),
    "an incompatible type is a type and masks its value": weather('{"city": ["Rome"]}', '{"city": "Paris"}'),
    "a coercible value that reads as the gold's": weather('{"city": "Paris", "days": "3"}', '{"city": "Paris", "days": 3}'),
    "an unknown name is a name, and the gold's absence of it nothing more": weather('{"city": "Paris", "mood": 1}', '{"city": "Paris"}'),
    "a renamed required argument fills the missing slot": weather('{"City": "Paris"}', '{"city": "Paris"}'),
    "a required argument under another word is a name": weather('{"town": "Paris"}', '{"city": "Paris"}'),
    "another tool's arguments are not compared with the gold's": (
        '{"turns": ["?", [{"return_order": {"order_id": 8}}]], "gold": [{"cancel_order": {"order_id": 7}}]}'
    ),
    "an extra call's values are not compared": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris"}}, {"get_time": {"city": "Rome"}}]], "gold": [{"get_weather": {"city": "Paris"}}]}'  # noqa: E501
    ),
    "a call that was not made has no values": '{"turns": ["?", {"say": "Sunny."}], "gold": [{"get_weather": {"city": "Paris"}}]}',
    "the arguments of an unknown function are masked": (
        '{"turns": ["?", [{"fetch_forecast": {"city": "Rome"}}]], "gold": [{"get_weather": {"city": "Paris"}}]}'
    ),
    "the arguments of a call that does not parse are masked": (
        '{"turns": ["?", [{"get_weather": "{\\"city\\": \\"Rome"}]], "gold": [{"get_weather": {"city": "Paris"}}]}'
    ),
    "any value without gold and within the schema": '{"turns": ["?", [{"get_weather": {"city": "Atlantis", "days": 14}}]]}',
    "the bounds themselves": '{"turns": ["?", [{"get_weather": {"city": "Paris", "days": 1}}]]}',
    "an optional argument left out": '{"turns": ["?", [{"get_weather": {"city": "Paris"}}]]}',
    "another gold path takes the value": (
        '{"turns": ["?", [{"get_weather": {"city": "Lyon"}}]], "paths": [[{"get_weather": {"city": "Paris"}}], [{"get_weather": {"city": "Lyon"}}]]}'  # noqa: E501
    ),
    "a text in capitals is a name, not a stand-in": '{"turns": ["?", [{"send_mail": {"to": "NASA", "body": "YOUR KEY PLEASE, as agreed"}}]]}',  # noqa: E501
    "a tag inside a longer text": '{"turns": ["?", [{"send_mail": {"to": "a@b.c", "body": "<b>hello</b>"}}]]}',
    "an HTML tag alone could be a value: it closes": '{"turns": ["?", [{"send_mail": {"to": "a@b.c", "body": "<p>hi</p>"}}]]}',
    "null where null is the gold's": trip('{"stops": [], "note": null}', '{"stops": [], "note": null}'),
    "under strict decoding null in a required nullable slot stands for an omitted argument": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": ["string", "null"]}},'  # noqa: E501
        ' "required": ["x", "y"]}}], "request": {"strict": true}, "turns": ["?", [{"f": {"x": "a", "y": null}}]], "gold": [{"f": {"x": "a"}}]}'  # noqa: E501
    ),
    "under strict decoding a null that the gold wants is that null": (
        '{"request": {"strict": true}, "turns": ["?", [{"plan_trip": {"stops": [], "note": null}}]],'
        ' "gold": [{"plan_trip": {"stops": [], "note": null}}]}'
    ),
    "a call of a tool whose schema cannot be used is not held against it": (
        '{"tools": [{"name": "f", "parameters": {"type": "object", "required": ["y"], "properties": {"x": {"$ref": "#/$defs/None"}}}}],'
        ' "turns": ["?", [{"f": {"x": 1}}]]}'
    ),
    "an answer that names the value in words": '{"turns": ["?", {"say": "Paris, 3 days"}]}',
    "the same call twice is a repeat": '{"turns": ["?", [{"get_time": {"city": "Rome"}}, {"get_time": {"city": "Rome"}}]], "gold": [{"get_time": {"city": "Rome"}}]}',  # noqa: E501
    "in the mode any_call no value is compared": (
        '{"turns": ["?", [{"get_weather": {"city": "Rome"}}]], "gold": [{"get_weather": {"city": "Paris"}}], "mode": "any_call"}'
    ),
    "a huge integer equal to the gold's": (
        '{"turns": ["?", [{"cancel_order": {"order_id": 123456789012345678901234567890}}]],'
        ' "gold": [{"cancel_order": {"order_id": 123456789012345678901234567890}}]}'
    ),
    "an empty list equal to the gold's": trip('{"stops": []}', '{"stops": []}'),
    "a template's variable that the user wrote": '{"turns": ["Mail {{name}} a hello", [{"send_mail": {"to": "{{name}}", "body": "hi"}}]]}',
    "a stand-in that the gold takes": (
        '{"turns": ["?", [{"send_mail": {"to": "<name>", "body": "hi"}}]], "gold": [{"send_mail": {"to": "<name>", "body": "hi"}}]}'
    ),
    "a mark that the schema lists": (
        '{"tools": [{"name": "f", "parameters": {"properties": {"x": {"type": "string", "enum": ["N/A", "yes"]}}}}],'
        ' "turns": ["?", [{"f": {"x": "N/A"}}]]}'
    ),
    "a search for the words of a stand-in": (
        '{"tools": [{"name": "search", "parameters": {"properties": {"query": {"type": "string"}}}}],'
        ' "turns": ["Find pages about example_key", [{"search": {"query": "example_key"}}]]}'
    ),
    "an example's address that the user gave": (
        '{"turns": ["Mail ann@example.com: hi", [{"send_mail": {"to": "ann@example.com", "body": "hi"}}]]}'
    ),
    "a value that an earlier step's result gave": (
        '{"turns": ["Cancel my order", [{"poke": {"what": "order"}, "->": "{\\"order_id\\": 4813}"}], [{"cancel_order": {"order_id": 4813}}]]}'  # noqa: E501
    ),
    "one value in two calls of a batch, both said": (
        batch('{"get_time": {"city": "Paris"}, "->": "{\\"city\\": \\"Paris\\"}"}', '{"get_weather": {"city": "Paris"}}')
    ),
    "a price is no reference": batch('{"get_time": {"city": "Paris"}}', '{"send_mail": {"to": "Ann", "body": "$1.50"}}'),
    "the new value": '{"turns": ["Weather in Paris. No, Lyon.", [{"get_weather": {"city": "Lyon"}}]]}',
    "a value taken back and asked for again": (
        '{"turns": ["Weather in Paris", {"say": "?"}, "No, Lyon.", {"say": "?"}, "Hm, Paris after all", [{"get_weather": {"city": "Paris"}}]]}'  # noqa: E501
    ),
    "a call before the correction": '{"turns": ["Weather in Paris", [{"get_weather": {"city": "Paris"}, "->": "18"}], "No, Lyon."]}',
    "a change that is the task": (
        '{"tools": [{"name": "move", "parameters": {"properties": {"start": {"type": "string"}, "end": {"type": "string"}}}}],'
        ' "turns": ["My flight is to Rome", {"say": "?"}, "Change it from Rome to Milan",'
        ' [{"move": {"start": "Rome", "end": "Milan"}}]]}'
    ),
    "a value taken back beside the new one in one call": (
        '{"turns": ["Trip to Paris", {"say": "?"}, "No, Lyon.", [{"plan_trip": {"stops": ["Paris", "Lyon"]}}]]}'
    ),
    "a number in words": '{"turns": ["Weather in Paris for twelve days", [{"get_weather": {"city": "Paris", "days": 12}}]]}',
    "a small count that nobody mentioned": '{"turns": ["Weather in Paris", [{"get_weather": {"city": "Paris", "days": 2}}]]}',
    "the schema's own choice": '{"turns": ["Weather in Paris", [{"get_weather": {"city": "Paris", "unit": "fahrenheit"}}]]}',
    "a date counted from today": '{"turns": ["Convert 7 euros as of tomorrow", [{"convert": {"amount": 7, "currency": "EUR", "date": "2026-05-04"}}]]}',  # noqa: E501
    "free text of the model's own": '{"turns": ["Thank Ann", [{"send_mail": {"to": "Ann", "body": "Dear Ann, many thanks for the lovely evening."}}]]}',  # noqa: E501
    "with gold the comparison decides": (
        '{"turns": ["Mail Ann: hi", [{"send_mail": {"to": "ann@corp.com", "body": "hi"}}]],'
        ' "gold": [{"send_mail": {"to": "ann@corp.com", "body": "hi"}}]}'
    ),
    "where users said nothing, nothing is without a source": '{"turns": ["?", [{"cancel_order": {"order_id": 48213}}]]}',
    "without tools, a missing argument that was given": (
        '{"tools": null, "turns": ["?", [{"f": {"y": 1}, "!": "f() missing 1 required positional argument: \'y\'"}]]}'
    ),
    "without tools, a missing credential is the harness's": (
        '{"tools": null, "turns": ["?", [{"f": {"y": 1}, "!": "missing required parameter: api_key"}]]}'
    ),
    "without tools, an argument that the reply calls unknown is IAN's": (
        '{"tools": null, "turns": ["?", [{"f": {"x": 1, "y": 2}, "!": "f() got an unexpected keyword argument \'y\'"}]],'
        ' "gold": [{"f": {"x": 1}}]}'
    ),
    "without tools, a reply whose figure is no index": (
        '{"tools": null, "turns": ["?", [{"f": {"a": "x"}, "!": "validation error\\n²\\n  too long"}]]}'
    ),
    "a number beyond all floats": f'{{"turns": ["Cancel order 7, not 8", [{{"cancel_order": {{"order_id": 1{"0" * 400}}}}}]]}}',
    "without tools, a listed value": (
        '{"tools": null, "turns": ["?", [{"f": {"unit": "celsius"}, "->": "unit must be one of \'celsius\', \'fahrenheit\'"}]]}'
    ),
    "with tools, the schema decides and no reply": (
        '{"turns": ["?", [{"get_weather": {"city": "Paris"}, "!": "missing required parameter: days"}]]}'
    ),
}

test_flagged, test_clean = tables("IAV", FLAGGED, CLEAN)


def test_with_neither_tools_nor_gold_it_is_skipped():
    found = outcome('{"tools": null, "turns": ["?", [{"get_weather": {"city": 5}}]]}', "IAV")
    assert (found.assessed, found.findings) == (0, ())
    assert "known" in found.skipped


@pytest.mark.parametrize(
    ("raw", "assessed"),
    [
        ('{"turns": ["?", [{"get_weather": {"city": "Paris", "days": 3}}]]}', 2),
        ('{"turns": ["?", [{"get_weather": {"days": 3}}]]}', 2),
        (weather('{"city": "Paris"}', '{"city": "Paris", "days": 3}'), 2),
        ('{"turns": ["?", {"say": "no"}]}', 0),
        ('{"tools": [{"name": "f", "parameters": {"properties": {"x": {"$ref": "#/$defs/None"}}}}], "turns": ["?", [{"f": {"x": 1}}]]}', 0),
    ],
    ids=[
        "arguments given",
        "a required one left out",
        "an optional one that the gold needs left out",
        "no call, nothing to judge",
        "a schema that cannot be used",
    ],
)
def test_the_arguments_given_or_due_are_the_opportunities(raw, assessed):
    assert outcome(raw, "IAV").assessed == assessed


def test_a_coercible_type_is_charged_once_when_the_value_is_right():
    assert charged(weather('{"city": "Paris", "days": "3"}', '{"city": "Paris", "days": 3}')) == [("IAT", f"{CALL}.days", "coercible")]


def test_a_coercible_type_and_a_wrong_value_are_two_slips():
    assert charged(weather('{"city": "Paris", "days": "4"}', '{"city": "Paris", "days": 9}')) == [
        ("IAT", f"{CALL}.days", "coercible"),
        ("IAV", f"{CALL}.days", "other"),
    ]


def test_an_incompatible_type_is_charged_once():
    assert charged(weather('{"city": "Paris", "days": "soon"}', '{"city": "Paris", "days": 9}')) == [
        ("IAT", f"{CALL}.days", "incompatible")
    ]


def test_a_wrong_value_says_what_was_expected():
    found = outcome(weather('{"city": "Rome"}', '{"city": "Paris"}'), "IAV").findings[0]
    assert (found.expected, found.got, found.repair, found.message) == ("Paris", "Rome", "Paris", "expected 'Paris', got 'Rome'")


def test_values_that_read_alike_are_told_with_their_types():
    (found,) = outcome(convert('{"amount": 1, "currency": "50"}', '{"amount": 1, "currency": 50}'), "IAV").findings
    assert found.message == "expected integer '50', got string '50'"
