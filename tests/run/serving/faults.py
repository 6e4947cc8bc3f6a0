"""A proxy before a real server that goes wrong by a plan: drops connections, delays, cuts answers short, answers 429 and 500 itself."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from tests.run.serving.wire import Listener, Message, read_message, written

Fault = Literal["none", "drop", "forget", "delay", "cut", "shorten", "429", "500"]
"""``drop`` closes without asking the server, ``forget`` after it has answered; ``cut`` closes amid the answer, ``shorten`` gives half of it
as if that were all."""
FAULTS: tuple[Fault, ...] = ("drop", "forget", "delay", "cut", "shorten", "429", "500")


def plan(seed: int, share: float, length: int = 10_000, faults: Sequence[Fault] = FAULTS) -> list[Fault]:
    """What becomes of the requests one by one: ``share`` of them go wrong."""
    chance = random.Random(seed)
    return [chance.choice(faults) if chance.random() < share else "none" for _ in range(length)]


class FaultProxy(Listener):
    """Forwards to ``port``; ``delay`` and what a 429 asks for, ``rest``, are in seconds.

    ``done`` counts what befell the completions asked for, ``answered`` whole answers by the request's body.
    """

    def __init__(self, port: int, faults: Sequence[Fault], delay: float = 1.0, rest: float = 1.0) -> None:
        self._port = port
        self._plan = iter(faults)
        self._delay = delay
        self._rest = rest
        self.done: Counter[Fault] = Counter()
        self.answered: Counter[bytes] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (message := await read_message(reader)) is not None:
            fault: Fault = next(self._plan) if message.method == "POST" else "none"
            if message.method == "POST":
                self.done[fault] += 1
            if not await self._reply(message, fault, writer):
                return

    async def _reply(self, message: Message, fault: Fault, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection stays."""
        if fault == "drop":
            return False
        if fault in ("429", "500"):
            asked = {"retry-after": str(self._rest)} if fault == "429" else {}
            body = b'{"error": {"message": "by plan"}}'
            writer.write(written(f"HTTP/1.1 {fault} X", {"content-length": str(len(body)), **asked}, body))
            await writer.drain()
            return True
        await asyncio.sleep(self._delay if fault == "delay" else 0)
        reply = await self._forward(message)
        if fault == "forget" or reply is None:
            return False
        body = reply.body[: len(reply.body) // 2] if fault in ("cut", "shorten") else reply.body
        length = len(reply.body if fault == "cut" else body)
        writer.write(written(reply.first, {"content-type": "application/json", "content-length": str(length)}, body))
        await writer.drain()
        if message.method == "POST" and fault in ("none", "delay") and reply.status == 200:
            self.answered[message.body] += 1
        return fault != "cut"

    async def _forward(self, message: Message) -> Message | None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(written(message.first, {**message.headers, "connection": "close"}, message.body))
            await writer.drain()
            return await read_message(reader)
        finally:
            writer.close()
