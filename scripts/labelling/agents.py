"""Short agent runs: WorkBench, ToolAlpaca, HammerBench and the unbranched traces of ToolBench."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scripts.labelling.candidate import Candidate, Published, as_json, cut, fence, records
from scripts.labelling.tools import tools_text

WORKBENCH, TOOLALPACA, HAMMER = "workbench/runs_gpt-3.5.jsonl", "toolalpaca/rows.jsonl", "misc/hammerbench_logs.json"
REPLY_LIMIT = 320
WRITES = ("create_", "delete_", "update_", "add_", "send_", "forward_", "reply_")
WORKBENCH_STEPS = 8
UNPARSED = "Could not parse LLM output"
VERDICTS: Mapping[str, Published] = {"Yes": "pass", "No": "fail"}


def workbench(data: Path) -> Iterator[Candidate]:
    """Runs that left an output and are short enough to read; an error of the run is the only verdict published."""
    for line, run in records(data / WORKBENCH):
        if len(run["steps"]) <= WORKBENCH_STEPS and (run["steps"] or UNPARSED in (run["run_error"] or "")):
            yield Candidate(WORKBENCH, line, run["id"], "gpt-3.5", "workbench", "fail" if run["run_error"] else "none", run)


def show_workbench(_: Path, drawn: Candidate) -> str:
    """Every step as the model wrote it, with the reply."""
    run = drawn.row
    steps = (f"**call {index}**\n{fence(step['log'].strip())}\n**tool**: {_reply(step)}" for index, step in enumerate(run["steps"]))
    lines = [f"- gold[{index}] {each['name']} {as_json(each['arguments'])}" for index, each in enumerate(run["gold"])]
    return "\n\n".join(
        (
            "### Tools\nOn `sheet_W.md` (read / write is said there). Syntax asked for: `Action:` and a fenced JSON object with "
            "`action` and `action_input` (an object); the fence is part of it.",
            f"### Conversation\n**user**: {run['query']}",
            "\n\n".join(steps),
            f"**end of the run**: {cut(str(run['final'] or ''), 600) or '(no answer)'}\n\n{cut(run['run_error'] or '', 1200)}",
            "### Gold\nBinding: writes.\n" + ("\n".join(lines) or "- (no call; nothing may be changed)"),
        )
    )


def _reply(step: Mapping[str, Any]) -> str:
    observation = step["observation"]
    return cut(observation if isinstance(observation, str) else as_json(observation), REPLY_LIMIT)


def workbench_sheet(data: Path) -> str:
    """The tools of WorkBench."""
    tools = json.loads((data / "workbench/tool_specs_derived.json").read_text(encoding="utf-8"))
    lines = ["# Tools of this set; every parameter has a default and may be left out unless the text says otherwise\n"]
    for name, tool in tools.items():
        effect = (
            "write" if any(word in name for word in ("create_event", "delete", "update", "add_", "send", "forward", "reply")) else "read"
        )
        effect = "write" if name in ("analytics.create_plot", "project_management.create_task") else effect
        lines.append(f"## {name}({', '.join(tool['params'])}), {effect}\n{tool['doc'].partition('Examples')[0].strip()}\n")
    return "\n".join(lines)


def toolalpaca(data: Path) -> Iterator[Candidate]:
    """Runs with GPT-4's verdict on the process."""
    for line, run in records(data / TOOLALPACA):
        name = f"{run['api']}/{run['i']}/{run['model']}"
        yield Candidate(TOOLALPACA, line, name, run["model"], "toolalpaca", VERDICTS.get(run["process_correctness"], "none"), run)


@cache
def _apis(data: Path) -> Mapping[str, Mapping[str, str]]:
    files = (data / "toolalpaca/data" / name for name in ("eval_real.json", "eval_simulated.json"))
    return {api["Name"]: api["Function_Description"] for file in files for api in json.loads(file.read_text(encoding="utf-8"))}


