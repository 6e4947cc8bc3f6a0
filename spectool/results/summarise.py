"""Counts a result folder: per model and pattern, by queries over its Parquet files, so that memory does not grow with the records.

The same computation serves ``summary.json`` and, with a condition on the trajectories, any slice of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from spectool.classify.classify import PASSING_REWARD
from spectool.classify.taxonomy import load
from spectool.model import Level
from spectool.results.interval import Cluster, Rate, rate_of
from spectool.results.summary import Example, Harm, ModelSummary, PatternSummary, RewardSummary
from spectool.results.tables import FAILED, TASK, rows

# Subtypes that a harness, a chat template or a parser can cause wholesale. A wrong value or a missing thought cannot come from there.
SYSTEMIC = {
    *("IFE.wrapped", "IFE.other_syntax", "IFE.positional", "IFE.truncated", "IFE.in_reasoning", "IFE.bad_shape", "IFE.malformed"),
    *("IFN.near_miss", "IAN.near_miss", "IAT.coercible", "IAT.container", "IAC.no_call", "IAC.missing_parallel"),
    *("truncated", "inference_error", "name_alias", "lost_call"),
}
SYSTEMIC_SHARE = 0.5
SYSTEMIC_MINIMUM = 20

Pair = tuple[str, str]


def summarise_models(cursor: Any, where: str = "true", parameters: list[Any] | None = None) -> tuple[ModelSummary, ...]:
    """Every model of the folder in the order of the input; ``where`` is a condition on ``trajectories AS t`` with its ``parameters``."""
    query = _Query(cursor, where, parameters or [])
    patterns = _patterns(query)
    rewards, systemic = _rewards(query), _systemic(query)
    totals = query(f"""
        SELECT t.model, count(*) AS trajectories, count(DISTINCT {TASK}) AS tasks,
            sum(t.steps)::BIGINT AS steps, sum(t.calls)::BIGINT AS calls, count(*) FILTER (t.passed) AS passed,
            count(*) FILTER (NOT t.passed) AS failed, count(*) FILTER (t.passed IS NULL) AS undecided,
            count(*) FILTER (t.tools_hash IS NULL) AS without_tools, count(*) FILTER (t.gold IS NULL) AS without_gold
        FROM trajectories t WHERE {{where}} GROUP BY t.model ORDER BY min(t.row)""")
    return tuple(
        ModelSummary(
            **total,
            reward=rewards.get(total["model"]),
            patterns=patterns.get(total["model"], ()),
            systemic=systemic.get(total["model"], ()),
        )
        for total in totals
    )


class _Query:
    """Runs a statement with the slice's condition in the place of ``{where}``."""

    def __init__(self, cursor: Any, where: str, parameters: list[Any]) -> None:
        self._cursor, self._where, self._parameters = cursor, where, parameters

    def __call__(self, statement: str) -> list[dict[str, Any]]:
        return rows(self._cursor, statement.replace("{where}", f"({self._where})"), self._parameters)


def _patterns(query: _Query) -> dict[str, tuple[PatternSummary, ...]]:
    places, runs = _clusters(query)
    skipped = _nested(
        query("""
        SELECT t.model, o.error, o.skipped AS name, count(*) AS count FROM outcomes o JOIN trajectories t USING (key)
        WHERE o.skipped IS NOT NULL AND {where} GROUP BY ALL ORDER BY count DESC, name""")
    )
    subtypes = _nested(
        query("""
        SELECT t.model, f.error, f.subtype AS name, count(*) AS count FROM findings f JOIN trajectories t USING (key)
        WHERE f.counted AND {where} GROUP BY ALL ORDER BY count DESC, name""")
    )
    kinds = _by_pair(
        query("""
        SELECT t.model, f.error, count(*) FILTER (f.counted) AS findings, count(*) FILTER (f.tier = 'candidate') AS candidates,
            count(*) FILTER (f.tier <> 'candidate' AND NOT f.counted) AS excused
        FROM findings f JOIN trajectories t USING (key) WHERE {where} GROUP BY ALL""")
    )
    examples, harm = _examples(query), _harm(query)
    order = load().positions
    found: dict[str, list[PatternSummary]] = defaultdict(list)
    pairs = {*places, *skipped, *kinds}
    for pair in sorted(pairs, key=lambda each: (order.get(each[1], len(order)), each[1])):
        count = kinds.get(pair, {"findings": 0, "candidates": 0, "excused": 0})
        with_finding, at_places = rate_of(runs.get(pair, ())), rate_of(places.get(pair, ()))
        found[pair[0]].append(
            PatternSummary(
                error=pair[1],
                level=_level(pair[1]),
                **count,
                trajectories_with=with_finding.count,
                judged=with_finding.n,
                assessed=at_places.n,
                per_trajectory=with_finding,
                per_opportunity=at_places,
                skipped=skipped.get(pair, {}),
                subtypes=subtypes.get(pair, {}),
                example=examples.get(pair),
                failed_with=harm.get(pair, Harm(decided=0, failed=0)),
            )
        )
    return {model: tuple(patterns) for model, patterns in found.items()}


def _level(error: str) -> Level:
    taxonomy = load()
    return taxonomy.error(error).level if error in taxonomy.positions else "extended"


