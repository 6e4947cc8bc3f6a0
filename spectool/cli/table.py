"""The table a newcomer sees first: patterns with rates and denominators, an example each, what could not be checked, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.text import Text

from spectool.classify.taxonomy import load
from spectool.cli.closing import closing
from spectool.cli.compat import compat_lines
from spectool.cli.prose import indented
from spectool.model import Level
from spectool.plain_text import cut, safe, shortened
from spectool.results.interval import Rate
from spectool.results.notes import clustered
from spectool.results.place import placed
from spectool.results.summary import ModelSummary, PatternSummary, Summary
from spectool.results.told import brief, interval, many, percent

LABEL = 34
MODELS_ABREAST = 4
_FURTHER: tuple[tuple[Level, str], ...] = (
    ("extended", "beyond the seven"),
    ("event", "events (nobody's slip by themselves)"),
    ("artefact", "artefacts of the harness"),
)
_HEAD = f"{'findings':>9}{'trajectories':>18}{'rate':>9}{'95 % interval':>19}"


def summary_lines(summary: Summary, folder: Path, width: int) -> Iterator[Text]:
    """The whole table, line by line, for ``width`` columns (at least 100)."""
    yield from _title(summary)
    if len(summary.models) > 1:
        yield from matrix_lines(summary.models)
    for model in summary.models:
        yield from model_lines(model, width)
    yield from compat_lines(summary)
    yield from closing(summary, folder)


def _title(summary: Summary) -> Iterator[Text]:
    counts = summary.counts
    more = f" and {len(summary.inputs) - 3} more" if len(summary.inputs) > 3 else ""
    inputs = ", ".join(safe(each.path) for each in summary.inputs[:3]) + more
    formats = ", ".join(dict.fromkeys(name for each in summary.inputs for name in each.formats))
    yield Text.assemble(("SpecTool", "bold"), f"  {inputs}", (f"  ({formats})", "dim"))
    parts = [many(counts.trajectories, "trajectory", "trajectories"), many(len(summary.models), "model"), many(counts.calls, "call")]
    if counts.rejected:
        parts.append(f"{counts.rejected:,} rejected")
    yield Text(" · ".join(parts))
    yield Text()


def matrix_lines(models: Sequence[ModelSummary]) -> Iterator[Text]:
    """Pattern by model: the share of trajectories with it, so that two models are compared before each is read."""
    for start in range(0, len(models), MODELS_ABREAST):
        abreast = models[start : start + MODELS_ABREAST]
        column = (100 - LABEL) // len(abreast)
        head = Text(f"{'Trajectories with the pattern':<{LABEL}}", style="bold")
        for model in abreast:
            head.append(cut(safe(model.model) or "(no model named)", column - 2).rjust(column))
        yield head
        for code in _codes(abreast):
            line = label(code)
            for model in abreast:
                line.append(_cell(_pattern(model, code), column))
            yield line
        yield Text()


def _codes(models: Sequence[ModelSummary]) -> list[str]:
    """The seven, and what else was found in one of ``models``, in the order of the taxonomy."""
    found = {each.error for model in models for each in model.patterns if each.findings and each.level == "extended"}
    return [error.code for error in load().errors if error.level == "core" or error.code in found]


def _cell(pattern: PatternSummary | None, column: int) -> Text:
    if pattern is None or not pattern.judged:
        return Text("not judged".rjust(column), style="dim")
    rate = pattern.per_trajectory
    share, places = percent(rate.rate), f"{rate.count:,}/{rate.n:,}"
    text = f"{share:>8} {places:>11}" if column >= 20 else share
    return Text(text.rjust(column), style="" if rate.count else "dim")


def model_lines(model: ModelSummary, width: int) -> Iterator[Text]:
    """One model's verdicts, and its patterns with rates and intervals."""
    decided = ((model.passed, "passed"), (model.failed, "failed"), (model.undecided, "undecided"))
    verdicts = [f"{count:,} {word}" for count, word in decided if count]
    facts = [many(model.trajectories, "trajectory", "trajectories"), many(model.calls, "call"), *verdicts]
    yield Text.assemble((safe(model.model) or "(no model named)", "bold"), (f"  {' · '.join(facts)}", "dim"))
    yield Text(f"{'  pattern':<{LABEL}}{_HEAD}", style="dim")
    core = {error.code for error in load().errors if error.level == "core"}
    yield from _block((_pattern(model, code) or code for code in _codes(()) if code in core), width)
    for level, title in _FURTHER:
        yield from _further(model, level, title, width)
    yield from _apart(model)
    yield from _reward(model)
    for note in clustered(model):
        yield from indented(note, 2, "dim", hanging=4)
    for hint in model.systemic:
        yield from indented(f"! {safe(hint)}", 2, "yellow", hanging=4)
    yield Text()


