"""Scores counted: a row a model, or a model and slice, each figure with its n and an interval that draws tasks, not attempts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from spectool.benchmark.model_size import size_of
from spectool.benchmark.pass_hat import PassHat, pass_hats
from spectool.benchmark.score import Scored, Slice
from spectool.benchmark.success import NO_GOLD
from spectool.classify.compat.ruling import METRICS
from spectool.classify.taxonomy import load
from spectool.results.interval import Cluster, Rate, rate_of
from spectool.results.mean import Mean, mean_of

REPEATED = "with the model, prompt, task and sample number of another, counted as further samples"
"""What ``repeats`` attempts are, wherever they are told."""


class PatternRate(msgspec.Struct, frozen=True, kw_only=True):
    """How often one pattern was found; ``skipped`` maps each reason to the attempts that could not be judged because of it."""

    error: str
    findings: int
    per_trajectory: Rate
    per_opportunity: Rate
    skipped: Mapping[str, int]


class Expense(msgspec.Struct, frozen=True, kw_only=True):
    """What attempts took on average, ``None`` where no log says.

    ``turn_seconds`` over ``turns``, ``task_seconds`` over ``timed`` attempts; tokens over ``counted`` attempts.
    """

    turns: int
    timed: int
    counted: int
    turn_seconds: float | None
    task_seconds: float | None
    prompt_tokens: float | None
    completion_tokens: float | None


class ScoreRow(msgspec.Struct, frozen=True, kw_only=True):
    """One model, or one slice of it (``value``; empty where the attempts do not say).

    ``success.n`` attempts could be scored: ``bases`` says by what, ``unscored`` why others could not, ``failures`` the first reason of
    each that failed. ``size`` is the number of parameters as written, ``-`` where unknown. ``accuracies`` are the paper's, over the
    attempts where each could be judged, its key ``success`` being the mean of the seven; ``unjudged`` says why some attempts have no such
    mean. ``remarks`` count attempts.
    """

    model: str
    value: str
    size: str
    attempts: int
    tasks: int
    success: Rate
    progress: Mean
    pass_hat: tuple[PassHat, ...]
    accuracies: Mapping[str, Mean]
    unjudged: Mapping[str, int]
    patterns: tuple[PatternRate, ...]
    expense: Expense
    bases: Mapping[str, int]
    failures: Mapping[str, int]
    unscored: Mapping[str, int]
    remarks: Mapping[str, int]

    @property
    def without_gold(self) -> int:
        """How many attempts were not scored for lack of gold."""
        return self.unscored.get(NO_GOLD, 0)


class Scoreboard(msgspec.Struct, frozen=True, kw_only=True):
    """``models`` by success, best first; ``slices`` are their parts by ``by``, in the order of the models and of the values' names.

    ``rejected``: the records that could not be read, with why. ``repeats`` attempts have the model, prompt, task and sample number of
    another: they count as further samples, which is wrong where a file was given twice.
    """

    by: Slice | None
    models: tuple[ScoreRow, ...]
    slices: tuple[ScoreRow, ...] = ()
    rejected: tuple[str, ...] = ()
    repeats: int = 0


def scoreboard(scored: Sequence[Scored], by: Slice | None = None, rejected: Sequence[str] = ()) -> Scoreboard:
    """Counts ``scored``; ``by`` adds a row for each value of a slice and model."""
    models = sorted(_rows(scored, "model"), key=lambda row: (-(row.success.rate if row.success.rate is not None else -1.0), row.model))
    slices: tuple[ScoreRow, ...] = ()
    if by is not None and by != "model":
        slices = tuple(row for model in models for row in _rows([each for each in scored if each.model == model.model], by))
    repeats = len(scored) - len({(each.model, each.slices["prompt"], each.task, each.sample) for each in scored})
    return Scoreboard(by=by, models=tuple(models), slices=slices, rejected=tuple(rejected), repeats=repeats)


def _rows(scored: Iterable[Scored], by: Slice) -> Iterator[ScoreRow]:
    groups: dict[tuple[str, str], list[Scored]] = defaultdict(list)
    for each in scored:
        groups[each.model, each.slices[by]].append(each)
    for (model, value), group in sorted(groups.items(), key=lambda item: item[0]):
        yield _row(model, value, group)


def _row(model: str, value: str, group: Sequence[Scored]) -> ScoreRow:
    tasks = _by_task(group)
    decided = [[each.success.value for each in of_task if each.success.value is not None] for of_task in tasks]
    tried = [(sum(values), len(values)) for values in decided if values]
    return ScoreRow(
        model=model,
        value=value,
        size=size_of(model, next((each.parameters for each in group if each.parameters), "")),
        attempts=len(group),
        tasks=len(tasks),
        success=_rate(tried),
        progress=mean_of([each.progress for each in of_task if each.progress is not None] for of_task in tasks),
        pass_hat=tuple(pass_hats(tried)),
        accuracies={
            metric: mean_of([each.accuracies[metric] for each in of_task if metric in each.accuracies] for of_task in tasks)
            for metric in METRICS
        },
        unjudged=_counted(each.unjudged for each in group if each.unjudged),
        patterns=tuple(_patterns(tasks)),
        expense=_expense(group),
        bases=_counted(each.success.basis for each in group if each.success.value is not None),
        failures=_counted(each.success.why for each in group if each.success.value is False and each.success.why),
        unscored=_counted(each.success.why for each in group if each.success.value is None),
        remarks=_counted(remark for each in group for remark in each.success.remarks),
    )


def _by_task(group: Sequence[Scored]) -> list[list[Scored]]:
    tasks: dict[str, list[Scored]] = defaultdict(list)
    for each in group:
        tasks[each.task].append(each)
    return list(tasks.values())


def _counted(reasons: Iterable[str]) -> dict[str, int]:
    return dict(Counter(reasons).most_common())


def _rate(tried: Iterable[tuple[int, int]]) -> Rate:
    return rate_of([Cluster(count=count, n=n, tasks=times) for (count, n), times in Counter(tried).items()])


def _patterns(tasks: Sequence[Sequence[Scored]]) -> Iterator[PatternRate]:
    """Every pattern that was judged or skipped, in the order of the taxonomy."""
    runs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    skipped: dict[str, Counter[str]] = defaultdict(Counter)
    for of_task in tasks:
        for error, found in _found_in(of_task).items():
            judged = [each for each in found if each[2] is None]
            runs[error].append((sum(each[1] > 0 for each in judged), len(judged)))
            places[error].append((sum(each[1] for each in judged), sum(each[0] for each in judged)))
            skipped[error].update(each[2] for each in found if each[2] is not None)
    order = load().positions
    for error in sorted(runs, key=lambda code: (order.get(code, len(order)), code)):
        yield PatternRate(
            error=error,
            findings=sum(count for count, _ in places[error]),
            per_trajectory=_rate(runs[error]),
            per_opportunity=_rate(places[error]),
            skipped=dict(skipped[error].most_common()),
        )


def _found_in(of_task: Iterable[Scored]) -> Mapping[str, list[tuple[int, int, str | None]]]:
    """(places assessed, findings, why skipped) of each attempt at a task, by pattern."""
    found: dict[str, list[tuple[int, int, str | None]]] = defaultdict(list)
    for each in of_task:
        for one in each.found:
            found[one.error].append((one.assessed, one.found, one.skipped))
    return found


def _expense(group: Iterable[Scored]) -> Expense:
    costs = [each.costs for each in group]
    seconds = [cost.seconds for cost in costs if cost.seconds is not None]
    turns = sum(cost.turns for cost in costs)
    prompts = [cost.prompt_tokens for cost in costs if cost.prompt_tokens is not None]
    answers = [cost.completion_tokens for cost in costs if cost.completion_tokens is not None]
    return Expense(
        turns=turns,
        timed=len(seconds),
        counted=len(answers),
        turn_seconds=sum(seconds) / turns if turns else None,
        task_seconds=sum(seconds) / len(seconds) if seconds else None,
        prompt_tokens=sum(prompts) / len(prompts) if prompts else None,
        completion_tokens=sum(answers) / len(answers) if answers else None,
    )
