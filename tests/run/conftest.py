"""An engine that says what it is told to: the whole of the engine interface without a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest

from spectool.model import Message, Task, Tool
from spectool.run.engines.engine import Completion, CompletionRequest, Sampling, ToolSection


class ScriptedEngine:
    """Answers the n-th turn of an episode with the n-th of its texts; the last one stays. ``requests`` are kept as they came."""

    name = "scripted"
    details: Mapping[str, str] = {"dtype": "none"}

    def __init__(self, texts: Mapping[str, Sequence[str]], section: ToolSection | None = None, backwards: bool = False) -> None:
        self.tool_section = section
        self.requests: list[CompletionRequest] = []
        self.batches: list[int] = []
        self._texts = texts
        self._turns: dict[str, int] = {}
        self._backwards = backwards

    def complete(self, requests: Sequence[CompletionRequest], sampling: Sampling) -> Iterator[Completion]:
        self.requests.extend(requests)
        self.batches.append(len(requests))
        for request in reversed(requests) if self._backwards else requests:
            texts = self._texts[request.id.partition("#")[0]]
            turn = self._turns[request.id] = self._turns.get(request.id, -1) + 1
            text = texts[min(turn, len(texts) - 1)]
            if text.startswith("!"):
                yield Completion(id=request.id, finish_reason="error", error=text[1:])
            else:
                yield Completion(id=request.id, text=text, prompt_hash="h", prompt_tokens=7, completion_tokens=3, seconds=0.5)


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
