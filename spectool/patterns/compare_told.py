"""A comparison in sentences: who passes what the other failed, and what was left out of the comparison."""

from __future__ import annotations

from collections.abc import Iterator

from spectool.patterns.compare_result import Against, Pairing
from spectool.patterns.paired import SIGNIFICANT, Change
from spectool.results.told import UNKNOWN, many, percent


def verdict(a: str, against: Against) -> str:
    """One sentence: what was fixed and broken, success before and after, and whether it is more than chance."""
    b, change, fates = against.side.name, against.success, against.fates
    if change.difference is None:
        return f"{b} against {a}: no shared task has a verdict on both sides, so success could not be compared"
    if repeated(change):
        tasks = f"{b} passes more often than {a} in {many(fates.fixed, 'task')} and less often in {fates.broken:,}"
    else:
        tasks = f"{b} fixes {many(fates.fixed, 'task')} that {a} failed and breaks {fates.broken:,} that {a} passed"
    success = f"success {percent(change.before.rate)} → {percent(change.after.rate)}, {points(change)} points {span(change)}"
    return f"{tasks}; {success}, p {_related(change.p)}: {judgement(change)}"


def repeated(change: Change) -> bool:
    """Whether some task has several pairs of attempts: then it passes more or less often, instead of passing or failing."""
    return change.before.n > change.tasks


def judgement(change: Change) -> str:
    """Whether success changed by more than chance."""
    if change.p >= SIGNIFICANT:
        return "no significant difference"
    return "significantly better" if change.difference and change.difference > 0 else "significantly worse"


def told_pairing(a: str, b: str, pairing: Pairing) -> Iterator[str]:
    """How attempts met, and everything that did not."""
    yield f"compared: {many(pairing.pairs, 'pair')} of attempts at {many(pairing.tasks, 'shared task')}"
    if pairing.left_out_before or pairing.left_out_after:
        yield f"left out: {many(pairing.left_out_before, 'task')} that only {a} has, {pairing.left_out_after:,} that only {b} has"
    if pairing.spare_before or pairing.spare_after:
        spare = f"{pairing.spare_before:,} of {a}, {pairing.spare_after:,} of {b}"
        yield f"left out: attempts at shared tasks beyond those of the other side ({spare})"
    if pairing.renamed:
        yield f"{many(pairing.renamed, 'task')} bear two ids and were paired by the same question and tools"
    if pairing.reworded:
        yield f"! in {many(pairing.reworded, 'shared task')} the user's words differ: a simulated user, or another task under the same id"
    if pairing.repeats:
        yield f"! {many(pairing.repeats, 'attempt')} bear the sample number of another at the same task; was a file given twice?"
    if pairing.undecided:
        yield f"undecided: {many(pairing.undecided, 'pair')} without a verdict on both sides; they count for patterns only"
    if pairing.half_rewarded:
        yield f"! {many(pairing.half_rewarded, 'pair')} with a reward on one side only: decided by our verdicts of both"


def points(change: Change) -> str:
    """The difference in percentage points, with its sign."""
    return UNKNOWN if change.difference is None else f"{100 * change.difference:+.1f}"


def span(change: Change) -> str:
    """Its interval."""
    return UNKNOWN if change.low is None or change.high is None else f"[{100 * change.low:+.1f}, {100 * change.high:+.1f}]"


def chance(p: float) -> str:
    """A p or q as read in papers."""
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def _related(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"
