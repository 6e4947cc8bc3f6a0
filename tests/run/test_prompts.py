"""Prompts: what reaches the model, word for word."""

from __future__ import annotations

import msgspec
import pytest

from spectool.model import Call, Message, Step, Tool
from spectool.read.steps import step_from_native, step_from_text
from spectool.run.engines.engine import ChatMessage, ToolSection
from spectool.run.errors import RunError
from spectool.run.prompts.registry import PROMPTS, prompt

CALL = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n</tool_call>'
SCHEMA = '{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}'
FUNCTION = f'{{"name":"get_weather","description":"Weather of a city.","parameters":{SCHEMA}}}'
USER = Message(role="user", content="Weather in Paris?")
SYSTEM = Message(role="system", content="Today is Monday.")
STEP = step_from_text(CALL, asked="hermes", names=["get_weather"])
REPLIES = (Message(role="tool", content='{"celsius":18}'), Message(role="tool", content="again"))


def test_a_template_with_a_tool_section_gets_tools_and_turns_as_they_are(weather):
    rendered = prompt("chat_template").render([weather], [SYSTEM, USER, STEP, *REPLIES], ToolSection(dialect="qwen_xml"))
    assert rendered.dialect == "qwen_xml"
    assert rendered.tools == (
        {
            "type": "function",
            "function": {"name": "get_weather", "description": "Weather of a city.", "parameters": weather.parameters},
        },
    )
    assert rendered.messages == (
        ChatMessage(role="system", content="Today is Monday."),
        ChatMessage(role="user", content="Weather in Paris?"),
        ChatMessage(role="assistant", content=CALL),
        ChatMessage(role="tool", content='{"celsius":18}', name="get_weather"),
        ChatMessage(role="tool", content="again"),
    )


def test_a_template_without_one_gets_tools_in_the_system_message_and_replies_as_a_user(weather):
    rendered = prompt("chat_template").render([weather], [SYSTEM, USER, STEP, *REPLIES], None)
    assert (rendered.dialect, rendered.tools) == ("hermes", ())
    system, _, _, replies = rendered.messages
    assert system.content.startswith("Today is Monday.\n\n# Tools\n")
    assert f'<tools>\n{{"type":"function","function":{FUNCTION}}}\n</tools>' in system.content
    assert replies == ChatMessage(
        role="user", content='<tool_response>\n{"celsius":18}\n</tool_response>\n<tool_response>\nagain\n</tool_response>'
    )


def test_a_worked_example_calls_the_first_tool_with_values_of_its_schema():
    fields = {
        "room": {"type": "string", "enum": ["hall", "study"]},
        "ids": {"type": "array", "items": {"type": "integer"}},
        "warm": {"type": "boolean"},
        "note": {"type": "string"},
        "odd": {"type": ["string", "null"]},
        "free": {},
    }
    tool = Tool(name="set_light", parameters={"properties": fields, "required": ["room", "ids", "warm", "odd", "free"]})
    rendered = prompt("worked_example").render([tool], [USER], ToolSection(dialect="qwen_xml"))
    assert (rendered.dialect, rendered.tools) == ("hermes", ())
    assert rendered.messages[1:] == (
        ChatMessage(role="user", content='Call set_light with room "hall", ids [1], warm true, odd "abc", free "abc".'),
        ChatMessage(
            role="assistant",
            content='<tool_call>\n{"name":"set_light","arguments":{"room":"hall","ids":[1],"warm":true,"odd":"abc","free":"abc"}}\n</tool_call>',
        ),
        ChatMessage(role="user", content="Weather in Paris?"),
    )


def test_json_list_asks_for_a_bare_array(weather):
    rendered = prompt("json_list").render([weather], [USER], ToolSection(dialect="hermes"))
    assert (rendered.dialect, rendered.tools) == ("json_list", ())
    assert [message.role for message in rendered.messages] == ["system", "user"]
    assert rendered.messages[0].content.endswith(f"Functions:\n[{FUNCTION}]")