def show_toolalpaca(data: Path, drawn: Candidate) -> str:
    """The API's functions in its own words, the calls with replies, the answer and the gold."""
    run = drawn.row
    functions = {name: text for name, text in _apis(data)[run["api"]].items() if name != "components"}
    tools = [f"- **{name}**: {cut(' '.join(text.partition('Output:')[0].split()), 600)}" for name, text in functions.items()]
    tools.append("- **getDetails**: asks the user for what is missing. Parameters: Question")
    calls = [
        f"**call {index}**: {each['name']} `{each['arguments_raw']}`\n**tool**: {cut(str(each['returns']), REPLY_LIMIT)}"
        for index, each in enumerate(run["calls"])
    ]
    gold = [f"- gold[{index}] {each['name']} `{each['arguments_raw']}`" for index, each in enumerate(run["gold"])]
    return "\n\n".join(
        (
            "### Tools\n" + "\n".join(tools),
            f"### Conversation\n**user**: {run['instruction']}",
            "\n\n".join(calls) or "(no call)",
            f"**assistant**: {cut(str(run['final']), 600)}",
            "### Gold\nBinding: required. `${… from …}` stands for a value of an earlier reply: any value is right there.\n"
            + "\n".join(gold),
        )
    )


def hammerbench(data: Path) -> Iterator[Candidate]:
    """The few snapshots there are."""
    for line, row in records(data / HAMMER):
        yield Candidate(HAMMER, line, row["id"], "hammerbench", "hammerbench", "none", row)


def show_hammerbench(data: Path, drawn: Candidate) -> str:
    """Question, raw answer and the call due."""
    tools = json.loads((data / "misc/hammerbench_data.json").read_text(encoding="utf-8"))[0]["multiple_tools"]
    row = drawn.row
    label = row["label"]
    return "\n\n".join(
        (
            f"### Conversation\n{row['input']}",
            "### Tools\n" + tools_text(tools),
            "### Syntax asked for\nNot recorded (so `wrapped` and `other_syntax` are not judged).",
            "### Output of the model (judge up to the first special token `<|…|>`)\n" + fence(cut(row["predict"], 2400)),
            f"### Gold\nBinding: exact. What the user has said so far:\n- gold[0] {label['name']} {as_json(label['arguments'])}",
        )
    )


def toolbench(data: Path) -> Iterator[Candidate]:
    """Traces whose search tree never branches, so that the file is one run."""
    for path in sorted((data / "toolbench/answer").rglob("*.json")):
        trace = json.loads(path.read_text(encoding="utf-8"))
        nodes = list(_chain(trace["tree"]["tree"]))
        if all(len(node["children"]) <= 1 for node in nodes):
            source = path.relative_to(data).as_posix()
            group, number = path.parent.name, path.name.partition("_")[0]
            yield Candidate(source, 1, f"{group}/{number}", "ChatGPT", "toolbench", "none", trace)


def _chain(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for child in node["children"]:
        yield from _chain(child)


def show_toolbench(_: Path, drawn: Candidate) -> str:
    """The trace step by step; there is no gold."""
    generation = drawn.row["answer_generation"]
    return "\n\n".join(
        (
            "### Tools\n" + tools_text(generation["function"]),
            f"### Conversation\n**user**: {generation['query']}",
            "\n\n".join(_steps(drawn.row["tree"]["tree"])),
            "### Gold\nNone: judge names, arguments, types, values by schema, and repeats.",
        )
    )


def _steps(root: Mapping[str, Any]) -> Iterator[str]:
    number = 0
    for node in _chain(root):
        kind, text = node.get("node_type"), str(node.get("description", ""))
        if kind == "Thought" and text:
            yield f"**assistant**: {cut(text, 500)}"
        elif kind == "Action":
            yield f"**call {number}**: {text}"
            number += 1
        elif text:
            yield f"input:\n{fence(text)}\n**tool**: {cut(str(node.get('observation', '')), REPLY_LIMIT)}"
