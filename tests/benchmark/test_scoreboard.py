"""Scores counted by hand: three tasks of two samples, two models."""

from __future__ import annotations

import json

import msgspec
import pytest

from spectool.benchmark.mean_of_seven import lacking_mean
from spectool.benchmark.score import SLICES, score
from spectool.benchmark.scoreboard import Scoreboard, ScoreRow, scoreboard
from spectool.cli.score import SLICES as OFFERED
from spectool.model import Trajectory
from spectool.report.score_page import score_page
from tests.benchmark.played import LOOK, READ_TASK, ROW, UNRELATED_TASK, WATCH, WATCH_TASK, attempted, played

GOOD = f"{ROW['assignee']} filed it on {ROW['filed']}."
READ = msgspec.structs.replace(READ_TASK, id="read")
CHANGE = msgspec.structs.replace(WATCH_TASK, id="change")
UNRELATED = msgspec.structs.replace(UNRELATED_TASK, id="unrelated")


def runs() -> list[Trajectory]:
    """``big``: read 2 of 2, change 1 of 2, unrelated 1 of 1 and one that its engine lost. ``small``: nothing of 1."""
    return [
        played(READ, f"I guess {ROW['assignee']}.", model="small-135m"),
        played(READ, [LOOK], GOOD, model="big-7b"),
        played(READ, [LOOK], GOOD, model="big-7b", sample=1),
        played(CHANGE, [WATCH], "Done.", model="big-7b"),
        played(CHANGE, "Done.", model="big-7b", sample=1),
        played(UNRELATED, "I can not do that.", model="big-7b"),
        played(UNRELATED, model="big-7b", sample=1, meta={"stopped": "error"}),
    ]


@pytest.fixture(scope="module")
def board() -> Scoreboard:
    return scoreboard([score(attempted(one)) for one in runs()], "kind", ["a.jsonl:7: no JSON"])


def test_models_stand_by_success(board: Scoreboard) -> None:
    rows = [(row.model, row.size, row.attempts, row.tasks, row.success.count, row.success.n) for row in board.models]
    assert rows == [("big-7b", "7b", 6, 3, 4, 5), ("small-135m", "135m", 1, 1, 0, 1)]


def test_each_figure_says_by_what_and_over_how_many(board: Scoreboard) -> None:
    big, small = board.models
    assert big.bases == {"answer and end state": 2, "end state": 2, "our verdict and end state": 1}
    assert (big.failures, big.unscored, big.remarks) == ({"another end state": 1}, {"the engine failed": 1}, {})
    assert (small.failures, small.unscored) == ({"an answer without any executed call is a guess": 1}, {})
    assert (big.progress.mean, big.progress.n, big.progress.tasks) == (pytest.approx(4 / 5), 5, 3)
    assert (small.progress.mean, small.progress.n) == (0.0, 1)


def test_pass_hat_is_over_tasks(board: Scoreboard) -> None:
    found = [(each.k, each.rate.mean, each.rate.n, each.left_out) for each in board.models[0].pass_hat]
    assert found == [(1, pytest.approx((1 + 0.5 + 1) / 3), 3, 0), (2, pytest.approx(0.5), 2, 1)]


def test_the_interval_of_success_draws_tasks(board: Scoreboard) -> None:
    assert board.models[0].success.method == "wilson over tasks"


def test_accuracies_are_means_over_what_could_be_judged(board: Scoreboard) -> None:
    accuracies = board.models[0].accuracies
    assert list(accuracies) == ["IAC", "IAV", "IAN", "IAT", "RAC", "IFN", "IFE", "success"]
    assert (accuracies["IAC"].mean, accuracies["IAC"].n) == (pytest.approx(5 / 6), 6)
    assert accuracies["IAV"].mean == 1.0
    assert (accuracies["success"].n, board.models[0].unjudged) == (3, {"IFE could not be judged": 3})


def test_patterns_have_both_rates(board: Scoreboard) -> None:
    (iac,) = [each for each in board.models[0].patterns if each.error == "IAC"]
    assert (iac.findings, iac.per_trajectory.count, iac.per_trajectory.n) == (1, 1, 6)
    assert (iac.per_opportunity.count, iac.per_opportunity.n) == (1, 4)
    (skipped,) = [each for each in board.models[1].patterns if each.error == "constraint_violation"]
    assert (skipped.per_trajectory.rate, sum(skipped.skipped.values())) == (None, 1)


