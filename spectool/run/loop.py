"""The agent loop: all live episodes advance together, one batch of assistant turns at a time.

An episode is one attempt at one task. It ends when the model answers without calling, when its steps are used up, or when the engine
could not generate a turn. A task without scripted tools ends after the model's first turn. User messages after the first wait until
the model has answered the one before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Literal

import msgspec

from spectool.model import Message, Step, Task, Tool, Trajectory
from spectool.read.replies import ScriptedTools, script_of
from spectool.read.steps import step_from_native, step_from_text
from spectool.run.engines.engine import Completion, CompletionRequest, Engine, EngineError, Sampling
from spectool.run.prompts.registry import Prompt

Stopped = Literal["answered", "max_steps", "error"]
Attempt = tuple[Task, int]


class Agent(msgspec.Struct, frozen=True, kw_only=True):
    """What stays the same over all episodes of a run.

    ``max_steps`` counts assistant turns to one user message; ``live`` is the number of episodes that advance together.
    """

    engine: Engine
    prompt: Prompt
    sampling: Sampling = Sampling()
    max_steps: int = 6
    live: int = 128
    seed: int = 0


class Episode:
    """One attempt at one task, so far."""

    def __init__(self, task: Task, sample: int, agent: Agent) -> None:
        self.task = task
        self.sample = sample
        self.id = f"{task.id}#{sample}"
        self.turns: list[Message | Step] = []
        self.stopped: Stopped | None = None
        self.error: str | None = None
        self.completions: list[Completion] = []
        self.dialect: str | None = None
        self._agent = agent
        self._tools: tuple[Tool, ...] = task.tool_sets[0] if task.tool_sets else ()
        script = script_of(task)
        self._world = None if script is None else ScriptedTools(script, [tool.name for tool in self._tools])
        self._waiting = deque(task.messages)
        self._steps = 0
        self._next_user_message()

    def request(self) -> CompletionRequest:
        """The next assistant turn to generate."""
        rendered = self._agent.prompt.render(self._tools, self.turns, self._agent.engine.tool_section)
        self.dialect = rendered.dialect
        # A seed of its own makes a sampled turn the same whatever else is in the batch, where the engine can seed single requests.
        digest = blake2b(f"{self._agent.seed}\0{self.id}\0{len(self.turns)}".encode(), digest_size=4).digest()
        return CompletionRequest(id=self.id, messages=rendered.messages, tools=rendered.tools, seed=int.from_bytes(digest))

    def advance(self, completion: Completion) -> None:
        """Takes the model's turn, answers its calls, and decides whether the episode goes on."""
        self.completions.append(completion)
        self._steps += 1
        if completion.error is not None:
            self.turns.append(Step(text=completion.error, finish_reason="error", time=completion.seconds))
            self.error, self.stopped = completion.error, "error"
            return
        step = self._step(completion)
        goes_on = bool(step.calls) and self._world is not None
        self._append(step)
        if goes_on and self._steps >= self._agent.max_steps:
            self.stopped = "max_steps"
        elif not goes_on and not self._next_user_message():
            self.stopped = "answered"

    def _step(self, completion: Completion) -> Step:
        names = [tool.name for tool in self._tools]
        asked, reason, reasoning = self.dialect, completion.finish_reason, completion.reasoning
        if completion.calls is not None:
            step = step_from_native(completion.text, completion.calls, names=names, asked=asked, finish_reason=reason, reasoning=reasoning)
        else:
            step = step_from_text(completion.text, names=names, asked=asked, finish_reason=reason, reasoning=reasoning)
        return msgspec.structs.replace(step, time=round(completion.seconds, 3), logprobs=completion.logprobs)

    def _append(self, step: Step) -> None:
        """The step with its calls' results, and the results as the tool messages that the model sees next."""
        if self._world is None:
            self.turns.append(step)
            return
        answered = tuple(msgspec.structs.replace(call, result=self._world.reply(call)) for call in step.calls)
        self.turns.append(msgspec.structs.replace(step, calls=answered))
        self.turns.extend(Message(role="tool", content=call.result.content) for call in answered if call.result is not None)

    def _next_user_message(self) -> bool:
        """Moves waiting messages, up to and with the next user message, into the conversation; ``False`` when none waits."""
        if not self._waiting:
            return False
        self._steps = 0
        while self._waiting:
            message = self._waiting.popleft()
            self.turns.append(message)
            if message.role == "user":
                break
        return True


def run_episodes(attempts: Sequence[Attempt], agent: Agent, on_turn: Callable[[Completion], None] | None = None) -> Iterator[Episode]:
    """Yields each episode as it ends; ``on_turn`` hears of every assistant turn.

    Raises:
        EngineError: the engine gave up, or left a request without an answer.
    """
    waiting = deque(attempts)
    live: dict[str, Episode] = {}
    while waiting or live:
        while waiting and len(live) < agent.live:
            episode = Episode(*waiting.popleft(), agent)
            live[episode.id] = episode
        unanswered = set(live)
        for completion in agent.engine.complete([episode.request() for episode in live.values()], agent.sampling):
            unanswered.discard(completion.id)
            episode = live[completion.id]
            episode.advance(completion)
            if on_turn is not None:
                on_turn(completion)
            if episode.stopped is not None:
                yield live.pop(completion.id)
        if unanswered:
            left = f"{len(unanswered)} requests without an answer, among them '{min(unanswered)}'"
            raise EngineError(f"engine '{agent.engine.name}' left {left}")


def trajectory(episode: Episode, *, model: str, run: str, about: Mapping[str, Any], key: str) -> Trajectory:
    """The record of an episode that ended, self-contained: tools, gold, request and turns.

    ``about`` is what is the same for the whole run (prompt, engine, versions), kept in ``meta["run"]``.
    """
    task, completions = episode.task, episode.completions
    # The script is part of the task; what it answered is in the turns.
    meta = {name: value for name, value in task.meta.items() if name != "script"}
    meta |= {
        "stopped": episode.stopped,
        "prompt_hash": completions[0].prompt_hash,
        "prompt_tokens": sum(completion.prompt_tokens for completion in completions),
        "completion_tokens": sum(completion.completion_tokens for completion in completions),
        "seconds": round(sum(completion.seconds for completion in completions), 3),
        "run": dict(about),
    }
    if episode.error is not None:
        meta["error"] = episode.error
    return Trajectory(
        key=key,
        id=task.id if episode.sample == 0 else episode.id,
        task=task.id,
        sample=episode.sample,
        model=model,
        run=run,
        tool_sets=task.tool_sets,
        request=msgspec.structs.replace(task.request, dialect=episode.dialect),
        turns=tuple(episode.turns),
        gold=task.gold,
        tags=task.tags,
        meta=meta,
    )
