"""Scores as a Markdown page that can be pasted into a paper's appendix or a model card: every figure with its n."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spectool.benchmark.mean_of_seven import accuracy_name, lacking_mean
from spectool.benchmark.scoreboard import REPEATED, Scoreboard, ScoreRow
from spectool.results.interval import Rate
from spectool.results.mean import Mean
from spectool.results.told import UNKNOWN, figure, interval, many, percent

_ESCAPED = str.maketrans({"|": "\\|", "\n": " ", "<": "&lt;", "`": "'"})
# How many reasons a cell names; --json has them all.
REASONS = 4


def score_page(board: Scoreboard) -> str:
    """The whole page."""
    parts = [_leaderboard(board.models, "model"), _pass_hats(board.models), _accuracies(board.models), _patterns(board.models)]
    if board.slices:
        parts.insert(1, _leaderboard(board.slices, board.by or ""))
    parts.append(_notes(board))
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _leaderboard(rows: Sequence[ScoreRow], by: str) -> Iterator[str]:
    yield "## Success against size and latency\n" if by == "model" else f"## By {by}\n"
    places = ["model"] if by == "model" else ["model", by]
    head = ["size", "success", "95 % interval", "of", "progress", "of", "s/turn", "s/task", "tokens in", "tokens out"]
    yield from _table([*places, *head], (_leader(row, by) for row in rows), left=len(places))


def _leader(row: ScoreRow, by: str) -> list[str]:
    spent = row.expense
    place = [row.model or "(no model named)"] + ([] if by == "model" else [row.value or f"(no {by})"])
    figures = [percent(row.success.rate), interval(row.success), f"{row.success.n:,}", percent(row.progress.mean), f"{row.progress.n:,}"]
    seconds = [figure(spent.turn_seconds, 2), figure(spent.task_seconds, 2)]
    return [*place, row.size, *figures, *seconds, figure(spent.prompt_tokens, 0), figure(spent.completion_tokens, 0)]


def _pass_hats(rows: Sequence[ScoreRow]) -> Iterator[str]:
    if not any(len(row.pass_hat) > 1 for row in rows):
        return
    yield "## pass^k: all of k attempts at a task succeed\n"
    told = ([row.model, str(each.k), *_mean(each.rate), f"{each.left_out:,}"] for row in rows for each in row.pass_hat)
    yield from _table(["model", "k", "pass^k", "95 % interval", "tasks", "left out"], told, left=1)


def _accuracies(rows: Sequence[ScoreRow]) -> Iterator[str]:
    yield "## The paper's accuracies\n"
    metrics = list(rows[0].accuracies) if rows else []
    yield from _table(
        ["model", *map(accuracy_name, metrics)],
        ([row.model, *(_accuracy(row.accuracies[metric], row.attempts) for metric in metrics)] for row in rows),
        left=1,
    )


def _accuracy(mean: Mean, attempts: int) -> str:
    of = "" if mean.n == attempts else f" of {attempts:,}"
    return UNKNOWN if mean.mean is None else f"{mean.mean:.3f} (n = {mean.n:,}{of})"


def _patterns(rows: Sequence[ScoreRow]) -> Iterator[str]:
    yield "## Error patterns\n"
    told = (
        [row.model, each.error, f"{each.findings:,}", *_rate(each.per_trajectory), *_rate(each.per_opportunity)]
        for row in rows
        for each in row.patterns
        if each.findings or not each.per_trajectory.n
    )
    head = ["model", "pattern", "findings", "per trajectory", "95 % interval", "of", "per opportunity", "95 % interval", "of"]
    yield from _table(head, told, left=2)


def _rate(rate: Rate) -> list[str]:
    return [percent(rate.rate), interval(rate), f"{rate.n:,}"]


def _mean(mean: Mean) -> list[str]:
    return [percent(mean.mean), interval(mean), f"{mean.tasks:,}"]


def _notes(board: Scoreboard) -> Iterator[str]:
    yield "## How it was scored\n"
    for row in board.models:
        parts = [f"{many(row.attempts, 'attempt')} at {many(row.tasks, 'task')}"]
        parts += [f"{count:,} scored by {basis}" for basis, count in row.bases.items()]
        parts += [f"{count:,} not scored: {reason}" for reason, count in list(row.unscored.items())[:REASONS]]
        parts += [f"{count:,} failed: {reason}" for reason, count in list(row.failures.items())[:REASONS]]
        parts += [told for told in (lacking_mean(row, REASONS),) if told]
        parts += [f"{count:,} with a remark: {remark}" for remark, count in row.remarks.items()]
        yield f"- **{_cell(row.model or '(no model named)')}**: {'; '.join(map(_cell, parts))}"
    if board.repeats:
        yield f"- {many(board.repeats, 'attempt')} {REPEATED}"
    if board.rejected:
        yield f"- {many(len(board.rejected), 'record')} could not be read, the first: {_cell(board.rejected[0])}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: int) -> Iterator[str]:
    """A table whose first ``left`` columns hold text and whose others hold figures."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---' if column < left else '--:' for column in range(len(head)))}|"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"
    yield ""


def _cell(text: str) -> str:
    return "".join(character for character in text.translate(_ESCAPED) if character.isprintable())
