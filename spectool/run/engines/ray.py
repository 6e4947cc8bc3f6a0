"""Ray: as many vLLM engines as a cluster has room for, each an actor that Ray places, starts and watches.

Requests wait here and go to the engine with the fewest under way; each engine schedules its own. A worker that is lost is started anew and
what it had under way goes to the others. Why not Ray Data's processor: docs/decisions/05-ray-actors.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

import msgspec

from spectool.run.engines.engine import Completion, CompletionRequest, Engine, EngineError
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.ray_cluster import join, needs
from spectool.run.engines.ray_worker import Worker, WorkerFacts
from spectool.run.errors import RunError
from spectool.run.models import ModelFiles

NAME = "ray"
# Workers that may be lost in one run, for each one asked for: machines are taken away now and then, a model that breaks every engine
# must not go on for ever.
LOSSES = 3
_INSTALL = "pip install 'spectool[ray,vllm]', on all machines of the cluster"


def load(model: ModelFiles, options: EngineOptions) -> Engine:
    """Joins the cluster that ``RAY_ADDRESS`` or this machine's own Ray names, else starts one on this machine, and loads the model there.

    Raises:
        EngineError: Ray is missing, the cluster is not reached or too small, or the model can not be loaded there.
    """
    try:
        ray = import_module("ray")
    except ImportError as error:
        raise EngineError(f"engine 'ray' needs {error.name}: {_INSTALL}") from None
    ours = not ray.is_initialized()
    if ours:
        join(ray)
    try:
        return RayEngine(ray, model, options, needs(ray.nodes(), options), ours=ours)
    except BaseException:
        if ours:
            ray.shutdown()
        raise


class _Place(msgspec.Struct):
    """A worker that is up, and how many requests it has."""

    actor: Any
    capacity: int
    load: int = 0


class RayEngine:
    """Engines on a cluster, as one."""

    name = NAME

    def __init__(self, ray: Any, model: ModelFiles, options: EngineOptions, taken: Mapping[str, float], *, ours: bool) -> None:
        self._ray = ray
        self._ours = ours
        self._arguments = (model, options)
        self._actor: Any = ray.remote(**taken)(Worker)
        self._waiting: deque[CompletionRequest] = deque()
        self._under_way: dict[Any, tuple[CompletionRequest, _Place]] = {}
        self._starting: dict[Any, Any] = {}
        self._places: list[_Place] = []
        self._losses_left = LOSSES * options.workers
        for _ in range(options.workers):
            self._start()
        # The first that is up tells what they all are; the others join while it works.
        while not self._places:
            self._settle_starts(self._ready(self._starting))
        self.tool_section = self._facts.tool_section
        self.capacity = self._facts.capacity * options.workers
        self.details: Mapping[str, str] = {**self._facts.details, "ray": version("ray"), "workers": str(options.workers)}

    def submit(self, requests: Sequence[CompletionRequest]) -> None:
        """Sends what there is room for; the rest waits here, for whichever worker is free first."""
        self._waiting.extend(requests)
        self._send()

    def finished(self) -> Sequence[Completion]:
        """Waits for any worker."""
        done: list[Completion] = []
        while (self._under_way or self._waiting) and not done:
            ready = self._ready([*self._under_way, *self._starting])
            self._settle_starts([reference for reference in ready if reference in self._starting])
            done = [each for reference in ready if (each := self._settle(reference)) is not None]
            self._send()
        return done

    def close(self) -> None:
        """Ends the workers, and the cluster where it was started here."""
        for actor in (*self._starting.values(), *(place.actor for place in self._places)):
            self._ray.kill(actor)
        self._starting, self._places, self._under_way = {}, [], {}
        self._waiting.clear()
        if self._ours and self._ray.is_initialized():
            self._ray.shutdown()

    def _ready(self, references: Any) -> list[Any]:
        """Waits for one, and takes all that are ready by then."""
        every = list(references)
        self._ray.wait(every, num_returns=1)
        ready: list[Any] = self._ray.wait(every, num_returns=len(every), timeout=0)[0]
        return ready

    def _send(self) -> None:
        while self._waiting and self._places:
            place = min(self._places, key=lambda place: place.load / place.capacity)
            if place.load >= place.capacity:
                return
            request = self._waiting.popleft()
            place.load += 1
            self._under_way[place.actor.generate.remote(request)] = (request, place)

    def _settle(self, reference: Any) -> Completion | None:
        """The completion; ``None`` when the worker was lost, and the request waits again."""
        if reference not in self._under_way:
            return None
        request, place = self._under_way.pop(reference)
        place.load -= 1
        try:
            completion: Completion = self._ray.get(reference)
        except (EngineError, self._ray.exceptions.RayError) as error:
            self._waiting.appendleft(request)
            if place in self._places:
                self._places.remove(place)
                self._replace(place.actor, error)
            return None
        return completion

    def _start(self) -> None:
        actor = self._actor.remote(*self._arguments)
        self._starting[actor.start.remote()] = actor

    def _settle_starts(self, references: Sequence[Any]) -> None:
        for reference in references:
            actor = self._starting.pop(reference)
            try:
                self._facts: WorkerFacts = self._ray.get(reference)
            except RunError as error:
                # The model or its options are at fault: another machine would say the same.
                raise EngineError(f"on the cluster: {getattr(error, 'cause', error)}") from error
            except self._ray.exceptions.RayError as error:
                self._replace(actor, error)
                continue
            self._places.append(_Place(actor=actor, capacity=self._facts.capacity))

    def _replace(self, actor: Any, error: Exception) -> None:
        self._losses_left -= 1
        if self._losses_left < 0:
            reason = str(getattr(error, "cause", None) or error).strip().splitlines() or [type(error).__name__]
            raise EngineError(f"too many workers of the Ray cluster were lost, the last one so: {reason[0][:300]}") from error
        self._ray.kill(actor)
        self._start()
