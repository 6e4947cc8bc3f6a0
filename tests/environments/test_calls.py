"""What a fresh state says to a call: a file of calls for each environment, a call a line with all that is said."""

import json
from pathlib import Path

import pytest

from spectool.environments.registry import environment

FILES = sorted((Path(__file__).parent / "calls").glob("*.jsonl"))
CASES = [(file.stem, json.loads(line)) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['it']}" for name, case in CASES])
def test_a_call_is_answered_or_refused(name, case):
    env = environment(name)
    state = env.fresh()
    reply = env.reply(state, case["call"], case["arguments"])
    assert json.loads(reply.content) == case["result"]
    assert reply.is_error == ("error" in case["result"])
    assert state.changes() == {}
