"""An episode: one attempt of a model at one task, a turn at a time.

It ends when the model answers without calling, when it calls ``finish`` where that is offered, when its steps are used up, or when the
engine could not generate a turn. Calls are answered by the task's world (executable environments), else by its scripted tools; a task with
neither ends after the model's first turn. User messages after the first wait until the model has answered the one before; where the task
has a user who answers back, the user speaks next, until content.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from hashlib import blake2b
from typing import Literal

import msgspec

from spectool.environments.episode.feedback import Feedback
from spectool.environments.episode.user import ScriptedUser, User
from spectool.environments.episode.world import World
from spectool.model import Call, Message, Request, Result, Step, Task, Tool
from spectool.read.formats.bfcl import languages, wording
from spectool.read.replies import ScriptedTools, script_of
from spectool.read.steps import step_from_native, step_from_text
from spectool.run.engines.engine import Completion, CompletionRequest, Engine, Sampling
from spectool.run.prompts.registry import Prompt

Stopped = Literal["answered", "finished", "max_steps", "error"]


class Agent(msgspec.Struct, frozen=True, kw_only=True):
    """What stays the same over all episodes of a run.

    ``max_steps`` counts assistant turns to one user message, ``world_steps`` in a task that runs in a world; ``feedback`` is how much
    the model is told there of calls that are not executed; ``user`` makes whoever answers back (``None``: nobody); ``live`` is the number
    of episodes that advance together (``None``: as many as the engine wants);
    ``constrain`` has the engine keep to the JSON Schema of the prompt's syntax.
    """

    engine: Engine
    prompt: Prompt
    sampling: Sampling = Sampling()
    max_steps: int = 6
    world_steps: int = 10
    feedback: Feedback = "error"
    user: Callable[[Task], User | None] = ScriptedUser.of
    live: int | None = None
    seed: int = 0
    constrain: bool = False


class Episode:
    """One attempt at one task, so far.

    ``stage_of_turn`` says for each user turn to which stage of the user's script it belongs; empty where nobody answers back.
    """

    def __init__(self, task: Task, sample: int, agent: Agent) -> None:
        self.task = task
        self.sample = sample
        self.id = f"{task.id}#{sample}"
        self.turns: list[Message | Step] = []
        self.stopped: Stopped | None = None
        self.error: str | None = None
        self.completions: list[Completion] = []
        self.dialect: str | None = None
        self.world = World.of(task, agent.feedback)
        self.stage_of_turn: list[int] = []
        self._agent = agent
        self._tools: tuple[Tool, ...] = task.tool_sets[0] if task.tool_sets else ()
        self._language = str(task.meta.get("language", "python"))
        self._offered = wording.offered(self._tools, self._language)
        script = script_of(task) if self.world is None else None
        self._scripted = None if script is None else ScriptedTools(script, [tool.name for tool in self._tools])
        # Where nothing executes calls, a world of no environments still hears of the one that ends the task.
        self._ending = self.world or World((), self._tools_to_end(), feedback=agent.feedback, finish=task.request.finish)
        self._user = agent.user(task)
        self._waiting = deque(task.messages)
        self._steps = 0
        self._next_user_message()

    @property
    def request_made(self) -> Request:
        """What was asked of the model, with the dialect and the limit that this run chose."""
        limit = self.task.request.max_steps if self.world is None else self._agent.world_steps
        constrained = self._agent.constrain or self.task.request.constrained
        return msgspec.structs.replace(self.task.request, dialect=self.dialect, max_steps=limit, constrained=constrained)

    def request(self) -> CompletionRequest:
        """The next assistant turn to generate."""
        rendered = self._agent.prompt.render(self._offered, self.turns, self._agent.engine.tool_section)
        self.dialect = self._ending.dialect = languages.asked(rendered.dialect, self._language)
        # A seed of its own makes a sampled turn the same whatever else is in the batch, where the engine can seed single requests.
        digest = blake2b(f"{self._agent.seed}\0{self.id}\0{len(self.turns)}".encode(), digest_size=4).digest()
        return CompletionRequest(
            id=self.id,
            messages=rendered.messages,
            tools=rendered.tools,
            sampling=self._agent.sampling,
            seed=int.from_bytes(digest),
            schema=rendered.schema if self._agent.constrain else None,
        )

    def advance(self, completion: Completion) -> None:
        """Takes the model's turn, answers its calls, and decides whether the episode goes on."""
        self.completions.append(completion)
        self._steps += 1
        if completion.error is not None:
            return self.fail(completion.error, completion.seconds)
        step = self._step(completion)
        self._append(step)
        self.stopped = self._end(calls=bool(step.calls))

    def fail(self, reason: str, seconds: float | None = None) -> None:
        """Ends the episode where nothing of the model is to blame; a resumed run tries it again. ``seconds`` is what its turn took."""
        self.turns.append(Step(text=reason, finish_reason="error", time=seconds))
        self.error, self.stopped = reason, "error"

    def _end(self, *, calls: bool) -> Stopped | None:
        """Why the episode ends after this turn; ``None``: it goes on."""
        if self._ending.finished:
            return "finished"
        if calls and (self.world is not None or self._scripted is not None):
            most = self._agent.max_steps if self.world is None else self._agent.world_steps
            return "max_steps" if self._steps >= most else None
        return None if self._next_user_message() else "answered"

    def _step(self, completion: Completion) -> Step:
        names = [tool.name for tool in self._tools]
        asked, reason, reasoning = self.dialect, completion.finish_reason, completion.reasoning
        if completion.calls is not None:
            step = step_from_native(completion.text, completion.calls, names=names, asked=asked, finish_reason=reason, reasoning=reasoning)
        else:
            step = step_from_text(completion.text, names=names, asked=asked, finish_reason=reason, reasoning=reasoning)
        step = languages.with_values(step, self._tools, self._language)
        return msgspec.structs.replace(step, time=round(completion.seconds, 3), logprobs=completion.logprobs)

    def _append(self, step: Step) -> None:
        """The step with its calls' results, and the results as the tool messages that the model sees next."""
        answered = tuple(msgspec.structs.replace(call, result=self._reply(call)) for call in step.calls)
        text = step.text or self._ending.answer or ""
        self.turns.append(msgspec.structs.replace(step, calls=answered, text=text))
        self.turns.extend(Message(role="tool", content=call.result.content) for call in answered if call.result is not None)

    def _reply(self, call: Call) -> Result | None:
        """What comes back for a call; ``None`` where nothing answers calls."""
        if self.world is not None or call.name == self.task.request.finish:
            return self._ending.reply(call)
        return self._scripted.reply(call) if self._scripted is not None else None

    def _tools_to_end(self) -> tuple[Tool, ...]:
        return tuple(tool for tool in self._tools if tool.name == self.task.request.finish)

    def _next_user_message(self) -> bool:
        """Moves waiting messages, up to and with the next user message, into the conversation; where none waits, the user is asked.

        ``False`` when there is no more to say.
        """
        if not self._waiting:
            said = self._user.reply(self.turns) if self._user is not None else None
            if said is None:
                return False
            self._waiting.append(Message(role="user", content=said))
        self._steps = 0
        # Messages of several users and earlier answers that all come before the model first speaks.
        given = self.task.meta.get("opening")
        opening = given if isinstance(given, int) else 0
        while self._waiting:
            message = self._waiting.popleft()
            self.turns.append(message)
            if message.role == "user" and len(self.turns) >= opening:
                if self._user is not None:
                    self.stage_of_turn.append(self._user.stage)
                break
        return True
