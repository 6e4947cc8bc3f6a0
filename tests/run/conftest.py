"""An engine that says what it is told to: the whole of the engine interface without a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest

from spectool.model import Message, Task, Tool
from spectool.run.engines.engine import Completion, CompletionRequest, ToolSection


class ScriptedEngine:
    """Answers the n-th turn of an episode with the n-th of its texts; the last one stays. ``requests`` are kept as they came."""

    name = "scripted"
    details: Mapping[str, str] = {"dtype": "none"}
    capacity = 128

    def __init__(self, texts: Mapping[str, Sequence[str]], section: ToolSection | None = None, backwards: bool = False) -> None:
        self.tool_section = section
        self.requests: list[CompletionRequest] = []
        self.batches: list[int] = []
        self._texts = texts
        self._turns: dict[str, int] = {}
        self._backwards = backwards
        self._waiting: list[CompletionRequest] = []
        self.closed = False

    def submit(self, requests: Sequence[CompletionRequest]) -> None:
        self.requests.extend(requests)
        self._waiting.extend(requests)

    def finished(self) -> list[Completion]:
        requests, self._waiting = self._waiting, []
        if requests:
            self.batches.append(len(requests))
        return list(self._answers(requests))

    def close(self) -> None:
        self.closed = True

    def _answers(self, requests: Sequence[CompletionRequest]) -> Iterator[Completion]:
        for request in reversed(requests) if self._backwards else requests:
            texts = self._texts[request.id.partition("#")[0]]
            turn = self._turns[request.id] = self._turns.get(request.id, -1) + 1
            text = texts[min(turn, len(texts) - 1)]
            if text.startswith("!"):
                yield Completion(id=request.id, finish_reason="error", error=text[1:])
            else:
                prompt = "".join(f"<{message.role}>{message.content}" for message in request.messages)
                counts = {"prompt_tokens": 7, "completion_tokens": 3, "seconds": 0.5}
                yield Completion(id=request.id, text=text, prompt=prompt, prompt_hash="h", **counts)


WEATHER = Tool(
    name="get_weather",
    description="Weather of a city.",
    parameters={"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
)


@pytest.fixture
def weather() -> Tool:
    return WEATHER


@pytest.fixture
def make_task() -> Callable[..., Task]:
    def make(name: str, *asks: str, **fields: object) -> Task:
        messages = tuple(Message(role="user", content=ask) for ask in asks or ("Weather in Paris?",))
        return Task(id=name, tool_sets=((WEATHER,),), messages=messages, **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture
def scripted() -> type[ScriptedEngine]:
    return ScriptedEngine
