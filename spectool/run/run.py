"""Running a model on tasks into an outputs file: what ``spectool run`` and scripts call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from spectool import __version__
from spectool.environments.episode.feedback import Feedback
from spectool.environments.episode.finish import with_finish
from spectool.environments.episode.user import script_of_user
from spectool.environments.episode.world import World
from spectool.model import Task
from spectool.read.source import key
from spectool.run.engines.engine import Engine, Sampling
from spectool.run.episode import Agent
from spectool.run.errors import RunError
from spectool.run.journal import Journal, RunConfig, Sitting, Totals, check_same, read_journal, tasks_digest, write_journal
from spectool.run.loop import Attempt, run_episodes, trajectory
from spectool.run.outputs import Done, Outputs, finished
from spectool.run.progress import Progress, Tally
from spectool.run.prompts.registry import prompt

# Episodes advancing at once, in batches: enough to sort by length, few enough that a crash early in a long run loses little.
LIVE_BATCHES = 8


class RunSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The user's choices.

    ``max_steps`` counts assistant turns to one user message, ``world_steps`` in tasks that run in a world; ``max_new_tokens`` counts the
    tokens of one turn; ``feedback`` is how much the model is told there of calls that are not executed; ``finish`` offers the tool that
    ends a task; ``limit`` is the number of tasks to run, ``None`` for all.
    """

    model: str
    engine: str = "transformers"
    prompt: str = "chat_template"
    dtype: str = "auto"
    max_new_tokens: int = 512
    max_steps: int = 6
    world_steps: int = 10
    feedback: Feedback = "error"
    finish: bool = False
    samples: int = 1
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0
    batch_size: int = 16
    limit: int | None = None


class RunSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did. ``kept`` episodes were there before (``resume``); ``errors`` are the first few reasons of failed ones."""

    out: str
    kept: int
    totals: Totals
    errors: tuple[str, ...] = ()


def run_tasks(
    tasks: Mapping[str, Task],
    settings: RunSettings,
    start: Callable[[], Engine],
    out: Path,
    *,
    resume: bool = False,
    overwrite: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> RunSummary:
    """Runs every attempt that ``out`` does not hold yet and appends it there.

    ``start`` loads the engine; it is called only once it is clear that there is something to run. ``resume`` goes on with ``out`` if it was
    made with the same settings, and tries failed episodes again; ``overwrite`` replaces it.

    Raises:
        RunError: settings that make no sense, or an ``out`` that is in the way.
        EngineError: the engine can not start or gave up; what was finished is in ``out``.
    """
    config = _config(tasks, settings)
    prepared = _prepared(tasks, settings)
    journal, done = _open(out, config, resume=resume, overwrite=overwrite)
    attempts = _attempts(prepared, settings, done)
    if not attempts:
        return RunSummary(out=str(out), kept=len(done), totals=Totals())
    engine = start()
    sitting = Sitting(started=_now(), spectool=__version__, batch_size=settings.batch_size, details=dict(engine.details))
    journal = msgspec.structs.replace(journal, sittings=(*journal.sittings, sitting))
    write_journal(out, journal)
    tally = Tally(len(attempts), on_progress)
    try:
        _write(attempts, settings, engine, out, len(done), tally)
    finally:
        sitting = msgspec.structs.replace(sitting, totals=tally.totals())
        write_journal(out, msgspec.structs.replace(journal, sittings=(*journal.sittings[:-1], sitting)))
    return RunSummary(out=str(out), kept=len(done), totals=tally.totals(), errors=tuple(tally.errors[:3]))


def _config(tasks: Mapping[str, Task], settings: RunSettings) -> RunConfig:
    if not tasks:
        raise RunError("there is no task to run")
    if settings.samples > 1 and settings.temperature == 0:
        raise RunError(f"{settings.samples} samples at temperature 0 would all be the same; pass --temperature 0.7, say")
    prompt(settings.prompt)
    shared = {name: getattr(settings, name) for name in RunConfig.__struct_fields__ if name != "tasks"}
    return RunConfig(tasks=tasks_digest(tasks.values()), **shared)


def _prepared(tasks: Mapping[str, Task], settings: RunSettings) -> list[Task]:
    """The tasks to run, each known to be one that can be.

    Raises:
        RunError: the first whose world is not the one here, whose user's script is broken, or that has a tool ``finish`` of its own.
    """
    chosen = list(tasks.values())[: settings.limit]
    try:
        prepared = [with_finish(task) for task in chosen] if settings.finish else chosen
        for task in prepared:
            World.of(task)
            script_of_user(task)
    except ValueError as error:
        raise RunError(str(error)) from None
    return prepared


def _open(out: Path, config: RunConfig, *, resume: bool, overwrite: bool) -> tuple[Journal, Done]:
    if not out.exists() or overwrite:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.unlink(missing_ok=True)
        return Journal(config=config), set()
    if not resume:
        raise RunError(f"{out} is there already; pass --resume to go on with it, --overwrite to replace it, or another -o")
    journal = read_journal(out)
    check_same(out, journal.config, config)
    return journal, finished(out)


def _attempts(tasks: Sequence[Task], settings: RunSettings, done: Done) -> list[Attempt]:
    # Samples of one task are neighbours, so that an interrupted run has whole tasks.
    every = [(task, sample) for task in tasks for sample in range(settings.samples)]
    return [(task, sample) for task, sample in every if (task.id, sample) not in done]


def _write(attempts: Sequence[Attempt], settings: RunSettings, engine: Engine, out: Path, kept: int, tally: Tally) -> None:
    agent = Agent(
        engine=engine,
        prompt=prompt(settings.prompt),
        sampling=Sampling(max_new_tokens=settings.max_new_tokens, temperature=settings.temperature, top_p=settings.top_p),
        max_steps=settings.max_steps,
        world_steps=settings.world_steps,
        feedback=settings.feedback,
        live=settings.batch_size * LIVE_BATCHES,
        seed=settings.seed,
    )
    about = {"prompt": settings.prompt, "engine": engine.name, "spectool": __version__, **engine.details}
    run = f"{settings.model}/{settings.prompt}"
    with Outputs(out) as outputs:
        for number, episode in enumerate(run_episodes(attempts, agent, tally.turn), kept + 1):
            outputs.add(trajectory(episode, model=settings.model, run=run, about=about, key=key(out.name, number)))
            tally.episode(episode.error)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
