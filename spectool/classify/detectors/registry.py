"""The detectors, in the working order of a call: parse → name → argument names → types → values → count and order → beyond the seven."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from spectool.classify.case import Case
from spectool.classify.detectors import (
    budget_limit,
    constraint_violation,
    extra_call,
    iac,
    ian,
    iat,
    iav,
    ife,
    ifn,
    ignored_tool_error,
    incomplete_answer,
    inference_error,
    lost_call,
    name_alias,
    rac,
    refusal,
    schema_unresolvable,
    tool_error,
    truncated,
    unneeded_call,
    unrecovered_error,
    wrong_answer,
    wrong_order,
    wrong_tool,
)
from spectool.model import Finding


class Detector(Protocol):
    """One pattern's module: its code, how many places could have failed (or why none can be judged), and what it finds."""

    CODE: str

    def assess(self, case: Case) -> int | str:
        """Opportunities (none: nothing to find), or the reason for skipping."""

    def detect(self, case: Case) -> Iterator[Finding]:
        """Findings in document order."""


DETECTORS: tuple[Detector, ...] = (
    ife,
    ifn,
    ian,
    iat,
    iav,
    iac,
    rac,
    wrong_tool,
    unneeded_call,
    extra_call,
    wrong_order,
    ignored_tool_error,
    unrecovered_error,
    constraint_violation,
    budget_limit,
    wrong_answer,
    incomplete_answer,
    tool_error,
    refusal,
    truncated,
    inference_error,
    name_alias,
    lost_call,
    schema_unresolvable,
)