def test_costs_are_means_with_their_n(board: Scoreboard) -> None:
    expense = board.models[0].expense
    assert (expense.turns, expense.timed, expense.counted) == (8, 5, 6)
    assert (expense.turn_seconds, expense.task_seconds) == (pytest.approx(7 / 8), pytest.approx(7 / 5))
    assert (expense.prompt_tokens, expense.completion_tokens) == (100, 10)


def test_slices_are_parts_of_the_models(board: Scoreboard) -> None:
    rows = [(row.model, row.value, row.success.count, row.success.n, row.attempts) for row in board.slices]
    assert rows == [
        ("big-7b", "one_constraint", 3, 4, 4),
        ("big-7b", "unrelated_request", 1, 1, 2),
        ("small-135m", "one_constraint", 0, 1, 1),
    ]


def test_by_model_is_the_leaderboard_itself() -> None:
    scored = [score(attempted(one)) for one in runs()]
    assert scoreboard(scored, "model").slices == ()
    assert scoreboard(scored, "model").models == scoreboard(scored).models


def test_the_order_of_the_attempts_makes_no_difference() -> None:
    def figures(row: ScoreRow) -> object:
        return row.success, row.progress, row.pass_hat, row.accuracies, row.expense.turn_seconds

    scored = [score(attempted(one)) for one in runs()]
    assert [*map(figures, scoreboard(scored).models)] == [*map(figures, scoreboard(scored[::-1]).models)]


def test_an_attempt_that_comes_twice_is_told(board: Scoreboard) -> None:
    scored = [score(attempted(one)) for one in runs()]
    assert (board.repeats, scoreboard([*scored, scored[0]]).repeats) == (0, 1)


def test_the_command_offers_every_slice() -> None:
    assert tuple(SLICES) == OFFERED


def test_it_goes_to_json_and_back(board: Scoreboard) -> None:
    text = msgspec.json.encode(board)
    assert json.loads(text)["models"][0]["success"]["count"] == 4
    assert msgspec.json.decode(text, type=Scoreboard) == board


def test_the_page_has_every_figure_with_its_n(board: Scoreboard) -> None:
    lines = score_page(board).splitlines()
    row = "| big-7b | 7b | 80.0 % | 28.8 – 97.5 % | 5 | 80.0 % | 5 | 0.88 | 1.40 | 100 | 10 |"
    assert lines[:5] == [
        "## Success against size and latency",
        "",
        "| model | size | success | 95 % interval | of | progress | of | s/turn | s/task | tokens in | tokens out |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        row,
    ]
    assert "| big-7b | one_constraint | 7b | 75.0 % | 19.8 – 97.3 % | 4 | 75.0 % | 4 | 0.93 | 1.62 | 100 | 10 |" in lines
    assert "| big-7b | 2 | 50.0 % | 9.5 – 90.5 % | 2 | 1 |" in lines
    by = "2 scored by answer and end state; 2 scored by end state; 1 scored by our verdict and end state"
    lack = "3 of 6 attempts have no mean of the seven: IFE could not be judged in 3"
    assert f"- **big-7b**: 6 attempts at 3 tasks; {by}; 1 not scored: the engine failed; 1 failed: another end state; {lack}" in lines
    assert lines[-1] == "- 1 record could not be read, the first: a.jsonl:7: no JSON"


def test_the_page_says_success_of_one_figure_only(board: Scoreboard) -> None:
    lines = score_page(board).splitlines()
    seven = "| model | IAC | IAV | IAN | IAT | RAC | IFN | IFE | mean of the seven |"
    assert lines[lines.index(seven) + 2].endswith("| 1.000 (n = 6) | 1.000 (n = 3 of 6) | 0.619 (n = 3 of 6) |")


def test_reasons_without_a_mean_beyond_the_first_are_summed(board: Scoreboard) -> None:
    row = msgspec.structs.replace(
        board.models[1], attempts=9, unjudged={"IFE could not be judged": 4, "IAC could not be judged": 2, "x": 1}
    )
    assert [lacking_mean(row, most) for most in (1, 3)] == [
        "7 of 9 attempts have no mean of the seven: IFE could not be judged in 4, others could not in 3",
        "7 of 9 attempts have no mean of the seven: IFE could not be judged in 4, IAC could not be judged in 2, x in 1",
    ]


def test_what_a_model_is_called_can_not_break_a_table() -> None:
    made = played(READ, "Hi.", model="a|b\n<b>`x`")
    page = score_page(scoreboard([score(attempted(made))]))
    assert "| a\\|b &lt;b>'x' | – | 0.0 % |" in page
