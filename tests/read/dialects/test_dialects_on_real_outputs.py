"""Real turns of three models, against what the published checker could decode: nothing it could read is lost here."""

from __future__ import annotations

import json

import pytest

from spectool.read.dialects.scan import scan

MODELS = {
    "Salesforce_Llama-xLAM-2-8b-fc-r": "json_list",
    "meta-llama_Llama-3.1-8B-Instruct": "pythonic",
    "Qwen_Qwen3-8B": "pythonic",
}
CATEGORIES = ("simple", "multiple", "parallel", "parallel_multiple", "live_simple", "live_multiple", "java", "javascript")


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.mark.parametrize(("model", "asked"), MODELS.items())
def test_what_passed_the_published_checker_is_read(shared_data, model, asked):
    results, questions = shared_data / "bfcl" / "results" / "v3", shared_data / "bfcl" / "datasets" / "v3"
    passed, lost = 0, []
    for category in CATEGORIES:
        names = {row["id"]: frozenset(tool["name"] for tool in row["function"]) for row in rows(questions / f"BFCL_v3_{category}.json")}
        failed = {row["id"] for row in rows(results / "score" / model / f"BFCL_v3_{category}_score.json")[1:]}
        for row in rows(results / "result" / model / f"BFCL_v3_{category}_result.json"):
            if row["id"] in failed:
                continue
            passed += 1
            parsed, _ = scan(row["result"], asked=asked, names=names[row["id"]])
            if not parsed.calls or any(call.arguments is None for call in parsed.calls):
                lost.append(row["id"])
    # One of Qwen3's rows holds data['sales'], which the reference takes as text; here it is an expression, and malformed.
    assert (passed > 1500, len(lost) <= 1) == (True, True), lost
