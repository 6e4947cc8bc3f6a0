"""The table that ``classify`` prints, whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from spectool.cli.table import summary_lines
from spectool.plain_text import safe, shortened
from spectool.results.interval import Cluster, rate_of
from spectool.results.summary import Counts, Example, Harm, Input, ModelSummary, PatternSummary, RewardSummary, Settings, Summary

GOLDEN = Path(__file__).parent / "table.txt"


def pattern(error: str, level: str = "core", *, hit: int = 0, of: int = 40, **fields) -> PatternSummary:
    rate = rate_of([Cluster(count=1, n=1, tasks=hit), Cluster(count=0, n=1, tasks=of - hit)])
    message = (
        "expected 'Paris', got '\x1b[2J\x1b]0;owned\x07Rome' [bold]in[/bold] argument 'city' of the second call of the third turn of it all"
    )
    values = {
        "findings": hit,
        "candidates": 0,
        "excused": 0,
        "trajectories_with": hit,
        "judged": of,
        "assessed": of,
        "per_trajectory": rate,
        "per_opportunity": rate,
        "skipped": {},
        "subtypes": {"other": hit} if hit else {},
        "example": Example(key="k", id="demo-007", subtype="other", tier="certain", path="$", message=message) if hit else None,
        "failed_with": Harm(decided=0, failed=0),
    }
    return PatternSummary(error=error, level=level, **{**values, **fields})


def model(name: str, *patterns: PatternSummary, **fields) -> ModelSummary:
    values = {
        "trajectories": 40,
        "tasks": 40,
        "steps": 40,
        "calls": 45,
        "passed": 30,
        "failed": 6,
        "undecided": 4,
        "without_tools": 0,
        "without_gold": 4,
        "reward": None,
        "systemic": (),
    }
    return ModelSummary(model=name, patterns=patterns, **{**values, **fields})


def summary(*models: ModelSummary) -> Summary:
    return Summary(
        schema_version=1,
        spectool="0.1.0",
        created="2026-01-01",
        inputs=(Input(path="runs/outputs.jsonl", files=1, formats={"openai_chat": 1}, trajectories=80, rejected=5),),
        settings=Settings(),
        counts=Counts(records=85, trajectories=80, calls=90, rejected=5, duplicate_ids=1),
        models=models,
        rejected=("outputs.jsonl:3: not JSON", "outputs.jsonl:9: not JSON", "outputs.jsonl:12: no 'messages' key"),
        crashed=(),
        notes=(),
    )


def whole() -> Summary:
    gold = "no gold: what was needed is unknown (pass --tasks)"
    seven = [pattern(code) for code in ("IFN", "IAN", "IAT", "RAC")]
    unjudged = pattern("IAC", of=0, skipped={gold: 40})
    reward = RewardSummary(
        passing=30,
        failing=10,
        recall=rate_of([Cluster(count=1, n=1, tasks=7), Cluster(count=0, n=1, tasks=3)]),
        false_alarms=rate_of([Cluster(count=1, n=1, tasks=2), Cluster(count=0, n=1, tasks=28)]),
        core_recall=rate_of([Cluster(count=1, n=1, tasks=5), Cluster(count=0, n=1, tasks=5)]),
        core_false_alarms=rate_of([Cluster(count=0, n=1, tasks=30)]),
    )
    first = model(
        "tiny-135m",
        pattern("IFE", hit=31),
        *seven[:3],
        pattern("IAV", hit=9, candidates=4, excused=1),
        unjudged,
        seven[3],
        pattern("wrong_tool", "extended", hit=3, of=36, skipped={gold: 4}),
        pattern("truncated", "artefact", hit=1),
        systemic=(
            "IFE.wrapped is in 24 of 31 failing trajectories: likely harness or parser fault; look at some before blaming the model",
        ),
    )
    second = model("big-1.5b", pattern("IFE"), *seven[:3], pattern("IAV", hit=2), pattern("IAC", hit=1), seven[3], reward=reward)
    return summary(first, second)


def text(width: int = 100) -> str:
    return "".join(f"{line.plain.rstrip()}\n" for line in summary_lines(whole(), Path("results/outputs.jsonl"), width))


def test_the_table_is_the_golden_one():
    assert text() == GOLDEN.read_text(encoding="utf-8"), "if the change is meant: python tests/cli/test_table.py"


def test_every_line_fits_into_a_hundred_columns():
    assert [line for line in text().splitlines() if cell_len(line) > 100] == []


def test_nothing_of_a_model_reaches_the_terminal_raw():
    assert "\x1b" not in text()
    assert "[bold]in[/bold]" in text()


def test_a_wider_terminal_shows_more_of_an_example():
    assert "of the second call" in text(140)
    assert "of the second call" not in text(100)


@pytest.mark.parametrize(
    ("message", "columns", "shown"),
    [
        pytest.param("expected '3', got '4'", 40, "expected '3', got '4'", id="what fits is whole"),
        pytest.param("expected one of a, b, c, d, got 'e'", 30, "expected one of a, b…, got 'e'", id="what was expected is cut first"),
        pytest.param("expected '3', got '444444444444'", 30, "expected '3', got '4444444444…", id="a short one stays whole"),
        pytest.param("expected '333333333', got '444444'", 20, "expected …, got '44…", id="both long: half each"),
        pytest.param("a sentence of another kind", 12, "a sentence …", id="another sentence is cut at its end"),
    ],
)
def test_an_example_is_cut_where_least_is_lost(message, columns, shown):
    assert shortened(message, columns) == shown
    assert len(shown) <= columns


def test_intervals_over_tasks_say_so():
    rate = rate_of([Cluster(count=2, n=2, tasks=12), Cluster(count=0, n=2, tasks=12)])
    made = summary(model("m", pattern("IFE", hit=24, per_trajectory=rate), trajectories=48, tasks=24))
    lines = [line.plain for line in summary_lines(made, Path("results"), 100)]
    assert "  intervals are over 24 tasks, not 48 trajectories: attempts at one task are alike" in lines
    assert "intervals are over" not in text()


def test_safe_text_has_no_control_left():
    assert safe("a\x1b[31mred\x1b[0m\tb\r\nc\x00\u202ed\u2028e\ud800") == "ared b c\ufffd\ufffdd e\ufffd"
    assert safe("Zürich 東京 🌍") == "Zürich 東京 🌍"


if __name__ == "__main__":
    GOLDEN.write_text(text(), encoding="utf-8")
