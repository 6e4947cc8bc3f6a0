"""The transformers engine with a model of a few thousand random weights: batching, ends, limits. Needs torch, hence slow."""

from __future__ import annotations

import pytest

from spectool.run.engines.engine import ChatMessage, CompletionRequest, EngineError, Sampling
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.models import ModelFiles

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

TEMPLATE = (
    "{% if tools %}<tool_call>{{ tools | tojson }}{% endif %}"
    "{% for message in messages %}<|start|>{{ message.role }} {{ message.content }}<|end|>{% endfor %}<|start|>"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A saved model: two layers, random weights, a tokenizer of single bytes, a context of 512."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    letters = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: number for number, token in enumerate(["<|start|>", "<|end|>", "<tool_call>", *letters])}
    raw = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=vocabulary, merges=[]))
    raw.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = tokenizers.decoders.ByteLevel()
    raw.add_special_tokens(["<|start|>", "<|end|>", "<tool_call>"])
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=raw, eos_token="<|end|>", chat_template=TEMPLATE)
    torch.manual_seed(1)
    config = transformers.LlamaConfig(
        vocab_size=len(vocabulary), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=512, bos_token_id=0, eos_token_id=1,
    )  # fmt: skip
    path = tmp_path_factory.mktemp("model")
    transformers.LlamaForCausalLM(config).save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


def engine(folder, **options):
    return load("transformers", ModelFiles(name="tiny", location=str(folder)), EngineOptions(**options))


def request(name, text):
    return CompletionRequest(id=name, messages=(ChatMessage(role="user", content=text),), seed=3)


REQUESTS = [request(str(number), "x" * length) for number, length in enumerate((5, 80, 1, 40, 33))]


def complete(folder, requests=REQUESTS, sampling=None, **options):
    completions = engine(folder, device="cpu", **options).complete(requests, sampling or Sampling(max_new_tokens=12))
    return {completion.id: completion for completion in completions}


def test_greedy_answers_do_not_depend_on_the_batch(folder):
    texts = [{name: each.text for name, each in complete(folder, batch_size=size).items()} for size in (1, 2, 5)]
    assert texts[0] == texts[1] == texts[2]
    assert set(texts[0]) == {"0", "1", "2", "3", "4"}


def test_the_token_limit_is_told_from_an_end(folder):
    completion = complete(folder)["0"]
    assert (completion.finish_reason, completion.completion_tokens) == ("length", 12)
    whole = engine(folder, device="cpu")
    # The token the model likes best becomes an end token: its turn now ends by itself, at once, with nothing said.
    whole._ends = frozenset(range(len(whole._tokenizer)))
    (ended,) = whole.complete(REQUESTS[:1], Sampling(max_new_tokens=12))
    assert (ended.finish_reason, ended.completion_tokens, ended.text) == ("stop", 1, "")


def test_special_tokens_that_carry_calls_stay_in_the_text(folder):
    whole = engine(folder, device="cpu")
    prompt = whole._prompt(REQUESTS[0], Sampling(max_new_tokens=12))
    assert whole._completion(prompt, [2, 1], 0.1).text == "<tool_call>"


def test_a_prompt_too_long_for_the_model_fails_alone(folder):
    done = complete(folder, [*REQUESTS, request("long", "x" * 600)])
    assert done["long"].finish_reason == "error"
    assert "exceed the model's 512" in done["long"].error
    assert [done[each.id].error for each in REQUESTS] == [None] * 5


def test_a_sampled_run_repeats_with_its_seed(folder):
    sampling = Sampling(max_new_tokens=12, temperature=1.0)
    once, again = (complete(folder, sampling=sampling, batch_size=2) for _ in range(2))
    assert {name: each.text for name, each in once.items()} == {name: each.text for name, each in again.items()}
    assert once["0"].text != complete(folder)["0"].text


def test_the_template_is_asked_for_its_tool_section_and_details_are_told(folder):
    whole = engine(folder, device="cpu")
    assert whole.tool_section.dialect == "hermes"
    assert whole.details["dtype"] == "float32"
    assert set(whole.details) == {"transformers", "torch", "dtype", "device"}


def test_the_prompt_is_hashed_as_rendered(folder):
    one, two = complete(folder, [request("a", "x"), request("b", "y")]).values()
    assert one.prompt_hash != two.prompt_hash
    assert one.prompt_tokens == two.prompt_tokens


def test_a_folder_without_a_model_is_refused(tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    with pytest.raises(EngineError, match="model 'tiny' can not be loaded: "):
        engine(tmp_path)
