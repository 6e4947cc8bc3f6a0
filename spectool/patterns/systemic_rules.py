"""The rules behind ``systemic``: one function a uniformity, each over all models of a selection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from spectool.patterns.fingerprint import fingerprint
from spectool.patterns.shapes_advice import advice
from spectool.patterns.systemic_measure import Suspicion, grouped, keys_of
from spectool.patterns.systemic_names import other_schema, renamed_alike, stand_in_value
from spectool.results.summarise import SYSTEMIC, SYSTEMIC_MINIMUM, SYSTEMIC_SHARE
from spectool.results.tables import rows
from spectool.results.told import many

FEWEST_CUT = 5
FEWEST_FIRST_ONLY = 10
SHOWN = 3


def artefacts(cursor: Any) -> Iterator[Suspicion]:
    """What the harness itself did: cut, lost, renamed or never got from the engine."""
    found = rows(cursor, "SELECT model, error, subtype, key FROM systemic_findings WHERE level = 'artefact' ORDER BY row")
    for (model, error, subtype), hits in grouped(found, "model", "error", "subtype").items():
        yield Suspicion(
            kind="artefact",
            model=model,
            what=f"{error}.{subtype}: the harness's doing, not the model's",
            of="trajectories",
            fix=advice(error, subtype),
            hits=keys_of(hits),
        )


def no_turn(cursor: Any) -> Iterator[Suspicion]:
    """Runs in which the model never spoke, by the reason that the log gives."""
    found = rows(
        cursor,
        """SELECT r.model, r.key, coalesce(json_extract_string(t.meta, '$.termination_reason'), json_extract_string(t.meta, '$.error'), '')
        AS reason FROM systemic_runs r JOIN trajectories t USING (key) WHERE r.steps = 0 ORDER BY r.row""",
    )
    for (model,), hits in grouped(found, "model").items():
        reasons = [reason[:40] for (reason,), _ in sorted(grouped(hits, "reason").items(), key=lambda each: -len(each[1])) if reason]
        said = f"; the log gives as reason: {', '.join(reasons[:SHOWN])}" if reasons else ""
        yield Suspicion(
            kind="no_turn",
            model=model,
            what=f"the record holds no turn of the model{said}",
            of="trajectories",
            fix="Run these again: nothing in them is the model's, and every call that was due counts as missing.",
            hits=keys_of(hits),
        )


def one_subtype(cursor: Any) -> Iterator[Suspicion]:
    """One subtype behind most of a model's failures, of a kind that a harness, a template or a parser can cause wholesale."""
    failing = {row["model"]: row["n"] for row in rows(cursor, "SELECT model, count(*) AS n FROM systemic_runs WHERE failed GROUP BY model")}
    found = rows(
        cursor,
        """SELECT model, error, subtype, key FROM systemic_findings
        WHERE failed AND (list_contains($kinds, error) OR list_contains($kinds, error || '.' || subtype)) ORDER BY row""",
        {"kinds": sorted(SYSTEMIC)},
    )
    for (model, error, subtype), hits in grouped(found, "model", "error", "subtype").items():
        keys, name = keys_of(hits), f"{error}.{subtype}"
        if len(keys) >= SYSTEMIC_MINIMUM and len(keys) > SYSTEMIC_SHARE * failing[model]:
            yield Suspicion(
                kind="one_subtype",
                model=model,
                what=f"{name} is in most failures of the model",
                of="failing trajectories",
                fix=advice(error, subtype),
                hits=keys,
                base="r.failed",
            )


def one_format(cursor: Any) -> Iterator[Suspicion]:
    """All format errors of a model are one: it writes another syntax than the prompt asks for or the parser reads."""
    found = rows(cursor, "SELECT model, subtype, tool, message, key FROM systemic_findings WHERE error = 'IFE' ORDER BY row")
    for (model,), hits in grouped(found, "model").items():
        shapes = grouped(({**hit, "text": _text(hit)} for hit in hits), "subtype", "text")
        (subtype, text), most = max(shapes.items(), key=lambda each: (len(keys_of(each[1])), each[0]))
        keys, all_keys = keys_of(most), keys_of(hits)
        if len(keys) >= SYSTEMIC_MINIMUM and len(keys) > SYSTEMIC_SHARE * len(all_keys):
            yield Suspicion(
                kind="one_format",
                model=model,
                what=f"most format errors are one: {text}",
                of="trajectories with a format error",
                fix=advice("IFE", subtype, text),
                hits=keys,
                base="list_contains($v0, r.key)",
                values=(list(all_keys),),
            )


def _text(hit: Mapping[str, Any]) -> str:
    return fingerprint("IFE", hit["subtype"], hit["tool"], hit["message"]).bare


def first_call_only(cursor: Any) -> Iterator[Suspicion]:
    """Gold wants several calls in one turn, and no step of the model ever holds more than one.

    Counted over runs of a single step, since a harness that goes on may let the model make the others later.
    """
    found = rows(
        cursor,
        """WITH widest AS (SELECT r.model, max(CASE WHEN r.calls < 2 THEN r.calls
                ELSE list_max(json_array_length(t.turns, '$[*].calls')) END) AS calls
            FROM systemic_runs r JOIN trajectories t USING (key) WHERE r.calls > 0 GROUP BY r.model)
        SELECT r.model, r.key FROM systemic_runs r JOIN widest w USING (model)
        WHERE w.calls = 1 AND r.n_gold > 1 AND r.steps = 1 AND r.calls = 1 ORDER BY r.row""",
    )
    for (model,), hits in grouped(found, "model").items():
        if len(hits) >= FEWEST_FIRST_ONLY:
            yield Suspicion(
                kind="first_call_only",
                model=model,
                what="no step holds more than one call, though gold has several in one turn",
                of="runs of one step with a call whose gold has several",
                fix="See in the raw text whether more calls were written: the parser may keep the first, or the engine stop after it; "
                "check that parallel calls are switched on.",
                hits=keys_of(hits),
                base="r.n_gold > 1 AND r.steps = 1 AND r.calls > 0",
            )


def cut_at_one_length(cursor: Any) -> Iterator[Suspicion]:
    """Runs that end at the very same, greatest number of generated tokens: a limit, not an end."""
    found = rows(
        cursor,
        """WITH lengths AS (SELECT r.model, r.row, r.key, try_cast(json_extract_string(t.meta, '$.completion_tokens') AS BIGINT) AS tokens
            FROM systemic_runs r JOIN trajectories t USING (key) WHERE r.steps = 1)
        SELECT model, key, tokens FROM lengths WHERE tokens = (SELECT max(l.tokens) FROM lengths l WHERE l.model = lengths.model)
        ORDER BY row""",
    )
    for (model, tokens), hits in grouped(found, "model", "tokens").items():
        if len(hits) >= FEWEST_CUT:
            yield Suspicion(
                kind="cut_at_one_length",
                model=model,
                what=f"outputs end at exactly {many(tokens, 'token')}, and none is longer",
                of="runs of one step",
                fix="Raise the limit of new tokens and run these again, or look why the model does not stop.",
                hits=keys_of(hits),
                base="r.steps = 1",
            )


RULES: tuple[Callable[[Any], Iterator[Suspicion]], ...] = (
    artefacts,
    no_turn,
    one_subtype,
    one_format,
    first_call_only,
    renamed_alike,
    cut_at_one_length,
    stand_in_value,
    other_schema,
)
