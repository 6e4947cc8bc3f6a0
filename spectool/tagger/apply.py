"""A trained tagger's opinions: one for each trajectory and pattern, with its probability, tier, place and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from spectool.model import Opinion, Trajectory
from spectool.tagger.examples import Row, example_of
from spectool.tagger.explain import attempt_at, evidence, given_at, message, path_of
from spectool.tagger.forest import probability
from spectool.tagger.tagger_model import Head, TaggerModel, score
from spectool.tagger.truth import UNIT_OF, Pattern, Truth, is_clean
from spectool.tagger.view import View

NOTHING_SAID = "nothing that users said was kept"
NO_TOOLS = "the tools offered are not known"
NOT_CLEAN = "the rules find something without gold"
NOT_LEARNT = "this tagger knows too little of it"
_NOTHING = Truth(found={})


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern's probability in a trajectory, and its likeliest place (``None`` where there is no such unit) with its index."""

    chance: float
    row: Row | None


def opinions_of(model: TaggerModel, trajectory: Trajectory, peers: Sequence[Trajectory] = ()) -> Iterator[Opinion]:
    """What the tagger thinks of one trajectory, pattern by pattern; its gold is not looked at.

    Args:
        model: a trained tagger.
        trajectory: as it was read; one that the rules do not leave clean is skipped.
        peers: other attempts at the same task.
    """
    view = View(trajectory, peers)
    skipped = NOT_CLEAN if not is_clean(trajectory) else _unfit(view)
    if skipped is not None:
        yield from (_skipped(model, view, pattern, skipped) for pattern in UNIT_OF)
        return
    rows = example_of(view, _NOTHING).rows
    for pattern, unit in UNIT_OF.items():
        head = model.heads.get(pattern)
        yield _skipped(model, view, pattern, NOT_LEARNT) if head is None else _opinion(model, head, pattern, view, rows[unit])


def _unfit(view: View) -> str | None:
    if not view.whole.tokens:
        return NOTHING_SAID
    return None if view.tools else NO_TOOLS


def _skipped(model: TaggerModel, view: View, pattern: Pattern, why: str) -> Opinion:
    return Opinion(key=view.trajectory.key, error=pattern, by=model.name, skipped=why)


def _opinion(model: TaggerModel, head: Head, pattern: Pattern, view: View, rows: Sequence[Row]) -> Opinion:
    found = doubt(head, view, rows)
    tier = head.scales["beside" if view.peers else "alone"].tier(found.chance) if found.row is not None else None
    plain = Opinion(key=view.trajectory.key, error=pattern, by=model.name, score=round(found.chance, 6), tier=tier)
    if tier is None or found.row is None:
        return plain
    attempt = attempt_at(view, found.row)
    return msgspec.structs.replace(
        plain,
        step=found.row.step,
        call=found.row.call,
        tool=attempt.name if attempt is not None else None,
        path=path_of(found.row),
        message=message(pattern, view, found.row),
        got=given_at(view, found.row),
        evidence=evidence(head.forest, pattern, view, found.row),
    )


def doubt(head: Head, view: View, rows: Sequence[Row]) -> Doubt:
    """The probability that a unit of the trajectory is wrong, and the likeliest of them."""
    if not rows:
        return Doubt(chance=0.0, row=None)
    chances = [probability(float(each)) for each in head.forest.log_odds([row.features for row in rows])]
    scale = head.scales["beside" if view.peers else "alone"]
    return Doubt(chance=scale.calibrated(score(chances)), row=rows[max(range(len(rows)), key=lambda at: (chances[at], -at))])
