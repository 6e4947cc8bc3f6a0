"""Tasks made ready to run, and refused before anything starts where they can not be."""

from __future__ import annotations

from collections.abc import Sequence

from spectool.environments.episode.finish import with_finish
from spectool.environments.episode.user import script_of_user
from spectool.environments.episode.world import World
from spectool.model import Task
from spectool.run.errors import RunError


def prepared(tasks: Sequence[Task], *, finish: bool) -> list[Task]:
    """The tasks, with the tool that ends a task where ``finish`` offers it, each known to be one that can be run.

    Raises:
        RunError: the first whose world is not the one here, whose user's script is broken, or that has a tool ``finish`` of its own.
    """
    try:
        ready = [with_finish(task) for task in tasks] if finish else list(tasks)
        for task in ready:
            World.of(task)
            script_of_user(task)
    except ValueError as error:
        raise RunError(str(error)) from None
    return ready
