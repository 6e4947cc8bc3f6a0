"""vLLM itself, on a processor: the agent loop on it, equality with transformers, and what a request may ask for. Runs in .venv-vllm."""

from __future__ import annotations

import json

import pytest

from spectool.run.engines.engine import ChatMessage, CompletionRequest, Sampling, complete
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.models import resolve
from spectool.run.pulling import pull
from tests.run.short_tasks import differences, first_requests, first_steps, played, short_tasks

pytestmark = [
    pytest.mark.slow,
    pytest.mark.engines,
    # vLLM and what it imports warn of their own and of each other's code.
    pytest.mark.filterwarnings("ignore"),
]
SCHEMA = {
    "type": "object",
    "properties": {"city": {"enum": ["Paris", "Rome"]}, "days": {"type": "integer", "minimum": 1, "maximum": 9}},
    "required": ["city", "days"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def model():
    pytest.importorskip("vllm", reason="vLLM is not here: make test-slow runs this in .venv-vllm")
    pull("smollm2-135m")
    return resolve("smollm2-135m")


@pytest.fixture(scope="module")
def vllm(model):
    with pytest.MonkeyPatch.context() as patch:
        # GiB: enough for these prompts, and the machine may have little to spare.
        patch.setenv("VLLM_CPU_KVCACHE_SPACE", "2")
        engine = load("vllm", model, EngineOptions(dtype="float32"))
        yield engine
        engine.close()
        engine.close()


@pytest.fixture(scope="module")
def transformers(model):
    engine = load("transformers", model, EngineOptions(dtype="float32", device="cpu", batch_size=8))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def tasks():
    return short_tasks()


def ask(name: str, text: str, sampling: Sampling | None = None, **fields) -> CompletionRequest:
    messages = (ChatMessage(role="user", content=text),)
    return CompletionRequest(id=name, messages=messages, sampling=sampling or Sampling(max_new_tokens=24), **fields)


def answers(engine, *requests: CompletionRequest):
    return {completion.id: completion for completion in complete(engine, requests)}


def test_tasks_of_several_steps_in_three_environments_start_as_with_transformers(vllm, transformers, tasks, capsys):
    episodes = played(tasks, vllm)
    assert {name.removesuffix("#0") for name in episodes} == {task.id for task in tasks}
    assert [episode.error for episode in episodes.values()] == [None] * 40
    assert {environment for task in tasks for environment in task.meta["world"]} == {"movies", "spaceflight", "patent"}
    # Turns that came after the environment's answer to a call.
    assert sum(len(episode.completions) > 1 for episode in episodes.values()) >= 10
    ours = {name: episode.completions[0] for name, episode in episodes.items()}
    theirs = first_steps(tasks, transformers)
    assert {name: done.prompt_hash for name, done in ours.items()} == {name: done.prompt_hash for name, done in theirs.items()}
    different = differences(ours, theirs)
    with capsys.disabled():
        print(f"\n{len(ours) - len(different)} of {len(ours)} first steps are the same", *different, sep="\n")  # noqa: T201 - for people
    assert len(different) <= 0.05 * len(ours)


def test_log_probabilities_are_those_of_transformers_and_spell_the_text(vllm, transformers, tasks):
    requests = first_requests(tasks[:4], vllm, Sampling(max_new_tokens=16, logprobs=True))
    ours, theirs = answers(vllm, *requests), answers(transformers, *requests)
    for name, done in ours.items():
        assert "".join(each.token for each in done.logprobs) == done.text
        assert [each.token for each in done.logprobs] == [each.token for each in theirs[name].logprobs]
        expected = pytest.approx([each.logprob for each in theirs[name].logprobs], abs=1e-3)
        assert [each.logprob for each in done.logprobs] == expected


def test_an_answer_keeps_to_its_schema_beside_one_that_is_free(vllm):
    done = answers(vllm, ask("bound", "Where shall I go?", Sampling(max_new_tokens=64), schema=SCHEMA), ask("free", "Where shall I go?"))
    answer = json.loads(done["bound"].text)
    assert set(answer) == {"city", "days"}
    assert answer["city"] in {"Paris", "Rome"}
    assert answer["days"] in range(1, 10)
    assert not done["free"].text.startswith("{")


def test_a_schema_that_the_engine_refuses_fails_alone(vllm):
    done = answers(vllm, ask("bad", "Hello.", schema={"type": "no such type"}), ask("good", "Hello."))
    assert done["bad"].finish_reason == "error"
    assert done["bad"].error
    assert done["good"].error is None


def test_a_prompt_too_long_for_the_model_fails_alone(vllm):
    done = answers(vllm, ask("long", "word " * 9000), ask("short", "Say hello."))
    assert (done["long"].finish_reason, done["short"].error) == ("error", None)
    assert "too many for the model's 8,192" in done["long"].error
    assert done["long"].prompt_tokens > 9000


def test_a_sampled_turn_repeats_with_its_seed_whatever_is_beside_it(vllm):
    sampling = Sampling(max_new_tokens=24, temperature=1.0)
    alone = answers(vllm, ask("a", "Tell me a story.", sampling, seed=1))["a"]
    beside = answers(
        vllm, *(ask(str(seed), "Tell me a story.", sampling, seed=seed) for seed in (2, 3)), ask("a", "Tell me a story.", sampling, seed=1)
    )
    assert beside["a"].text == alone.text
    assert len({done.text for done in beside.values()}) == 3


def test_the_token_limit_is_told_from_an_end(vllm):
    done = answers(
        vllm, ask("cut", "Count to one hundred.", Sampling(max_new_tokens=3)), ask("whole", "Say only: yes", Sampling(max_new_tokens=64))
    )
    assert (done["cut"].finish_reason, done["cut"].completion_tokens) == ("length", 3)
    assert done["whole"].finish_reason == "stop"
    assert "<|im_end|>" not in done["whole"].text


def test_it_tells_what_it_is(vllm):
    assert vllm.name == "vllm"
    assert (vllm.details["dtype"], vllm.details["device"]) == ("float32", "cpu")
    assert vllm.capacity >= 32
    assert vllm.finished() == []
