"""Scores in the terminal: the leaderboard, slices of it, then each model: how it was scored, pass^k, the paper's accuracies, its slips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from spectool.benchmark.mean_of_seven import accuracy_name, lacking_mean
from spectool.benchmark.scoreboard import REPEATED, PatternRate, Scoreboard, ScoreRow
from spectool.classify.taxonomy import load
from spectool.cli.prose import indented
from spectool.cli.table import LABEL, label
from spectool.plain_text import cut, safe
from spectool.results.told import UNKNOWN, figure, interval, many, percent

NAME = 22
REASONS = 3
_HEAD = f"{'size':>6}{'success':>9}{'95 % interval':>17}{'of':>6}{'progress':>10}{'s/turn':>8}{'s/task':>8}{'tokens in, out':>16}"
_PATTERNS = f"{'findings':>9}{'trajectories':>16}{'rate':>9}{'places':>14}{'rate':>9}"
_NOT_JUDGED = "not judged"
_HELD = "\N{NO-BREAK SPACE}"


def score_lines(board: Scoreboard) -> Iterator[Text]:
    """The whole table, line by line, for 100 columns."""
    yield Text(f"{'model':<{NAME}}{_HEAD}", style="bold")
    yield from (_leader(row, row.model) for row in board.models)
    yield Text()
    if board.slices:
        yield from _slices(board)
    for row in board.models:
        yield from _model(row)
    if board.repeats:
        yield from indented(f"! {many(board.repeats, 'attempt')} {REPEATED}; was a file given twice?", 0, "yellow", hanging=2)
    if board.rejected:
        yield from indented(f"! {many(len(board.rejected), 'record')} could not be read: {safe(board.rejected[0])}", 0, "yellow", hanging=2)


def _leader(row: ScoreRow, name: str) -> Text:
    rate, expense = row.success, row.expense
    line = Text(f"{cut(safe(name) or '(none named)', NAME - 1):<{NAME}}{row.size:>6}")
    line.append(f"{percent(rate.rate):>9}", style="bold").append(f"{interval(rate):>17}{rate.n:>6,}", style="dim")
    seconds = f"{figure(expense.turn_seconds, 2):>8}{figure(expense.task_seconds, 2):>8}"
    tokens = f"{figure(expense.prompt_tokens, 0)}, {figure(expense.completion_tokens, 0)}"
    return line.append(f"{percent(row.progress.mean):>10}{seconds}{tokens:>16}")


def _slices(board: Scoreboard) -> Iterator[Text]:
    for model in board.models:
        yield Text(f"{safe(model.model) or '(no model named)'} by {board.by}", style="bold")
        yield from (_leader(row, row.value or f"(no {board.by})") for row in board.slices if row.model == model.model)
        yield Text()


def _model(row: ScoreRow) -> Iterator[Text]:
    facts = [many(row.attempts, "attempt"), many(row.tasks, "task")]
    facts += [f"{count:,} scored by {basis}" for basis, count in row.bases.items()]
    yield Text.assemble((safe(row.model) or "(no model named)", "bold"), (f"  {' · '.join(facts)}", "dim"))
    yield from _reasons("failed", row.failures)
    yield from _reasons("not scored", row.unscored)
    if row.without_gold:
        hint = f"! {many(row.without_gold, 'attempt')} without gold: if the tasks lie in another file, pass --tasks PATH"
        yield from indented(hint, 2, "yellow", hanging=4)
    for remark, count in row.remarks.items():
        yield from indented(f"! {many(count, 'attempt')}: {safe(remark)}", 2, "yellow", hanging=4)
    if len(row.pass_hat) > 1:
        yield from indented(f"pass^k  {' · '.join(_pass_hats(row))}", 2, hanging=10)
    for line in indented(f"paper's accuracies  {' · '.join(_accuracies(row))}", 2, hanging=22):
        yield Text(line.plain.replace(_HELD, " "))
    yield from indented(safe(lacking_mean(row, REASONS)), 2, "dim", hanging=4)
    yield Text(f"{'  pattern':<{LABEL}}{_PATTERNS}", style="dim")
    yield from map(_pattern, shown(row.patterns))
    yield Text()


def _reasons(what: str, reasons: Mapping[str, int]) -> Iterator[Text]:
    if reasons:
        told = [f"{count:,} {safe(reason)}" for reason, count in list(reasons.items())[:REASONS]]
        more = sum(list(reasons.values())[REASONS:])
        yield from indented(f"{what}: {' · '.join([*told, *((f'{more:,} for other reasons',) if more else ())])}", 2, "dim", hanging=4)


def _pass_hats(row: ScoreRow) -> Iterator[str]:
    for each in row.pass_hat:
        left_out = f", {each.left_out:,} with fewer samples left out" if each.left_out else ""
        yield f"k={each.k} {percent(each.rate.mean)} ({interval(each.rate)}; {many(each.rate.n, 'task')}{left_out})"


def _accuracies(row: ScoreRow) -> Iterator[str]:
    for metric, mean in row.accuracies.items():
        of = "" if mean.n == row.attempts else f" (n = {mean.n:,} of {row.attempts:,})"
        told = f"{mean.mean:.3f}{of}" if mean.mean is not None else _NOT_JUDGED
        # Held together, so that no line ends between a figure and what it is of.
        yield f"{accuracy_name(metric)} {told}".replace(" ", _HELD)


def shown(patterns: Sequence[PatternRate]) -> list[PatternRate]:
    """The seven, and what else was found."""
    core = {error.code for error in load().errors if error.level == "core"}
    return [each for each in patterns if each.error in core or each.findings]


def _pattern(each: PatternRate) -> Text:
    line, runs, places = label(each.error), each.per_trajectory, each.per_opportunity
    if not runs.n:
        reason = next(iter(each.skipped), "").partition(":")[0]
        return line.append(f"{UNKNOWN:>9}   {_NOT_JUDGED}: {safe(reason)}", style="dim")
    line.append(f"{each.findings:>9,}", style="bold" if each.findings else "dim")
    told = f"{f'{runs.count:,} of {runs.n:,}':>16}{percent(runs.rate):>9}{f'of {places.n:,}':>14}{percent(places.rate):>9}"
    return line.append(told, style="" if each.findings else "dim")
