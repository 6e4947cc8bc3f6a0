"""An environment: a name, its tool functions, and the records they work on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2b
from typing import Any

import msgspec

from spectool.environments.core.errors import ToolError
from spectool.environments.core.records import records_of
from spectool.environments.core.signature import ToolFunction
from spectool.environments.core.tables import Records, State
from spectool.model import Result, Tool

TODAY = "2027-03-01"
"""The date it is in the ten environments, ISO: what their records tell lies before it or is planned, what tools do is done on it."""


class Environment:
    """A set of tools over one set of records. It holds no state: each trajectory calls with one of its own (``fresh``)."""

    def __init__(self, name: str, description: str, functions: tuple[ToolFunction, ...], today: str = TODAY) -> None:
        self.name = name
        self.description = description
        self.functions: Mapping[str, ToolFunction] = {function.tool.name: function for function in functions}
        self.tools: tuple[Tool, ...] = tuple(function.tool for function in functions)
        self.today = today
        """The date it is in the environment, ISO; what a task says when a request depends on it."""

    @property
    def records(self) -> Records:
        """All tables as they are at the start; not to be changed."""
        return records_of(self.name)

    @cached_property
    def version(self) -> str:
        """Changes with the tools and the records: a task made for another version may have another truth."""
        told = [[tool.name, tool.parameters] for tool in self.tools]
        return blake2b(msgspec.json.encode([told, self.records], order="sorted"), digest_size=6).hexdigest()

    def fresh(self) -> State:
        """The state at the start of a trajectory."""
        return State(self.records)

    def call(self, state: State, name: str, arguments: Mapping[str, Any]) -> Any:
        """What the tool returns; not to be changed, since it may share rows with the records.

        Raises:
            ToolError: there is no such tool, or it refuses the arguments.
        """
        function = self.functions.get(name)
        if function is None:
            raise ToolError("unknown_function", f"there is no function '{name[:80]}'")
        return function.call(state, arguments)

    def reply(self, state: State, name: str, arguments: Mapping[str, Any]) -> Result:
        """What the model gets to read: the result as JSON, or ``{"error": {"code", "message"}}``."""
        try:
            return Result(content=msgspec.json.encode(self.call(state, name, arguments)).decode())
        except ToolError as error:
            return Result(content=error_content(error), is_error=True)


def error_content(error: ToolError) -> str:
    """An error as the model gets to read it."""
    return msgspec.json.encode({"error": {"code": error.code, "message": error.message}}).decode()
