"""Running a model on tasks into an outputs file: what ``spectool run`` and scripts call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from spectool import __version__
from spectool.environments.episode.feedback import Feedback
from spectool.model import Task
from spectool.read.source import key
from spectool.run.engines.engine import Engine, EngineError, Sampling
from spectool.run.episode import Agent
from spectool.run.errors import RunError
from spectool.run.host import host_facts
from spectool.run.journal import RunConfig, Sitting, Totals, tasks_digest, write_journal
from spectool.run.loop import Attempt, run_episodes, trajectory
from spectool.run.opening import check_name, opened
from spectool.run.outputs import Kept, Outputs, Place, Writing
from spectool.run.preparing import prepared
from spectool.run.progress import Found, Progress, Rates, Watch, rates_of
from spectool.run.prompts.registry import PROMPTS, constrainable, prompt


class RunSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The user's choices.

    ``max_steps`` counts assistant turns to one user message, ``world_steps`` in tasks that run in a world; ``max_new_tokens`` counts the
    tokens of one turn; ``feedback`` is how much the model is told there of calls that are not executed; ``finish`` offers the tool that
    ends a task; ``constrain`` has the engine keep to the JSON Schema of the prompt's syntax; ``logprobs`` keeps the tokens'
    log-probabilities; ``limit`` is the number of tasks to run, ``None`` for all. The rest is as in `RunConfig` and `EngineOptions`.
    """

    model: str
    model_files: str = ""
    engine: str = "transformers"
    engine_version: str = ""
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
    batch_size: int | None = None
    constrain: bool = False
    logprobs: bool = False
    quantization: str | None = None
    max_length: int | None = None
    raw_text: str | None = None
    limit: int | None = None


class RunSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did.

    ``kept`` episodes were there before (``resume``), and ``damaged`` rows were not as they had been written; ``totals``, ``rates`` and
    ``found`` are of this sitting; ``errors`` are the most frequent reasons of failed episodes.
    """

    out: str
    kept: int
    damaged: int = 0
    totals: Totals = Totals()
    rates: Rates = Rates()
    found: Found = Found()
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
    check_name(out)
    if resume and overwrite:
        raise RunError("--resume goes on with what is there and --overwrite throws it away: choose one")
    config = _config(tasks, settings)
    runnable = prepared(list(tasks.values())[: settings.limit], finish=settings.finish)
    with Writing(out):
        return _run(runnable, config, settings, start, out, resume=resume, overwrite=overwrite, on_progress=on_progress)


def _run(
    tasks: Sequence[Task],
    config: RunConfig,
    settings: RunSettings,
    start: Callable[[], Engine],
    out: Path,
    *,
    resume: bool,
    overwrite: bool,
    on_progress: Callable[[Progress], None] | None,
) -> RunSummary:
    place = opened(out, config, resume=resume, overwrite=overwrite)
    attempts = _attempts(tasks, settings, place.kept.done)
    if not attempts:
        return _summary(out, place.kept, Watch(0, None))
    with closing(start()) as engine:
        if place.replace:
            out.unlink(missing_ok=True)
        sitting = Sitting(
            started=_now(), spectool=__version__, batch_size=settings.batch_size, details=dict(engine.details), host=host_facts()
        )
        journal = msgspec.structs.replace(place.journal, sittings=(*place.journal.sittings, sitting))
        watch = Watch(len(attempts), on_progress)
        try:
            write_journal(out, journal)
            _write(attempts, settings, engine, out, len(place.kept.done), watch)
        finally:
            sitting = msgspec.structs.replace(sitting, totals=watch.totals())
            # On a full disk the journal stays as it was, like that of a run that was killed; why the run ended is told, not this.
            with suppress(OSError):
                write_journal(out, msgspec.structs.replace(journal, sittings=(*journal.sittings[:-1], sitting)))
    return _summary(out, place.kept, watch, sitting.totals)


def _summary(out: Path, kept: Kept, watch: Watch, totals: Totals | None = None) -> RunSummary:
    totals = totals or watch.totals()
    errors = tuple(reason for reason, _ in watch.errors.most_common(3))
    counts = {"kept": len(kept.done), "damaged": kept.damaged}
    return RunSummary(out=str(out), totals=totals, rates=rates_of(totals), found=watch.found(), errors=errors, **counts)


def _config(tasks: Mapping[str, Task], settings: RunSettings) -> RunConfig:
    if not tasks:
        raise RunError("there is no task to run")
    if settings.samples > 1 and settings.temperature == 0:
        raise RunError(f"{settings.samples} samples at temperature 0 would all be the same; pass --temperature 0.7, say")
    prompt(settings.prompt)
    if settings.constrain and not constrainable(prompt(settings.prompt)):
        able = ", ".join(module.NAME for module in PROMPTS if constrainable(module))
        raise RunError(f"--constrain needs a prompt whose whole answer is JSON: {able}; '{settings.prompt}' has none")
    shared = {name: getattr(settings, name) for name in RunConfig.__struct_fields__ if name != "tasks"}
    return RunConfig(tasks=tasks_digest(tasks.values()), **shared)


def _attempts(tasks: Sequence[Task], settings: RunSettings, done: frozenset[Place]) -> list[Attempt]:
    # Samples of one task are neighbours, so that an interrupted run has whole tasks.
    every = [(task, sample) for task in tasks for sample in range(settings.samples)]
    return [(task, sample) for task, sample in every if (task.id, sample) not in done]


def _write(attempts: Sequence[Attempt], settings: RunSettings, engine: Engine, out: Path, kept: int, watch: Watch) -> None:
    agent = Agent(
        engine=engine,
        prompt=prompt(settings.prompt),
        sampling=Sampling(
            max_new_tokens=settings.max_new_tokens, temperature=settings.temperature, top_p=settings.top_p, logprobs=settings.logprobs
        ),
        max_steps=settings.max_steps,
        world_steps=settings.world_steps,
        feedback=settings.feedback,
        seed=settings.seed,
        constrain=settings.constrain,
    )
    about = {"prompt": settings.prompt, "engine": engine.name, "spectool": __version__, **engine.details}
    run = f"{settings.model}/{settings.prompt}"
    try:
        with Outputs(out) as outputs:
            for number, episode in enumerate(run_episodes(attempts, agent, watch.turn), kept + 1):
                record = trajectory(episode, model=settings.model, run=run, about=about, key=key(out.name, number))
                outputs.add(record)
                watch.episode(record, episode.error)
    except EngineError as error:
        raise EngineError(f"{error}; what was finished is in {out}, go on with --resume") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
