"""Every prompt, and the chat templates of the model families, on one conversation: golden files beside this one.

The templates are tiny ones of our own in the shape of each family. If a change is meant: python -m tests.run.test_golden_prompts
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from spectool.run.engines.engine import ToolSection
from spectool.run.engines.template_tools import tool_section
from spectool.run.prompts.conversation import Rendered
from spectool.run.prompts.registry import PROMPTS, Prompt, constrainable, prompt
from tests.run.rendering_samples import SYSTEM, TEMPLATES, TOOLS, conversation, templated

GOLDEN = Path(__file__).parent / "prompts"
FAMILIES = {
    "chatml": None,
    "gpt_oss": "harmony",
    "llama31": "llama_json",
    "llama4_pythonic": "pythonic",
    "mistral_v3": "mistral",
    "mistral_v13": "mistral_args",
    "qwen": "hermes",
    "qwen3_coder": "qwen_xml",
    "xlam2": "xlam2",
}


def section(family: str) -> ToolSection | None:
    source = (TEMPLATES / f"{family}.jinja").read_text(encoding="utf-8")
    probe = prompt("json_list").render((), [SYSTEM], None).messages[0]
    user = type(probe)(role="user", content="")
    return tool_section(lambda tools: templated(family, [user], tools), source)


def told(module: Prompt) -> str:
    """A prompt's messages one after another, and what a whole answer may be."""
    asked = module.render((), (), None).dialect or "hermes"
    rendered = module.render(TOOLS, conversation(asked), None)
    parts = [f"=== {message.role}\n{message.content}\n" for message in rendered.messages]
    if rendered.schema is not None:
        parts.append(f"=== schema\n{json.dumps(rendered.schema, indent=1)}\n")
    return f"dialect: {rendered.dialect}\n" + "".join(parts)


def native(family: str) -> Rendered:
    """The conversation as ``chat_template`` hands it to a family's template."""
    found = section(family)
    asked = found.dialect if found else None
    turns = conversation(asked or "hermes")
    # gpt-oss' template takes no earlier turn with channels in its text: such models are run over a server that keeps calls apart.
    return prompt("chat_template").render(TOOLS, turns[:2] if asked == "harmony" else turns, found)


def shown(family: str) -> str:
    rendered = native(family)
    return templated(family, rendered.messages, rendered.tools)


@pytest.mark.parametrize("module", PROMPTS, ids=lambda module: module.NAME)
def test_a_prompt_is_the_golden_one(module):
    assert told(module) == (GOLDEN / f"{module.NAME}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("family", "dialect"), FAMILIES.items(), ids=FAMILIES)
def test_what_a_family_is_asked_for_is_found_out(family, dialect):
    assert section(family) == (ToolSection(dialect=dialect) if dialect else None)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_reads_the_golden_text(family):
    assert shown(family) == (GOLDEN / f"native_{family}.txt").read_text(encoding="utf-8")


def test_no_golden_file_is_left_over():
    expected = {f"{module.NAME}.txt" for module in PROMPTS} | {f"native_{family}.txt" for family in FAMILIES}
    assert {path.name for path in GOLDEN.iterdir()} == expected
    assert {path.stem for path in TEMPLATES.iterdir()} == set(FAMILIES)


def test_a_system_message_keeps_the_xlam_2_template_from_saying_how_to_call_and_the_prompt_says_it_all_the_same():
    turns = conversation("xlam2")[:2]
    bare = prompt("chat_template").render(TOOLS, turns, ToolSection(dialect="xlam2"))
    ours = prompt("xlam2").render(TOOLS, turns, ToolSection(dialect="xlam2"))
    assert '[{"name": "' not in templated("xlam2", bare.messages, bare.tools)
    assert '[{"name": "tool_name"' in templated("xlam2", ours.messages, ours.tools)


def test_replies_stay_in_the_tool_role_where_the_template_is_xlam_2s():
    turns = conversation("xlam2")
    roles = [message.role for message in prompt("xlam2").render(TOOLS, turns, ToolSection(dialect="xlam2")).messages]
    assert roles == ["system", "user", "assistant", "tool", "tool", "assistant", "user"]


def test_only_prompts_that_ask_for_one_json_document_can_be_constrained():
    assert [module.NAME for module in PROMPTS if constrainable(module)] == ["json_list", "xlam1", "xlam2"]


def test_the_page_on_models_knows_every_prompt_and_what_can_be_constrained():
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|.*\| (yes|no) \|$", page, re.MULTILINE)
    assert rows == [(module.NAME, "yes" if constrainable(module) else "no") for module in PROMPTS]
    assert set(re.findall(r"--prompt (\w+)", page)) <= {module.NAME for module in PROMPTS}


if __name__ == "__main__":
    for each in PROMPTS:
        (GOLDEN / f"{each.NAME}.txt").write_text(told(each), encoding="utf-8")
    for name in FAMILIES:
        (GOLDEN / f"native_{name}.txt").write_text(shown(name), encoding="utf-8")
