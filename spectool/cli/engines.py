"""What verbs that start an engine share: the model a user named, the options of its engine, and an end that leaves nothing behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spectool.run.engines.options import EngineOptions
    from spectool.run.models import ModelFiles


class Ended(BaseException):
    """Someone asked the process to end (SIGTERM), as cluster schedulers do before they kill."""


def model_files(chosen: Mapping[str, Any]) -> ModelFiles:
    """The model's files; on a server, only its name.

    Raises:
        RunError: there is no such engine or model, or the engine takes no such choice.
    """
    from spectool.run.engines.facts import check_takes, is_served
    from spectool.run.engines.registry import check_known
    from spectool.run.models import ModelFiles, resolve

    engine, name = chosen["engine"], chosen["model"]
    check_known(engine)
    check_takes(engine, [each for each, value in chosen.items() if value not in (None, False, "auto")])
    if not is_served(engine):
        return resolve(name)
    return ModelFiles(name=name, location=name)


def facts_of(files: ModelFiles, engine: str) -> dict[str, str]:
    """What tells this model and what generates with it from others of the same names."""
    from spectool.run.engines.facts import engine_version, is_served
    from spectool.run.models import fingerprint

    known = "" if is_served(engine) else fingerprint(files)
    return {"model": files.name, "model_files": known, "engine_version": engine_version(engine)}


def engine_options(chosen: Mapping[str, Any]) -> EngineOptions:
    """The choices that are the engine's."""
    from spectool.run.engines.options import EngineOptions

    names = EngineOptions.__struct_fields__
    return EngineOptions(**{name: value for name, value in chosen.items() if name in names and value is not None})


@contextmanager
def ending_softly() -> Iterator[None]:
    """SIGTERM ends what runs inside as Ctrl-C does: the engine is closed, with its processes and its hold on a GPU."""

    def end(number: int, frame: object) -> None:
        raise Ended

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # only a process's main thread has signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def exit_code(stop: BaseException) -> int:
    """Of a command that was ended by Ctrl-C or by `Ended`."""
    return 130 if isinstance(stop, KeyboardInterrupt) else 128 + signal.SIGTERM
