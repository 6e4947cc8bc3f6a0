"""Which tool, and which argument, a model writes where it means another: did → should.

Tools: an offered tool in place of the one due (wrong_tool), and a name nearly that of another (IFN.near_miss). Arguments: names that a tool
does not declare (IAN), with the one meant where that is beyond doubt, else with what is known of it. One graph over all models: what many
of them confuse, the descriptions confuse.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from spectool.patterns.graphs_parts import MAX_EDGES, MAX_NAME, Confused, Graph, Kind, Node
from spectool.patterns.rates_interval import rate_of_many
from spectool.patterns.shapes_arguments import argument_of
from spectool.results.interval import Cluster
from spectool.results.tables import rows

EXAMPLES = 3
_TOOLS = """
SELECT f.key, f.error, f.subtype, '' AS tool, '' AS path, f.got, coalesce(f.repair, f.expected) AS meant FROM findings f
WHERE f.counted AND (f.error = 'wrong_tool' OR (f.error = 'IFN' AND f.subtype = 'near_miss'))"""
_ARGUMENTS = f"""
SELECT f.key, f.error, f.subtype, left(coalesce(f.tool, ''), {MAX_NAME}) AS tool, coalesce(f.path, '') AS path, '' AS got,
    f.repair AS meant FROM findings f WHERE f.counted AND f.error = 'IAN'"""
# What stands in the place of the argument meant, where that is not known, by the finding's subtype.
_UNMEANT = {"other_tool": "(another tool's argument)", "misplaced": "(another level of the call)"}
_UNKNOWN = "(no such argument)"

# Who is asked for the thing: runs whose gold calls the tool, or, of an argument, in which its tool is offered.
_DUE_TOOLS = f"""
SELECT DISTINCT r.run, r.task, left(name, {MAX_NAME}) AS due FROM (
    SELECT row AS run, unnest(json_extract_string(json_extract(gold, '$.paths[' || coalesce(gold_path, 0) || ']'), '$[*].name')) AS name
    FROM trajectories WHERE gold IS NOT NULL) JOIN graph_runs r USING (run)"""
_DUE_ARGUMENTS = f"""
WITH lists AS (
    SELECT DISTINCT hash, left(unnest(json_extract_string(tools, '$[*][*].name')), {MAX_NAME}) AS due FROM tools),
wanted AS (SELECT hash, due FROM lists SEMI JOIN graph_confused USING (due))
SELECT r.run, r.task, w.due FROM graph_runs r JOIN trajectories t ON t.row = r.run JOIN wanted w ON w.hash = t.tools_hash"""
_ASKED = "CREATE OR REPLACE TEMP TABLE graph_asked AS SELECT * FROM ({due}) SEMI JOIN graph_confused USING (due)"
_TASKS = "SELECT due, n, count(*) AS tasks FROM (SELECT due, task, count(*) AS n FROM graph_asked GROUP BY ALL) GROUP BY ALL"
# Of each edge, its tasks with the slip: so many runs with it (``hits``) of those that were asked (``asked``) or slipped unasked.
_HITS = """
WITH hits AS (SELECT source, target, tool, due, task, run, a.run IS NOT NULL AS asked FROM (
        SELECT DISTINCT source, target, tool, due, task, run FROM graph_confused) LEFT JOIN graph_asked a USING (run, task, due)),
per_task AS (
    SELECT source, target, tool, due, task, count(*) AS hits, count(*) FILTER (NOT asked) AS strays FROM hits GROUP BY ALL)