def test_xlam1_puts_everything_into_sections_of_one_user_message(weather):
    rendered = prompt("xlam1").render([weather], [SYSTEM, USER], None)
    (message,) = rendered.messages
    assert (rendered.dialect, rendered.tools, message.role) == ("xlam1", (), "user")
    titles = [line for line in message.content.splitlines() if line.startswith("[BEGIN OF")]
    assert titles == [
        "[BEGIN OF TASK INSTRUCTION]",
        "[BEGIN OF AVAILABLE TOOLS]",
        "[BEGIN OF FORMAT INSTRUCTION]",
        "[BEGIN OF QUERY]",
    ]
    flat = '[{"name":"get_weather","description":"Weather of a city.","parameters":{"city":{"type":"string","required":true}}}]'
    assert f"[BEGIN OF AVAILABLE TOOLS]\n{flat}\n[END OF AVAILABLE TOOLS]" in message.content
    assert message.content.endswith("[BEGIN OF QUERY]\nWeather in Paris?\n[END OF QUERY]")
    assert "Today is Monday.\n[END OF TASK INSTRUCTION]" in message.content


def test_xlam1_shows_what_happened_as_history_steps(weather):
    again = Message(role="user", content="And Rome?")
    rendered = prompt("xlam1").render([weather], [USER, STEP, *REPLIES, Step(text="18.", raw="18."), again], None)
    history = (
        '[{"step_id":1,"thought":"","tool_calls":[{"name":"get_weather","arguments":{"city":"Paris"}}],'
        '"next_observation":"{\\"celsius\\":18}\\nagain","user_input":""},'
        '{"step_id":2,"thought":"18.","tool_calls":[],"next_observation":"","user_input":"And Rome?"}]'
    )
    assert rendered.messages[0].content.endswith(f"[BEGIN OF HISTORY STEPS]\n{history}\n[END OF HISTORY STEPS]")


def test_xlam1_shows_answers_from_before_the_task_as_steps_too(weather):
    earlier = (Message(role="user", content="Hi"), Message(role="system", content="earlier answer: Hello!"))
    rendered = prompt("xlam1").render([weather], [SYSTEM, *earlier, USER], None)
    history = '[{"step_id":1,"thought":"Hello!","tool_calls":[],"next_observation":"","user_input":"Weather in Paris?"}]'
    assert rendered.messages[0].content.endswith(
        f"[BEGIN OF QUERY]\nHi\n[END OF QUERY]\n\n[BEGIN OF HISTORY STEPS]\n{history}\n[END OF HISTORY STEPS]"
    )
    assert "Hello!" not in rendered.messages[0].content.partition("[END OF TASK INSTRUCTION]")[0]


def test_xlam1_keeps_a_schema_whose_properties_refer_to_definitions(weather):
    schema = {"type": "object", "properties": {"place": {"$ref": "#/$defs/place"}}, "$defs": {"place": {"type": "string"}}}
    tool = msgspec.structs.replace(weather, parameters=schema)
    (message,) = prompt("xlam1").render([tool], [USER], None).messages
    kept = '{"type":"object","properties":{"place":{"$ref":"#/$defs/place"}},"$defs":{"place":{"type":"string"}}}'
    assert f'"parameters":{kept}' in message.content


def test_structured_calls_go_back_as_structured_calls(weather):
    step = step_from_native("", [("c1", "get_weather", '{"city": "Paris"}'), ("c2", "get_weather", "{broken")], names=["get_weather"])
    rendered = prompt("chat_template").render([weather], [USER, step, *REPLIES], ToolSection(dialect="native"))
    assert rendered.messages[1].calls == (("c1", "get_weather", {"city": "Paris"}), ("c2", "get_weather", "{broken"))
    assert [message.call_id for message in rendered.messages[2:]] == ["c1", "c2"]


@pytest.mark.parametrize("module", PROMPTS, ids=lambda module: module.NAME)
def test_every_prompt_works_without_tools_and_with_a_call_that_did_not_parse(module, weather):
    broken = Step(raw="<tool_call>{", calls=(Call(name="", raw="{"),))
    for tools in ([], [weather]):
        for section in (None, ToolSection(dialect=None)):
            assert module.render(tools, [USER, broken, REPLIES[0]], section).messages


def test_an_unknown_prompt_is_refused_by_name():
    with pytest.raises(RunError, match="no prompt 'x'; there are chat_template, worked_example, json_list, xlam1, xlam2, toolscan, react,"):
        prompt("x")
