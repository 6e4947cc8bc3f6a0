"""``--fail-on PATTERN[=RATE]``: limits that turn counts into an exit code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click
import msgspec

from spectool.results.summary import ModelSummary, PatternSummary, Summary


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """At most ``rate`` (0-1) of a model's judged trajectories may show ``error`` (its ``subtype`` only, when set)."""

    error: str
    subtype: str = ""
    rate: float = 0.0


def limit_from(text: str) -> Limit:
    """Reads ``IAV``, ``IAV=0.05``, ``IAV=5%`` or ``IAV.omitted``.

    Raises:
        click.UsageError: No such pattern, or no such rate.
    """
    from spectool.classify.strict_yaml import TaxonomyError
    from spectool.classify.taxonomy import load

    name, _, limit = text.partition("=")
    code, _, subtype = name.strip().partition(".")
    code = next((error.code for error in load().errors if error.code.casefold() == code.casefold()), code)
    try:
        error = load().error(code)
        if subtype:
            error.subtype(subtype)
    except TaxonomyError as unknown:
        raise click.UsageError(f"--fail-on {text!r}: {unknown}") from None
    if subtype and limit:
        raise click.UsageError(f"--fail-on {text!r}: a rate is known of whole patterns only; leave out '={limit}' or '.{subtype}'")
    return Limit(error=code, subtype=subtype, rate=_fraction(limit, text) if limit else 0.0)


def _fraction(limit: str, text: str) -> float:
    try:
        rate = float(limit.rstrip("% ")) / (100 if limit.rstrip().endswith("%") else 1)
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= 1:
        raise click.UsageError(f"--fail-on {text!r}: expected a rate such as 0.05 or 5%, got {limit!r}")
    return rate


def violations(summary: Summary, limits: Sequence[Limit]) -> list[str]:
    """A sentence for each limit that a model broke, or that could not be checked: that is never clean."""
    return [sentence for model in summary.models for limit in limits for sentence in _broken(model, limit)]


def _broken(model: ModelSummary, limit: Limit) -> Iterator[str]:
    pattern = next((each for each in model.patterns if each.error == limit.error), None)
    name = model.model or "the model"
    if pattern is None or not pattern.judged:
        reasons = ", ".join(pattern.skipped) if pattern else "no trajectory was asked for it"
        yield f"{limit.error} of {name} could not be judged: {reasons}"
    elif limit.subtype:
        if found := pattern.subtypes.get(limit.subtype, 0):
            yield f"{limit.error}.{limit.subtype} was found {found:,} times in {name}; none is allowed"
    elif _rate(pattern) > limit.rate:
        shown = f"{pattern.trajectories_with:,} of {pattern.judged:,} trajectories of {name} ({_rate(pattern):.1%})"
        yield f"{limit.error} is in {shown}; at most {limit.rate:.1%} is allowed"


def _rate(pattern: PatternSummary) -> float:
    return pattern.per_trajectory.rate or 0.0
