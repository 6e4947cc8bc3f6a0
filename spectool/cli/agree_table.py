"""Agreement in the terminal, 100 columns wide: who looked at what, each two sides, all together, rulings, what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from spectool.classify.taxonomy import load
from spectool.cli.prose import indented
from spectool.plain_text import cut, safe
from spectool.results.agreement_confusion import Confusion
from spectool.results.agreement_measures import Figure
from spectool.results.agreement_result import Agreement, Pair, Side
from spectool.results.agreement_rulings import Rulings
from spectool.results.interval import Rate
from spectool.results.told import UNKNOWN, figure, interval, many, percent

LABEL = 22
NAME = 24
CONFUSED = 3
_COUNTS = f"{'n':>8}{'both':>6}{'left':>6}{'right':>6}"
_MEASURES = "".join(f"{name:>10}" for name in ("precision", "recall", "F1", "κ", "α"))


def agreement_lines(found: Agreement) -> Iterator[Text]:
    """Everything, line by line."""
    for side in found.sides:
        yield from _side(side)
    yield Text()
    confusions = {(each.left, each.right): each for each in found.confusions}
    for (left, right), pairs in groupby(found.pairs, key=lambda pair: (pair.left, pair.right)):
        yield Text.assemble((safe(left), "bold"), " (left) against ", (safe(right), "bold"), " (right)")
        yield Text(f"{'  pattern':<{LABEL}}{_COUNTS}{_MEASURES}", style="dim")
        for pair in pairs:
            yield from _pair(pair)
        yield from _confused(confusions[left, right])
        yield Text()
    if len(found.sides) > 2:
        yield from _together(found)
    yield from _rulings(found.rulings)
    yield from _notes(found)


def _side(side: Side) -> Iterator[Text]:
    looked = f"looked at {many(side.units, 'unit')} of {many(side.trajectories, 'trajectory', 'trajectories')}, sees the pattern in"
    yield Text.assemble((f"{cut(safe(side.name), NAME):<{NAME}}", "bold"), f"  {looked} {side.present:,}")
    drawn = [f"{count:,} {'not said' if not how or how == 'all' else how}" for how, count in side.drawn.items()]
    if drawn:
        yield Text(f"{'':<{NAME}}  drawn: {', '.join(drawn)}", style="dim")


def _named(error: str) -> Text:
    if not error:
        return Text(f"{'  all patterns':<{LABEL}}", style="bold")
    return Text.assemble("  ", (f"{cut(error, LABEL - 3):<{LABEL - 2}}", load().error(error).colour))


def _pair(pair: Pair) -> Iterator[Text]:
    line = _named(pair.error).append(f"{pair.n:>8,}{pair.both:>6,}{pair.left_only:>6,}{pair.right_only:>6,}")
    measures = (pair.precision, pair.recall, pair.f1, pair.kappa, pair.alpha)
    yield line.append("".join(f"{figure(_value(each), 2):>10}" for each in measures), style="" if pair.error else "bold")
    yield Text(" " * (LABEL + len(_COUNTS)) + "".join(f"{_span(each):>10}" for each in measures), style="dim")


def _value(measure: Rate | Figure) -> float | None:
    return measure.rate if isinstance(measure, Rate) else measure.value


def _span(measure: Rate | Figure) -> str:
    """The interval without leading noughts, so that five of them stand abreast."""
    if measure.low is None or measure.high is None:
        return UNKNOWN
    return "–".join(f"{bound:.2f}".replace("0.", ".", 1).replace("-1.00", "-1") for bound in (measure.low, measure.high))


def _confused(found: Confusion) -> Iterator[Text]:
    """Where both see something at the same call, and not the same."""
    cells = [cell for cell in found.cells if cell.left and cell.right and cell.left != cell.right]
    cells.sort(key=lambda cell: -cell.trajectories)
    told = [f"{cell.left} where {safe(found.right)} sees {cell.right}: {cell.trajectories:,}" for cell in cells[:CONFUSED]]
    more = len(cells) - len(told)
    if told:
        yield from indented(f"{safe(found.left)} sees {'; '.join(told)}{f'; {more:,} more in --json' if more else ''}", 2, "dim", hanging=4)


def _together(found: Agreement) -> Iterator[Text]:
    yield Text.assemble(("All together", "bold"), ("  Krippendorff's α where two or more looked", "dim"))
    for each in found.together:
        low_high = f"{_span(each.alpha)}"
        yield _named(each.error).append(f"{each.alpha.n:>8,}{figure(each.alpha.value, 2):>10}").append(f"{low_high:>14}", style="dim")
    yield Text()


def _rulings(found: tuple[Rulings, ...]) -> Iterator[Text]:
    if not found:
        return
    yield Text.assemble(("Findings ruled on", "bold"), ("  finished trajectory or not", "dim"))
    head = f"{'accepted':>14}{'':>9}{'95 % interval':>17}{'changed':>10}{'rejected':>10}"
    for (source, annotator), rows in groupby(found, key=lambda each: (each.source, each.annotator)):
        yield Text(f"{cut(f'  {source} by {safe(annotator)}', LABEL):<{LABEL}}{head}", style="dim")
        for each in rows:
            rate = each.accepted
            line = _named(each.error).append(f"{f'{rate.count:,} of {rate.n:,}':>14}{percent(rate.rate):>9}")
            yield line.append(f"{interval(rate):>17}", style="dim").append(f"{each.changed:>10,}{each.rejected:>10,}")
    yield Text()


def _notes(found: Agreement) -> Iterator[Text]:
    yes = f"A finding is a yes when it is {' or '.join(found.tiers)}."
    yield from indented(f"{yes} Patterns that neither side sees are only in 'all patterns'.", 0, "dim")
    labelled = ("labelled trajectory", "labelled trajectories")
    if found.unfinished:
        who = ", ".join(f"{count:,} by {safe(name)}" for name, count in found.unfinished.items())
        yield from indented(f"! begun and not finished, so not compared: {who}", 0, "yellow", hanging=2)
    if found.gone:
        yield from indented(f"! left out: {many(found.gone, *labelled)} that this folder no longer holds", 0, "yellow", hanging=2)
    if found.altered:
        words = "whose output is another one now; the labels are kept"
        yield from indented(f"! left out: {many(found.altered, *labelled)} {words}", 0, "yellow", hanging=2)
