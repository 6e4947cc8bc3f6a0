"""The file that a verb writes: that it may be written, and one clear line where it can not."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import click


def check_target(out: str, *, overwrite: bool) -> None:
    """That ``-o`` names a new file, one to replace, or ``-``.

    Raises:
        click.ClickException: it does not.
    """
    from spectool.read.record import quoted

    path = Path(out)
    if out == "-" or not path.exists():
        return
    if path.is_dir():
        raise click.ClickException(f"-o: {quoted(out)} is a folder; name a file")
    if not path.is_file():
        raise click.ClickException(f"-o: {quoted(out)} is no regular file; -o - writes to standard output")
    if not overwrite:
        raise click.ClickException(f"-o: {quoted(out)} is there already; pass --overwrite to replace it, or another -o")


def opened(stack: ExitStack, out: str, option: str = "-o") -> IO[bytes]:
    """A new file that ``stack`` closes, or standard output for ``-``.

    Raises:
        click.ClickException: it cannot be written; the system's own message would name a passing file, which nobody asked for.
    """
    from spectool.read.record import quoted
    from spectool.results.convert import new_file

    if out == "-":
        return sys.stdout.buffer
    try:
        return stack.enter_context(new_file(Path(out)))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise click.ClickException(f"{option}: cannot write {quoted(out)}: {reason}") from None
