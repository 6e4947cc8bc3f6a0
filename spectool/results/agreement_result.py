"""What an agreement is made of: who looked at what, each two sides, all together."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from spectool.model import Tier
from spectool.results.agreement_confusion import Confusion
from spectool.results.agreement_measures import Figure
from spectool.results.agreement_rulings import Rulings
from spectool.results.interval import Rate


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """Who says something: the trajectories and units looked at (by rules: that somebody else did, too), and in how many it is seen.

    ``drawn``: of a person, how the finished trajectories were drawn (``''``: unknown), with their number.
    """

    name: str
    trajectories: int = 0
    units: int = 0
    present: int = 0
    drawn: Mapping[str, int] = msgspec.field(default_factory=dict)


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two sides on one pattern (``''``: on all together): units that both see, one does, none. Precision and recall are of ``left``."""

    left: str
    right: str
    error: str
    n: int
    tasks: int
    both: int
    left_only: int
    right_only: int
    neither: int
    precision: Rate
    recall: Rate
    f1: Figure
    kappa: Figure
    alpha: Figure


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """All sides on one pattern (``''``: on all together), over the units that two of them or more looked at."""

    error: str
    alpha: Figure


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one folder. ``gone`` and ``altered``: labelled trajectories left out, see ``labels_folder.Standing``.

    ``unfinished``: trajectories that a person began and did not finish, by person.
    """

    folder: str
    tiers: tuple[Tier, ...]
    patterns: tuple[str, ...]
    sides: tuple[Side, ...]
    pairs: tuple[Pair, ...]
    together: tuple[Together, ...]
    confusions: tuple[Confusion, ...]
    rulings: tuple[Rulings, ...]
    gone: int = 0
    altered: int = 0
    unfinished: Mapping[str, int] = msgspec.field(default_factory=dict)
