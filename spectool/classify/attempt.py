"""A call in its place: what matching, grounding and every detector speak of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from spectool.classify.invocation import Slip
from spectool.model import Call, Tool

Status = Literal["ok", "unparsed", "unknown"]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A call in its place, judged by itself: ``step`` indexes the turns, ``index`` the step's calls, ``turn`` counts user turns.

    ``tool`` is what it names (``None``: unknown or no tools given); ``arguments`` as meant after repair; ``near`` the offered
    name an unknown one stands for; ``alias`` the offered name when the harness rewrote it.
    """

    step: int
    index: int
    turn: int
    call: Call
    status: Status = "ok"
    name: str = ""
    tool: Tool | None = None
    arguments: Mapping[str, Any] = msgspec.field(default_factory=dict)
    slips: tuple[Slip, ...] = ()
    near: str | None = None
    alias: str | None = None
    unusable: str | None = None
