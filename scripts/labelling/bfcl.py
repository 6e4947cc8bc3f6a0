"""BFCL rows: single-turn questions with one raw answer and the published verdict, where one was published."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from scripts.labelling.candidate import Candidate, Published, as_json, fence, records
from scripts.labelling.tools import tools_text

FOLDERS = {
    "Salesforce_Llama-xLAM-2-8b-fc-r": "bfcl/results/v3/result/Salesforce_Llama-xLAM-2-8b-fc-r",
    "meta-llama_Llama-3.1-8B-Instruct": "bfcl/results/v3/result/meta-llama_Llama-3.1-8B-Instruct",
    "Qwen_Qwen3-8B": "bfcl/results/v3/result/Qwen_Qwen3-8B",
    "AIREV-Agent-0.8B": "bfcl/results/v4/airev-0.8b/result/AIREV-Agent-0.8B",
    "gemma4-e4b-toolcall": "bfcl/results/v4/gemma4-e4b/result/roshangrewal_gemma4-e4b-toolcall-v02",
}
# One model answers in a JSON list of calls; the others were asked for Python calls in a list.
JSON_LIST = ("Salesforce_Llama-xLAM-2-8b-fc-r",)
ASKED = {
    True: 'a JSON list of calls: `[{"name": …, "arguments": {…}}, …]`',
    False: "a list of Python calls with keyword arguments, and nothing else: `[name(key=value, …), …]`",
}
LANGUAGES = {"java": "Java", "javascript": "JavaScript"}


def candidates(data: Path, model: str) -> Iterator[Candidate]:
    """Every single-turn row of a model, in the order of the files."""
    for path in sorted((data / FOLDERS[model]).rglob("BFCL_*_result.json")):
        generation, _, category = path.name.removeprefix("BFCL_").removesuffix("_result.json").partition("_")
        if not (data / f"bfcl/datasets/{generation}/BFCL_{generation}_{category}.json").exists() or category.startswith("multi_turn"):
            continue
        failed = _failed(data, path, generation, category)
        for line, row in records(path):
            published: Published = "none" if failed is None else "fail" if row["id"] in failed else "pass"
            if not str(row["result"]).startswith("Error during inference"):
                yield Candidate(path.relative_to(data).as_posix(), line, row["id"], model, category, published, row["result"])


def _failed(data: Path, path: Path, generation: str, category: str) -> set[str] | None:
    score = data / f"bfcl/results/{generation}/score" / path.parent.name / f"BFCL_{generation}_{category}_score.json"
    return {row["id"] for _, row in records(score) if "id" in row} if score.exists() else None


def show(data: Path, drawn: Candidate) -> str:
    """The question, the tools, the raw answer and the gold."""
    generation = "v3" if "/v3/" in drawn.source else "v4"
    question = _questions(data, generation, drawn.category)[drawn.id]
    turns = [f"**{message['role']}**: {message['content']}" for turn in question["question"] for message in turn]
    language = LANGUAGES.get(drawn.category.removeprefix("simple_"))
    note = (
        f"\n\nThe functions are {language}. The model was told to give **every argument as a string** that spells the value in {language}; "
    )
    note += f"the types shown are the {language} types behind the strings. The gold holds the values that the strings spell."
    output = drawn.row if isinstance(drawn.row, str) else as_json(drawn.row)
    return "\n\n".join(
        (
            "### Conversation\n" + "\n\n".join(turns),
            "### Tools\n" + tools_text(question["function"]) + (note if language else ""),
            f"### Syntax asked for\n{ASKED[drawn.model in JSON_LIST]}",
            "### Output of the model\n" + fence(output),
            "### Gold\n" + _gold(data, generation, drawn),
        )
    )


@cache
def _questions(data: Path, generation: str, category: str) -> dict[str, Any]:
    return {row["id"]: row for _, row in records(data / f"bfcl/datasets/{generation}/BFCL_{generation}_{category}.json")}


@cache
def _answers(data: Path, generation: str, category: str) -> dict[str, Any]:
    path = data / f"bfcl/datasets/{generation}/possible_answer/BFCL_{generation}_{category}.json"
    return {row["id"]: row["ground_truth"] for _, row in records(path)}


def _gold(data: Path, generation: str, drawn: Candidate) -> str:
    if "irrelevance" in drawn.category:
        return "No call is due (binding: exact)."
    if "relevance" in drawn.category:
        return "Some call is due, no matter which (binding: any_call)."
    mode = "unordered" if "parallel" in drawn.category else "exact"
    calls = _answers(data, generation, drawn.category)[drawn.id]
    lines = (f"- gold[{index}] {name}: {as_json(values)}" for index, call in enumerate(calls) for name, values in call.items())
    return f'Binding: {mode}. Each argument has a list of allowed values; `""` in it means that it may be left out.\n' + "\n".join(lines)
