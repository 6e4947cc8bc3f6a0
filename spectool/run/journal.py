"""The journal beside an outputs file (``outputs.jsonl.run.json``): how the rows were made, so that a run can be repeated or gone on with.

Rows of two different settings in one file would make every rate a mixture of two models. So ``--resume`` compares the settings first
and refuses when they differ.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from spectool.environments.episode.feedback import Feedback
from spectool.model import Task
from spectool.run.errors import RunError

SCHEMA_VERSION = 1
SUFFIX = ".run.json"
# Facts that older journals lack and that can not be found out everywhere: an empty one differs from nothing.
_MAYBE_UNKNOWN = frozenset({"model_files", "engine_version"})

J = TypeVar("J", bound=msgspec.Struct)


class RunConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that decides what the model answers.

    ``tasks`` is the SHA-256 of the tasks as read, not of their file; ``model_files`` is the model's fingerprint, empty where its files are
    not here (a hub id, a server); ``engine_version`` names the packages that generate.
    """

    tasks: str
    model: str
    model_files: str = ""
    engine: str
    engine_version: str = ""
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
    constrain: bool = False
    logprobs: bool = False
    quantization: str | None = None
    max_length: int | None = None
    raw_text: str | None = None


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

    ``details`` are the engine's (versions, dtype, device) and ``host`` the machine's (system, processor, cores, memory, Python). ``totals``
    is ``None`` while it runs, and for good if it was killed.
    """

    started: str
    spectool: str
    batch_size: int | None
    details: Mapping[str, str] = msgspec.field(default_factory=dict)
    host: Mapping[str, str] = msgspec.field(default_factory=dict)
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
    return journal_as(Journal, out, "choose another -o, or --overwrite the outputs")


def journal_as(kind: type[J], out: Path, instead: str) -> J:
    """A journal of some kind; ``instead`` says what to do where it is of no use.

    Raises:
        RunError: there is none, or it can not be read.
    """
    path = journal_path(out)
    try:
        content = path.read_bytes()
        version = msgspec.json.decode(content, type=_Version).schema_version
        if version == SCHEMA_VERSION:
            return msgspec.json.decode(content, type=kind)
    except FileNotFoundError:
        raise RunError(f"{out} has no journal '{path.name}' beside it, so its settings are unknown; {instead}") from None
    except msgspec.MsgspecError as error:
        raise RunError(f"{path} can not be read as a journal: {error}; {instead}") from None
    raise RunError(f"{path} is of version {version}, and this SpecTool goes on with version {SCHEMA_VERSION} only; {instead}")


class _Version(msgspec.Struct):
    schema_version: int


def write_journal(out: Path, journal: msgspec.Struct) -> None:
    """Replaces the journal in one step; a reader never sees half of it."""
    replace_file(journal_path(out), msgspec.json.format(msgspec.json.encode(journal), indent=2) + b"\n")


def replace_file(path: Path, content: bytes) -> None:
    """Writes beside ``path`` and renames."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            # Or a power cut could leave the new name with nothing in it.
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def check_same(out: Path, before: J, now: J, instead: str = "use the same ones or choose another -o") -> None:
    """Refuses to mix rows of different settings; ``instead`` says what to do then.

    Raises:
        RunError: naming each setting that differs.
    """
    pairs = [(name, getattr(before, name), getattr(now, name)) for name in now.__struct_fields__]
    changed = [_changed(*pair) for pair in pairs if _differs(*pair)]
    if changed:
        raise RunError(f"{out} was made with other settings: {'; '.join(changed)}; {instead}")


def _differs(name: str, before: object, now: object) -> bool:
    return before != now and not (name in _MAYBE_UNKNOWN and "" in (before, now))


def _changed(name: str, before: object, now: object) -> str:
    if name == "tasks":
        return "other tasks"
    if name == "prompts":
        return "other prompts or another taxonomy"
    return "other files of the model" if name == "model_files" else f"{name} was {before!r} and is now {now!r}"
