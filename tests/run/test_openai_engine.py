"""The openai engine against a server on the loopback: what it sends, what it makes of answers, and what it does when all goes wrong."""

from __future__ import annotations

import socket
import time
from collections import Counter

import pytest

from spectool.model import Logprob, Step
from spectool.run.engines import openai_trouble
from spectool.run.engines.engine import ChatMessage, Completion, CompletionRequest, EngineError, Sampling, complete
from spectool.run.engines.openai_answers import PARSED
from spectool.run.engines.openai_logprobs import Token, aligned
from spectool.run.engines.openai_trouble import asked_wait
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.episode import Agent
from spectool.run.loop import run_episodes
from spectool.run.models import ModelFiles
from spectool.run.prompts.registry import prompt
from tests.run.serving.fake import MODEL, FakeServer, Reply, refusal, said
from tests.run.serving.faults import FaultProxy, plan

KEY = "sk-a-very-secret-key"
TOOL = {"type": "function", "function": {"name": "get_weather", "description": "Weather.", "parameters": {"type": "object"}}}
CALL = {"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": '{"city": "Paris"}'}}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    """Nothing from outside, and short waits where a server asks for none."""
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(openai_trouble, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(openai_trouble, "LONGEST_WAIT", 0.02)


@pytest.fixture
def start():
    """Starts engines, which end with the test."""
    engines = []

    def make(address, **options):
        engines.append(load("openai", ModelFiles(name=MODEL, location=MODEL), EngineOptions(base_url=address, **options)))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture
def serve():
    servers = []

    def make(respond, **options):
        if not callable(respond):
            answer = respond
            respond = lambda asked: answer  # noqa: E731
        servers.append(FakeServer(respond, **options).__enter__())
        return servers[-1]

    yield make
    for server in servers:
        server.__exit__()


def request(name="a", text="Hello?", **fields):
    return CompletionRequest(id=name, messages=(ChatMessage(role="user", content=text),), **fields)


def ask(engine, *requests):
    return {done.id: done for done in complete(engine, requests or (request(),))}


def body_of(start, serve, made, **server):
    running = serve(said(), **server)
    ask(start(running.address), made)
    return running.asked[0].body


PLAIN = {"model": MODEL, "messages": [{"role": "user", "content": "Hello?"}], "max_tokens": 512, "temperature": 0.0}
BODIES = {
    "a greedy request holds what every server takes": (request(seed=9), PLAIN),
    "a sampled one also a seed": (
        request(seed=9, sampling=Sampling(max_new_tokens=5, temperature=0.7, top_p=0.9)),
        {**PLAIN, "max_tokens": 5, "temperature": 0.7, "seed": 9, "top_p": 0.9},
    ),
    "tools go as they are": (request(tools=(TOOL,)), {**PLAIN, "tools": [TOOL]}),
    "log-probabilities are asked for": (request(sampling=Sampling(logprobs=True)), {**PLAIN, "logprobs": True}),
    "a schema is a response format": (
        request(schema={"type": "array"}),
        {
            **PLAIN,
            "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": {"type": "array"}, "strict": True}},
        },
    ),
    "text that no encoding holds is replaced": (
        request(text="a\ud800b"),
        {**PLAIN, "messages": [{"role": "user", "content": "a\N{REPLACEMENT CHARACTER}b"}]},
    ),
}


@pytest.mark.parametrize(("made", "body"), BODIES.values(), ids=BODIES)
def test_what_is_sent(start, serve, made, body):
    assert body_of(start, serve, made) == body


def test_vllm_is_asked_to_leave_special_tokens_in_the_text_but_not_where_it_parses_calls(start, serve):
    assert body_of(start, serve, request(), maker="vllm") == {**PLAIN, "skip_special_tokens": False}
    assert body_of(start, serve, request(tools=(TOOL,)), maker="vllm") == {**PLAIN, "tools": [TOOL]}


def message(role, content="", *calls, **fields):
    return ChatMessage(role=role, content=content, calls=calls, **fields)


