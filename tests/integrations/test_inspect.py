"""Inspect's own packages run the examples: an evaluation with a scripted model is scored, and its log is scanned.

Needs the extra ``inspect``; skips without it.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import Any

import pytest

from tests.integrations.examples import example

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not importlib.util.find_spec("inspect_scout"), reason="needs inspect-ai and inspect-scout: pip install 'spectool[inspect]'"
    ),
]

# One process, as a user's own would be: the packages of Inspect warn and log as they like.
DRIVER = """
import json

from inspect_ai import eval, score
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from inspect_scout import scan, scan_results_df, transcripts_from

from errors import errors
from spectool.integrations.inspect import tool_errors_scorer
from weather import weather


def said(output):
    output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)  # given, so that no tokenizer is downloaded
    return output


def call(**arguments):
    return said(ModelOutput.for_tool_call("mockllm/model", "get_weather", arguments))


def told(log):
    scores = {each.name: each for each in log.results.scores}
    return {name: [each.metrics["mean"].value if each.scored_samples else None, each.unscored_samples] for name, each in scores.items()}


def main():
    done = said(ModelOutput.from_content("mockllm/model", "Sunny."))
    model = get_model("mockllm/model", custom_outputs=[call(city="Paris"), done, call(town="Rome", days="two"), done])
    (log,) = eval(weather(), model=model, log_dir="logs", max_samples=1, display="none")
    again = score(log, tool_errors_scorer(), display="none", action="overwrite")
    status = scan(errors(), transcripts=transcripts_from("logs"), scans="scans", display="none", max_processes=1)
    found = scan_results_df(status.location).scanners["tool_errors"]
    rows = {}
    for row in found.to_dict("records"):
        value = row["value"] if isinstance(row["value"], bool) else None
        cites = [each["cite"] for each in json.loads(row["message_references"])]
        rows.setdefault(row["transcript_task_id"], {})[row["label"]] = [value, cites]
    first = log.samples[1].scores["tool_errors_scorer"]
    print(json.dumps({"status": log.status, "eval": told(log), "again": told(again), "complete": status.complete, "scan": rows,
                      "score": [first.answer, first.explanation.splitlines()[2], len(first.metadata["scanner_references"])]}))


if __name__ == "__main__":
    main()
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("inspect")
    (folder / "weather.py").write_text(example("python", "# weather.py"))
    (folder / "errors.py").write_text(example("python", "# errors.py"))
    (folder / "tasks.jsonl").write_text(example("json", '"gold"'))
    (folder / "driver.py").write_text(DRIVER)
    done = subprocess.run([sys.executable, "driver.py"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4_000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_the_scorer_gives_the_rate_of_samples_with_each_pattern(ran: dict[str, Any]) -> None:
    assert ran["status"] == "success"
    # Of "rome" the tasks hold no gold: what was needed there is unknown, and left out of the mean.
    assert ran["eval"] == {
        "IFE": [None, 2], "IFN": [0.0, 0], "IAN": [0.5, 0], "IAT": [0.5, 0], "IAV": [0.0, 0], "IAC": [0.0, 1], "RAC": [0.0, 0],
    }  # fmt: skip


def test_a_score_says_what_was_found_and_where(ran: dict[str, Any]) -> None:
    line = "Incorrect Argument Name: [M2] get_weather: expected an argument of get_weather (city, days), got 'town' (near_miss, certain)"
    assert ran["score"] == ["IAN, IAT", line, 1]


def test_a_log_that_exists_is_scored_alike_but_for_the_gold_that_was_not_given(ran: dict[str, Any]) -> None:
    assert ran["again"] == {**ran["eval"], "IAC": [None, 2]}


def test_the_scanner_gives_each_transcript_one_result_a_pattern(ran: dict[str, Any]) -> None:
    assert ran["complete"] is True
    clean = {code: [False, []] for code in ("IFN", "IAN", "IAT", "IAV", "RAC")}
    assert ran["scan"] == {
        "paris": {"IFE": [None, []], **clean, "IAC": [False, []]},
        "rome": {"IFE": [None, []], **clean, "IAN": [True, ["[M2]"]], "IAT": [True, ["[M2]"]], "IAC": [None, []]},
    }
