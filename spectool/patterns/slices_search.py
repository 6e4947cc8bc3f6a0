"""Candidates for a slice: conditions of one or two terms under which a pattern is more frequent, in the half of the tasks that searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from spectool.patterns.conditions import Term

# Inside and outside: with fewer tasks nothing can be learned of a slice, and nobody would act on it.
FEWEST_TASKS = 8
FEWEST_AFFECTED = 3
# Standard errors above chance, and times the rate outside, from which on a condition is worth a test.
LEAST_SCORE = 2.0
LEAST_LIFT = 1.5
# A second term is one of hundreds tried inside the first: it has to be further above chance there, and to add so much to the lift.
LEAST_FURTHER = 3.0
LEAST_GAIN = 1.25
# Only the best terms are joined with others, and only the best conditions of a pattern are tested: each further test costs power.
JOINED = 25
CANDIDATES = 4
# Of two conditions that share so much of their tasks, the better one is tested.
MOST_SHARED = 0.6


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A condition with its score (standard errors above chance) and lift in the half that searched."""

    terms: tuple[Term, ...]
    score: float
    lift: float


def candidates(found: Any, places: Any, terms: Mapping[Term, Any]) -> list[Candidate]:
    """At most ``CANDIDATES`` conditions, the best first.

    Args:
        found: findings of each task, an array.
        places: its opportunities, an array, each > 0.
        terms: for each term, an array of bools: the tasks that have it.
    """
    import numpy as np

    if not terms:
        return []
    names, holding = sorted(terms), np.stack([terms[term] for term in sorted(terms)]).astype(float)
    singles = _worth([(term,) for term in names], holding, found, places, LEAST_SCORE)
    pairs: dict[tuple[Term, ...], Candidate] = {}
    for (best,) in [each.terms for each in sorted(singles, key=_rank)[:JOINED]]:
        inside = terms[best]
        further = _worth([(term,) for term in names], holding[:, inside], found[inside], places[inside], LEAST_FURTHER)
        both = [tuple(sorted((best, *each.terms))) for each in further]
        joined = np.array([terms[one] & terms[other] for one, other in both]).reshape(len(both), len(found)).astype(float)
        pairs |= {each.terms: each for each in _worth(both, joined, found, places, LEAST_SCORE)}
    alone = {each.terms[0]: each for each in singles}
    return _apart([*singles, *(each for each in pairs.values() if _adds(each, alone))], terms)


def _apart(ranked: list[Candidate], terms: Mapping[Term, Any]) -> list[Candidate]:
    """The best that are not nearly the same tasks as a better one."""
    chosen: list[Candidate] = []
    for each in sorted(ranked, key=_rank):
        if len(chosen) == CANDIDATES:
            break
        inside = _inside(each, terms)
        if all(_shared(inside, _inside(other, terms)) < MOST_SHARED for other in chosen):
            chosen.append(each)
    return chosen


def _worth(conditions: Sequence[tuple[Term, ...]], holding: Any, found: Any, places: Any, least: float) -> list[Candidate]:
    """The conditions with enough tasks and a high enough score and lift; ``holding``: of each condition, 1 for the tasks that have it."""
    import numpy as np

    every, excess = len(found), found - places * (found.sum() / places.sum())
    figures = np.stack([np.ones(every), places, found, found > 0, excess], axis=1)
    tasks, its_places, its_found, affected, its_excess = (holding @ figures).T
    spread = tasks * (every - tasks) / max(1, every - 1) * (excess @ excess / every)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.nan_to_num(its_excess / np.sqrt(spread))
        lift = (its_found / its_places) / ((found.sum() - its_found) / (places.sum() - its_places))
    enough = (tasks >= FEWEST_TASKS) & (every - tasks >= FEWEST_TASKS) & (affected >= FEWEST_AFFECTED)
    worth = np.flatnonzero(enough & (score >= least) & (lift >= LEAST_LIFT))
    return [Candidate(terms=conditions[at], score=float(score[at]), lift=float(lift[at])) for at in worth.tolist()]


def _rank(each: Candidate) -> tuple[float, int, tuple[Term, ...]]:
    """The highest score first; of equals the shorter condition, then the earlier name."""
    return (-round(each.score, 9), len(each.terms), each.terms)


def _adds(pair: Candidate, alone: Mapping[Term, Candidate]) -> bool:
    """Whether both terms are needed: a better score, and more lift than either of them has."""
    parts = [alone[term] for term in pair.terms if term in alone]
    return all(pair.score > part.score and pair.lift >= LEAST_GAIN * part.lift for part in parts)


def _inside(each: Candidate, terms: Mapping[Term, Any]) -> Any:
    first, *others = each.terms
    inside = terms[first]
    for other in others:
        inside = inside & terms[other]
    return inside


def _shared(one: Any, other: Any) -> float:
    """Tasks of both as a fraction of those of either."""
    return float((one & other).sum() / (one | other).sum())