def call(identifier, arguments, name="f"):
    return {"id": identifier, "type": "function", "function": {"name": name, "arguments": arguments}}


CONVERSATIONS = {
    "a call and its result": (
        [message("user", "Go."), message("assistant", "Hm.", ("c1", "f", {"x": 1})), message("tool", "ok", call_id="c1", name="f")],
        [
            {"role": "user", "content": "Go."},
            {"role": "assistant", "content": "Hm.", "tool_calls": [call("c1", '{"x":1}')]},
            {"role": "tool", "tool_call_id": "c1", "content": "ok"},
        ],
    ),
    "arguments that can not be read go back as they came": (
        [message("assistant", "", ("c1", "f", '{"x": '))],
        [{"role": "assistant", "content": "", "tool_calls": [call("c1", '{"x": ')]}],
    ),
    "calls without ids get some, and results find them": (
        [message("assistant", "", (None, "f", {}), (None, "f", {})), message("tool", "1"), message("tool", "2")],
        [
            {"role": "assistant", "content": "", "tool_calls": [call("call_0_0", "{}"), call("call_0_1", "{}")]},
            {"role": "tool", "tool_call_id": "call_0_0", "content": "1"},
            {"role": "tool", "tool_call_id": "call_0_1", "content": "2"},
        ],
    ),
    "two calls of one id are told apart": (
        [message("assistant", "", ("c", "f", {}), ("c", "f", {})), message("tool", "1", call_id="c"), message("tool", "2", call_id="c")],
        [
            {"role": "assistant", "content": "", "tool_calls": [call("c", "{}"), call("call_0_1", "{}")]},
            {"role": "tool", "tool_call_id": "c", "content": "1"},
            {"role": "tool", "tool_call_id": "call_0_1", "content": "2"},
        ],
    ),
    "a call that nothing answered has an empty result": (
        [message("assistant", "", ("c", "f", {})), message("user", "And?")],
        [
            {"role": "assistant", "content": "", "tool_calls": [call("c", "{}")]},
            {"role": "tool", "tool_call_id": "c", "content": ""},
            {"role": "user", "content": "And?"},
        ],
    ),
    "results of calls written as text are said by the user": (
        [message("assistant", "f(1) f(2)"), message("tool", "1"), message("tool", "2")],
        [
            {"role": "assistant", "content": "f(1) f(2)"},
            {"role": "user", "content": "<tool_response>\n1\n</tool_response>\n<tool_response>\n2\n</tool_response>"},
        ],
    ),
}


@pytest.mark.parametrize(("messages", "sent"), CONVERSATIONS.values(), ids=CONVERSATIONS)
def test_conversations_are_as_the_api_takes_them(start, serve, messages, sent):
    made = CompletionRequest(id="a", messages=tuple(messages))
    assert body_of(start, serve, made)["messages"] == sent


def answered(**fields):
    return Completion(id="a", prompt_tokens=7, completion_tokens=3, **fields)