SELECT source, target, tool, due, hits, coalesce(n, 0) AS asked, strays, count(*) AS tasks
FROM per_task LEFT JOIN (SELECT due, task, count(*) AS n FROM graph_asked GROUP BY ALL) USING (due, task) GROUP BY ALL ORDER BY ALL"""
_MODELS = "SELECT source, target, tool, model, count(DISTINCT run) AS n FROM graph_confused GROUP BY ALL ORDER BY n DESC, model"
_EXAMPLES = f"""
SELECT source, target, tool, list(key ORDER BY run) AS keys FROM (
    SELECT DISTINCT source, target, tool, key, run FROM graph_confused
    QUALIFY dense_rank() OVER (PARTITION BY source, target, tool ORDER BY run) <= {EXAMPLES}) GROUP BY ALL"""
_TOTALS = f"""
SELECT source, target, tool, findings, tasks, count(*) OVER () AS edges FROM (
    SELECT source, target, tool, count(*) AS findings, count(DISTINCT task) AS tasks, count(DISTINCT run) AS runs
    FROM graph_confused GROUP BY ALL) ORDER BY runs DESC, source, target, tool LIMIT {MAX_EDGES}"""


def tool_confusion(cursor: Any) -> Graph:
    """Of what ``graphs_tables.prepare`` has made ready."""
    return _graph(cursor, "tool_confusion", _TOOLS, _DUE_TOOLS, "a call of the one tool where the other was meant")


def argument_confusion(cursor: Any) -> Graph:
    """Of what ``graphs_tables.prepare`` has made ready."""
    return _graph(cursor, "argument_confusion", _ARGUMENTS, _DUE_ARGUMENTS, "the one argument written where the other was meant")


def _graph(cursor: Any, kind: Kind, findings: str, due: str, says: str) -> Graph:
    _confused(cursor, findings)
    cursor.execute(_ASKED.format(due=due))
    edges, left_out = _edges(cursor)
    written: Counter[str] = Counter()
    for each in edges:
        written[each.source] += each.findings
        written[each.target] += 0
    read = rows(cursor, "SELECT count(*) AS n FROM graph_runs")[0]["n"]
    return Graph(
        kind=kind,
        of=None,
        directed=True,
        says=says,
        nodes_are="findings in which it is what was written",
        nodes=tuple(Node(id=name, count=count) for name, count in sorted(written.items(), key=lambda each: (-each[1], each[0]))),
        edges=edges,
        left_out=left_out,
        read=read,
        n=read,
    )


def _confused(cursor: Any, findings: str) -> None:
    """Makes ``graph_confused``, a row a finding with both names; each different text is read once."""
    import pyarrow as pa

    columns = ("error", "subtype", "tool", "path", "got", "meant")
    names = ("source", "target", "due")
    cursor.execute(f"SELECT DISTINCT {', '.join(columns)} FROM ({findings})")
    told = [(*row, *pair) for row in cursor.fetchall() if (pair := _names(*row))]
    texts = zip(*told, strict=True) if told else [()] * (len(columns) + len(names))
    table = [pa.array(each, pa.string()) for each in texts]
    cursor.register("graph_names", pa.table(table, names=[*columns, *names]))
    same = " AND ".join(f"f.{name} IS NOT DISTINCT FROM n.{name}" for name in columns)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE graph_confused AS SELECT r.run, r.key, r.model, r.task, n.tool, n.source, n.target, n.due
        FROM ({findings}) f JOIN graph_names n ON {same} JOIN graph_runs r USING (key)"""
    )
    cursor.unregister("graph_names")


def _names(error: str, subtype: str, tool: str, path: str, got: str | None, meant: str | None) -> tuple[str, str, str] | None:
    """What was written, what was meant, and the tool that was to be called; ``None`` where a finding does not say both."""
    name = _text(meant)
    if error != "IAN":
        written = _text(got)
        return (written, name, name) if written and name else None
    argument = argument_of(path)[:MAX_NAME]
    above = argument.rpartition(".")[0]
    place = f"{tool}.{above}.{name}" if above else f"{tool}.{name}"
    return f"{tool}.{argument}", place if name else f"{tool} {_UNMEANT.get(subtype, _UNKNOWN)}", tool


def _text(value: str | None) -> str:
    """The text that a JSON text holds, cut; empty for anything else."""
    try:
        decoded = json.loads(value) if value else ""
    except ValueError:
        return ""
    return decoded[:MAX_NAME] if isinstance(decoded, str) else ""


def _edges(cursor: Any) -> tuple[tuple[Confused, ...], int]:
    """The most frequent edges, and how many are left out."""
    everywhere: dict[str, Counter[int]] = defaultdict(Counter)
    for each in rows(cursor, _TASKS):
        everywhere[each["due"]][each["n"]] += each["tasks"]
    clusters: dict[tuple[str, ...], Counter[tuple[int, int]]] = {}
    for each in rows(cursor, _HITS):
        counted = clusters.setdefault(_name(each), Counter({(0, n): tasks for n, tasks in everywhere[each["due"]].items()}))
        counted[0, each["asked"]] -= each["tasks"]
        counted[each["hits"], each["asked"] + each["strays"]] += each["tasks"]
    models: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for each in rows(cursor, _MODELS):
        models[_name(each)][each["model"]] = each["n"]
    examples = {_name(each): each["keys"] for each in rows(cursor, _EXAMPLES)}
    kept, edges = rows(cursor, _TOTALS), []
    for each in kept:
        name, total = _name(each), each.pop("edges")
        alike = [Cluster(count=hits, n=n, tasks=tasks) for (hits, n), tasks in sorted(clusters[name].items()) if n and tasks > 0]
        edges.append(Confused(**each, rate=rate_of_many(alike), models=models[name], examples=tuple(examples[name])))
    return tuple(edges), (total - len(kept) if kept else 0)


def _name(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["source"], row["target"], row["tool"]