def _further(model: ModelSummary, level: Level, title: str, width: int) -> Iterator[Text]:
    found = [each for each in model.patterns if each.level == level and each.findings]
    if found:
        yield Text(f"  {title}", style="dim")
        yield from _block(found, width)


def _block(patterns: Iterable[PatternSummary | str], width: int) -> Iterator[Text]:
    for pattern in patterns:
        if isinstance(pattern, str):
            yield label(pattern).append("not judged".rjust(9), style="dim")
            continue
        yield _figures(pattern)
        if pattern.example and pattern.findings:
            yield _example(pattern, width)


def _figures(pattern: PatternSummary) -> Text:
    line, rate = label(pattern.error), pattern.per_trajectory
    if not pattern.judged:
        return line.append(f"{'–':>9}").append(f"   not judged: {safe(', '.join(map(brief, pattern.skipped)))}", style="dim")
    quiet = "" if pattern.findings else "dim"
    line.append(f"{pattern.findings:>9,}", style="bold" if pattern.findings else "dim")
    line.append(f"{f'{rate.count:,} of {rate.n:,}':>18}{percent(rate.rate):>9}", style=quiet)
    return line.append(f"{interval(rate):>19}", style="dim")


def _example(pattern: PatternSummary, width: int) -> Text:
    example = pattern.example
    assert example is not None
    line = Text("       e.g. ", style="dim")
    line.append(cut(safe(example.id), 30), style="cyan").append("  ")
    line.append(shortened(safe(placed(example.path, example.message)), width - len(line)))
    line.truncate(width, overflow="ellipsis")
    return line


def label(code: str) -> Text:
    """A pattern's name at the head of a line: code and, of the seven, title."""
    taxonomy = load()
    if code not in taxonomy.positions:
        return Text(f"  {safe(code):<{LABEL - 2}}")
    error = taxonomy.error(code)
    if error.level != "core":
        return Text.assemble("  ", (f"{code:<{LABEL - 2}}", error.colour))
    return Text.assemble("  ", (f"{code:<5}", f"bold {error.colour}"), f"{error.name:<{LABEL - 7}}")


def _apart(model: ModelSummary) -> Iterator[Text]:
    """Findings that are shown but do not count against the model."""
    parts = [f"{each.error} {many(each.candidates, 'candidate')}" for each in model.patterns if each.candidates]
    parts += [f"{each.error} {each.excused:,} by fault of task, tool or harness" for each in model.patterns if each.excused]
    if parts:
        yield from indented(f"not counted: {' · '.join(parts)}", 2, "dim", hanging=4)


def _reward(model: ModelSummary) -> Iterator[Text]:
    reward = model.reward
    if reward is None:
        return
    if reward.failing:
        yield _by_reward("failing", reward.recall, reward.core_recall)
    if reward.passing:
        yield _by_reward("passing", reward.false_alarms, reward.core_false_alarms)


def _by_reward(kind: str, found: Rate, core: Rate) -> Text:
    return Text(f"  by reward: findings in {_share(found)} of {kind} runs; of the seven in {_share(core)}", style="dim")


def _pattern(model: ModelSummary, code: str) -> PatternSummary | None:
    return next((each for each in model.patterns if each.error == code), None)


def _share(rate: Rate) -> str:
    return f"{rate.count:,} of {rate.n:,} ({percent(rate.rate)})"
