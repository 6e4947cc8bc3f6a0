"""Compares models on the tasks they share: what was fixed, what broke, which patterns changed, and whether that is more than chance.

Tasks are paired by their id (``task``, else ``id``); those whose id is on one side only are paired by question and tools where exactly one
task on each side has them. Of a shared task as many attempts are paired as both sides have, in the order of their sample numbers. Success
is by the rewards where both attempts have one, else by our verdicts, never by one kind on one side and the other on the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from spectool.classify.taxonomy import load
from spectool.model import Level
from spectool.patterns.compare_broken import broken_tasks
from spectool.patterns.compare_result import Against, Comparison, Fates, Pairing, PatternChange
from spectool.patterns.compare_sides import By, Side, checked, sides_of
from spectool.patterns.false_discovery import q_values
from spectool.patterns.flakiness import flakiness_of
from spectool.patterns.paired import Tally, change_of
from spectool.patterns.paired_tables import lay_out, mask_of, pair
from spectool.results.folder import ResultFolderError
from spectool.results.tables import connect, rows

_COUNTS = """
SELECT count(*) AS pairs, count(*) FILTER (before IS NOT NULL AND by_reward) AS by_reward,
    count(*) FILTER (before IS NOT NULL AND NOT by_reward) AS by_verdict, count(*) FILTER (before IS NULL) AS undecided,
    count(*) FILTER (half_rewarded) AS half_rewarded FROM pairs"""
_MET = """
SELECT count(*) AS tasks, count(*) FILTER (renamed) AS renamed, count(*) FILTER (reworded) AS reworded,
    coalesce(sum(tried_before - least(tried_before, tried_after)), 0)::BIGINT AS spare_before,
    coalesce(sum(tried_after - least(tried_before, tried_after)), 0)::BIGINT AS spare_after FROM partners"""
_REPEATS = "SELECT count(*) - count(DISTINCT (side, task, sample)) AS repeats FROM attempts WHERE side IN ($a, $b)"
_SUCCESS = """
SELECT before, after, pairs, count(*) AS tasks FROM (
    SELECT count(*) FILTER (before) AS before, count(*) FILTER (after) AS after, count(*) AS pairs
    FROM pairs WHERE before IS NOT NULL GROUP BY row) GROUP BY ALL"""
# Slips of a task on both sides; only tasks whose attempts all fail are asked for them.
_FAILING = """
SELECT CASE WHEN a = 0 OR b = 0 THEN 'unexplained' WHEN a & b <> 0 THEN 'same_pattern' ELSE 'other_pattern' END AS fate, count(*) AS tasks
FROM (SELECT bit_or(found_before) & $slips AS a, bit_or(found_after) & $slips AS b FROM pairs WHERE before IS NOT NULL
    GROUP BY row HAVING NOT bool_or(before OR after)) GROUP BY fate"""
_PATTERN = """
SELECT before, after, pairs, count(*) AS tasks FROM (
    SELECT sum((found_before >> $bit) & 1)::BIGINT AS before, sum((found_after >> $bit) & 1)::BIGINT AS after, count(*) AS pairs
    FROM pairs WHERE (judged >> $bit) & 1 = 1 GROUP BY row) GROUP BY ALL"""
_REASONS = """
SELECT o.error, o.skipped AS reason, count(*) AS attempts FROM outcomes o
WHERE o.skipped IS NOT NULL AND o.key IN (SELECT key_before FROM pairs UNION ALL SELECT key_after FROM pairs)
GROUP BY ALL ORDER BY attempts DESC, reason"""


def compare(paths: Sequence[str | Path], *, by: By | None = None, baseline: str | None = None) -> Comparison:
    """Every side against the first (or ``baseline``); see ``sides_of`` for what a side is.

    Raises:
        ResultFolderError: a path is no result folder, or there are no two sides with a task in common.
    """
    folders = checked(paths)
    with connect(*folders) as cursor:
        sides = sides_of(cursor, folders, by=by, baseline=baseline)
        codes = lay_out(cursor, sides)
        against = tuple(_against(cursor, sides, place, codes) for place in range(1, len(sides)))
        wavering = (flakiness_of(cursor, place, side, codes) for place, side in enumerate(sides))
        return Comparison(baseline=sides[0], against=against, flakiness=tuple(each for each in wavering if each))


def _against(cursor: Any, sides: Sequence[Side], place: int, codes: Sequence[str]) -> Against:
    pair(cursor, 0, place)
    pairing = _pairing(cursor, sides[0], sides[place], place)
    if not pairing.tasks:
        raise ResultFolderError(_strangers(cursor, sides[0], sides[place], place))
    tallies = _tallies(cursor, _SUCCESS)
    slips = mask_of(codes, {code for code in codes if _level(code) in ("core", "extended")})
    return Against(
        side=sides[place],
        pairing=pairing,
        success=change_of(tallies),
        fates=_fates(cursor, tallies, pairing, slips),
        patterns=tuple(sorted(_patterns(cursor, codes, pairing), key=_by_size)),
        broken=broken_tasks(cursor, slips, sides[place]),
    )


def _pairing(cursor: Any, before: Side, after: Side, place: int) -> Pairing:
    met, counts = rows(cursor, _MET)[0], rows(cursor, _COUNTS)[0]
    return Pairing(
        **met,
        **counts,
        left_out_before=before.tasks - met["tasks"],
        left_out_after=after.tasks - met["tasks"],
        repeats=rows(cursor, _REPEATS, {"a": 0, "b": place})[0]["repeats"],
    )


def _strangers(cursor: Any, before: Side, after: Side, place: int) -> str:
    first = rows(cursor, "SELECT side, arg_min(task, row) AS task FROM tasks WHERE side IN (0, ?) GROUP BY side ORDER BY side", [place])
    told = " and ".join(f"'{each['task'][:80]}'" for each in first)
    names = f"{before.name} ({before.folder}: {before.model}) and {after.name} ({after.folder}: {after.model})"
    return f"{names} share no task: the first are {told}; compare results of the same tasks, or give both sides' records the same 'task'"


def _tallies(cursor: Any, statement: str, parameters: dict[str, Any] | None = None) -> list[Tally]:
    return [Tally(**each) for each in rows(cursor, statement, parameters)]


def _fates(cursor: Any, tallies: Sequence[Tally], pairing: Pairing, slips: int) -> Fates:
    alike = [each for each in tallies if each.before == each.after]
    return Fates(
        fixed=sum(each.tasks for each in tallies if each.after > each.before),
        broken=sum(each.tasks for each in tallies if each.after < each.before),
        both_pass=sum(each.tasks for each in alike if each.before == each.pairs),
        mixed=sum(each.tasks for each in alike if 0 < each.before < each.pairs),
        undecided=pairing.tasks - sum(each.tasks for each in tallies),
        **{each["fate"]: each["tasks"] for each in rows(cursor, _FAILING, {"slips": slips})},
    )


def _patterns(cursor: Any, codes: Sequence[str], pairing: Pairing) -> Iterator[PatternChange]:
    changes = {code: change_of(_tallies(cursor, _PATTERN, {"bit": bit})) for bit, code in enumerate(codes)}
    # A pattern without a task that differs could not have been significant, so it is no further chance of a false discovery.
    moved = {code: change.p for code, change in changes.items() if change.up or change.down}
    q_of = dict(zip(moved, q_values(list(moved.values())), strict=True))
    reasons: dict[str, dict[str, int]] = {code: {} for code in codes}
    for each in rows(cursor, _REASONS):
        reasons[each["error"]][each["reason"]] = each["attempts"]
    for code, change in changes.items():
        missing = pairing.pairs - change.before.n
        yield PatternChange(
            error=code,
            level=_level(code),
            change=change,
            q=q_of.get(code),
            not_compared=missing,
            reasons=reasons[code] if missing else {},
        )


def _by_size(pattern: PatternChange) -> tuple[bool, float, int, str]:
    order = load().positions
    size = abs(pattern.change.difference or 0.0)
    return (pattern.change.difference is None, -size, order.get(pattern.error, len(order)), pattern.error)


def _level(error: str) -> Level:
    taxonomy = load()
    return taxonomy.error(error).level if error in taxonomy.positions else "extended"
