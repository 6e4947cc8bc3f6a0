"""A real ``vllm serve`` behind the openai engine: 200 tasks, 32 at once, structured calls, and a proxy that goes wrong."""

from __future__ import annotations

import json
from collections import Counter

import msgspec
import pytest

from spectool.read.tasks import load_tasks
from spectool.run.conversion import as_folder
from spectool.run.engines.engine import ChatMessage, CompletionRequest, EngineError, Sampling, complete
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.models import ModelFiles, resolve
from spectool.run.pulling import pull
from spectool.run.run import RunSettings, run_tasks
from tests.run.serving.faults import FaultProxy, plan
from tests.run.serving.vllm_server import ROOT, command, vllm_serve

pytestmark = [
    pytest.mark.slow,
    pytest.mark.engines,
    # Where the model is unpacked: transformers and torch warn of each other's code.
    pytest.mark.filterwarnings("ignore"),
]
NAME = "smollm2-135m"
SERVED = ModelFiles(name=NAME, location=NAME)
SETTINGS = RunSettings(model=NAME, engine="openai", prompt="json_list", max_new_tokens=8, max_steps=2, batch_size=32)


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    command()
    pytest.importorskip("torch", reason="unpacking the model needs torch")
    pull(NAME)
    with vllm_serve(as_folder(resolve(NAME), "bfloat16").location, NAME, tmp_path_factory.mktemp("serve")) as port:
        yield port


@pytest.fixture(scope="module")
def tasks():
    """The hundred shortest of the demo, and each once more, asked more kindly."""
    demo, _ = load_tasks([str(ROOT / "data" / "demo" / "tasks.jsonl")])
    short = sorted(demo.values(), key=lambda task: len(json.dumps([tool.parameters for tool in task.tool_sets[0]])))[:100]
    return {task.id: task for task in (*short, *map(_kinder, short))}


def _kinder(task):
    first, *others = task.messages
    said = msgspec.structs.replace(first, content=f"{first.content} Thank you!")
    return msgspec.structs.replace(task, id=f"{task.id}-kindly", messages=(said, *others))


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def engine(port, name=NAME, **options):
    return load("openai", ModelFiles(name=name, location=name), EngineOptions(base_url=f"http://127.0.0.1:{port}/v1", **options))


def run(tasks, out, port, settings=SETTINGS, **flags):
    summary = run_tasks(tasks, settings, lambda: engine(port, batch_size=32, timeout=120.0), out, **flags)
    return summary, [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def told(what, summary):
    """One line for whoever reads the test's output (pytest -s)."""
    totals = summary.totals
    tokens = f"{totals.prompt_tokens:,} tokens in, {totals.completion_tokens:,} out"
    print(f"\n{what}: {totals.episodes} tasks, {totals.turns} turns, {totals.failed} failed, {tokens}, {totals.seconds} s")  # noqa: T201


def test_two_hundred_tasks_32_at_once_are_all_answered_once(port, tasks, tmp_path):
    summary, rows = run(tasks, tmp_path / "outputs.jsonl", port)
    told("vllm serve", summary)
    assert Counter(row["id"] for row in rows) == dict.fromkeys(tasks, 1)
    assert [row["id"] for row in rows if row["meta"]["stopped"] == "error"] == []
    assert summary.totals.turns >= 200
    assert min(row["meta"]["completion_tokens"] for row in rows) >= 1
    assert rows[0]["meta"]["run"]["server"].startswith("vllm 0.")


def test_through_a_proxy_that_goes_wrong_all_are_answered_or_marked_and_none_twice(port, tasks, tmp_path):
    out = tmp_path / "outputs.jsonl"
    with FaultProxy(port, plan(seed=7, share=0.5), delay=2.0) as proxy:
        summary, rows = run(tasks, out, proxy.port)
    told("through the proxy", summary)
    print(f"befell: {dict(proxy.done)}")  # noqa: T201
    assert Counter(row["id"] for row in rows) == dict.fromkeys(tasks, 1)
    failed = {row["id"]: row["meta"]["error"] for row in rows if row["meta"]["stopped"] == "error"}
    assert [error for error in failed.values() if "gave up after " not in error] == []
    assert len(failed) <= 10
    assert max(proxy.answered.values()) == 1
    assert sum(proxy.answered.values()) == summary.totals.turns - len(failed)
    assert len(proxy.done) == 8
    # What failed is run again, the rest is not.
    again, rows = run(tasks, out, port, resume=True)
    assert (again.kept, again.totals.episodes, again.totals.failed) == (200 - len(failed), len(failed), 0)
    assert Counter(row["id"] for row in rows) == dict.fromkeys(tasks, 1)


def asked_before(city, number):
    """A question, its call and what came back."""
    yield ChatMessage(role="user", content=f"What is the weather in {city}?")
    yield ChatMessage(role="assistant", content="", calls=((f"c{number}", "get_weather", {"city": city}),))
    yield ChatMessage(role="tool", content='{"celsius": 18}', call_id=f"c{number}")
    yield ChatMessage(role="assistant", content="It is 18 degrees.")


def test_calls_come_as_structure_where_the_server_parses_them(port):
    parameters = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    tool = {"type": "function", "function": {"name": "get_weather", "description": "Weather of a city.", "parameters": parameters}}
    # So small a model calls only where it has seen it done.
    before = [message for number, city in enumerate(("Paris", "Oslo", "Rome")) for message in asked_before(city, number)]
    last = ChatMessage(role="user", content="What is the weather in Madrid?")
    here = engine(port)
    (done,) = complete(here, [CompletionRequest(id="a", messages=(*before, last), tools=(tool,), sampling=Sampling(max_new_tokens=48))])
    here.close()
    ((identifier, name, arguments),) = done.calls
    assert (done.finish_reason, done.text, name) == ("tool_calls", "", "get_weather")
    assert identifier
    assert json.loads(arguments) == {"city": "Madrid"}


def request(text, **fields):
    return CompletionRequest(id="a", messages=(ChatMessage(role="user", content=text),), **fields)


def test_a_schema_is_kept_to_and_log_probabilities_are_those_of_the_text(port):
    schema = {"type": "object", "properties": {"city": {"enum": ["Paris", "Rome"]}}, "required": ["city"], "additionalProperties": False}
    here = engine(port)
    made = request("Which city?", schema=schema, sampling=Sampling(max_new_tokens=24, logprobs=True))
    (done,) = complete(here, [made])
    here.close()
    assert json.loads(done.text)["city"] in ("Paris", "Rome")
    assert "".join(each.token for each in done.logprobs) == done.text
    assert all(each.logprob <= 0 for each in done.logprobs)


def test_what_the_server_refuses_is_told_with_what_to_do(port):
    here = engine(port)
    (long,) = complete(here, [request("word " * 3000)])
    here.close()
    assert long.error.startswith(
        "the prompt is too long for the server: 400 Bad Request: This model's maximum context length is 2048 tokens"
    )
    other = engine(port, "smollm3")
    with pytest.raises(EngineError, match=r"has no model 'smollm3' \(404 .*\); it has smollm2-135m"):
        list(complete(other, [request("Hello?")]))
    other.close()
