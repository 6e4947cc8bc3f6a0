"""Scores as they would be under other decisions: the same attempts, counted again, with intervals clustered by task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from spectool.patterns.decisions import CAUSES, DECISIONS, bit, forgives, mask_of
from spectool.results.interval import Cluster, Rate, rate_of
from spectool.results.tables import rows

AS_SCORED = "as scored"


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A way to count: ``passes`` is an SQL condition on a row of ``audit_attempts``, written here and never by a user.

    ``turned``: as scored, but for one decision; ``by_default``: one that the attribution makes.
    """

    name: str
    passes: str
    says: str = ""
    by_default: bool = False
    turned: bool = False


class Ranking(msgspec.Struct, frozen=True, kw_only=True):
    """The models under one way to count, best first, on the ``tasks`` that all of them were judged on; equal scores go by name.

    ``swapped`` holds the pairs (now ahead, was ahead) that stand the other way round than as scored; a tie made or broken is none.
    """

    name: str
    tasks: int
    models: tuple[str, ...]
    scores: tuple[float, ...]
    swapped: tuple[tuple[str, str], ...]


def ways(covers: Mapping[int, Sequence[int]]) -> tuple[Way, ...]:
    """As scored; after each cause is added to those before; with each decision turned alone; then two about passes and the verdict itself.

    ``covers``: the profiles of the attempts (``audit_rows.profiles``).
    """
    steps = (
        Way(name=f"+ {cause}", passes=_with(mask_of(*CAUSES[: place + 1]), covers), by_default=True) for place, cause in enumerate(CAUSES)
    )
    alone = (
        Way(name=each.name, says=each.says, passes=_with(bit(each), covers), by_default=each.cause is not None, turned=True)
        for each in DECISIONS
    )
    strict = Way(
        name="strict_passes", says="a pass with a proven slip of the seven is a failure", passes="passed AND NOT core", turned=True
    )
    own = Way(
        name="own_verdict",
        says="our own verdict counts wherever there is one, instead of that of the score",
        passes="coalesce(own_passed, passed)",
        turned=True,
    )
    return (Way(name=AS_SCORED, passes="passed", by_default=True), *steps, *alone, strict, own)


def _with(mask: int, covers: Mapping[int, Sequence[int]]) -> str:
    """The condition that an attempt passes, or is forgiven by the decisions of ``mask``."""
    forgiven = [str(profile) for profile, each in covers.items() if forgives(mask, each)]
    return f"passed OR profile IN ({', '.join(forgiven)})" if forgiven else "passed"


def lay_out_tallies(cursor: Any, counted: Sequence[Way]) -> None:
    """Makes the table ``audit_tallies``: per model and task the attempts ``n`` and how many pass each way (``way0``, ``way1``)."""
    passes = ", ".join(f"count(*) FILTER ({way.passes})::INTEGER AS way{place}" for place, way in enumerate(counted))
    cursor.execute(f"""CREATE OR REPLACE TEMP TABLE audit_tallies AS
        SELECT model, task, count(*)::INTEGER AS n, {passes} FROM audit_attempts WHERE passed IS NOT NULL GROUP BY model, task""")


def scores(cursor: Any, place: int) -> Mapping[str, Rate]:
    """Of each model the share of judged attempts that pass, counted the way of that ``place``."""
    found = rows(cursor, f"SELECT model, way{place} AS passed, n, count(*) AS tasks FROM audit_tallies GROUP BY ALL")
    clusters: dict[str, list[Cluster]] = defaultdict(list)
    for each in found:
        clusters[each["model"]].append(Cluster(count=each["passed"], n=each["n"], tasks=each["tasks"]))
    return {model: rate_of(parts) for model, parts in clusters.items()}


def changed(cursor: Any, counted: Sequence[Way]) -> Mapping[str, Sequence[int]]:
    """Of each model, for each way, how many verdicts differ from those of the score."""
    differ = ", ".join(f"count(*) FILTER (({way.passes}) <> passed)" for way in counted)
    found = rows(cursor, f"SELECT model, [{differ}] AS differ FROM audit_attempts WHERE passed IS NOT NULL GROUP BY model")
    return {each["model"]: each["differ"] for each in found}


def rankings(cursor: Any, counted: Sequence[Way]) -> tuple[Ranking, ...]:
    """The order of the models each way; empty for fewer than two models, or where no task was judged for all of them."""
    sums = ", ".join(f"sum(way{place})::DOUBLE / sum(n)" for place, _ in enumerate(counted))
    found = rows(
        cursor,
        f"""WITH common AS (
            SELECT task FROM audit_tallies GROUP BY task HAVING count(*) = (SELECT count(DISTINCT model) FROM audit_tallies))
        SELECT model, count(*) AS tasks, [{sums}] AS scores FROM audit_tallies SEMI JOIN common USING (task) GROUP BY model""",
    )
    if len(found) < 2:
        return ()
    scored = {each["model"]: each["scores"][0] for each in found}
    by_way = [{each["model"]: each["scores"][place] for each in found} for place, _ in enumerate(counted)]
    return tuple(_ranking(way.name, found[0]["tasks"], scored, now) for way, now in zip(counted, by_way, strict=True))


def _ranking(name: str, tasks: int, before: Mapping[str, float], now: Mapping[str, float]) -> Ranking:
    models = tuple(sorted(now, key=lambda model: (-now[model], model)))
    return Ranking(
        name=name, tasks=tasks, models=models, scores=tuple(now[model] for model in models), swapped=tuple(_swapped(models, before, now))
    )


def _swapped(models: Sequence[str], before: Mapping[str, float], now: Mapping[str, float]) -> list[tuple[str, str]]:
    pairs = ((ahead, behind) for place, ahead in enumerate(models) for behind in models[place + 1 :])
    return [(ahead, behind) for ahead, behind in pairs if now[ahead] > now[behind] and before[ahead] < before[behind]]
