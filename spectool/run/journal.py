"""The journal beside an outputs file (``outputs.jsonl.run.json``): how the rows were made, so that a run can be repeated or gone on with.

Rows of two different settings in one file would make every rate a mixture of two models. So ``--resume`` compares the settings first
and refuses when they differ.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from spectool.environments.episode.feedback import Feedback
from spectool.model import Task
from spectool.run.errors import RunError

SCHEMA_VERSION = 1
SUFFIX = ".run.json"


class RunConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that decides what the model answers. ``tasks`` is the SHA-256 of the tasks as read, not of their file.

    ``world_steps``, ``feedback`` and ``finish`` are newer than the rest; journals without them are of runs that did as their defaults say.
    """

    tasks: str
    model: str
    engine: str
    prompt: str
    dtype: str
    max_new_tokens: int
    max_steps: int
    samples: int
    temperature: float
    top_p: float
    seed: int
    world_steps: int = 10
    feedback: Feedback = "error"
    finish: bool = False


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over one sitting: episodes, seconds of wall time (loading the model apart), tokens."""

    episodes: int = 0
    failed: int = 0
    turns: int = 0
    seconds: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """One start of the command: when (UTC, ISO 8601), with what, and what it did.

    ``totals`` is ``None`` while it runs, and for good if it was killed.
    """

    started: str
    spectool: str
    batch_size: int
    details: Mapping[str, str] = msgspec.field(default_factory=dict)
    totals: Totals | None = None


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    schema_version: int = SCHEMA_VERSION
    config: RunConfig
    sittings: tuple[Sitting, ...] = ()


def tasks_digest(tasks: Iterable[Task]) -> str:
    """SHA-256 over the tasks in order of their ids, so that moving or reordering a file changes nothing."""
    digest = sha256()
    for task in sorted(tasks, key=lambda each: each.id):
        digest.update(msgspec.json.encode(task, order="sorted") + b"\n")
    return digest.hexdigest()


def journal_path(out: Path) -> Path:
    """Where the journal of an outputs file lies."""
    return out.with_name(out.name + SUFFIX)


def read_journal(out: Path) -> Journal:
    """The journal of an outputs file.

    Raises:
        RunError: there is none, or it can not be read.
    """
    path = journal_path(out)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Journal)
    except FileNotFoundError:
        raise RunError(f"{out} has no journal '{path.name}' beside it, so its settings are unknown; choose another -o") from None
    except msgspec.MsgspecError as error:
        raise RunError(f"{path} can not be read as a journal: {error}") from None


def write_journal(out: Path, journal: Journal) -> None:
    """Replaces the journal in one step; a reader never sees half of it."""
    replace_file(journal_path(out), msgspec.json.format(msgspec.json.encode(journal), indent=2) + b"\n")


def replace_file(path: Path, content: bytes) -> None:
    """Writes beside ``path`` and renames."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def check_same(out: Path, before: RunConfig, now: RunConfig) -> None:
    """Refuses to mix rows of different settings.

    Raises:
        RunError: naming each setting that differs.
    """
    pairs = [(name, getattr(before, name), getattr(now, name)) for name in RunConfig.__struct_fields__]
    changed = ["other tasks" if name == "tasks" else f"{name} was {old!r} and is now {new!r}" for name, old, new in pairs if old != new]
    if changed:
        raise RunError(f"{out} was made with other settings: {'; '.join(changed)}; use the same ones or choose another -o")