ANSWERS = {
    "text": (said("fine"), False, answered(text="fine")),
    "text where tools were offered": (said("fine"), True, answered(text="fine", calls=())),
    "the token limit": (said("fi", "length"), False, answered(text="fi", finish_reason="length")),
    "a call": (
        said(None, "tool_calls", tool_calls=[CALL]),
        True,
        answered(calls=(("c1", "get_weather", '{"city": "Paris"}'),), finish_reason="tool_calls"),
    ),
    "arguments that are no JSON stay as they are": (
        said(None, "tool_calls", tool_calls=[call("c", '{"x": 1,')]),
        True,
        answered(calls=(("c", "f", '{"x": 1,'),), finish_reason="tool_calls"),
    ),
    "arguments as an object": (
        said(None, None, tool_calls=[call(None, {"x": "1"})]),
        True,
        answered(calls=((None, "f", {"x": "1"}),), finish_reason="tool_calls"),
    ),
    "arguments that are neither": (said(None, "stop", tool_calls=[call("c", [1])]), True, answered(calls=(("c", "f", "[1]"),))),
    "a call without a function": (said(None, "stop", tool_calls=[{"id": "c"}]), True, answered(calls=(("c", "", None),))),
    "a call nobody offered a tool for": (said("", "stop", tool_calls=[call("c", "{}")]), False, answered(calls=(("c", "f", "{}"),))),
    "reasoning as vLLM gives it": (said("4", reasoning="2 and 2"), False, answered(text="4", reasoning="2 and 2")),
    "reasoning as DeepSeek gives it": (said("4", reasoning_content="2 and 2"), False, answered(text="4", reasoning="2 and 2")),
    "content in parts": (said([{"type": "text", "text": "a"}, {"type": "thinking"}, {"text": "b"}]), False, answered(text="ab")),
    "a refusal": (said(None, refusal="No."), False, answered(text="No.")),
    "a filter's word is kept": (said("", "content_filter"), False, answered(finish_reason="content_filter")),
    "no usage": ({**said(), "usage": None}, False, Completion(id="a", text="fine")),
    "log-probabilities": (
        said("fine", more={"logprobs": {"content": [{"token": "fi", "logprob": -0.5}, {"token": "ne", "logprob": 0}]}}),
        False,
        answered(text="fine", logprobs=(Logprob(token="fi", logprob=-0.5), Logprob(token="ne", logprob=0.0))),
    ),
}


@pytest.mark.parametrize(("answer", "tools", "completion"), ANSWERS.values(), ids=ANSWERS)
def test_answers_are_kept_as_the_server_gave_them(start, serve, answer, tools, completion):
    (done,) = ask(start(serve(answer).address), request(tools=(TOOL,) if tools else ())).values()
    assert done.seconds > 0
    assert len(done.prompt_hash) == 16
    assert done == Completion(**{name: getattr(completion, name) for name in done.__struct_fields__} | _of(done))


def _of(done):
    return {"seconds": done.seconds, "prompt_hash": done.prompt_hash}


def test_the_prompts_hash_is_of_messages_and_tools(start, serve):
    engine = start(serve(said()).address)
    done = ask(engine, request("a"), request("b"), request("c", "Else?"), request("d", tools=(TOOL,)))
    hashes = [done[name].prompt_hash for name in "abcd"]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


PASSING = {
    "500": Reply(refusal("boom"), 500),
    "503 with a rest": Reply("down", 503, {"retry-after-ms": "1"}),
    "408": Reply("late", 408),
    "409": Reply("locked", 409),
    "429 with a rest": Reply(refusal("slow"), 429, {"retry-after-ms": "1"}),
    "429 with a limit's reset": Reply("", 429, {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "2ms"}),
    "429 without": Reply("", 429),
    "a dropped connection": Reply(said("lost"), sent=-1),
    "an answer cut amid the body": Reply(said("lost"), sent=20),
    "half an answer given out as a whole": Reply('{"choices": [{"mess'),
    "an answer that is none": Reply({"choices": "none"}),
    "no choice": Reply({"choices": []}),
    "an error inside a good answer": Reply(refusal("overloaded", code=503)),
    "a model that broke off": Reply(said("lo", "error")),
}


@pytest.mark.parametrize("reply", PASSING.values(), ids=PASSING)
def test_what_may_pass_is_tried_again(start, serve, reply):
    server = serve(lambda asked: reply if asked.number < 3 else said())
    done = ask(start(server.address))
    assert {name: (each.text, each.error) for name, each in done.items()} == {"a": ("fine", None)}
    assert len(server.asked) == 3


