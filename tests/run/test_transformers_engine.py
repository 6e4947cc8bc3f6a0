"""The transformers engine with a model of a few thousand random weights: batching, ends, limits, sampling. Needs torch, hence slow."""

from __future__ import annotations

import json
import math
import subprocess
import sys

import msgspec
import pytest

from spectool.run.engines import engine as engines
from spectool.run.engines.batches import Batches
from spectool.run.engines.engine import ChatMessage, CompletionRequest, EngineError, Sampling
from spectool.run.engines.logits import Chooser
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.engines.rendering import RenderedPrompt
from spectool.run.models import ModelFiles
from tests.run.tiny_model import save_tiny_model

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

GREEDY = Sampling(max_new_tokens=12)
# Tokens of the template around a user's one message.
FRAME = 8
SAMPLED = Sampling(max_new_tokens=12, temperature=1.0, top_p=0.9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return save_tiny_model(tmp_path_factory.mktemp("model"))


def engine(folder, **options):
    return load("transformers", ModelFiles(name="tiny", location=str(folder)), EngineOptions(device="cpu", **options))


def request(name, text, sampling=GREEDY, seed=3):
    return CompletionRequest(id=name, messages=(ChatMessage(role="user", content=text),), sampling=sampling, seed=seed)


REQUESTS = [request(str(number), "x" * length) for number, length in enumerate((5, 80, 1, 40, 33))]
DRAWN = [msgspec.structs.replace(each, sampling=SAMPLED, seed=number) for number, each in enumerate(REQUESTS)]


def complete(folder, requests=REQUESTS, **options):
    return {completion.id: completion for completion in engines.complete(engine(folder, **options), requests)}


def texts(folder, requests, **options):
    return {name: each.text for name, each in complete(folder, requests, **options).items()}


@pytest.mark.parametrize("requests", [REQUESTS, DRAWN], ids=["greedy", "sampled"])
def test_answers_do_not_depend_on_the_batch(requests, folder):
    alone, two, all_five = (texts(folder, requests, batch_size=size) for size in (1, 2, 5))
    assert alone == two == all_five
    assert set(alone) == {"0", "1", "2", "3", "4"}


def test_a_sampled_answer_depends_on_its_seed_and_nothing_else(folder):
    same = [request(str(number), "x", SAMPLED) for number in range(3)]
    other = request("other", "x", SAMPLED, seed=4)
    said = texts(folder, [*same, other, request("greedy", "x")])
    assert said["0"] == said["1"] == said["2"]
    assert len({said["0"], said["other"], said["greedy"]}) == 3


@pytest.mark.parametrize(
    ("top_p", "expected"),
    [(1.0, [0.4, 0.3, 0.2, 0.1, 0.0]), (0.75, [4 / 9, 3 / 9, 2 / 9, 0.0, 0.0]), (0.1, [1.0, 0.0, 0.0, 0.0, 0.0])],
)
def test_tokens_are_drawn_from_the_distribution_that_was_asked_for(top_p, expected):
    torch = pytest.importorskip("torch")
    rows, temperature = 8000, 0.5
    logits = torch.tensor([0.4, 0.3, 0.2, 0.1, 0.0]).log() * temperature
    chooser = Chooser(Sampling(temperature=temperature, top_p=top_p), range(rows), "cpu")
    drawn = chooser(None, logits.expand(rows, -1)).argmax(-1)
    shares = (torch.bincount(drawn, minlength=5) / rows).tolist()
    # Four standard deviations of a share of 8,000 draws are 0.022 at most.
    assert shares == pytest.approx(expected, abs=0.022)
    assert [share == 0 for share in shares] == [share == 0 for share in expected]


def test_requests_of_several_kinds_are_answered_each_in_its_own_way(folder):
    short = request("short", "x" * 60, Sampling(max_new_tokens=3))
    done = complete(folder, [*REQUESTS, *(msgspec.structs.replace(each, id=f"s{each.id}") for each in DRAWN), short])
    assert {name: each.text for name, each in done.items() if name in "01234"} == texts(folder, REQUESTS)
    assert {name[1]: each.text for name, each in done.items() if name != "short" and name[0] == "s"} == texts(folder, DRAWN)
    assert done["short"].completion_tokens == 3


def test_what_a_models_author_recommends_changes_nothing(folder, tmp_path):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = tmp_path / "generation_config.json"
    recommended = {"do_sample": True, "temperature": 5.0, "repetition_penalty": 9.0, "top_k": 3, "max_new_tokens": 2}
    path.write_text(json.dumps({**json.loads(path.read_text()), **recommended}))
    assert texts(tmp_path, REQUESTS) == texts(folder, REQUESTS)


def test_the_models_own_end_tokens_end_a_turn(folder, tmp_path):
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = tmp_path / "generation_config.json"
    # Whatever the model likes best becomes an end token: its turn now ends by itself, at once, with nothing said.
    path.write_text(json.dumps({**json.loads(path.read_text()), "eos_token_id": list(range(1, 259))}))
    before, ended = complete(folder)["0"], complete(tmp_path)["0"]
    assert (before.finish_reason, before.completion_tokens) == ("length", 12)
    assert (ended.finish_reason, ended.completion_tokens, ended.text) == ("stop", 1, "")


LONG = {
    "room for all": (492, 12, "length", 12),
    "room for a part": (475, 64, "length", 512 - 475 - FRAME),
    "room for the least": (488, 64, "length", 16),
}


@pytest.mark.parametrize(("length", "asked", "reason", "written"), LONG.values(), ids=LONG)
def test_an_answer_is_as_long_as_there_is_room_for(length, asked, reason, written, folder):
    done = complete(folder, [*REQUESTS, request("long", "x" * length, Sampling(max_new_tokens=asked))])
    assert (done["long"].finish_reason, done["long"].completion_tokens) == (reason, written)
    assert done["long"].prompt_tokens == length + FRAME


@pytest.mark.parametrize(("options", "length"), [({}, 489), ({"max_length": 100}, 80)], ids=["the model's context", "--max-length"])
def test_a_prompt_that_leaves_no_room_fails_alone(options, length, folder):
    done = complete(folder, [*REQUESTS[:1], request("long", "x" * length, Sampling(max_new_tokens=64))], **options)
    assert (done["long"].finish_reason, done["long"].prompt_tokens) == ("error", length + FRAME)
    assert done["long"].error.startswith(f"the prompt has {length + FRAME} tokens, too many for the model's ")
    assert done["0"].error is None


def test_log_probabilities_are_the_models_own(folder):
    import torch

    asked = msgspec.structs.replace(GREEDY, logprobs=True)
    whole = engine(folder, batch_size=5)
    done = {each.id: each for each in engines.complete(whole, [msgspec.structs.replace(each, sampling=asked) for each in REQUESTS])}
    for each in REQUESTS:
        completion = done[each.id]
        assert "".join(piece.token for piece in completion.logprobs) == completion.text
        prompt = whole._renderer.prompt(each)
        new = _tokens(whole, prompt)
        with torch.inference_mode():
            logits = whole._model(torch.tensor([[*prompt.tokens, *new]])).logits[0].log_softmax(-1)
        expected = [logits[len(prompt.tokens) - 1 + place, token].item() for place, token in enumerate(new)]
        assert [piece.logprob for piece in completion.logprobs] == pytest.approx(expected, abs=1e-4)


def _tokens(whole, prompt):
    """The tokens that are generated one after the other by the plain model, without any batch or cache."""
    import torch

    tokens = list(prompt.tokens)
    with torch.inference_mode():
        for _ in range(12):
            tokens.append(int(whole._model(torch.tensor([tokens])).logits[0, -1].argmax()))
    return tokens[len(prompt.tokens) :]


def test_temperature_does_not_change_the_log_probabilities_that_are_told(folder):
    asked = Sampling(max_new_tokens=12, temperature=0.01, logprobs=True)
    cold, greedy = (complete(folder, [request("a", "x", each)])["a"] for each in (asked, Sampling(max_new_tokens=12, logprobs=True)))
    assert cold.text == greedy.text
    assert [each.logprob for each in cold.logprobs] == pytest.approx([each.logprob for each in greedy.logprobs], abs=1e-5)
    assert complete(folder, [request("a", "x")])["a"].logprobs is None
    assert all(-20 < each.logprob < 0 and math.isfinite(each.logprob) for each in greedy.logprobs)


TIGHT = """
import json, resource, sys
from spectool.run.engines.engine import ChatMessage, CompletionRequest, Sampling, complete
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.models import ModelFiles

import torch
torch.set_num_threads(1)
engine = load("transformers", ModelFiles(name="tiny", location=sys.argv[1]), EngineOptions(device="cpu", batch_size=256))
def requests(lengths):
    return [
        CompletionRequest(id=str(number), messages=(ChatMessage(role="user", content="x" * length),), sampling=Sampling(max_new_tokens=4))
        for number, length in enumerate(lengths)
    ]
list(complete(engine, requests([20, 30])))
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + (int(sys.argv[2]) << 20), resource.RLIM_INFINITY))
done = list(complete(engine, requests(json.loads(sys.argv[3]))))
print(json.dumps({"errors": [each.error for each in done if each.error], "answered": sum(not each.error for each in done)}))
"""
IN_TWO = [400] * 200


@pytest.mark.parametrize(
    ("room", "lengths", "answered", "errors"),
    [
        (60, IN_TWO, 200, []),
        (20, [12_000, *IN_TWO[:40]], 40, ["out of memory with this request alone, a prompt of 12,008 tokens and up to 4 new ones; offer"]),
    ],
    ids=["a batch that does not fit is halved until it does", "a request that does not fit by itself fails alone"],
)
def test_too_little_memory(room, lengths, answered, errors, tmp_path):
    """``room`` is how many MiB the process may take more than its model needs."""
    folder = save_tiny_model(tmp_path, context=16_384)
    command = [sys.executable, "-c", TIGHT, str(folder), str(room), json.dumps(lengths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["answered"], [error[: len(errors[0])] for error in told["errors"]]) == (answered, errors)


def test_batches_are_cut_to_what_fitted():
    batches = Batches(4)
    for number in range(12):
        batches.add(RenderedPrompt(request=request(str(number), ""), text="", tokens=(0,) * (8 if number < 8 else 3), new_tokens=2))
    first = batches.take()
    assert [len(each.tokens) for each in first] == [8, 8, 8, 8]
    assert batches.put_back(first)
    assert [[len(each.tokens) for each in batches.take()] for _ in range(6)] == [[8, 8]] * 4 + [[3, 3, 3, 3], []]


def test_a_model_that_is_not_there_is_no_reason_for_a_trace(tmp_path):
    pytest.importorskip("torch")
    with pytest.raises(EngineError, match="model 'tiny' can not be loaded: "):
        engine(tmp_path)


def test_a_schema_is_refused_rather_than_ignored(folder):
    with pytest.raises(EngineError, match="engine 'transformers' can not keep to a schema; use --engine vllm"):
        engine(folder).submit([msgspec.structs.replace(REQUESTS[0], schema={"type": "object"})])


def test_without_a_gpu_cuda_is_refused(folder):
    if pytest.importorskip("torch").cuda.is_available():
        pytest.skip("there is a GPU")
    with pytest.raises(EngineError, match="no GPU is there for --device cuda:1; pass --device cpu"):
        load("transformers", ModelFiles(name="tiny", location=str(folder)), EngineOptions(device="cuda:1"))


def test_a_model_without_a_chat_template_is_refused(folder, tmp_path):
    for path in folder.iterdir():
        if path.name != "chat_template.jinja":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(EngineError, match=r"^model 'tiny' has no chat template; choose an instruction-tuned one$"):
        engine(tmp_path)


def test_the_template_is_asked_for_its_tool_section_and_details_are_told(folder):
    whole = engine(folder, batch_size=3)
    assert whole.tool_section.dialect == "hermes"
    assert whole.details["dtype"] == "float32"
    assert set(whole.details) == {"transformers", "torch", "dtype", "device"}
    assert whole.capacity == 24


def test_the_prompt_is_told_as_rendered(folder):
    one, two = complete(folder, [request("a", "x"), request("b", "y")]).values()
    assert one.prompt == "<|start|>user x<|end|><|start|>"
    assert one.prompt_hash != two.prompt_hash
    assert one.prompt_tokens == two.prompt_tokens


def test_nothing_is_left_after_close(folder):
    whole = engine(folder)
    whole.submit(REQUESTS)
    whole.close()
    whole.close()
    assert whole.finished() == []
