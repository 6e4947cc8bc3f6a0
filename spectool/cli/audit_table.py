"""An audit in the terminal: per model the score, its failures by cause, the score after each, then each decision turned alone."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from spectool.cli.prose import indented
from spectool.cli.table import label
from spectool.patterns.audit_parts import Audit, CausePart, Flip, ModelAudit
from spectool.patterns.audit_rows import BASES
from spectool.patterns.audit_scores import Ranking
from spectool.plain_text import cut, safe
from spectool.results.interval import Rate
from spectool.results.told import interval, many, percent

NAME = 34
_CAUSES = {
    "harness": "harness or parser fault",
    "gold": "gold faulty or suspect",
    "format": "recoverable format",
}
_HEAD = f"{'failures':>9}{'of failures':>13}{'score after':>14}{'95 % interval':>18}"
_CAVEAT = (
    "The attribution is SpecTool's, not the benchmark's. Each failure has one cause: that of its least excusable slip, in the order "
    "harness, gold, format, the rest. An attempt whose failure was the harness's or the gold's might have failed all the same, so scores "
    "after are upper bounds. Scores are the share of attempts that pass; a benchmark's own overall score may weigh categories otherwise."
)


def audit_lines(audit: Audit) -> Iterator[Text]:
    """The whole audit, line by line, for 100 columns."""
    for model in audit.models:
        yield from _model(model)
    yield from _rankings(audit)
    yield from indented(_CAVEAT, 0, "dim", hanging=0)


def _model(model: ModelAudit) -> Iterator[Text]:
    facts = [many(model.attempts, "attempt"), many(model.tasks, "task")]
    facts += [f"{count:,} by {BASES[basis]}" for basis, count in model.bases.items()]
    facts += [f"{model.undecided:,} without any verdict, not in the score"] if model.undecided else []
    yield from indented(f"{safe(model.model) or '(no model named)'}  {' · '.join(facts)}", 0, "bold", hanging=2)
    yield Text(f"{'':<{NAME}}{_HEAD}", style="dim")
    yield _row("  score", "", "", model.score)
    for part in model.causes:
        yield _row(f"  {_CAUSES[part.cause]}", f"{part.failures:,}", percent(_share(part.failures, model.failures)), part.score)
        yield from _decisions(part)
    yield Text("  the model's, as far as we can tell, by first slip", style="dim")
    for pattern in model.patterns:
        unproven = pattern.failures - pattern.certain
        line = label(pattern.error).append(f"{pattern.failures:>9,}{percent(_share(pattern.failures, model.failures)):>13}")
        yield line.append(f"   {unproven:,} of them not proven by a rule" if unproven else "", style="dim")
    yield _row("  no finding of ours", f"{model.no_finding:,}", percent(_share(model.no_finding, model.failures)), None)
    if model.unexplained:
        told = " · ".join(f"{count:,} {safe(name)}" for name, count in model.unexplained.items())
        yield from indented(f"as published: {told}", 4, "dim", hanging=4)
    if model.doubtful_passes:
        told = f"! {many(model.doubtful_passes, 'pass', 'passes')} with a proven slip of the seven: what the score may hold too much"
        yield from indented(told, 2, "yellow", hanging=4)
    for hint in model.systemic:
        yield from indented(f"! {safe(hint)}: suspected harness or parser fault", 2, "yellow", hanging=4)
    yield from _flips(model)
    yield Text()


def _decisions(part: CausePart) -> Iterator[Text]:
    if part.decisions:
        yield from indented(" · ".join(f"{count:,} {name}" for name, count in part.decisions.items()), 4, "dim", hanging=4)


def _row(name: str, failures: str, share: str, score: Rate | None) -> Text:
    line = Text(f"{name:<{NAME}}{failures:>9}{share:>13}")
    if score is not None:
        line.append(f"{percent(score.rate):>14}", style="bold").append(f"{interval(score):>18}", style="dim")
    return line


def _flips(model: ModelAudit) -> Iterator[Text]:
    moved = [flip for flip in model.flips if flip.changed]
    if not moved:
        return
    yield Text(f"{'  one decision turned alone':<{NAME}}{'verdicts':>9}{'':>13}{'score':>14}{'95 % interval':>18}", style="dim")
    for flip in moved:
        yield _row(f"  {flip.decision}{'' if flip.by_default else ' (not made)'}", f"{flip.changed:,}", _moved(flip, model), flip.score)


def _moved(flip: Flip, model: ModelAudit) -> str:
    if flip.score.rate is None or model.score.rate is None:
        return ""
    return f"{100 * (flip.score.rate - model.score.rate):+.1f} points"


def _rankings(audit: Audit) -> Iterator[Text]:
    if not audit.rankings:
        return
    scored, *others = audit.rankings
    yield Text(f"Order of the models on the {scored.tasks:,} tasks that all were judged on", style="bold")
    yield from _ranking(scored)
    changed = [each for each in others if each.swapped]
    for each in changed:
        yield from _ranking(each)
    if not changed:
        yield Text(f"  no decision changes it ({len(others)} tried)", style="dim")
    yield Text()


def _ranking(ranking: Ranking) -> Iterator[Text]:
    pairs = zip(ranking.models, ranking.scores, strict=True)
    order = (f"{cut(safe(model) or '(no model named)', 30)} {percent(score)}" for model, score in pairs)
    yield from indented(f"{ranking.name}: {' > '.join(order)}", 2, "", hanging=4)


def _share(count: int, n: int) -> float | None:
    return count / n if n else None
