"""What a model is told of a call that is not executed; nothing is remembered from one call to the next.

How much it is told is a switch, because feedback changes what is measured: ``off`` says no more than a bare API does, ``error`` what is
wrong and where, ``options`` also what would be right (the format, names, descriptions, types and allowed values).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from spectool.environments.episode.faults import Fault, fault_of
from spectool.model import Call, Result, Tool
from spectool.read.record import as_json

Feedback = Literal["off", "error", "options"]
FEEDBACK: tuple[Feedback, ...] = get_args(Feedback)
_REFUSED = {"code": "invalid_request", "message": "invalid request"}


def refusal(call: Call, offered: Sequence[Tool], feedback: Feedback = "error", dialect: str | None = None) -> Result | None:
    """The reply to a call that must not be executed: ``{"error": {"code", "message", ...}}``; ``None``: execute it.

    Args:
        call: as read from the model.
        offered: the tools offered at this step.
        feedback: how much the model is told.
        dialect: the syntax that the model was asked for, ``None`` where unknown.

    Raises:
        SchemaError: the tool's own schema cannot be used.
    """
    fault = fault_of(call, offered, dialect)
    return None if fault is None else error_result(_told(fault, feedback))


def _told(fault: Fault, feedback: Feedback) -> Mapping[str, Any]:
    if feedback == "off":
        return _REFUSED
    if feedback == "error":
        return {"code": fault.code, "message": fault.wrong}
    return {"code": fault.code, "message": fault.right, **fault.options}


def error_result(error: Mapping[str, Any]) -> Result:
    """An error as the model gets to read it."""
    # A model may write lone surrogates, which no UTF-8 file holds.
    return Result(content=as_json({"error": error}).encode(errors="replace").decode(), is_error=True)