HOPELESS = {
    "500": (Reply(refusal("boom\n\tand more"), 500), "500 Internal Server Error: boom and more; gave up after 8 tries"),
    "an unknown status": (Reply("<html>", 529), "529 (no known status): <html>; gave up after 8 tries"),
    "a long message": (Reply(refusal("x" * 500), 500), f"500 Internal Server Error: {'x' * 299}…; gave up after 8 tries"),
    "half an answer": (Reply('{"choices": ['), "the answer is broken: not JSON: "),
    "another shape": (Reply([]), "the answer is broken: not a chat completion: "),
    "a connection that drops": (Reply("", sent=-1), "the connection broke off: "),
    "the time limit": (Reply(said(), delay=60), "no answer within 1 s; gave up after 3 tries; raise --timeout, or lower --batch-size"),
}


@pytest.mark.parametrize(("reply", "reason"), HOPELESS.values(), ids=HOPELESS)
def test_a_request_is_given_up_with_the_reason_and_the_others_go_on(start, serve, reply, reason):
    server = serve(lambda asked: reply if asked.text == "bad" else said())
    done = ask(start(server.address, timeout=1.0 if reply.delay else 60.0), request("a", "bad"), request("b"))
    assert done["b"].text == "fine"
    assert (done["a"].finish_reason, done["a"].text) == ("error", "")
    assert done["a"].error.startswith(reason)
    assert "gave up after" in done["a"].error
    assert sum(asked.text == "bad" for asked in server.asked) == (3 if reply.delay else 8)


def test_a_server_that_serves_nobody_is_given_up(start, serve):
    server = serve(Reply(refusal("slow"), 429))
    assert ask(start(server.address))["a"].error == "429 Too Many Requests: slow; gave up after 8 tries"
    assert len(server.asked) == 8


TOO_LONG = "; shorten it, lower --max-new-tokens, or have the server allow more context"
ALONE = {
    "400": (Reply(refusal("no such field"), 400), "400 Bad Request: no such field"),
    "vLLM's shape of 422": (Reply({"detail": "wrong type"}, 422), "422 Unprocessable Entity: wrong type"),
    "403 after others were answered": (Reply("flagged", 403), "403 Forbidden: flagged"),
    "a long prompt, as OpenAI says it": (
        Reply(refusal("Too long.", code="context_length_exceeded"), 400),
        f"the prompt is too long for the server: 400 Bad Request: Too long.{TOO_LONG}",
    ),
    "as vLLM says it": (
        Reply(refusal("This model's maximum context length is 2048 tokens.", code=400), 400),
        f"the prompt is too long for the server: 400 Bad Request: This model's maximum context length is 2048 tokens.{TOO_LONG}",
    ),
    "as llama.cpp says it, inside a good answer": (
        Reply(refusal("the request exceeds the available context size", type="exceed_context_size_error", code=500)),
        "the prompt is too long for the server: 500 Internal Server Error: the request exceeds the available context size" + TOO_LONG,
    ),
}


@pytest.mark.parametrize(("reply", "reason"), ALONE.values(), ids=ALONE)
def test_a_request_that_the_server_refuses_fails_alone_and_at_once(start, serve, reply, reason):
    server = serve(lambda asked: reply if asked.text == "bad" else said())
    engine = start(server.address)
    assert ask(engine)["a"].error is None
    done = ask(engine, request("a", "bad"), request("b"))
    assert (done["a"].error, done["b"].text) == (reason, "fine")
    assert sum(asked.text == "bad" for asked in server.asked) == 1


STOPPING = {
    "no key": (Reply("", 401), "the server wants a key; set OPENAI_API_KEY: 401 Unauthorized"),
    "the first answer is 403": (Reply("no", 403), "the server wants a key; set OPENAI_API_KEY: 403 Forbidden: no"),
    "another model": (
        Reply(refusal("The model `tiny` does not exist."), 404),
        "{address} has no model 'tiny' (404 Not Found: The model `tiny` does not exist.); it has Tiny, large",
    ),
    "no credit": (
        Reply(refusal("Quota.", code="insufficient_quota"), 429),
        "the server at {address} can not serve this run: 429 Too Many Requests: Quota.; "
        "the account has no credit left; go on later with --resume",
    ),
    "no tools": (
        Reply(refusal("model does not support tools"), 400),
        "the server at {address} can not serve this run: 400 Bad Request: model does not support tools; "
        "pass --prompt json_list, which puts the tools into the messages",
    ),
    "a long rest": (
        Reply("", 429, {"retry-after": "3600"}),
        "the server wants 3,600 s of rest (429 Too Many Requests); go on later with --resume",
    ),
    "another address": (Reply("", 307), "the server at {address} can not serve this run: 307 Temporary Redirect"),
}


