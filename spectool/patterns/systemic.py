"""Systemic causes: what happens to a model so uniformly that the harness, the template, the parser or the tools given are suspected first.

Each rule looks for one uniformity, says over what it is counted, and gives keys to look at. A cause is a suspicion, never a verdict: it is
raised before the model is blamed, and whoever looks at three examples knows.
"""

from __future__ import annotations

from typing import Any

from spectool.patterns.systemic_measure import KINDS, SystemicCause, measured, prepare
from spectool.patterns.systemic_rules import RULES
from spectool.results.tables import rows


def find_systemic(cursor: Any, *, where: str = "true", parameters: list[Any] | None = None) -> tuple[SystemicCause, ...]:
    """The systemic causes of a result folder, model by model in the order of the input, those of most trajectories first.

    Args:
        cursor: of ``spectool.results.tables.connect``; temporary tables are left behind in it.
        where: a condition on ``trajectories AS t``.
        parameters: the values of its placeholders.
    """
    prepare(cursor, where, parameters)
    causes = [measured(cursor, each) for rule in RULES for each in rule(cursor)]
    order = {
        row["model"]: place for place, row in enumerate(rows(cursor, "SELECT model FROM systemic_runs GROUP BY model ORDER BY min(row)"))
    }
    return tuple(sorted(causes, key=lambda each: (order[each.model], -each.rate.count, KINDS.index(each.kind), each.what)))
