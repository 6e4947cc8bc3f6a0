"""What a solution knows without a call of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectool.benchmark.template import Act
from spectool.environments.registry import environment_of_tool


def told_before(act: Act, tool: str, arguments: Mapping[str, Any]) -> Any:
    """What a call told that an earlier user turn made, or would tell: it is no step of the solution.

    Raises:
        KeyError: no environment has such a tool.
    """
    here = environment_of_tool(tool)
    if here is None:
        raise KeyError(f"no tool '{tool[:80]}'")
    return here.call(act.state, tool, arguments)