@pytest.mark.parametrize(("reply", "reason"), STOPPING.values(), ids=STOPPING)
def test_what_concerns_every_request_stops_the_engine(start, serve, reply, reason):
    server = serve(reply, models=("large", "Tiny"))
    with pytest.raises(EngineError) as caught:
        ask(start(server.address))
    assert str(caught.value) == reason.format(address=server.address)
    assert len(server.asked) == 1


def test_the_key_is_sent_and_never_told(start, serve, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", f" {KEY}\n")
    server = serve(lambda asked: Reply(f"{asked.headers['authorization']} is wrong", 400 if asked.number == 1 else 401))
    engine = start(server.address)
    assert ask(engine)["a"].error == "400 Bad Request: Bearer … is wrong"
    with pytest.raises(EngineError) as caught:
        ask(engine)
    assert str(caught.value) == "the server refused the key in OPENAI_API_KEY: 401 Unauthorized: Bearer … is wrong"
    assert [asked.headers["authorization"] for asked in server.asked] == [f"Bearer {KEY}"] * 2
    assert KEY not in repr(engine.details)


def test_without_a_key_none_is_sent(start, serve):
    server = serve(said())
    ask(start(server.address))
    assert "authorization" not in server.asked[0].headers


def test_a_server_that_wants_another_name_for_the_limit_gets_it(start, serve):
    def respond(asked):
        return said() if "max_completion_tokens" in asked.body else Reply(refusal("Use 'max_completion_tokens' instead."), 400)

    server = serve(respond)
    done = ask(start(server.address), *(request(str(number)) for number in range(20)))
    assert [each.text for each in done.values()] == ["fine"] * 20
    assert {"max_tokens", "max_completion_tokens"} - set(server.asked[-1].body) == {"max_tokens"}


def test_names_of_tools_are_made_safe_where_the_server_wants_it(start, serve):
    def respond(asked):
        names = [tool["function"]["name"] for tool in asked.body["tools"]]
        pattern = "Invalid 'tools[0].function.name': string does not match pattern. Expected '^[a-zA-Z0-9_-]+$'."
        return said(None, tool_calls=[call("c", "{}", names[0])]) if "." not in names[0] else Reply(refusal(pattern), 400)

    server = serve(respond)
    tool = {"type": "function", "function": {**TOOL["function"], "name": "math.sum"}}
    made = CompletionRequest(id="a", messages=(message("assistant", "", ("c", "math.sum", {})), message("user", "Go.")), tools=(tool,))
    assert ask(start(server.address), made)["a"].calls == (("c", "math_sum", "{}"),)
    assert server.asked[1].body["messages"][0]["tool_calls"] == [call("c", "{}", "math_sum")]


def test_a_request_that_ran_into_its_time_limit_is_answered_once(start, serve):
    server = serve(lambda asked: Reply(said(f"try {asked.number}"), delay=2.0 if asked.number == 1 else 0.0))
    engine = start(server.address, timeout=1.0)
    engine.submit([request("a")])
    assert [done.text for done in engine.finished()] == ["try 2"]
    time.sleep(1.2)
    assert list(engine.finished()) == []
    assert len(server.asked) == 2


def test_no_more_requests_are_under_way_than_asked_for_and_each_is_answered_once(start, serve):
    server = serve(lambda asked: Reply(said(asked.text), delay=0.01))
    engine = start(server.address, batch_size=4)
    assert engine.capacity == 6
    done = list(complete(engine, [request(str(number), f"say {number}") for number in range(50)]))
    assert sorted((each.id, each.text) for each in done) == sorted((str(number), f"say {number}") for number in range(50))
    assert server.most == 4


def test_a_429_pauses_every_request(start, serve):
    arrived = {}

    def respond(asked):
        arrived.setdefault(asked.text, time.monotonic())
        if asked.number == 1:
            return Reply("", 429, {"retry-after-ms": "700"})
        return Reply(said(), delay=0.2 if asked.number == 2 else 0.0)

    done = ask(start(serve(respond).address, batch_size=2), request("a", "1"), request("b", "2"), request("c", "3"))
    assert {each.text for each in done.values()} == {"fine"}
    # The second was sent with the first; the third found a free place during the pause.
    assert arrived["3"] - arrived["1"] >= 0.7


def test_a_server_at_its_limit_serves_all_in_the_end(start, serve):
    # One request is sent back more often than one may fail, while others are served.
    heard = Counter()

    def respond(asked):
        heard[asked.text] += 1
        unlucky = asked.text == "0" and heard["0"] <= openai_trouble.TRIES + 2
        return Reply("", 429, {"retry-after-ms": "1"}, delay=0.05) if unlucky else said()

    done = ask(start(serve(respond).address, batch_size=2), *(request(str(number), str(number)) for number in range(300)))
    assert {each.error for each in done.values()} == {None}
    assert heard["0"] == openai_trouble.TRIES + 3


def test_when_the_server_is_gone_what_was_answered_is_handed_out_first(start):
    with FakeServer(lambda asked: said()) as server:
        engine = start(server.address)
        engine.submit([request("a")])
        while engine._done.empty():
            time.sleep(0.01)
    engine.submit([request("b")])
    assert [done.id for done in engine.finished()] == ["a"]
    with pytest.raises(EngineError, match=r"no server answers at http://127.0.0.1:\d+/v1 \(no connection: .*\); start one"):
        engine.finished()
    engine.submit([request("c")])
    with pytest.raises(EngineError, match="no server answers"):
        engine.finished()


def test_episodes_go_through_several_turns_with_structured_calls(start, serve, make_task):
    server = serve(lambda asked: said("", "tool_calls", tool_calls=[CALL]) if asked.number == 1 else said("18 degrees."))
    script = [{"name": "get_weather", "arguments": {"city": "Paris"}, "result": {"celsius": 18}}]
    agent = Agent(engine=start(server.address), prompt=prompt("chat_template"))
    (episode,) = run_episodes([(make_task("a", meta={"script": script}), 0)], agent)
    steps = [turn for turn in episode.turns if isinstance(turn, Step)]
    assert [(step.dialect, step.text, len(step.calls)) for step in steps] == [("native", "", 1), (None, "18 degrees.", 0)]
    assert episode.request_made.dialect == "native"
    assert server.asked[0].body["tools"][0]["function"]["name"] == "get_weather"
    assert server.asked[1].body["messages"] == [
        {"role": "user", "content": "Weather in Paris?"},
        {"role": "assistant", "content": "", "tool_calls": [{**CALL, "function": {**CALL["function"], "arguments": '{"city":"Paris"}'}}]},
        {"role": "tool", "tool_call_id": "c1", "content": '{"celsius":18}'},
    ]


def test_calls_in_raw_text_are_read_in_the_dialect_that_the_user_names(start, serve, make_task):
    written = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n</tool_call>'
    server = serve(lambda asked: said(written if asked.number == 1 else "18 degrees."), maker="vllm")
    script = [{"name": "get_weather", "arguments": {"city": "Paris"}, "result": {"celsius": 18}}]
    agent = Agent(engine=start(server.address, raw_text="hermes"), prompt=prompt("chat_template"))
    (episode,) = run_episodes([(make_task("a", meta={"script": script}), 0)], agent)
    steps = [turn for turn in episode.turns if isinstance(turn, Step)]
    assert [(step.raw, step.dialect, len(step.calls)) for step in steps] == [(written, "hermes", 1), ("18 degrees.", None, 0)]
    assert episode.request_made.dialect == "hermes"
    assert server.asked[0].body["tools"][0]["function"]["name"] == "get_weather"
    assert server.asked[0].body["skip_special_tokens"] is False
    assert server.asked[1].body["messages"] == [
        {"role": "user", "content": "Weather in Paris?"},
        {"role": "assistant", "content": written},
        {"role": "user", "content": '<tool_response>\n{"celsius":18}\n</tool_response>'},
    ]


def test_a_server_that_parses_calls_gives_no_raw_text(start, serve):
    server = serve(said(None, "tool_calls", tool_calls=[CALL]))
    (done,) = ask(start(server.address, raw_text="hermes"), request(tools=(TOOL,))).values()
    assert done.error == PARSED


def test_raw_text_wants_a_dialect_that_there_is(start):
    with pytest.raises(EngineError, match=r"--raw-text: expected a dialect, one of harmony, .*, got 'qwen'"):
        start("http://localhost/v1", raw_text="qwen")


def test_what_the_server_is_stands_in_the_details(start, serve):
    server = serve(said(), maker="vllm")
    assert start(server.address).details["server"] == "vllm 1.2.3"
    assert server.others == ["/v1/models", "/version"]
    assert start(serve(said(), models=Reply("none", 404)).address).details["server"] == "unknown"


def test_closing_gives_up_what_is_under_way(start, serve):
    engine = start(serve(Reply(said(), delay=60)).address)
    engine.submit([request("a")])
    engine.close()
    engine.close()
    assert list(engine.finished()) == []


def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


ADDRESSES = {
    "none": (None, "engine 'openai' needs a server's address: pass --base-url http://localhost:8000/v1 or set OPENAI_BASE_URL"),
    "no scheme": ("localhost:8000/v1", "expected an address such as http://localhost:8000/v1, got 'localhost:8000/v1'"),
    "a file": ("file:///etc/passwd", "expected an address such as http://localhost:8000/v1, got 'file:///etc/passwd'"),
    "no number": ("http://localhost:x/v1", "expected an address such as http://localhost:8000/v1, got 'http://localhost:x/v1'"),
    "a password": (
        f"http://me:{KEY}@localhost/v1",
        "the server's address holds more than an address; keys and the like belong into OPENAI_API_KEY",
    ),
    "a key": (
        f"http://localhost/v1?key={KEY}",
        "the server's address holds more than an address; keys and the like belong into OPENAI_API_KEY",
    ),
}


@pytest.mark.parametrize(("address", "reason"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_that_is_none_is_refused(start, address, reason):
    with pytest.raises(EngineError) as caught:
        start(address)
    assert str(caught.value) == reason


def test_the_address_may_come_from_the_environment(start, serve, monkeypatch):
    server = serve(said())
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.address}/")
    assert ask(start(None))["a"].text == "fine"


def test_a_key_that_is_none_is_refused_without_showing_it(start, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY} oops")
    with pytest.raises(EngineError) as caught:
        start("http://localhost/v1")
    assert str(caught.value) == "OPENAI_API_KEY holds spaces or other characters that no key has; set it anew"


def test_where_nobody_listens_it_says_what_to_start(start):
    address = f"http://127.0.0.1:{closed_port()}/v1"
    with pytest.raises(EngineError) as caught:
        start(address)
    todo = "start one (vllm serve MODEL, llama-server, ollama serve), or name another with --base-url or OPENAI_BASE_URL"
    assert str(caught.value) == f"no server answers at {address} (no connection: Connection refused); {todo}"


@pytest.mark.parametrize("listed", [Reply("<html>hello</html>"), Reply({"models": []}), Reply([1])])
def test_a_server_of_another_kind_is_refused(start, serve, listed):
    server = serve(said(), models=listed)
    with pytest.raises(EngineError, match="is not the address of an OpenAI-compatible API, which often ends in /v1"):
        start(server.address)


def test_a_server_that_has_trouble_at_first_is_given_time(start, serve):
    # Ollama lists null where it has no model.
    listed = iter([Reply("", 503), Reply("", sent=-1), Reply({"data": None})])

    class Listing(FakeServer):
        @property
        def _models(self):
            return next(listed)

        @_models.setter
        def _models(self, value):
            pass

    with Listing(lambda asked: said()) as server:
        engine = start(server.address)
        assert ask(engine)["a"].text == "fine"
        engine.close()


WAITS = {
    "seconds": ({"retry-after": "2"}, 2.0),
    "milliseconds come first": ({"retry-after": "2", "retry-after-ms": "1500"}, 1.5),
    "a date that is past": ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    "a reset as a span": ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "7.66s"}, 7.66),
    "the longer of two": ({"x-ratelimit-reset-requests": "20ms", "x-ratelimit-reset-tokens": "1m2s"}, 60.0),
    "what is left is no limit": ({"x-ratelimit-remaining-tokens": "12", "x-ratelimit-reset-tokens": "7s"}, None),
    "bare seconds": ({"x-ratelimit-reset-tokens": "3"}, 3.0),
    "nonsense": ({"retry-after": "soon", "x-ratelimit-reset-tokens": "-1"}, None),
    "an endless number": ({"retry-after": "9" * 400}, None),
    "nothing": ({}, None),
}


