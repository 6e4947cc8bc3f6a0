"""The sentences and names that all formats of a report share; no word in them is a model's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spectool.classify.taxonomy import load
from spectool.patterns.shapes import Shape
from spectool.patterns.systemic_measure import SystemicCause
from spectool.report.contents import ModelPart, Report
from spectool.results.interval import Rate
from spectool.results.summary import ModelSummary, PatternSummary
from spectool.results.told import UNKNOWN, interval, many, percent

UNNAMED = "(no model named)"
NO_CAUSE = (
    "No cause in the harness, the template, the parser or the tools given is suspected. Looked for were runs without a turn, one slip "
    "behind most failures, one format for all format errors, a parser that keeps the first call only, functions or arguments renamed "
    "alike, outputs cut at one length, and one value that stands in for many."
)
NO_SLICE = "No kind of task is worse than the rest in tasks that it was not found on."
RATES = (
    "A rate is the share of trajectories with at least one finding of the pattern, of those in which it could be judged. Intervals are "
    "95 % and drawn over tasks, since attempts at one task are alike. What could not be checked is never counted as clean."
)
PASSED = "Passed is by the harness's reward where there is one, else by our verdict."
CAUSES = (
    "These look like the work of the harness, the template, the parser or the tools given. Look at the examples before you blame the model."
)
SLIPS = "Slips that differ only in their values are one line, counted by the trajectories they affect."
SLICES = (
    "Kinds of tasks in which a pattern is more frequent than in the others: found on one half of the tasks, tested on the other, and shown "
    "where at most one in twenty of those shown is expected to be chance (q < 0.05). Rates are per place that could have failed."
)
SPENT = "Times and tokens are those of the logs: they depend on the machine and on how many requests ran at once."
CONFUSED = "What a model wrote (left) where another was meant (right); one line for all models, in the trajectories that it happened in."


def opening(report: Report) -> Iterator[str]:
    """One paragraph, sentence by sentence: what the folders hold, what could not be read or checked, what is suspected."""
    models = [each.summary for each in report.models]
    held = many(report.trajectories, "trajectory", "trajectories")
    calls = many(sum(each.calls for each in models), "call")
    folders = "This result folder holds" if len(report.folders) == 1 else f"These {len(report.folders)} result folders hold"
    yield f"{folders} {held} of {many(len(models), 'model')}, with {calls}."
    if rejected := sum(each.rejected for each in report.folders):
        yield f"{many(rejected, 'record')} could not be read."
    yield from _unsettled(report, models)
    if report.systemic:
        widest = max(report.systemic, key=lambda cause: cause.rate.rate or 0.0)
        yield (
            f"{many(len(report.systemic), 'cause')} outside the models {'is' if len(report.systemic) == 1 else 'are'} suspected, "
            f"the widest in {percent(widest.rate.rate)} of the {widest.of}: look at these first."
        )
    if report.redaction == "none":
        yield "Secrets were not taken out of this report."


def _unsettled(report: Report, models: Sequence[ModelSummary]) -> Iterator[str]:
    if undecided := sum(each.undecided for each in models):
        yield f"{undecided:,} have no verdict of ours."
    never, partly = unchecked_patterns(report)
    if never:
        yield f"Could not be checked at all: {', '.join(never)}."
    if partly:
        yield f"Could not be checked in some trajectories: {', '.join(partly)}."


def unchecked_patterns(report: Report) -> tuple[list[str], list[str]]:
    """Patterns that could be judged in no trajectory, and those that could not in some; of the seven and the extended ones."""
    judged: dict[str, int] = {}
    skipped: dict[str, int] = {}
    for pattern in (pattern for model in report.models for pattern in model.summary.patterns if pattern.level in ("core", "extended")):
        judged[pattern.error] = judged.get(pattern.error, 0) + pattern.judged
        skipped[pattern.error] = skipped.get(pattern.error, 0) + sum(pattern.skipped.values())
    order = load().positions
    codes = sorted((code for code in judged if skipped[code]), key=lambda code: order.get(code, len(order)))
    return [code for code in codes if not judged[code]], [code for code in codes if judged[code]]


def found_patterns(model: ModelSummary) -> list[PatternSummary]:
    """Patterns that were found, the most frequent first."""
    return sorted((each for each in model.patterns if each.findings), key=lambda each: -(each.per_trajectory.rate or 0.0))


def most_frequent(model: ModelSummary) -> list[PatternSummary]:
    """The same without events and artefacts, which are nobody's slip."""
    return [each for each in found_patterns(model) if each.level in ("core", "extended")]


def codes_of(models: Sequence[ModelSummary]) -> list[str]:
    """Rows of the heat map: the seven, and what else was found in a model, in the order of the taxonomy."""
    found = {each.error for model in models for each in model.patterns if each.findings}
    return [error.code for error in load().errors if error.level == "core" or error.code in found]


def pattern_of(model: ModelSummary, code: str) -> PatternSummary | None:
    """The model's pattern of that code."""
    return next((each for each in model.patterns if each.error == code), None)


def title(code: str) -> str:
    """The pattern's full name."""
    taxonomy = load()
    return taxonomy.error(code).name if code in taxonomy.positions else code


def code_of(shape: Shape) -> str:
    """Pattern and subtype."""
    return f"{shape.error}.{shape.subtype}" if shape.subtype else shape.error


def name_of(model: ModelPart | SystemicCause) -> str:
    """The model's name, or words for its absence."""
    return (model.name if isinstance(model, ModelPart) else model.model) or UNNAMED


def share(rate: Rate) -> str:
    """``7 of 3,300 (0.2 %, 0.1 – 0.4 %)``."""
    return f"{rate.count:,} of {rate.n:,} ({percent(rate.rate)}, {interval(rate)})"


def unjudged(skipped: Mapping[str, int]) -> int:
    """Trajectories in which a pattern could not be judged."""
    return sum(skipped.values())


def is_spent(report: Report) -> bool:
    """Whether a size, a time or tokens are known of any model."""
    return any(each.size != UNKNOWN or each.outlay.timed or each.outlay.counted for each in report.models)


def kept_back(report: Report) -> str:
    """What was taken out, in a sentence."""
    if report.redaction == "none":
        return "Nothing was taken out: this report may hold secrets."
    kinds = "secrets and personal data" if report.redaction == "pii" else "secrets"
    if not report.redacted:
        return f"Looked for {kinds} (known forms, and values under telling names) and found none."
    told = ", ".join(f"{count:,} {kind}" for kind, count in report.redacted.items())
    return f"Taken out, each with a number that is the same wherever it stands: {told}."
