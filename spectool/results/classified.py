"""Classifies what was read, in this process or in several; the results and their order do not depend on how many.

Whoever does a job reads, classifies and makes columns: file names go in and columns come out, and the trajectories themselves, which
are slow to send, never travel between processes.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import msgspec

from spectool.classify.classify import classify_batch
from spectool.classify.compat.registry import rulings
from spectool.classify.compat.ruling import Ruling
from spectool.model import GoldMode, Rejected, Verdict
from spectool.results.columns import Columns, columns_of
from spectool.results.jobs import Job, jobs
from spectool.results.stream import Batch, Reading, batches_of

# Jobs that wait for a process, for each process: enough that none is idle, few enough that memory stays flat.
AHEAD = 2


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch came to: columns to write, and counts; ``crashes`` maps a kind to how often, the first reason and the first key.

    ``remarks`` counts what readers noted of trajectories (``meta["note"]``).
    """

    given: int
    source: str
    format: str | None
    first: bool
    trajectories: int
    rejected: tuple[Rejected, ...]
    tasks: frozenset[str]
    crashes: dict[str, tuple[int, str, str]]
    remarks: dict[str, int]
    columns: Columns

    @property
    def records(self) -> int:
        """Trajectories and what could not be read."""
        return self.trajectories + len(self.rejected)


class WorkerLost(ChildProcessError):
    """A process ended before its job did: killed, most likely because memory ran out."""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """How to do a job: how to read, how strictly gold binds, and which other systems' rulings are wanted."""

    reading: Reading
    gold_mode: GoldMode | None = None
    compat: tuple[str, ...] = ()

    def do(self, job: Job) -> Iterator[Done]:
        """Each batch of the job, classified."""
        inferred = {tool.name: tool for tool in self.reading.inferred}
        for piece in job.pieces:
            reading = msgspec.structs.replace(self.reading, format=piece.format)
            for batch in batches_of(piece.source, reading, given=piece.given, first=piece.first):
                verdicts = classify_batch(batch.trajectories, gold_mode=self.gold_mode, inferred=inferred)
                others = {system: rulings(system, batch.trajectories, reading.tasks, verdicts) for system in self.compat}
                yield done(batch, verdicts, others)


def done(batch: Batch, verdicts: Sequence[Verdict], others: Mapping[str, Sequence[Ruling]] | None = None) -> Done:
    """What ``batch`` came to; ``verdicts``, and the rulings of other systems, in the order of its trajectories."""
    return Done(
        given=batch.given,
        source=batch.source,
        format=batch.format,
        first=batch.first,
        trajectories=len(batch.trajectories),
        rejected=batch.rejected,
        tasks=frozenset(trajectory.task for trajectory in batch.trajectories),
        crashes=_crashes(verdicts),
        remarks=dict(Counter(note for trajectory in batch.trajectories if isinstance(note := trajectory.meta.get("note"), str))),
        columns=columns_of(batch.trajectories, verdicts, others),
    )


def _crashes(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, str, str]]:
    found: dict[str, tuple[int, str, str]] = {}
    for verdict in verdicts:
        for reason in verdict.crashed:
            kind = ":".join(reason.split(":")[:2])
            count, first, key = found.get(kind, (0, reason, verdict.key))
            found[kind] = (count + 1, first, key)
    return found


@contextmanager
def classified(paths: Sequence[str | Path], work: Work, workers: int) -> Iterator[Iterator[Done]]:
    """All batches below ``paths``, classified, in order; with ``workers`` > 1 in that many processes, which start with the block.

    Raises:
        FormatError: A path does not exist or holds no data file.
        WorkerLost: A process was killed.
    """
    todo = jobs(paths, work.reading.format)
    if workers <= 1:
        yield (each for job in todo for each in work.do(job))
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context(_start_method()), initializer=_prepare, initargs=(work,))
    try:
        # Forked processes share the tasks, and must start before a library starts threads; the first job given starts all of them.
        pool.submit(_nothing)
        yield _in_order(todo, work, pool, AHEAD * workers)
    except BrokenProcessPool:
        raise WorkerLost("a process that classifies was killed (out of memory?); pass fewer --workers") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(todo: Iterator[Job], work: Work, pool: ProcessPoolExecutor, ahead: int) -> Iterator[Done]:
    waiting: deque[Callable[[], Iterable[Done]]] = deque()
    for job in todo:
        waiting.append(partial(work.do, job) if job.here else pool.submit(_do, job).result)
        if len(waiting) > ahead:
            yield from waiting.popleft()()
    while waiting:
        yield from waiting.popleft()()


def _start_method() -> str:
    """``fork`` where it is safe: on Linux, in a process of one thread (a lock that another holds would stay locked for ever)."""
    threads = Path("/proc/self/task")
    return "fork" if sys.platform == "linux" and threads.is_dir() and len(list(threads.iterdir())) == 1 else "spawn"


# Of a worker process: its work, set when it starts.
_work: list[Work] = []


def _prepare(work: Work) -> None:
    """What a process does first."""
    gc.disable()  # as ``uncollected`` says
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the first process, which ends the others
    _work[:] = [work]


def _do(job: Job) -> list[Done]:
    return list(_work[0].do(job))


def _nothing() -> None: ...
