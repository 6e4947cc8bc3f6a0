"""Requests as text and tokens, and a text cut into its tokens' pieces: with tokenizers of bytes, and slowly with real ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectool.model import Logprob
from spectool.run.engines.engine import ChatMessage, CompletionRequest, Sampling, ToolSection
from spectool.run.engines.pieces import pieces
from spectool.run.engines.rendering import RenderedPrompt, Renderer, end_tokens
from spectool.run.models import ModelFiles, packaged, pulled_path

END, START = 256, 257


class ByteTokenizer:
    """A token a byte, two special ones, and a template in the shape of Hermes': what a `Renderer` asks of a tokenizer."""

    eos_token_id = END
    chat_template = "<tool_call>"

    def __call__(self, text, add_special_tokens):
        assert not add_special_tokens
        return {"input_ids": list(text.encode())}

    def decode(self, tokens, skip_special_tokens, clean_up_tokenization_spaces):
        assert not skip_special_tokens
        assert not clean_up_tokenization_spaces
        return b"".join({END: b"<end>", START: b"<start>"}.get(token, bytes([token % 256])) for token in tokens).decode(errors="replace")

    def apply_chat_template(self, rows, tools, add_generation_prompt, tokenize):
        assert add_generation_prompt
        assert not tokenize
        if any(row["role"] == "tool" for row in rows):
            raise ValueError("after the user comes the assistant")
        shown = f"<tool_call>{json.dumps(tools)}" if tools else ""
        return shown + "".join(f"<start>{row['role']} {row['content']}" for row in rows) + "<start>"


def renderer(room=None):
    return Renderer(ByteTokenizer(), room, end_tokens(ByteTokenizer(), None))


def request(*messages, new=64):
    said = tuple(ChatMessage(role=role, content=content) for role, content in messages or [("user", "hi")])
    return CompletionRequest(id="a", messages=said, sampling=Sampling(max_new_tokens=new))


def test_a_prompt_is_the_templates_text_in_tokens():
    prompt = renderer().prompt(request())
    text = "<start>user hi<start>"
    assert prompt == RenderedPrompt(request=request(), text=text, tokens=tuple(text.encode()), new_tokens=64)
    assert renderer().tool_section == ToolSection(dialect="hermes")


ROOM = {"enough": (85, 64, 64), "some": (61, 64, 40), "the least": (37, 64, 16), "all that a short answer needs": (26, 5, 5)}


@pytest.mark.parametrize(("room", "asked", "given_"), ROOM.values(), ids=ROOM)
def test_an_answer_gets_what_room_there_is(room, asked, given_):
    assert renderer(room).prompt(request(new=asked)).new_tokens == given_


FAILED = {
    "a prompt with too little room": (
        (renderer(36), request()),
        "the prompt has 21 tokens, too many for the model's 36 with an answer; offer fewer tools, choose a model with a longer context, "
        "or raise --max-length where it was lowered",
        21,
    ),
    "messages that the template refuses": (
        (renderer(), request(("tool", "18"))),
        "the chat template refused the messages: after the user comes the assistant",
        0,
    ),
    "text that is no Unicode": (
        (renderer(), request(("user", "\ud800"))),
        "the chat template refused the messages: 'utf-8' codec can't encode character '\\ud800' in position 12: surrogates not allowed",
        0,
    ),
}


@pytest.mark.parametrize(("made", "error", "tokens"), FAILED.values(), ids=FAILED)
def test_what_can_not_be_asked_fails_alone(made, error, tokens):
    rendering, asked = made
    completion = rendering.prompt(asked)
    assert (completion.id, completion.finish_reason, completion.error, completion.prompt_tokens) == ("a", "error", error, tokens)


def test_the_end_token_is_counted_but_not_said():
    whole = renderer()
    prompt = whole.prompt(request())
    ended = whole.completion(prompt, [72, START, 105, END], 0.5, [-0.1, -0.2, -0.3, -0.4])
    assert (ended.text, ended.finish_reason, ended.completion_tokens, ended.seconds) == ("H<start>i", "stop", 4, 0.5)
    assert (ended.prompt, ended.prompt_tokens, ended.prompt_hash) == (prompt.text, 21, "b5cf01b644bbb53f")
    pairs = [("H", -0.1), ("<start>", -0.2), ("i", -0.3)]
    assert ended.logprobs == tuple(Logprob(token=token, logprob=value) for token, value in pairs)
    cut = whole.completion(prompt, [72], 0.5)
    assert (cut.text, cut.finish_reason, cut.completion_tokens, cut.logprobs) == ("H", "length", 1, None)


def test_end_tokens_are_the_tokenizers_and_the_configured_ones():
    assert end_tokens(ByteTokenizer(), None) == {END}
    assert end_tokens(ByteTokenizer(), 7) == {END, 7}
    assert end_tokens(ByteTokenizer(), [7, 8]) == {END, 7, 8}


BYTE_LEVEL = [bytes([number]) for number in range(256)] + [b"Paris", b" Paris", b"<end>", b"", "é€".encode(), "€".encode()[:2] + b""]
FALLBACK = [bytes([number]) for number in range(256)] + ["▁Paris", "▁", "Paris", "<s>", "", "é", "▁▁"]


def byte_level(tokens):
    """As GPT-2, Qwen, Llama 3 and SmolLM2 do."""
    return b"".join(BYTE_LEVEL[token] for token in tokens).decode(errors="replace")


