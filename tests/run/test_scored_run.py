"""What a run records is what its score is made of: tasks drawn, run by a model that says what it is told to, read back, scored."""

from __future__ import annotations

import json
from pathlib import Path

from spectool.benchmark.scoring import score_paths
from spectool.run.engines.engine import ToolSection
from spectool.run.run import RunSettings, run_tasks
from tests.benchmark.played import ID, MISSING_TASK, READ_TASK, ROW, WATCH_TASK, task

HERMES = ToolSection(dialect="hermes")
TASKS = {
    "read": task(
        ("get_patent", {"patent_id": ID}), answer=READ_TASK.gold.answer if READ_TASK.gold else (), id="read", category="one_constraint"
    ),
    "watch": task(
        ("watch_patent", {"patent_id": ID, "notify": "daily"}),
        state=WATCH_TASK.gold.state if WATCH_TASK.gold else None,
        mode="exact",
        id="watch",
        category="state_changing",
    ),
    "ask": task(mode="exact", id="ask", category=MISSING_TASK.meta["category"]),
}


def call(name: str, **arguments: object) -> str:
    return f"<tool_call>\n{json.dumps({'name': name, 'arguments': arguments})}\n</tool_call>"


def test_a_run_is_scored_and_its_recorded_states_agree(scripted, tmp_path: Path) -> None:
    texts = {
        "read": [call("get_patent", patent=ID), call("get_patent", patent_id=ID), f"{ROW['assignee']} filed it on {ROW['filed']}."],
        "watch": [call("watch_patent", patent_id=ID, notify="hourly"), call("watch_patent", patent_id=ID), "Done."],
        "ask": [call("finish", answer="Which patent do you mean?")],
    }
    settings = RunSettings(model="tiny-1b", engine="scripted", finish=True, samples=2, temperature=0.5)
    run_tasks(TASKS, settings, lambda: scripted(texts, HERMES), tmp_path / "out.jsonl")
    board = score_paths([tmp_path / "out.jsonl"], by="kind")
    (row,) = board.models
    assert (row.size, row.attempts, row.tasks, row.success.count, row.success.n) == ("1b", 6, 3, 4, 6)
    assert (row.failures, row.unscored, row.remarks) == ({"another end state": 2}, {}, {})
    assert [(each.value, each.success.rate) for each in board.slices] == [
        ("missing_information", 1.0),
        ("one_constraint", 1.0),
        ("state_changing", 0.0),
    ]
    assert [(each.k, each.rate.mean) for each in row.pass_hat] == [(1, 2 / 3), (2, 2 / 3)]
    assert (row.expense.turn_seconds, row.expense.task_seconds) == (0.5, (3 + 3 + 1) * 0.5 / 3)
