"""Tasks whose gold is suspect, ranked: most models miss them alike, the gold breaks its own schema, or nobody said the gold's value.

The score is a weighted sum of parts that each say something else, so that it can be read off and argued with:

- ``missed``, 0.2: the share of attempts that fail. By itself it only says that a task is hard.
- ``same_answer``, 0.3: how many of the other models give the very same answer against the gold: the same value in the same argument or,
  where whole calls differ from the gold's, the same calls. Models that err by themselves err apart; one wrong answer that all give is what
  the question means, or at least what it is read to mean. The strongest sign, hence the heaviest.
- ``same_slip``, 0.1: how many of the other models slip at the same place in the same pattern, be it with other values. Weak by itself: a
  hard argument is missed by all, too.
- ``schema``, 0.2: 1 where the gold's own call breaks its tool's schema, so that who keeps the schema can not be right.
- ``grounding``, 0.2: how much more of the models' common value than of the gold's was said before the call (-1 to 1); a gold that was said
  where theirs was not speaks for the gold, and lowers the score.

The weights are set by this reasoning and fitted to nothing. A task is *highly* suspect at 0.7 with at least three models: all of them miss
it alike, and the schema or the words of the question speak against the gold, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from spectool.model import Trajectory
from spectool.patterns.gold_suspects_answers import Answer, answers_by_task, largest_agreement
from spectool.patterns.gold_suspects_reading import grounding_gap, refusals
from spectool.patterns.gold_suspects_slips import SharedSlip, shared_slips
from spectool.read.source import decode
from spectool.results.restore import trajectory_from
from spectool.results.tables import rows

WEIGHTS: Mapping[str, float] = {"missed": 0.2, "same_answer": 0.3, "same_slip": 0.1, "schema": 0.2, "grounding": 0.2}
HIGH = 0.7
MODELS_FOR_HIGH = 3
# Tasks whose text is read: those that score best by what the findings alone say. Reading takes a millisecond a task, or two.
MAX_READ = 2_000


class GoldSuspect(msgspec.Struct, frozen=True, kw_only=True):
    """One task: the ``score`` with its ``parts`` (names of ``WEIGHTS``, unweighted), ``reasons`` in words, and what to compare.

    ``high``: suspect enough for its failures not to be the models'. ``key`` leads to an attempt that shows it. ``gold`` as in the result
    folder.
    """

    task: str
    score: float
    high: bool
    parts: Mapping[str, float]
    reasons: tuple[str, ...]
    models: int
    attempts: int
    category: str
    query: str
    key: str
    gold: Any
    answers: tuple[Answer, ...]


def gold_suspects(cursor: Any) -> list[GoldSuspect]:
    """The suspect tasks, best first, ties by task; at most ``MAX_READ``.

    Reads the table ``audit_verdicts``, which ``audit_rows.lay_out_verdicts`` makes.
    """
    slips = shared_slips(cursor, _PROMISING, MAX_READ)
    if not slips:
        return []
    cursor.execute("CREATE OR REPLACE TEMP TABLE suspect_slips (key VARCHAR, task VARCHAR)")
    cursor.execute("INSERT INTO suspect_slips SELECT unnest($keys), unnest($tasks)", _columns(slips))
    shown, answers = {row["key"]: row for row in rows(cursor, _SHOWN)}, answers_by_task(cursor)
    found = [_suspect(slip, shown[slip.key], answers.get(slip.task, ())) for slip in slips]
    return sorted(found, key=lambda suspect: (-suspect.score, suspect.task))


def highly_suspect(suspects: Sequence[GoldSuspect]) -> tuple[str, ...]:
    """The tasks whose failures are put down to the gold."""
    return tuple(suspect.task for suspect in suspects if suspect.high)


def unanimous(suspects: Sequence[GoldSuspect]) -> tuple[str, ...]:
    """The tasks where all of at least three models give one and the same answer against the gold."""
    return tuple(suspect.task for suspect in suspects if suspect.models >= MODELS_FOR_HIGH and suspect.parts["same_answer"] == 1)


# The score as far as counts tell it, in SQL.
_OTHERS = "greatest(models - 1, 1)"
_PROMISING = (
    f"{WEIGHTS['missed']} * failed / judged + {WEIGHTS['schema']} * (refused > 0)::INTEGER"
    f" + ({WEIGHTS['same_answer']} * greatest(same_value - 1, 0) + {WEIGHTS['same_slip']} * greatest(same_place - 1, 0)) / {_OTHERS} DESC"
)
_SHOWN = """
SELECT t.*, any_value(coalesce(o.tools, '[]')) OVER (PARTITION BY t.key) AS tools
FROM trajectories t SEMI JOIN suspect_slips USING (key) LEFT JOIN (SELECT hash, any_value(tools) AS tools FROM tools GROUP BY hash) o
ON o.hash = t.tools_hash"""


def _columns(slips: Sequence[SharedSlip]) -> dict[str, list[str]]:
    return {"keys": [slip.key for slip in slips], "tasks": [slip.task for slip in slips]}


def _parts(slip: SharedSlip, alike: int) -> dict[str, float]:
    """What the findings alone say, where ``alike`` models gave one answer; the text may add to ``schema`` and ``grounding``."""
    others = max(slip.models - 1, 1)
    return {
        "missed": slip.failed / slip.judged,
        "same_answer": max(alike - 1, 0) / others,
        "same_slip": max(slip.same_place - 1, 0) / others,
        "schema": float(slip.refused > 0),
        "grounding": 0.0,
    }


def _score(parts: Mapping[str, float]) -> float:
    return round(sum(WEIGHTS[name] * part for name, part in parts.items()), 6)


def _suspect(slip: SharedSlip, row: Mapping[str, Any], answers: Sequence[Answer]) -> GoldSuspect:
    trajectory: Trajectory = trajectory_from(row, row["tools"])
    refused, gap = refusals(trajectory), grounding_gap(trajectory, slip)
    parts = _parts(slip, slip.same_value if slip.error == "IAV" else min(slip.same_value, largest_agreement(answers)))
    parts["schema"] = max(parts["schema"], float(bool(refused)))
    parts["grounding"] = gap or 0.0
    score = _score(parts)
    return GoldSuspect(
        task=slip.task,
        score=score,
        high=score >= HIGH and slip.models >= MODELS_FOR_HIGH,
        parts=parts,
        reasons=tuple(_reasons(slip, parts, refused, gap)),
        models=slip.models,
        attempts=slip.judged,
        category=row["category"] or "",
        query=row["query"] or "",
        key=slip.key,
        gold=decode(row["gold"]) if row["gold"] else None,
        answers=tuple(answers),
    )


def _reasons(slip: SharedSlip, parts: Mapping[str, float], refused: Sequence[str], gap: float | None) -> Iterator[str]:
    yield f"{slip.failed} of {slip.judged} attempts fail"
    where = f"{slip.error}.{slip.subtype} at {slip.path}"
    alike = round(parts["same_answer"] * (slip.models - 1)) + 1
    if alike > 1:
        yield f"{alike} of {slip.models} models give the same answer against the gold: {where}, {_told(slip)}"
    if slip.same_place > alike:
        yield f"{slip.same_place} of {slip.models} models slip at the same place: {where}"
    yield from (f"gold against its own schema: {line}" for line in refused)
    if slip.refused and not refused:
        yield f"gold against its own schema: an attempt that follows the gold breaks the schema ({slip.refused} times)"
    if gap:
        yield f"{_GROUNDS.get(slip.subtype, _COMPARED)[gap < 0]} ({gap:+.2f})"


_COMPARED = ("their value was said before the call more than the gold's", "the gold's value was said before the call more than theirs")
_GROUNDS = {
    "omitted": ("the gold's value, which they leave out, was hardly said before the call", "the gold's value was said before the call"),
    "unexpected": ("their value, which the gold does not expect, was said before the call", "their value was hardly said before the call"),
}


def _told(slip: SharedSlip) -> str:
    return f"gold {(slip.expected or 'nothing')[:80]}, they {(slip.got or 'nothing')[:80]}"