@pytest.mark.parametrize(("headers", "seconds"), WAITS.values(), ids=WAITS)
def test_how_long_a_server_asks_to_wait(headers, seconds):
    assert asked_wait(headers, 429) == seconds


PIECES = {
    "tokens are the text": (["fi", "ne"], "fine", ["fi", "ne"]),
    "the end token is no part of it": (["fi", "ne", "<|im_end|>"], "fine", ["fi", "ne"]),
    "not even where it holds the text": (["i", "<|im_end|>"], "i", ["i"]),
    "reasoning before is none": (["<think>", "x", "</think>", "\n\nfi", "ne"], "fine", ["fi", "ne"]),
    "white space that was cut away is none": ([" fi", "ne\n"], "fine", ["fi", "ne"]),
    "text that is not in the tokens leaves them as they are": (["<tool_call>", "{}"], "Hm.", ["<tool_call>", "{}"]),
    "so does no text": (["<tool_call>", "{}"], "", ["<tool_call>", "{}"]),
    "a character of two tokens stands in the second": ([b"\xc3", b"\xa9", b"!"], "é!", ["", "é", "!"]),
}


@pytest.mark.parametrize(("tokens", "text", "pieces"), PIECES.values(), ids=PIECES)
def test_tokens_are_laid_against_the_text(tokens, text, pieces):
    made = [Token("?", -0.5, list(each)) if isinstance(each, bytes) else Token(each, -0.5) for each in tokens]
    assert aligned(made, text) == tuple(Logprob(token=piece, logprob=-0.5) for piece in pieces)


@pytest.mark.parametrize("seed", range(3))
def test_through_a_proxy_that_goes_wrong_everything_is_answered_once_or_failed_with_a_reason(start, serve, seed):
    server = serve(lambda asked: Reply(said(asked.text), delay=0.005))
    with FaultProxy(server.port, plan(seed, 0.5), delay=0.05, rest=0.02) as proxy:
        engine = start(proxy.address)
        done = list(complete(engine, [request(str(number), f"say {number}") for number in range(100)]))
        engine.close()
    assert sorted(each.id for each in done) == sorted(map(str, range(100)))
    assert [each.text for each in done if each.error is None] == [f"say {each.id}" for each in done if each.error is None]
    assert all("gave up after " in each.error for each in done if each.error is not None)
    assert len([each for each in done if each.error is None]) >= 90
    assert max(proxy.answered.values()) == 1
    assert min(proxy.done.values()) >= 1
    assert len(proxy.done) == 8
