"""The systems whose rulings can be had beside our own judgement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from spectool.classify.compat import bfcl, toolscan
from spectool.classify.compat.ruling import Ruling
from spectool.model import Task, Trajectory, Verdict

SYSTEMS: Mapping[str, Callable[[Trajectory, Task | None, Verdict], Ruling]] = {
    "bfcl": lambda trajectory, task, verdict: bfcl.rule(trajectory, task),
    "toolscan": lambda trajectory, task, verdict: toolscan.rule(trajectory, verdict),
}


def rulings(system: str, trajectories: Sequence[Trajectory], tasks: Mapping[str, Task], verdicts: Sequence[Verdict]) -> list[Ruling]:
    """A system's ruling on each trajectory, in order.

    Args:
        system: one of ``SYSTEMS``.
        trajectories: attempts.
        tasks: by id, as ``load_tasks`` gives them.
        verdicts: our own, in the order of ``trajectories``.
    """
    rule = SYSTEMS[system]
    return [rule(each, tasks.get(each.task or each.id), verdict) for each, verdict in zip(trajectories, verdicts, strict=True)]
