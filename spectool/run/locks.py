"""Locks between processes, on files that are there for nothing else."""

from __future__ import annotations

import errno
import fcntl
from typing import BinaryIO

# What a file system answers that has no locks, as some of clusters have none.
_NO_LOCKS = frozenset({errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK})


def lock(file: BinaryIO | int, *, wait: bool) -> None:
    """Takes the lock on an open file or folder (by its descriptor); it ends when that is closed, so with the process, however it ends.

    On a file system without locks nobody is kept out.

    Raises:
        BlockingIOError: another process has it; only without ``wait``.
        OSError: the file system refuses for another reason.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
