"""Locks between processes: one holder at a time, and nobody kept out where the file system has none."""

from __future__ import annotations

import errno
import fcntl

import pytest

from spectool.run.locks import lock


def test_a_second_holder_is_refused_until_the_first_is_gone(tmp_path):
    path = tmp_path / "lock"
    with path.open("ab") as second:
        with path.open("ab") as first:
            lock(first, wait=False)
            with pytest.raises(BlockingIOError):
                lock(second, wait=False)
        lock(second, wait=True)


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK], ids=errno.errorcode.get)
def test_a_file_system_without_locks_keeps_nobody_out(code, tmp_path, monkeypatch):
    def refuse(file, operation):
        raise OSError(code, "no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with (tmp_path / "lock").open("ab") as file:
        lock(file, wait=False)
        lock(file, wait=True)


def test_any_other_refusal_is_told(tmp_path, monkeypatch):
    def refuse(file, operation):
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with (tmp_path / "lock").open("ab") as file, pytest.raises(OSError, match="broken"):
        lock(file, wait=True)
