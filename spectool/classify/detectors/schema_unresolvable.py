"""Schema unresolvable (artefact): a tool's own schema cannot be used, so calls of it cannot be judged by it.

A reference that leaves the document (it is never fetched or read), leads nowhere or in a circle, or a document that is
no JSON Schema. Names, types and values of that call's arguments are then not assessed, and never counted as clean.

Source: decision 9 of the taxonomy.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.finding import finding
from spectool.model import Finding

CODE = "schema_unresolvable"


def assess(case: Case) -> int | str:
    """The calls of known tools."""
    return sum(1 for attempt in case.attempts if attempt.tool is not None)


def detect(case: Case) -> Iterator[Finding]:
    """Every call of a tool whose schema cannot be used."""
    for attempt in case.attempts:
        if attempt.unusable is not None:
            subtype = "reference" if attempt.unusable.startswith("reference") else "invalid"
            message = f"expected a usable schema of {attempt.name}, got: {attempt.unusable}"
            yield finding(CODE, subtype, message, attempt=attempt, fault="harness", got=attempt.unusable)
