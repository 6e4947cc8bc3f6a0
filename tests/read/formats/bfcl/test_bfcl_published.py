"""A question keeps BFCL's own words beside the tools and gold made of them."""

from __future__ import annotations

import json
from pathlib import Path

from spectool.read.formats.bfcl.published import BfclTask
from spectool.read.tasks import load_tasks

FUNCTION = {
    "name": "f",
    "parameters": {"type": "dict", "properties": {"x": {"type": "tuple", "items": {"type": "float"}}}, "required": ["x"]},
}
ANSWER = {"id": "simple_0", "ground_truth": [{"f": {"x": [[1.0, 2.0], ""]}}]}


def test_types_and_allowed_values_stay_as_published(tmp_path: Path):
    (tmp_path / "possible_answer").mkdir()
    asked = {"id": "simple_0", "question": [[{"role": "user", "content": "?"}]], "function": [FUNCTION]}
    (tmp_path / "BFCL_v3_simple.json").write_text(json.dumps(asked))
    (tmp_path / "possible_answer" / "BFCL_v3_simple.json").write_text(json.dumps(ANSWER))
    tasks, refused = load_tasks([tmp_path])
    (task,) = tasks.values()
    assert refused == []
    assert isinstance(task, BfclTask)
    assert (json.loads(task.functions), task.answer) == ([FUNCTION], ANSWER)
    assert task.tool_sets[0][0].parameters["properties"]["x"]["type"] == "array"
