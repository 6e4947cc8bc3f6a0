"""Any server with an OpenAI-compatible chat completions API: ``vllm serve``, llama.cpp's, Ollama, hosted ones.

The HTTP client is httpx2 and not the ``openai`` package, which turns answers into objects of its own on the way; what the model wrote is to
stay as the server gave it, and when to try again is decided here. The client lives in a thread, so that requests are under way while the
loop executes calls.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import Future
from importlib.metadata import version
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from spectool.read.dialects.registry import dialect
from spectool.run.engines.engine import Completion, CompletionRequest, Engine, EngineError, ToolSection
from spectool.run.engines.openai_address import EXAMPLE, base_url, is_here, key
from spectool.run.engines.openai_messages import Habits
from spectool.run.engines.openai_sender import Sender
from spectool.run.engines.options import EngineOptions
from spectool.run.models import ModelFiles

NAME = "openai"
# Requests under way at once where the user does not say.
SIZE = 32
# The dialect of calls that a server parsed.
NATIVE = "native"

T = TypeVar("T")


def load(model: ModelFiles, options: EngineOptions) -> Engine:
    """Connects to a server; ``model.name`` is the name that the server gives the model.

    Raises:
        EngineError: there is no address or no server, it refuses the key, or there is no such dialect.
    """
    address, secret = base_url(options.base_url), key()
    calls_in = _dialect(options.raw_text)
    try:
        import httpx2
    except ImportError as error:
        raise EngineError(f"engine 'openai' needs {error.name}: pip install 'spectool[openai]'") from None
    size = options.batch_size or SIZE
    try:
        client = httpx2.AsyncClient(
            base_url=address,
            headers={"authorization": f"Bearer {secret}"} if secret else {},
            # The whole of a try has a limit of its own.
            timeout=httpx2.Timeout(None, connect=min(30.0, options.timeout)),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=size),
            # A machine's proxies are for the world outside.
            trust_env=not is_here(address),
        )
    except httpx2.InvalidURL as error:
        raise EngineError(f"expected an address such as {EXAMPLE}, got '{address[:80]}' ({error})") from None
    sender = Sender(client, address, model.name, size, options.timeout, secret, Habits(raw_text=calls_in != NATIVE))
    return OpenAIEngine(sender, size, address, calls_in)


def _dialect(raw_text: str | None) -> str:
    if raw_text is None:
        return NATIVE
    try:
        return dialect(raw_text).NAME
    except ValueError as error:
        raise EngineError(f"--raw-text: {error}") from None


class OpenAIEngine:
    """A server behind an address."""

    name = NAME

    def __init__(self, sender: Sender, size: int, address: str, calls_in: str) -> None:
        self.tool_section: ToolSection | None = ToolSection(dialect=calls_in)
        # Some over what is sent, so that a place that falls free is taken before the loop has looked.
        self.capacity = size + max(2, size // 4)
        self._sender = sender
        self._done: SimpleQueue[tuple[str, Completion | Exception]] = SimpleQueue()
        self._under_way: set[str] = set()
        self._broken: Exception | None = None
        self._background: _Background | None = _Background()
        try:
            found = self._background.run(sender.greet())
        except BaseException:
            self.close()
            raise
        self.details: Mapping[str, str] = {**found, "base_url": address, "httpx2": version("httpx2")}

    def submit(self, requests: Sequence[CompletionRequest]) -> None:
        """Sends the requests, or has them wait for their place; once the server is gone they stay unanswered."""
        if self._background is None or self._broken is not None:
            return
        for request in requests:
            self._under_way.add(request.id)
            self._background.start(self._answer(request))

    def finished(self) -> Sequence[Completion]:
        """Waits for one answer and takes those along that are there by then."""
        done: list[Completion] = []
        while self._under_way and (not done or not self._done.empty()):
            if self._broken is not None and self._done.empty():
                break
            self._take(done)
        if not done and self._broken is not None:
            raise self._broken
        return done

    def close(self) -> None:
        """Gives up what is under way and closes the connections."""
        background, self._background = self._background, None
        if background is not None:
            background.close(self._sender.close())
        self._under_way.clear()

    def _take(self, done: list[Completion]) -> None:
        identifier, outcome = self._done.get()
        self._under_way.discard(identifier)
        if isinstance(outcome, Completion):
            done.append(outcome)
        elif self._broken is None:
            self._broken = outcome

    async def _answer(self, request: CompletionRequest) -> None:
        try:
            outcome: Completion | Exception = await self._sender.answer(request)
        except Exception as error:
            # Raised where the answer is waited for.
            outcome = error
        self._done.put((request.id, outcome))


class _Background:
    """An asyncio loop in a thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="openai", daemon=True)
        self._thread.start()

    def start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.start(work).result()

    def close(self, last: Coroutine[Any, Any, None]) -> None:
        """Cancels what runs, then does the ``last`` work."""
        self.run(self._cancel())
        self.run(last)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _cancel(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
