"""Broken answers to tasks of any kind: in its own world where a task names one, else by its gold alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random

import msgspec

from spectool.benchmark.erring import each_subtype, erring
from spectool.benchmark.inject import Injection, broken
from spectool.benchmark.slips.registry import slips_named
from spectool.environments.episode.feedback import Feedback
from spectool.model import Task


class Break(msgspec.Struct, frozen=True, kw_only=True):
    """How answers are broken: by which slips (``IAV``, ``IAV.scale``; none: all), how many, and in worlds with which feedback.

    ``most`` is how many outputs a task at most has (``None``: one a slip), ``double`` plants two slips in each, where no world is; ``rate``
    makes it one output a task that has a world, in which each of the patterns befalls each call or run with that probability.
    """

    names: tuple[str, ...] = ()
    seed: int = 0
    double: bool = False
    most: int | None = None
    feedback: Feedback = "off"
    rate: float | None = None


def has_world(task: Task) -> bool:
    """Whether a task names the environments that execute its calls."""
    return "world" in task.meta


def broken_anywhere(tasks: Iterable[Task], how: Break) -> Iterator[Injection]:
    """Broken answers to each task.

    Raises:
        ValueError: a name is none of a slip.
        StaleWorld: a task's world is not the one here.
    """
    slips = slips_named(how.names)
    for task in tasks:
        if not has_world(task):
            yield from broken(task, seed=how.seed, slips=slips, double=how.double, most=how.most)
        elif how.rate is not None:
            rates = dict.fromkeys(how.names or (slip.error for slip in slips), how.rate)
            yield from erring([task], rates, seed=how.seed, feedback=how.feedback)
        else:
            names = list(dict.fromkeys(slip.name for slip in slips))
            if how.most is not None:
                names = Random(f"{how.seed}/{task.id}/drawn").sample(names, len(names))
            runs = (run for name in names for run in each_subtype(task, seed=how.seed, feedback=how.feedback, names=[name]))
            yield from islice(runs, how.most)
