"""What a run finds where it is to write: nothing, rows to go on with, or something that it must not touch."""

from __future__ import annotations

from pathlib import Path

import msgspec

from spectool.run.errors import RunError
from spectool.run.journal import Journal, RunConfig, check_same, read_journal
from spectool.run.outputs import Kept, finished

# What other readers would unpack; rows are appended as they are.
_PACKED = frozenset({".gz", ".zst"})


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """The journal to go on with and the rows that stay; ``replace`` says that what lies there goes once the engine has started."""

    journal: Journal
    kept: Kept = Kept()
    replace: bool = False


def opened(out: Path, config: RunConfig, *, resume: bool, overwrite: bool) -> Opened:
    """Decides what becomes of ``out``; an empty file is as good as none.

    Raises:
        RunError: ``out`` is in the way, or ``resume`` would mix rows of different settings.
    """
    if overwrite or not out.exists() or out.stat().st_size == 0:
        return Opened(journal=Journal(config=config), replace=True)
    if not resume:
        raise RunError(f"{out} is there already; pass --resume to go on with it, --overwrite to replace it, or another -o")
    journal = read_journal(out)
    check_same(out, journal.config, config)
    return Opened(journal=journal, kept=finished(out))


def check_name(out: Path) -> None:
    """Whether a file of that name can hold rows.

    Raises:
        RunError: it is a folder's, a device's or the like, or of a packed file.
    """
    if out.is_dir():
        raise RunError(f"{out} is a folder; -o names a file, such as {out / 'outputs.jsonl'}")
    if out.exists() and not out.is_file():
        raise RunError(f"{out} is no plain file; rows are kept in one, beside their journal; choose another -o")
    if out.suffix in _PACKED:
        raise RunError(f"{out} would not be packed, as its name says: rows are appended one by one; choose -o {out.with_suffix('')}")
