"""The rules of ``systemic`` about names and values that are wrong too evenly: renamed alike, stood in for alike, of another schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from spectool.patterns.shapes_arguments import argument_of
from spectool.patterns.shapes_renames import change
from spectool.patterns.systemic_measure import Suspicion, grouped, keys_of
from spectool.results.summarise import SYSTEMIC_SHARE
from spectool.results.tables import rows

# Fewer near misses may be alike by chance.
FEWEST_RENAMED = 5
# So alike that another cause than the model has to be ruled out first.
ALIKE = 0.8
# Trajectories with the same stand-in, and different values in whose place it stands.
FEWEST_STAND_INS, FEWEST_REPLACED = 5, 5
SHORTEST_STAND_IN = 4
FEWEST_OF_ONE_ARGUMENT = 10
SHOWN = 3


def renamed_alike(cursor: Any) -> Iterator[Suspicion]:
    """Near misses of names that are all the same edit: nobody misspells so evenly."""
    found = rows(cursor, "SELECT model, error, got, repair, key FROM systemic_findings WHERE subtype = 'near_miss' ORDER BY row")
    edits = [{**each, "edit": edit} for each in found if (edit := _edit(each))]
    missed = {pair: keys_of(hits) for pair, hits in grouped(found, "model", "error").items()}
    for (model, error, edit), hits in grouped(edits, "model", "error", "edit").items():
        keys, every = keys_of(hits), missed[model, error]
        if edit == "a slip of spelling" or len(keys) < FEWEST_RENAMED or len(keys) < ALIKE * len(every):
            continue
        yield Suspicion(
            kind="renamed_alike",
            model=model,
            what=f"{'functions' if error == 'IFN' else 'arguments'} are renamed alike: {edit}",
            of=f"trajectories with {error}.near_miss",
            fix="Compare the names in the prompt with those judged against: a template, an interface or a parser rewrites "
            "them all; else accept the unambiguous name.",
            hits=keys,
            base="list_contains($v0, r.key)",
            values=(list(every),),
        )


def _edit(hit: Mapping[str, Any]) -> str:
    """The change of one name; empty where either is unknown."""
    try:
        meant, got = json.loads(hit["repair"] or "null"), json.loads(hit["got"] or "null")
    except ValueError:
        return ""
    name = next(iter(got), "") if isinstance(got, dict) else got
    return change(meant, name) if isinstance(meant, str) and isinstance(name, str) and name else ""


def stand_in_value(cursor: Any) -> Iterator[Suspicion]:
    """The same value wherever different ones were due: copied from an example, or made up where a look-up was needed."""
    found = rows(
        cursor,
        """WITH values AS (SELECT model, got, count(DISTINCT key) AS n, count(DISTINCT expected) AS replaced FROM systemic_findings
            WHERE (error = 'IAV' OR error || '.' || subtype = 'IFN.invented') AND expected IS NOT NULL
            AND got NOT IN ('true', 'false', 'null', '""', '[]', '{}') GROUP BY model, got)
        SELECT f.model, f.got, f.key, v.n, v.replaced FROM systemic_findings f JOIN values v USING (model, got)
        WHERE f.error IN ('IAV', 'IFN') AND length(f.got) > $shortest AND v.n >= $fewest AND v.replaced >= $replaced
        ORDER BY v.n DESC, f.got, f.row""",
        {"shortest": SHORTEST_STAND_IN, "fewest": FEWEST_STAND_INS, "replaced": FEWEST_REPLACED},
    )
    for (model,), hits in grouped(found, "model").items():
        stand_ins = grouped(hits, "got")
        shown = ", ".join(f"'{got[:40].strip(chr(34))}' for {of[0]['replaced']} others" for (got,), of in list(stand_ins.items())[:SHOWN])
        yield Suspicion(
            kind="stand_in_value",
            model=model,
            what=f"the same value stands where different ones were due: {shown}",
            of="trajectories with a call",
            fix="See whether it stands in an example of the prompt or the schema, or whether the tool that gives the right one is missing; "
            "else train on rows that look it up or ask.",
            hits=keys_of(hits),
            base="r.calls > 0",
        )


_USED = """
SELECT model, tool, count(*) AS n FROM (
    SELECT r.model, unnest(list_distinct(json_extract_string(t.turns, '$[*].calls[*].name'))) AS tool
    FROM systemic_runs r JOIN trajectories t USING (key) WHERE r.calls > 0) GROUP BY ALL"""


def other_schema(cursor: Any) -> Iterator[Suspicion]:
    """One undeclared argument in most uses of one tool: the model was shown another schema than the one it is held against."""
    found = rows(cursor, "SELECT model, tool, path, key FROM systemic_findings WHERE error = 'IAN' AND subtype <> 'near_miss' ORDER BY row")
    named = ({**each, "argument": argument_of(each["path"])} for each in found)
    every = {name: keys_of(hits) for name, hits in grouped(named, "model", "tool", "argument").items()}
    often = {name: keys for name, keys in every.items() if len(keys) >= FEWEST_OF_ONE_ARGUMENT}
    # Conversations are large, so they are gone through once for all tools.
    used = {(each["model"], each["tool"]): each["n"] for each in rows(cursor, _USED)} if often else {}
    for (model, tool, argument), keys in often.items():
        call = f'"name":{json.dumps(tool, ensure_ascii=False)},"arguments"'
        base = "r.calls > 0 AND (SELECT contains(t.turns, $v0) FROM trajectories t WHERE t.key = r.key)"
        if len(keys) > SYSTEMIC_SHARE * used.get((model, tool), 0):
            yield Suspicion(
                kind="other_schema",
                model=model,
                what=f"'{argument}', which {tool} does not declare, is given in most conversations that call it",
                of=f"trajectories that call {tool}",
                fix="Compare the tools in the prompt with those judged against: another version, or an example in it, has this argument.",
                hits=keys,
                base=base,
                values=(call,),
            )
