"""What runs on a cluster's machines for the Ray engine: one vLLM engine an actor, with many requests under way at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread

import msgspec

from spectool.run.engines import vllm
from spectool.run.engines.engine import Completion, CompletionRequest, Engine, EngineError, ToolSection
from spectool.run.engines.options import EngineOptions
from spectool.run.models import ModelFiles


class WorkerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the engine of a worker tells about itself; the fields are those of `Engine`."""

    tool_section: ToolSection | None
    capacity: int
    details: Mapping[str, str]


class Worker:
    """An actor. Its engine belongs to one thread, which hands it what came in and sends back what is done."""

    def __init__(self, model: ModelFiles, options: EngineOptions) -> None:
        self._model = model
        self._options = options
        self._new: SimpleQueue[CompletionRequest] = SimpleQueue()
        self._answers: dict[str, Future[Completion]] = {}
        self._broken: EngineError | None = None

    async def start(self) -> WorkerFacts:
        """Loads the model; a call of its own, so that the reason of a failure reaches the caller as it is.

        Raises:
            RunError: it can not be loaded here.
        """
        engine = vllm.load(self._model, self._options)
        Thread(target=self._work, args=(engine,), daemon=True).start()
        return WorkerFacts(tool_section=engine.tool_section, capacity=engine.capacity, details=engine.details)

    async def generate(self, request: CompletionRequest) -> Completion:
        """One turn; the caller has as many of these calls under way as it likes.

        Raises:
            EngineError: the engine is of no use any more.
        """
        answer = self._answers[request.id] = Future()
        # Only now: an engine that breaks between the two would leave the answer waiting for ever.
        if self._broken is not None:
            raise self._broken
        self._new.put(request)
        return await asyncio.wrap_future(answer)

    def _work(self, engine: Engine) -> None:
        under_way = 0
        try:
            while True:
                # It waits here only when the engine has nothing to do.
                requests = [self._new.get()] if not under_way else []
                while not self._new.empty():
                    requests.append(self._new.get())
                engine.submit(requests)
                done = engine.finished()
                under_way += len(requests) - len(done)
                for completion in done:
                    self._answers.pop(completion.id).set_result(completion)
        except Exception as error:
            # Whatever ends this thread, those who wait have to hear of it.
            self._break(error if isinstance(error, EngineError) else EngineError(f"{type(error).__name__}: {str(error)[:300]}"))

    def _break(self, error: EngineError) -> None:
        self._broken = error
        while self._answers:
            _, answer = self._answers.popitem()
            answer.set_exception(error)
