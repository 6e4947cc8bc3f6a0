"""What a tool says when it cannot do as asked: the one exception that calling a tool raises."""

from __future__ import annotations

from typing import Literal

ErrorCode = Literal["invalid_argument", "not_found", "conflict", "unknown_function"]


class ToolError(Exception):
    """A call that the environment refuses, as the model gets to read it.

    ``invalid_argument``: an argument missing, unknown, of the wrong type or out of range; ``not_found``: no record of that id or name;
    ``conflict``: the state does not allow it (taken, closed, already done); ``unknown_function``: there is no such tool.
    """

    def __init__(self, code: ErrorCode, message: str) -> None:
        # A model may write lone surrogates, which no UTF-8 text holds.
        self.message = message.encode(errors="replace").decode()
        super().__init__(self.message)
        self.code: ErrorCode = code


def not_found(what: str, id: object) -> ToolError:
    """No ``what`` of that id or name."""
    return ToolError("not_found", f"no {what} '{str(id)[:80]}'")


def invalid(message: str) -> ToolError:
    """A value that the schema allows and the tool does not."""
    return ToolError("invalid_argument", message)


def conflict(message: str) -> ToolError:
    """The state does not allow it."""
    return ToolError("conflict", message)
