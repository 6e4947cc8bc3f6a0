"""A small result folder to be judged, and a judge on the loopback that answers from a script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from spectool.results.pipeline import classify_paths
from tests.run.serving.fake import Asked, FakeServer, Reply, said

TOOL = {
    "type": "function",
    "function": {
        "name": "book",
        "description": "Book a table.",
        "parameters": {"type": "object", "properties": {"at": {"type": "string"}}, "required": ["at"]},
    },
}


def call(at: str) -> dict:
    made = {"id": "c", "type": "function", "function": {"name": "book", "arguments": json.dumps({"at": at})}}
    return {"role": "assistant", "content": None, "tool_calls": [made]}


def result(text: str) -> dict:
    return {"role": "tool", "tool_call_id": "c", "content": text}


def user(text: str) -> dict:
    return {"role": "user", "content": text}


def says(text: str) -> dict:
    return {"role": "assistant", "content": text}


# By id: rules or none, calls or none, results or none.
TALKS: Mapping[str, list[dict]] = {
    "table": [user("A table, please."), call("Roma"), result('{"booked": true}'), says("Your table at Roma is booked for eight.")],
    "chat": [user("Hello?"), says("Hello! I have sent the letter.")],
    "rules": [{"role": "system", "content": "Never book Roma."}, user("Book Roma."), call("Roma"), result("done"), says("Booked.")],
}
# What is asked of these: of 15 questions 10 can be.
SKIPPED = {
    ("chat", "missing_clarification"): "no calls",
    ("chat", "policy_violation"): "no instructions or policy",
    ("chat", "result_misuse"): "no tool results",
    ("table", "policy_violation"): "no instructions or policy",
}
ASKED = 3 * 5 - len(SKIPPED)


def judged_folder(place: Path) -> Path:
    """The talks, classified."""
    rows = [{"id": name, "messages": messages, "tools": [TOOL]} for name, messages in TALKS.items()]
    source = place / "talks.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    classify_paths([source], out=place / "res")
    return place / "res"


def no(why: str = "All well.") -> str:
    return json.dumps({"why": why, "found": False, "quote": "", "line": 0})


def yes(quote: str, line: int, kind: str = "action", why: str = "It is not so.") -> str:
    return json.dumps({"why": why, "found": True, "kind": kind, "quote": quote, "line": line})


def talk_and_pattern(asked: Asked) -> tuple[str, str]:
    """Which question a request is."""
    text = asked.text
    talk = next(name for name, messages in TALKS.items() if json.dumps(messages[-1]["content"])[1:-1] in text)
    return talk, re.search(r"^Error: ([^.]+)\.", text, re.MULTILINE)[1].lower().replace(" ", "_")


def judge_server(answers: Mapping[tuple[str, str], str], pause: Callable[[Asked], float] = lambda asked: 0.0) -> FakeServer:
    """Answers questions by talk and pattern; what is not in the script has no error."""

    def respond(asked: Asked) -> Reply:
        return Reply(said(answers.get(talk_and_pattern(asked), no())), delay=pause(asked))

    return FakeServer(respond)