def _clusters(query: _Query) -> tuple[dict[Pair, list[Cluster]], dict[Pair, list[Cluster]]]:
    """Tasks that look alike, counted: by opportunities and by trajectories."""
    groups = query(f"""
        WITH tasks AS (
            SELECT t.model, o.error, sum(o.found)::BIGINT AS found, sum(o.assessed)::BIGINT AS assessed,
                count(*) FILTER (o.found > 0) AS failed, count(*) AS judged
            FROM outcomes o JOIN trajectories t USING (key) WHERE o.skipped IS NULL AND {{where}} GROUP BY t.model, o.error, {TASK})
        SELECT model, error, found, assessed, failed, judged, count(*) AS tasks FROM tasks GROUP BY ALL""")
    places, runs = defaultdict(list), defaultdict(list)
    for each in groups:
        pair = (each["model"], each["error"])
        places[pair].append(Cluster(count=each["found"], n=each["assessed"], tasks=each["tasks"]))
        runs[pair].append(Cluster(count=each["failed"], n=each["judged"], tasks=each["tasks"]))
    return places, runs


def _examples(query: _Query) -> dict[Pair, Example]:
    """The first finding of each pattern, a proven and primary one where there is one."""
    found = query("""
        SELECT DISTINCT ON (t.model, f.error) t.model, f.error, f.key, t.id, f.subtype, f.tier, f.path, f.message
        FROM findings f JOIN trajectories t USING (key) WHERE {where}
        ORDER BY t.model, f.error, NOT f.counted, f.tier <> 'certain', NOT f.primary, f.row""")
    return {(each.pop("model"), each.pop("error")): Example(**each) for each in found}


def _harm(query: _Query) -> dict[Pair, Harm]:
    found = query(f"""
        SELECT t.model, o.error, count({FAILED}) AS decided, count(*) FILTER ({FAILED}) AS failed
        FROM outcomes o JOIN trajectories t USING (key) WHERE o.found > 0 AND {{where}} GROUP BY ALL""")
    return {(each.pop("model"), each.pop("error")): Harm(**each) for each in found}


def _rewards(query: _Query) -> dict[str, RewardSummary]:
    core = [error.code for error in load().errors if error.level == "core"]
    outside = [error.code for error in load().errors if error.level in ("event", "artefact")]
    found = query(f"""
        WITH runs AS (
            SELECT t.model, {TASK} AS task, t.reward >= {PASSING_REWARD} AS passing,
                len(t.patterns) > len(list_intersect(t.patterns, {outside})) AS slip,
                len(list_intersect(t.patterns, {core})) > 0 AS core
            FROM trajectories t WHERE t.reward IS NOT NULL AND {{where}}),
        tasks AS (
            SELECT model, passing, count(*) AS n, count(*) FILTER (slip) AS slips, count(*) FILTER (core) AS cores FROM runs
            GROUP BY model, passing, task)
        SELECT model, passing, n, slips, cores, count(*) AS tasks FROM tasks GROUP BY ALL""")
    models = dict.fromkeys(each["model"] for each in found)
    return {model: _reward([each for each in found if each["model"] == model]) for model in models}


def _reward(groups: list[dict[str, Any]]) -> RewardSummary:
    def rate(passing: bool, count: str) -> Rate:
        return rate_of([Cluster(count=each[count], n=each["n"], tasks=each["tasks"]) for each in groups if each["passing"] is passing])

    caught, alarms = rate(False, "slips"), rate(True, "slips")
    return RewardSummary(
        passing=alarms.n,
        failing=caught.n,
        recall=caught,
        false_alarms=alarms,
        core_recall=rate(False, "cores"),
        core_false_alarms=rate(True, "cores"),
    )


def _systemic(query: _Query) -> dict[str, tuple[str, ...]]:
    """One subtype behind most of a model's failures points at the harness or a parser before it points at the model."""
    found = query(f"""
        WITH failing AS (SELECT t.key, t.model FROM trajectories t WHERE {FAILED} AND {{where}}),
        totals AS (SELECT model, count(*) AS failing FROM failing GROUP BY model)
        SELECT t.model, f.error, f.subtype, count(DISTINCT f.key) AS hit, any_value(totals.failing) AS failing
        FROM findings f JOIN failing t USING (key) JOIN totals USING (model)
        WHERE f.tier <> 'candidate' GROUP BY ALL ORDER BY hit DESC, f.error, f.subtype""")
    hints: dict[str, list[str]] = defaultdict(list)
    for each in found:
        name = f"{each['error']}.{each['subtype']}"
        if not {name, each["error"]} & SYSTEMIC or each["hit"] < SYSTEMIC_MINIMUM or each["hit"] <= SYSTEMIC_SHARE * each["failing"]:
            continue
        share = f"{each['hit']} of {each['failing']} failing trajectories"
        advice = "likely harness or parser fault; look at some before blaming the model"
        hints[each["model"]].append(f"{name} is in {share}: {advice}")
    return {model: tuple(lines) for model, lines in hints.items()}


def _nested(found: Iterable[Mapping[str, Any]]) -> dict[Pair, dict[str, int]]:
    nested: dict[Pair, dict[str, int]] = defaultdict(dict)
    for each in found:
        nested[each["model"], each["error"]][each["name"]] = each["count"]
    return nested


def _by_pair(found: Iterable[dict[str, Any]]) -> dict[Pair, dict[str, Any]]:
    return {(each.pop("model"), each.pop("error")): each for each in found}
