"""What rates can be split by. A dimension is an entry here: an SQL value, a word on its denominator, and edges where it is a number.

Values of a *trajectory* dimension hold for whole trajectories, so that each has its own judged trajectories and assessed places. Values of
a *finding* dimension exist only where something went wrong; what could have gone wrong there is said by ``of``.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import msgspec

# Of the messages before the model's first turn: both ways in which results/rows.py may have written that turn's beginning.
_FIRST_TURN = """least(coalesce(nullif(strpos(t.turns, '{"kind":"step"'), 0), length(t.turns)),
    coalesce(nullif(strpos(t.turns, '{"kind": "step"'), 0), length(t.turns)))"""
_PLACE_IN_CALL = r"regexp_replace(regexp_extract(f.path, '\.arguments(.+)$', 1), '\[[0-9]+\]', '[]', 'g')"
# Times come as ISO texts or as seconds since 1970; the unit follows from the span, so that a trend has a few to a few dozen points.
_TIME = "coalesce(try_cast(time AS TIMESTAMP), to_timestamp(try_cast(time AS DOUBLE))::TIMESTAMP)"
_SPAN = f"(SELECT max({_TIME}) - min({_TIME}) FROM trajectories)"
_STAMP = _TIME.replace("time AS", "t.time AS")
_BUCKET = f"""CASE WHEN {_SPAN} <= INTERVAL 2 DAY THEN strftime({_STAMP}, '%Y-%m-%d %H:00')
    WHEN {_SPAN} <= INTERVAL 60 DAY THEN strftime({_STAMP}, '%Y-%m-%d') ELSE strftime({_STAMP}, '%Y-%m') END"""
_ABSENCE = "nothing written (an absence)"

JUDGED = "trajectories of this value in which the pattern could be judged, and the assessed places in these"
OFFERED = "judged trajectories in which the tool was offered (where the tools are not known: called)"
REACHED = "judged trajectories with at least so many model turns"


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """One way to split rates.

    ``value``: SQL over ``trajectories AS t``, ``findings AS f`` (finding dimensions only) and ``offered`` (the tool list of a trajectory
    as JSON text); NULL is shown as ``missing``. ``edges``: where the value is a number, the lower ends of its bins, the last one open.
    ``of``: what ``n`` counts. ``ordered``: values have an order of their own (bins, time, input) and are not sorted by frequency.
    """

    name: str
    kind: Literal["trajectory", "finding"]
    value: str
    title: str
    of: str = JUDGED
    missing: str = "(none)"
    edges: tuple[int, ...] = ()
    ordered: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The bins in order, as shown: ``2–3``, ``8+``; empty where the value is no number."""
        bounded = [str(low) if high == low + 1 else f"{low:,}–{high - 1:,}" for low, high in pairwise(self.edges)]
        return (*bounded, f"{self.edges[-1]:,}+") if self.edges else ()

    @property
    def sql(self) -> str:
        """The value as text, binned."""
        if not self.edges:
            return f"coalesce(nullif(CAST({self.value} AS VARCHAR), ''), '{self.missing}')"
        bins = " ".join(
            f"WHEN {self.value} >= {low} THEN '{label}'" for low, label in reversed(list(zip(self.edges, self.labels, strict=True)))
        )
        return f"CASE {bins} ELSE '{self.missing}' END"


DIMENSIONS: tuple[Dimension, ...] = (
    Dimension(name="model", kind="trajectory", value="t.model", title="model"),
    Dimension(name="pattern", kind="trajectory", value="''", title="pattern"),
    Dimension(name="category", kind="trajectory", value="t.category", title="category of the task"),
    Dimension(name="environment", kind="trajectory", value="t.environment", title="environment"),
    Dimension(name="run", kind="trajectory", value="t.run", title="run, in the order of the input", ordered=True),
    Dimension(
        name="time",
        kind="trajectory",
        value=_BUCKET,
        title="time (UTC hours, days or months, by the span)",
        missing="(no readable time)",
        ordered=True,
    ),
    Dimension(
        name="n_tools",
        kind="trajectory",
        value="CASE WHEN t.tools_hash IS NOT NULL THEN t.n_tools END",
        title="number of tools offered",
        missing="(tools not known)",
        edges=(0, 1, 2, 4, 8, 16, 32),
        ordered=True,
    ),
    Dimension(
        name="n_gold",
        kind="trajectory",
        value="t.n_gold",
        title="number of gold calls",
        missing="(no gold)",
        edges=(0, 1, 2, 3, 5, 9),
        ordered=True,
    ),
    Dimension(
        name="prompt_length",
        kind="trajectory",
        value=f"({_FIRST_TURN} - 1 + length(coalesce(offered, '')))",
        title="characters before the model's first turn, tools included (as stored: JSON)",
        edges=(0, 500, 1000, 2000, 4000, 8000, 16000, 32000),
        ordered=True,
    ),
    Dimension(name="subtype", kind="finding", value="f.error || '.' || f.subtype", title="subtype"),
    Dimension(name="tool", kind="finding", value="f.tool", title="tool", of=OFFERED, missing="(no tool named)"),
    Dimension(
        name="argument",
        kind="finding",
        value=f"CASE WHEN contains(f.path, '.arguments') THEN coalesce(f.tool, '') || {_PLACE_IN_CALL} END",
        title="argument (its place in the call; [] is any item of a list)",
        of=OFFERED,
        missing="(no argument)",
    ),
    Dimension(
        name="step",
        kind="finding",
        value="len(list_filter(json_extract_string(t.turns, '$[*].kind')[1:f.step + 1], lambda kind: kind = 'step'))",
        title="model turn, counted from 1",
        of=REACHED,
        missing=_ABSENCE,
        edges=(1, 2, 3, 4, 6, 11, 21),
        ordered=True,
    ),
)
NAMES = tuple(each.name for each in DIMENSIONS)


def dimension(name: str) -> Dimension:
    """The dimension of that name.

    Raises:
        ValueError: there is none.
    """
    for each in DIMENSIONS:
        if each.name == name:
            return each
    raise ValueError(f"no dimension '{name[:80]}'; there are {', '.join(NAMES)}")