def fallback(tokens):
    """As Llama 2 and Mistral do: bytes only where all in a row are a text, spaces marked, the first one dropped."""
    written, run = "", b""
    for piece in [*(FALLBACK[token] for token in tokens), ""]:
        if isinstance(piece, bytes):
            run += piece
            continue
        if run:
            try:
                written += run.decode()
            except UnicodeDecodeError:
                written += "\ufffd" * len(run)
        run, written = b"", written + piece
    written = written.replace("▁", " ")
    return written[1:] if written[:1] == " " else written


DECODERS = {"byte level": (byte_level, BYTE_LEVEL), "byte fallback": (fallback, FALLBACK)}


@pytest.mark.parametrize(("decode", "vocabulary"), DECODERS.values(), ids=DECODERS)
@given(data=st.data())
def test_pieces_joined_are_the_text(decode, vocabulary, data):
    likely = st.sampled_from([*"🦊€é日本 a".encode(), *range(256, len(vocabulary))])
    tokens = data.draw(st.lists(likely | st.integers(0, len(vocabulary) - 1), max_size=60))
    cut = pieces(decode, tokens)
    assert len(cut) == len(tokens)
    assert "".join(cut) == decode(tokens)


@pytest.mark.parametrize(("decode", "vocabulary"), DECODERS.values(), ids=DECODERS)
@given(text=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("🦊日 "), max_size=40))
def test_every_character_stands_at_its_last_byte(decode, vocabulary, text):
    said = text[1:] if decode is fallback and text[:1] == " " else text
    wanted = [piece for char in text for piece in (*[""] * (len(char.encode()) - 1), char)]
    if said != text:
        wanted[0] = ""
    assert pieces(decode, list(text.encode())) == wanted


PIECES = {
    "nothing": (byte_level, [], []),
    "words": (byte_level, [b"Paris", b" Paris", b"<end>"], ["Paris", " Paris", "<end>"]),
    "a character of four tokens": (byte_level, [b"a", b"\xf0", b"\x9f", b"\xa6", b"\x8a", b"b"], ["a", "", "", "", "🦊", "b"]),
    "a character that is cut off": (byte_level, [b"a", b"\xf0", b"\x9f"], ["a", "\ufffd", ""]),
    "a byte that is no text": (byte_level, [b"a", b"\xff", b"b"], ["a", "\ufffd", "b"]),
    "the first space is dropped": (fallback, ["▁Paris", "▁Paris"], ["Paris", " Paris"]),
    "a space alone": (fallback, ["▁", "Paris"], ["", "Paris"]),
    "bytes that a later one spoils": (fallback, [b"\xe2", b"\x82", b"\xac", b"\xe2", "é"], ["\ufffd", "\ufffd", "", "\ufffd\ufffd", "é"]),
}


@pytest.mark.parametrize(("decode", "tokens", "expected"), PIECES.values(), ids=PIECES)
def test_pieces(decode, tokens, expected):
    vocabulary = BYTE_LEVEL if decode is byte_level else FALLBACK
    assert pieces(decode, [vocabulary.index(token) for token in tokens]) == expected


HOSTILE = {
    "words": (byte_level, [b"Paris"]),
    "bytes that are no text": (byte_level, [b"\xff"]),
    "starts of characters": (byte_level, [b"\xf0"]),
    "characters of three bytes": (byte_level, [b"\xe2", b"\x82", b"\xac"]),
    "bytes spoilt at the end": (fallback, [b"\xe2", b"\x82", b"\xac"]),
    "nothing at all": (byte_level, [b""]),
    "spaces": (fallback, ["▁"]),
}


@pytest.mark.parametrize(("decode", "repeated"), HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_quadratic_time(decode, repeated):
    vocabulary = BYTE_LEVEL if decode is byte_level else FALLBACK
    tokens = [vocabulary.index(token) for token in repeated] * (6000 // len(repeated)) + [vocabulary.index(b"\xe2")]
    decoded = 0

    def counted(some):
        nonlocal decoded
        decoded += len(some)
        return decode(some)

    assert "".join(pieces(counted, tokens)) == decode(tokens)
    assert decoded < 110 * len(tokens)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("kind", ["byte level", "byte fallback", "smollm2-135m"])
def test_real_tokenizers_joined_are_the_text(kind):
    tokenizers = pytest.importorskip("tokenizers")
    decoder, size = _real_decoder(kind, tokenizers)

    @given(tokens=st.lists(st.integers(0, size - 1), max_size=40), text=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    def check(tokens, text):
        decode, encode = decoder
        for each in (tokens, encode(text)):
            cut = pieces(decode, each)
            assert len(cut) == len(each)
            assert "".join(cut) == decode(each)

    check()


def _real_decoder(kind, tokenizers):
    if kind == "smollm2-135m":
        from spectool.run.engines.loading import quiet
        from spectool.run.engines.rendering import load_tokenizer

        path = pulled_path(packaged(kind))
        if path is None:
            pytest.skip(f"{kind} is not pulled")
        pytest.importorskip("transformers")
        with quiet():
            tokenizer = load_tokenizer(ModelFiles(name=kind, location=str(path.parent), gguf_file=path.name))
        return (Renderer(tokenizer, None, frozenset()).decode, lambda text: tokenizer(text)["input_ids"]), len(tokenizer)
    decoders = tokenizers.decoders
    if kind == "byte level":
        vocabulary = [*sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet()), "ĠParis", "<end>"]
        decoder = decoders.ByteLevel()
    else:
        vocabulary = [*(f"<0x{number:02X}>" for number in range(256)), "▁Paris", "▁", "Paris", "é"]
        decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    return (lambda tokens: decoder.decode([vocabulary[token] for token in tokens]), lambda text: list(text.encode())), len(vocabulary)
