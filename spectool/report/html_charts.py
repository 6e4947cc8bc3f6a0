"""Charts as SVG without script or inline style: each says in words what it shows, and stands beside its figures, never alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from spectool.patterns.paired import Change
from spectool.report.html_element import Html, tag
from spectool.results.interval import Rate
from spectool.results.told import interval, percent

_ENDS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
_WIDTH, _HEIGHT = 160, 18
_PLOT_WIDTH, _PLOT_HEIGHT = 460, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 24, 18, 44


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One model in a plot: ``letter`` marks it, ``x`` > 0."""

    letter: str
    name: str
    x: float
    rate: Rate


def end_of(rates: Sequence[Rate]) -> float:
    """The end of an axis that starts at 0 and on which all intervals fit."""
    highest = max((rate.high or 0.0 for rate in rates), default=1.0)
    return next(end for end in _ENDS if end >= min(highest, 1.0))


def bar(rate: Rate, end: float = 1.0) -> Html:
    """A rate as a bar from 0 to ``end`` with its interval as a whisker."""
    if rate.rate is None or rate.low is None or rate.high is None:
        return tag("span", "not judged", class_="quiet")
    at = [round(_WIDTH * min(each, end) / end, 1) for each in (rate.rate, rate.low, rate.high)]
    middle = _HEIGHT / 2
    shapes = (
        tag("rect", x=0, y=3, width=_WIDTH, height=_HEIGHT - 6, class_="track"),
        tag("rect", x=0, y=3, width=at[0], height=_HEIGHT - 6, class_="value"),
        *_whisker(at[1], at[2], middle, 4),
    )
    told = f"{percent(rate.rate)}, interval {interval(rate)}, on an axis to {percent(end)}"
    return _svg(_WIDTH, _HEIGHT, "bar", told, *shapes)


def difference(change: Change, end: float, *, clear: bool) -> Html:
    """A difference with its interval on an axis from -``end`` to ``end``, 0 in the middle; coloured where it is more than chance."""
    if change.difference is None or change.low is None or change.high is None:
        return tag("span", "not compared", class_="quiet")
    at = [round(_WIDTH / 2 * (1 + max(-1.0, min(1.0, each / end))), 1) for each in (change.difference, change.low, change.high)]
    middle = _HEIGHT / 2
    kind = ("dot up" if change.difference > 0 else "dot down") if clear else "dot"
    shapes = (
        tag("line", x1=_WIDTH / 2, x2=_WIDTH / 2, y1=0, y2=_HEIGHT, class_="zero"),
        *_whisker(at[1], at[2], middle, 4),
        tag("circle", cx=at[0], cy=middle, r=4, class_=kind),
    )
    told = f"{100 * change.difference:+.1f} points, interval {100 * change.low:+.1f} to {100 * change.high:+.1f}"
    return _svg(_WIDTH, _HEIGHT, "bar", told, *shapes)


def plot(points: Sequence[Point], axis: str, ticks: Sequence[tuple[float, str]], *, told: str) -> Html:
    """Success (0-100 %) of each point against ``x`` on a logarithmic axis; points that would hide each other stand side by side."""
    low, high = math.log10(min(tick for tick, _ in ticks)), math.log10(max(tick for tick, _ in ticks))
    wide, tall = _PLOT_WIDTH - _LEFT - _RIGHT, _PLOT_HEIGHT - _TOP - _BOTTOM
    taken: list[float] = []
    shapes: list[Html] = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _TOP + tall * (1 - share)
        shapes.append(tag("line", x1=_LEFT, x2=_LEFT + wide, y1=y, y2=y, class_="grid"))
        shapes.append(tag("text", f"{100 * share:.0f} %", x=_LEFT - 8, y=y + 4, class_="tick end"))
    for value, label in ticks:
        x = _LEFT + wide * _part(math.log10(value), low, high)
        shapes.append(tag("text", label, x=round(x, 1), y=_TOP + tall + 18, class_="tick middle"))
    shapes.append(tag("text", axis, x=_LEFT + wide / 2, y=_PLOT_HEIGHT - 6, class_="tick middle"))
    for point in sorted(points, key=lambda each: (each.x, each.letter)):
        x = _LEFT + wide * _part(math.log10(point.x), low, high)
        while any(abs(x - other) < 22 for other in taken):
            x += 24
        taken.append(x)
        shapes += _point(point, round(x, 1), tall)
    return _svg(_PLOT_WIDTH, _PLOT_HEIGHT, "plot", told, *shapes)


def links(edges: Sequence[tuple[str, str, int]], *, told: str) -> Html:
    """Names on the left joined to names on the right, a line as thick as its count."""
    left = list(dict.fromkeys(edge[0] for edge in edges))
    right = list(dict.fromkeys(edge[1] for edge in edges))
    most, row = max(edge[2] for edge in edges), 26
    height = row * max(len(left), len(right)) + 10
    place = {side: {name: 18 + row * at for at, name in enumerate(names)} for side, names in (("left", left), ("right", right))}
    shapes = []
    for source, target, count in edges:
        a, b = place["left"][source] - 4, place["right"][target] - 4
        width = round(1 + 7 * count / most, 1)
        shapes.append(tag("path", d=f"M286 {a} C 350 {a}, 370 {b}, 434 {b}", class_="link", stroke_width=width))
    shapes += [tag("text", _cut(name), x=280, y=at, class_="tick end") for name, at in place["left"].items()]
    shapes += [tag("text", _cut(name), x=440, y=at, class_="tick") for name, at in place["right"].items()]
    return _svg(720, height, "links", told, *shapes)


def stack(parts: Sequence[tuple[str, int]]) -> Html:
    """Parts of a whole as one bar, each with a pattern class ``part-N``; the legend is the list beside it."""
    total, x, shapes = sum(count for _, count in parts) or 1, 0.0, []
    for place, (_, count) in enumerate(parts):
        width = round(720 * count / total, 1)
        shapes.append(tag("rect", x=round(x, 1), y=0, width=width, height=22, class_=f"part-{place}"))
        x += width
    told = ", ".join(f"{name}: {count:,}" for name, count in parts)
    return _svg(720, 22, "stack", told, *shapes)


def _point(point: Point, x: float, tall: float) -> list[Html]:
    rate = point.rate
    at = [round(_TOP + tall * (1 - (each or 0.0)), 1) for each in (rate.rate, rate.low, rate.high)]
    return [
        tag("line", x1=x, x2=x, y1=at[1], y2=at[2], class_="whisker"),
        tag("circle", cx=x, cy=at[0], r=9, class_="point"),
        tag("text", point.letter, x=x, y=at[0] + 4, class_="letter middle"),
    ]


def _whisker(low: float, high: float, middle: float, half: float) -> tuple[Html, ...]:
    return (
        tag("line", x1=low, x2=high, y1=middle, y2=middle, class_="whisker"),
        tag("line", x1=low, x2=low, y1=middle - half, y2=middle + half, class_="whisker"),
        tag("line", x1=high, x2=high, y1=middle - half, y2=middle + half, class_="whisker"),
    )


def _part(value: float, low: float, high: float) -> float:
    return 0.5 if high <= low else (value - low) / (high - low)


def _cut(name: str) -> str:
    return name if len(name) <= 38 else name[:37] + "…"


def _svg(width: float, height: float, kind: str, told: str, *shapes: Html) -> Html:
    return tag("svg", *shapes, viewBox=f"0 0 {width} {height}", width=width, height=height, class_=kind, role="img", aria_label=told)
