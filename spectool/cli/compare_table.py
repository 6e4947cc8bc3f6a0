"""A comparison in the terminal: the verdict in a sentence, tasks, patterns by size of change, broken tasks, flakiness, what to do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from shlex import quote

from rich.text import Text

from spectool.cli.prose import indented
from spectool.cli.table import LABEL, label
from spectool.patterns.compare_result import Against, BrokenTask, Comparison, PatternChange
from spectool.patterns.compare_sides import Side
from spectool.patterns.compare_told import chance, points, repeated, span, told_pairing, verdict
from spectool.patterns.flakiness import Flakiness, Wavering
from spectool.plain_text import cut, safe, shortened
from spectool.results.place import placed
from spectool.results.told import UNKNOWN, brief, figure, interval, many, percent

WIDTH = 100
FLAKY = 5


def comparison_lines(comparison: Comparison) -> Iterator[Text]:
    """Everything, line by line, for 100 columns, and what to do next."""
    yield from compared_lines(comparison)
    yield from _next(comparison)


def compared_lines(comparison: Comparison) -> Iterator[Text]:
    """The comparison itself."""
    for side in (comparison.baseline, *(each.side for each in comparison.against)):
        yield _side(side, side is comparison.baseline)
    yield Text()
    for against in comparison.against:
        yield from _against(comparison.baseline, against)
    for flakiness in comparison.flakiness:
        yield from _flakiness(flakiness)


def _side(side: Side, first: bool) -> Text:
    line = Text.assemble((f"{side.name}  ", "bold"), safe(side.folder), "  ", (safe(side.model) or "(no model named)", "bold"))
    tried = f"  {many(side.attempts, 'attempt')} at {many(side.tasks, 'task')}"
    return line.append(tried + ("; the baseline" if first else ""), style="dim")


def _against(baseline: Side, against: Against) -> Iterator[Text]:
    a, b = baseline.name, against.side.name
    yield from indented(verdict(a, against), 0, "bold", hanging=2)
    for note in told_pairing(a, b, against.pairing):
        yield from indented(safe(note), 2, "dim", hanging=4)
    yield Text()
    yield from _fates(a, b, against)
    yield from _patterns(a, b, against)
    yield from _broken(against)


def _fates(a: str, b: str, against: Against) -> Iterator[Text]:
    fates, several = against.fates, repeated(against.success)
    failing = (
        (fates.same_pattern, "same pattern"),
        (fates.other_pattern, "other pattern"),
        (fates.unexplained, "no finding on a side"),
    )
    why = " · ".join(f"{count:,} {words}" for count, words in failing if count)
    lines = (
        ("fixed", fates.fixed, f"{b} passes more often than {a}" if several else f"{b} passes, {a} failed"),
        ("broken", fates.broken, f"{b} passes less often than {a}" if several else f"{b} fails, {a} passed"),
        ("both pass", fates.both_pass, ""),
        ("both fail", fates.both_fail, why),
        ("mixed", fates.mixed, "both pass as often, neither always nor never"),
        ("undecided", fates.undecided, "no pair of attempts has a verdict on both sides"),
    )
    yield Text("Tasks", style="bold")
    for name, count, words in lines:
        if count or name not in ("mixed", "undecided"):
            yield Text.assemble(f"  {name:<10}{count:>9,}  ", (words, "dim"))
    yield Text()


def _patterns(a: str, b: str, against: Against) -> Iterator[Text]:
    seen = [each for each in against.patterns if each.change.before.count or each.change.after.count]
    head = f"{a + ' %':>6}{b + ' %':>7}{'of':>8}{'points':>7}{'95 % interval':>15}{'tasks':>10}{'q':>7}"
    yield Text(f"{'Trajectories with the pattern':<{LABEL}}{head}", style="bold")
    yield from map(_pattern, seen)
    if clean := [each.error for each in against.patterns if each not in seen and each.change.difference is not None]:
        yield from indented(f"on neither side: {', '.join(map(safe, clean))}", 2, "dim", hanging=4)
    words = f"more, less: significant at q < 0.05, else chance would do; tasks: +N show it more often in {b} than in {a}, -N less often"
    yield from indented(words, 2, "dim", hanging=4)
    yield Text()
    unjudged = list(_not_compared(against))
    if unjudged:
        yield Text("Could not be compared", style="bold")
        yield from unjudged
        yield Text()


def _pattern(pattern: PatternChange) -> Text:
    change, clear = pattern.change, pattern.significant
    rates = f"{figure(_hundredfold(change.before.rate), 1):>6}{figure(_hundredfold(change.after.rate), 1):>7}{change.before.n:>8,}"
    line = label(pattern.error).append(rates + f"{points(change):>7}{span(change):>15}", style="bold" if clear else "")
    q = UNKNOWN if pattern.q is None else chance(pattern.q)
    line.append(f"{f'+{change.up:,} -{change.down:,}':>10}{q:>7}", style="dim")
    return line.append(("  more" if change.difference and change.difference > 0 else "  less") if clear else "", style="bold")


def _hundredfold(fraction: float | None) -> float | None:
    return None if fraction is None else 100 * fraction


def _not_compared(against: Against) -> Iterator[Text]:
    """Each reason with the patterns and pairs it cost; of several reasons for one pattern the commonest stands for all."""
    costs: dict[str, list[str]] = defaultdict(list)
    for pattern in against.patterns:
        if pattern.not_compared:
            reason = brief(next(iter(pattern.reasons), "no trajectory was asked for it"))
            some = "all" if pattern.not_compared == against.pairing.pairs else f"{pattern.not_compared:,} of {against.pairing.pairs:,}"
            costs[reason].append(f"{safe(pattern.error)} ({some})")
    for reason, patterns in costs.items():
        yield from indented(f"{safe(reason)}: {', '.join(patterns)}", 2, "dim", hanging=4)


def _broken(against: Against) -> Iterator[Text]:
    if not against.broken:
        return
    shown = f"{len(against.broken)} of {against.fates.broken:,}"
    yield Text.assemble(("Broken", "bold"), (f"  {shown}, one of each pattern first", "dim"))
    for task in against.broken:
        yield from _broken_task(task)
    yield Text()


def _broken_task(task: BrokenTask) -> Iterator[Text]:
    line = Text.assemble("  ", (cut(safe(task.task), 40), "cyan"))
    if task.pairs > 1:
        line.append(f"  passed {task.before} → {task.after} of {task.pairs}", style="dim")
    if not task.error:
        yield line.append("  failed without a finding: its trajectory tells more", style="dim")
        return
    yield line.append(f"  {safe(task.error)}.{safe(task.subtype)}")
    yield Text(f"       {shortened(safe(placed(task.path, task.message)), WIDTH - 7)}")


def _flakiness(flakiness: Flakiness) -> Iterator[Text]:
    least, most = flakiness.samples
    samples = f"{most}" if least == most else f"{least} to {most}"
    yield Text.assemble((f"Flakiness of {flakiness.side}", "bold"), (f"  {samples} attempts a task", "dim"))
    head = f"{'in all':>9}{'in some':>9}{'in none':>9}{'share in some':>15}{'95 % interval':>17}"
    yield Text(f"{'  tasks with':<{LABEL}}{head}", style="dim")
    yield _wavering(Text(f"{'  success':<{LABEL}}"), flakiness.success)
    yield from (_wavering(label(each.error), each.found) for each in flakiness.patterns[:FLAKY])
    yield Text()


def _wavering(line: Text, found: Wavering) -> Text:
    figures = f"{found.always:>9,}{found.sometimes:>9,}{found.never:>9,}"
    return line.append(f"{figures}{percent(found.disagreeing.rate):>15}{interval(found.disagreeing):>17}")


def _next(comparison: Comparison) -> Iterator[Text]:
    line = Text.assemble("Next: ", (f"spectool app {quote(safe(comparison.against[0].side.folder))}", "bold"))
    if code := _worst(comparison.against):
        line.append("   or   ").append(f"spectool explain {code}", style="bold")
    yield line


def _worst(against: Sequence[Against]) -> str:
    """The pattern that rose most, else the one seen most in what was compared."""
    seen = [each for one in against for each in one.patterns if each.level in ("core", "extended") and each.change.after.rate]
    worst = max(seen, key=lambda each: (max(0.0, each.change.difference or 0.0), each.change.after.rate or 0.0), default=None)
    return safe(worst.error) if worst else ""
