"""``compare --fail-on``: which regressions end with exit code 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click
import msgspec

from spectool.cli.limits import limit_from
from spectool.patterns.compare_result import Against, Comparison
from spectool.patterns.paired import SIGNIFICANT, Change
from spectool.results.told import many

SUCCESS, BROKEN = "success", "broken"


class Regression(msgspec.Struct, frozen=True, kw_only=True):
    """What must not become worse: a pattern's code, ``success`` or ``broken``.

    ``most`` is in percentage points, of ``broken`` in tasks; ``None``: no significant regression, of ``broken`` none at all.
    """

    of: str
    most: float | None = None


def regression_from(text: str) -> Regression:
    """Reads ``IAV``, ``IAV=2``, ``success``, ``success=1.5``, ``broken`` or ``broken=10``.

    Raises:
        click.UsageError: No such pattern, or no such number.
    """
    name, given, limit = (part.strip() for part in text.partition("="))
    special = name.casefold() in (SUCCESS, BROKEN)
    if not special and "." in name:
        raise click.UsageError(f"--fail-on {text!r}: patterns are compared as a whole; leave out '.{name.partition('.')[2]}'")
    of = name.casefold() if special else limit_from(name).error
    return Regression(of=of, most=_number(limit, text, of) if given else None)


def _number(limit: str, text: str, of: str) -> float:
    highest, unit = (float("inf"), "tasks such as 10") if of == BROKEN else (100.0, "percentage points such as 2 or 0.5")
    try:
        number = float(limit)
    except ValueError:
        number = -1.0
    if not 0 <= number <= highest:
        raise click.UsageError(f"--fail-on {text!r}: expected {unit}, got {limit!r}")
    return number


def regressions(comparison: Comparison, limits: Sequence[Regression]) -> list[str]:
    """A sentence for each regression that is not allowed, or that could not be looked for: that is never clean."""
    return [sentence for against in comparison.against for limit in limits for sentence in _worse(against, limit)]


def _worse(against: Against, limit: Regression) -> Iterator[str]:
    name = against.side.name
    if limit.of == BROKEN:
        yield from _broken(against, limit)
    elif limit.of == SUCCESS:
        yield from _told(f"success of {name}", against.success, limit, -1, against.success.p, "p")
    else:
        pattern = next((each for each in against.patterns if each.error == limit.of), None)
        if pattern is None or pattern.change.difference is None:
            reasons = ", ".join(pattern.reasons) if pattern and pattern.reasons else "no trajectory was asked for it"
            yield f"{limit.of} of {name} could not be compared: {reasons}"
        else:
            yield from _told(f"{limit.of} of {name}", pattern.change, limit, 1, 1.0 if pattern.q is None else pattern.q, "q")


def _broken(against: Against, limit: Regression) -> Iterator[str]:
    if not against.success.tasks:
        yield f"success of {against.side.name} could not be compared: no shared task has a verdict on both sides"
    elif against.fates.broken > (limit.most or 0):
        yield f"{against.side.name} broke {many(against.fates.broken, 'task')}; at most {limit.most or 0:,.0f} is allowed"


def _told(what: str, change: Change, limit: Regression, bad: int, chance: float, sign: str) -> Iterator[str]:
    """``bad`` is the direction of a regression; ``chance`` its p or q, named by ``sign``."""
    if change.difference is None:
        yield f"{what} could not be compared: no shared task has a verdict on both sides"
        return
    worse = 100 * bad * change.difference
    verb = "fell" if bad < 0 else "rose"
    if limit.most is None and worse > 0 and chance < SIGNIFICANT:
        yield f"{what} {verb} by {worse:.1f} points ({sign} = {chance:.2g}); no significant regression is allowed"
    elif limit.most is not None and worse > limit.most:
        yield f"{what} {verb} by {worse:.1f} points; at most {limit.most:g} is allowed"
