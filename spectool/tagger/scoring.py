"""A pattern's score of whole trajectories: of at least one wrong unit, seen alone or beside other attempts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spectool.tagger.examples import Example
from spectool.tagger.features.attempts import UNKNOWN
from spectool.tagger.features.registry import Unit, names
from spectool.tagger.forest import Forest
from spectool.tagger.tagger_model import EDGE, Sight
from spectool.tagger.truth import UNIT_OF, Pattern

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Features that know of other attempts.
OF_OTHERS = "peers_"


def alone(unit: Unit, rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows without what other attempts tell."""
    hidden = rows.copy()
    hidden[:, [place for place, name in enumerate(names(unit)) if name.startswith(OF_OTHERS)]] = UNKNOWN
    return hidden


def scores(forest: Forest, pattern: Pattern, sight: Sight, examples: Sequence[Example]) -> NDArray[np.float64]:
    """Each trajectory's score, shape (examples,); 0 where it has no such unit."""
    import numpy as np

    unit = UNIT_OF[pattern]
    found = np.zeros(len(examples))
    rows = [row.features for each in examples for row in each.rows[unit]]
    if not rows:
        return found
    owners = np.repeat(np.arange(len(examples)), [len(each.rows[unit]) for each in examples])
    given = np.asarray(rows, dtype=np.float64)
    said = forest.log_odds(given if sight == "beside" else alone(unit, given))  # type: ignore[arg-type]
    chances = 1 / (1 + np.exp(-said))
    np.add.at(found, owners, np.log1p(-np.minimum(chances, 1 - EDGE)))
    total: NDArray[np.float64] = 1 - np.exp(found)
    return total
