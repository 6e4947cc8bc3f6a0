"""Sends requests to one chat completions server until each is answered or given up; lives in one asyncio loop.

A request has one task, which tries one time after the other and ends once: whatever a server does, nothing is answered twice.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Mapping
from typing import Any

import msgspec

from spectool.names import nearest
from spectool.read.source import FormatError
from spectool.run.engines.engine import Completion, CompletionRequest, EngineError
from spectool.run.engines.openai_answers import completion
from spectool.run.engines.openai_messages import Habits, body
from spectool.run.engines.openai_models import Served, served_in
from spectool.run.engines.openai_trouble import LONGEST_PAUSE, Tries, Trouble, backoff, status_inside, trouble_in
from spectool.run.engines.rendering import failed

# For what a server knows at once, in seconds and tries.
QUICK, QUICK_TRIES = 30.0, 4


class Sender:
    """Asks ``model`` at ``address``, ``size`` requests at a time; ``timeout`` counts seconds of one try, ``secret`` is the key or empty."""

    def __init__(self, client: Any, address: str, model: str, size: int, timeout: float, secret: str, habits: Habits) -> None:
        self._client = client
        self._address = address
        self._model = model
        self._timeout = timeout
        self._secret = secret
        self._places = asyncio.Semaphore(size)
        self._habits = habits
        self._served = Served()
        self._answered = 0
        self._resume_at = 0.0

    async def greet(self) -> Mapping[str, str]:
        """Asks what the server is and has, which also shows whether it is there and takes the key.

        Raises:
            EngineError: it is not, or does not.
        """
        for number in range(1, QUICK_TRIES + 1):
            reply = await self._fetch("models", None, min(QUICK, self._timeout))
            if isinstance(reply, bytes):
                self._served = served_in(reply, self._address)
                break
            if reply.kind in ("unknown", "alone"):
                # Some servers list no models; whether they have this one, the first request tells.
                break
            if number == QUICK_TRIES or reply.kind in ("stop", "refused", "unreachable"):
                raise self._gone(reply)
            await asyncio.sleep(backoff(number, reply.wait if (reply.wait or 0) <= QUICK else QUICK))
        if self._served.maker == "vllm":
            self._habits = msgspec.structs.replace(self._habits, keeps_special=True)
            version = await self._fetch(f"{self._address.removesuffix('/v1')}/version", None, QUICK)
            return self._served.details(version if isinstance(version, bytes) else b"")
        return self._served.details(b"")

    async def answer(self, request: CompletionRequest) -> Completion:
        """The server's answer; with ``error`` where this request can not be answered.

        Raises:
            EngineError: no request can be.
        """
        async with self._places:
            tries = Tries(self._answered)
            while True:
                await self._pause()
                habits = self._habits
                outcome = await self._try(request, habits)
                if isinstance(outcome, Completion):
                    self._answered += 1
                    return msgspec.structs.replace(outcome, seconds=time.monotonic() - tries.began)
                if self._learnt(outcome, habits):
                    continue
                tries.count(outcome, self._answered)
                if (error := self._given_up(outcome, tries)) is not None:
                    return msgspec.structs.replace(failed(request.id, error), seconds=time.monotonic() - tries.began)
                await self._wait(outcome, tries)

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def _try(self, request: CompletionRequest, habits: Habits) -> Completion | Trouble:
        reply = await self._fetch("chat/completions", body(request, self._model, habits), self._timeout)
        if isinstance(reply, Trouble):
            return reply
        try:
            return completion(reply, request, habits)
        except FormatError as error:
            return Trouble(kind="again", reason=f"the answer is broken: {error}")

    async def _fetch(self, path: str, content: bytes | None, timeout: float) -> bytes | Trouble:
        import httpx2

        headers = {} if content is None else {"content-type": "application/json"}
        try:
            async with asyncio.timeout(timeout):
                reply = await self._client.request("GET" if content is None else "POST", path, content=content, headers=headers)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
            return Trouble(kind="unreachable", reason=f"no connection: {_cause(error)}")
        except (TimeoutError, httpx2.TimeoutException):
            return Trouble(kind="timeout", reason=f"no answer within {timeout:g} s")
        except httpx2.RequestError as error:
            return Trouble(kind="again", reason=f"the connection broke off: {self._safe(_cause(error))}")
        status = status_inside(reply.status_code, reply.content)
        if status == 200:
            return bytes(reply.content)
        trouble = trouble_in(status, reply.headers, reply.content)
        return msgspec.structs.replace(trouble, reason=self._safe(trouble.reason))

    def _learnt(self, trouble: Trouble, habits: Habits) -> bool:
        """Whether the request is to be sent again in another way, since the server said in which."""
        if trouble.kind != "alone":
            return False
        if "max_completion_tokens" in trouble.said and not habits.new_limit:
            self._habits = msgspec.structs.replace(self._habits, new_limit=True)
        elif "function.name" in trouble.said and not habits.safe_names:
            self._habits = msgspec.structs.replace(self._habits, safe_names=True)
        else:
            return False
        return True

    def _given_up(self, trouble: Trouble, tries: Tries) -> str | None:
        """Why the request is answered no more; ``None``: it is tried again.

        Raises:
            EngineError: it is not the request's fault.
        """
        if trouble.kind in ("stop", "unknown") or (trouble.kind == "refused" and not self._answered):
            raise self._gone(trouble)
        if trouble.kind in ("alone", "refused"):
            return trouble.reason
        if (trouble.wait or 0.0) > LONGEST_PAUSE:
            raise EngineError(f"the server wants {trouble.wait:,.0f} s of rest ({trouble.reason}); go on later with --resume")
        if not tries.used_up:
            return None
        if trouble.kind == "unreachable" and self._answered == tries.answered:
            raise self._gone(trouble)
        slow = "; raise --timeout, or lower --batch-size" if trouble.kind == "timeout" else ""
        return f"{trouble.reason}; gave up after {tries.all} tries{slow}"

    async def _wait(self, trouble: Trouble, tries: Tries) -> None:
        wait = backoff(max(tries.counted, 1), trouble.wait)
        if trouble.kind == "pause":
            self._resume_at = max(self._resume_at, time.monotonic() + wait)
        else:
            await asyncio.sleep(wait)

    async def _pause(self) -> None:
        """Waits while the server wants no requests at all; then not all come back in the same moment."""
        while (left := self._resume_at - time.monotonic()) > 0:
            await asyncio.sleep(left + random.uniform(0.0, min(1.0, left)))

    def _gone(self, trouble: Trouble) -> EngineError:
        if trouble.kind == "unreachable":
            start = "start one (vllm serve MODEL, llama-server, ollama serve), or name another with --base-url or OPENAI_BASE_URL"
            return EngineError(f"no server answers at {self._address} ({trouble.reason}); {start}")
        if trouble.reason.startswith(("401", "403")):
            todo = "the server refused the key in OPENAI_API_KEY" if self._secret else "the server wants a key; set OPENAI_API_KEY"
            return EngineError(f"{todo}: {trouble.reason}")
        if trouble.kind == "unknown":
            return EngineError(f"{self._address} has no model '{self._model[:80]}' ({trouble.reason}); {self._known()}")
        return EngineError(f"the server at {self._address} can not serve this run: {trouble.reason}")

    def _known(self) -> str:
        """The models that the server has, the likeliest first."""
        names = self._served.models
        if not names:
            return "it lists no models; does the address end as the server wants it, such as /v1?"
        meant = nearest(self._model[:80], names)
        shown = dict.fromkeys([*([meant] if meant else []), *names])
        listed = ", ".join(name[:80] for name in list(shown)[:10])
        return f"it has {listed}" + (f" and {len(shown) - 10:,} more" if len(shown) > 10 else "")

    def _safe(self, text: str) -> str:
        """Text without the key, should a server repeat it."""
        return text.replace(self._secret, "…") if len(self._secret) >= 8 else text


def _cause(error: BaseException) -> str:
    """What the system said, below the client's own words."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            # asyncio puts the address into the text; name servers have numbers of their own, below 0.
            return os.strerror(cause.errno) if cause.errno and cause.errno > 0 else cause.strerror
        cause = cause.__cause__ or cause.__context__
    return str(error).strip()[:200] or type(error).__name__
