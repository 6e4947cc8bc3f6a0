"""Conversations of tau-bench and tau2-bench (airline), long replies shortened; tools and policy on a sheet of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scripts.labelling.candidate import Candidate, Published, as_json, cut
from scripts.labelling.tools import tools_text

TAU, TAU2 = "tau_bench/gpt-4o-airline.json", "tau2/toolorchestra_airline_gpt-5_1trial.json"
SHEETS = {TAU: "sheet_T.md", TAU2: "sheet_U.md"}
TOOLS = {TAU: "tau_bench/tools_airline.json", TAU2: "tau2/tools_airline_derived.json"}
REPLY_LIMIT, WORDS_LIMIT = 420, 900
READS = (
    "get_user_details, get_reservation_details, list_all_airports, search_direct_flight, search_onestop_flight, get_flight_status, "
    "calculate, think"
)


@cache
def _file(data: Path, name: str) -> Any:
    return json.loads((data / name).read_text(encoding="utf-8"))


def tau(data: Path) -> Iterator[Candidate]:
    """The runs of tau-bench; a reward of 1 is a pass."""
    for line, run in enumerate(_file(data, TAU), 1):
        yield Candidate(TAU, line, f"{run['task_id']}/{run['trial']}", "gpt-4o", "tau_airline", _published(run["reward"]), run)


def tau2(data: Path) -> Iterator[Candidate]:
    """The simulations of tau2-bench."""
    for line, run in enumerate(_file(data, TAU2)["simulations"], 1):
        yield Candidate(TAU2, line, run["id"], "gpt-5", "tau2_airline", _published(run["reward_info"]["reward"]), run)


def _published(reward: float) -> Published:
    return "pass" if reward == 1.0 else "fail"


def show(_: Path, drawn: Candidate) -> str:
    """What was said and called, in order, with the calls numbered; then the reference actions."""
    run = drawn.row
    messages = run["traj"] if drawn.source == TAU else run["messages"]
    actions = run["info"]["task"]["actions"] if drawn.source == TAU else _judged_against(run)
    lines = [f"- gold[{index}] {each['name']} {as_json(each.get('kwargs', each.get('arguments')))}" for index, each in enumerate(actions)]
    return "\n\n".join(
        (
            f"### Tools and policy\nOn `{SHEETS[drawn.source]}`. Structured calls (no syntax to get wrong). Tools that only read: {READS}. "
            "`transfer_to_human_agents` changes no data either. All others change state.",
            "### Conversation\n" + "\n\n".join(_lines(messages)),
            "### Gold\nBinding: writes. One good run's calls:\n" + ("\n".join(lines) or "- (no call; nothing may be changed)"),
        )
    )


def _judged_against(run: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A simulation's own reference: its ``task_id`` counts the simulations and names another task in the file's list."""
    return [check["action"] for check in run["reward_info"].get("action_checks") or ()]


def _lines(messages: list[Mapping[str, Any]]) -> Iterator[str]:
    number = 0
    for message in messages:
        if message["role"] == "system":
            continue
        if message.get("content"):
            limit = REPLY_LIMIT if message["role"] == "tool" else WORDS_LIMIT
            yield f"**{message['role']}**: {cut(str(message['content']), limit)}"
        for call in message.get("tool_calls") or ():
            function = call.get("function", call)
            arguments = function["arguments"]
            written = arguments if isinstance(arguments, str) else as_json(arguments)
            yield f"**call {number}**: {function['name']} `{written}`"
            number += 1


def sheets(data: Path) -> Iterator[tuple[str, str]]:
    """Name and text of the sheets that the items point at."""
    policies = {
        TAU: _file(data, TAU)[0]["traj"][0]["content"],
        TAU2: _file(data, TAU2)["info"]["environment_info"]["policy"],
    }
    for source, name in SHEETS.items():
        tools = _file(data, TOOLS[source])
        short = tools_text(tools)
        long = "\n".join(tools_text([tool]) for tool in tools)
        yield name, f"# Tools, in short\n\n{short}\n\n# Tools\n\n{long}\n\n# Policy\n\n{policies[source]}\n"
