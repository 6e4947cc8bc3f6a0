"""A trained tagger as plain data: for each pattern a forest, and how its score becomes a probability and a tier."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from spectool.resources import folder
from spectool.tagger.features.registry import Unit, names
from spectool.tagger.forest import Forest, probability
from spectool.tagger.truth import UNIT_OF

VERSION = 1
# The model that SpecTool brings.
SHIPPED = ("tagger", "model.json")
# A model of ours has a few hundred kilobytes.
MAX_BYTES = 20_000_000
# Scores are held this far from 0 and 1, where log-odds have no end.
EDGE = 1e-6

Sight = Literal["alone", "beside"]
"""Whether a trajectory was seen alone, or beside other attempts at its task."""


class TaggerError(ValueError):
    """A tagger can not be trained, read or applied; the message says which, why and what to do."""


class Scale(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From a score's log-odds to a probability (``slope`` × log-odds + ``intercept``), and the probabilities from which a tier is given.

    ``likely`` and ``candidate`` are ``None`` where no probability reached the precision asked for; ``calibrated_on``,
    ``thresholded_on`` and their positives count trajectories.
    """

    slope: float
    intercept: float
    likely: float | None
    candidate: float | None
    calibrated_on: tuple[int, int]
    thresholded_on: tuple[int, int]

    def calibrated(self, score: float) -> float:
        """The probability that a score stands for."""
        held = min(max(score, EDGE), 1 - EDGE)
        return probability(self.slope * math.log(held / (1 - held)) + self.intercept)

    def tier(self, chance: float) -> Literal["likely", "candidate"] | None:
        """The tier of a probability."""
        if self.likely is not None and chance >= self.likely:
            return "likely"
        return "candidate" if self.candidate is not None and chance >= self.candidate else None


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of one pattern; ``rows`` and ``wrong`` count the units it was fitted on."""

    forest: Forest
    scales: dict[Sight, Scale]
    rows: int
    wrong: int


class Training(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a tagger was made: on what, with which seed and versions, and the precision that its tiers were set for."""

    data: str
    models: tuple[str, ...]
    trajectories: int
    questions: int
    seed: int
    precision: dict[str, float]
    versions: dict[str, str]


class TaggerModel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tagger: its name, the features it expects by unit, a head for each pattern that it knows, and how it was made."""

    version: int
    name: str
    features: dict[Unit, tuple[str, ...]]
    heads: dict[str, Head]
    training: Training


def score(chances: Iterable[float]) -> float:
    """The probability that at least one of several units is wrong, were they independent."""
    return 1 - math.exp(sum(math.log1p(-min(chance, 1 - EDGE)) for chance in chances))


def shipped() -> Path:
    """Where the model lies that SpecTool brings."""
    return folder("data").joinpath(*SHIPPED)


def load_model(path: str | Path) -> TaggerModel:
    """Reads a tagger.

    Raises:
        TaggerError: the file is none, or of other features than this version computes.
    """
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TaggerError(f"'{path}' can not be read: {(error.strerror or 'no reason given').lower()}; pass --model FILE") from None
    if len(raw) > MAX_BYTES:
        raise TaggerError(f"'{path}' is no tagger: it is larger than {MAX_BYTES:,} bytes")
    try:
        model = msgspec.json.decode(raw, type=TaggerModel)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise TaggerError(f"'{path}' is no tagger: {error}; make one with: spectool tagger train") from None
    if (why := _fault(model)) is not None:
        raise TaggerError(f"'{path}' can not be used: {why}; train again with: spectool tagger train")
    return model


def _fault(model: TaggerModel) -> str | None:
    if model.version != VERSION:
        return f"it is of version {model.version}, this spectool reads version {VERSION}"
    units: Mapping[str, Unit] = {str(pattern): unit for pattern, unit in UNIT_OF.items()}
    for unit in set(units.values()):
        if model.features.get(unit) != names(unit):
            return f"it was trained on other features of a {unit}"
    for pattern, head in model.heads.items():
        if pattern not in units:
            return f"it knows a pattern '{pattern[:80]}' that is not tagged"
        if (why := head.forest.fault(len(model.features[units[pattern]]))) is not None:
            return f"{pattern}: {why}"
        if set(head.scales) != {"alone", "beside"}:
            return f"{pattern}: it lacks a scale"
    return None
