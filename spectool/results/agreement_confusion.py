"""Which pattern one side sees where another side sees another one: the confusion matrix of two sides."""

from __future__ import annotations

from typing import Any

import msgspec

from spectool.classify.taxonomy import load
from spectool.results.agreement_units import BOTH
from spectool.results.tables import rows

NOTHING = ""
_CELLS = f"""WITH units AS MATERIALIZED ({BOTH}),
  apart AS (SELECT DISTINCT a.key, a.error AS seen, b.error AS instead
    FROM units a JOIN places pa ON pa.side = $left AND pa.key = a.key AND pa.error = a.error
    JOIN places pb ON pb.side = $right AND pb.key = a.key AND pb.step = pa.step AND pb.call IS NOT DISTINCT FROM pa.call
    JOIN units b ON b.key = a.key AND b.error = pb.error
    WHERE a.l AND NOT a.r AND b.r AND NOT b.l)
  SELECT error AS "left", error AS "right", count(*) AS trajectories FROM units WHERE l AND r GROUP BY ALL
  UNION ALL SELECT seen, instead, count(*) FROM apart GROUP BY ALL
  UNION ALL SELECT error, '', count(*) FROM units u WHERE l AND NOT r
    AND NOT EXISTS (SELECT 1 FROM apart WHERE apart.key = u.key AND apart.seen = u.error) GROUP BY ALL
  UNION ALL SELECT '', error, count(*) FROM units u WHERE r AND NOT l
    AND NOT EXISTS (SELECT 1 FROM apart WHERE apart.key = u.key AND apart.instead = u.error) GROUP BY ALL
  UNION ALL SELECT '', '', count(*) FROM (SELECT key FROM units GROUP BY key HAVING NOT bool_or(l OR r)) HAVING count(*) > 0"""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """In how many trajectories the left side sees ``left`` where the right side sees ``right``; empty: it sees nothing there."""

    left: str
    right: str
    trajectories: int


class Confusion(msgspec.Struct, frozen=True, kw_only=True):
    """The cells of two sides that are not 0, in the order of the taxonomy, what neither names last.

    What both see is on the diagonal. Two different patterns meet where one side sees one and the other side the other at the same call;
    what meets nothing stands against ``''``. A trajectory in which neither sees anything counts once, at ``''`` against ``''``.
    """

    left: str
    right: str
    cells: tuple[Cell, ...]

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns in it, in the order of the taxonomy."""
        seen = {name for cell in self.cells for name in (cell.left, cell.right) if name}
        return tuple(sorted(seen, key=load().order))


def confusion(connection: Any, left: str, right: str) -> Confusion:
    """The matrix of two sides; ``connection`` as ``agreement_units.prepare`` left it."""
    positions = load().positions
    cells = [Cell(**row) for row in rows(connection, _CELLS, {"left": left, "right": right})]
    cells.sort(key=lambda cell: (positions.get(cell.left, len(positions)), positions.get(cell.right, len(positions))))
    return Confusion(left=left, right=right, cells=tuple(cells))
