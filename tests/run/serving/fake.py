"""A chat completions server that says what it is told to: real HTTP, no model."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests.run.serving.wire import Listener, read_message, written

MODEL = "tiny"


class Asked(NamedTuple):
    """A request for a completion; ``number`` counts them from 1, over all connections."""

    number: int
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """What the last message says."""
        return self.body["messages"][-1]["content"]


class Reply(NamedTuple):
    """``content`` is the body, JSON unless it is text; only the first ``sent`` bytes of it go out, and none where that is -1."""

    content: Any
    status: int = 200
    headers: Mapping[str, str] = {}
    delay: float = 0.0
    sent: int | None = None


def said(text: str | None = "fine", finish_reason: str | None = "stop", *, more: Mapping[str, Any] | None = None, **message: Any) -> dict:
    """A chat completion; ``more`` stands beside the message in the choice."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": finish_reason, **(more or {})}
    return {"id": "c", "object": "chat.completion", "choices": [choice], "usage": {"prompt_tokens": 7, "completion_tokens": 3}}


def refusal(message: str, **fields: Any) -> dict:
    return {"error": {"message": message, **fields}}


class FakeServer(Listener):
    """Answers with ``respond``; ``asked`` are the completions asked for and ``others`` the paths of the rest; ``most`` came at once."""

    def __init__(self, respond: Callable[[Asked], Reply | dict], models: Any = (MODEL,), maker: str = "someone") -> None:
        self._respond = respond
        listed = {"object": "list", "data": [{"id": name, "owned_by": maker} for name in models]} if isinstance(models, tuple) else None
        self._models = models if isinstance(models, Reply) else Reply(listed)
        self.asked: list[Asked] = []
        self.others: list[str] = []
        self.most = 0
        self._now = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (message := await read_message(reader)) is not None:
            if message.path == "/v1/chat/completions":
                asked = Asked(len(self.asked) + 1, message.headers, json.loads(message.body))
                self.asked.append(asked)
                answer = self._respond(asked)
                reply = answer if isinstance(answer, Reply) else Reply(answer)
            else:
                self.others.append(message.path)
                reply = {"/v1/models": self._models, "/version": Reply({"version": "1.2.3"})}.get(message.path, Reply("no", 404))
            self._now += 1
            self.most = max(self.most, self._now)
            await asyncio.sleep(reply.delay)
            self._now -= 1
            body = reply.content.encode() if isinstance(reply.content, str) else json.dumps(reply.content).encode()
            if reply.sent == -1:
                return
            writer.write(written(f"HTTP/1.1 {reply.status} X", {"content-length": str(len(body)), **reply.headers}, body[: reply.sent]))
            await writer.drain()
            if reply.sent is not None:
                return
