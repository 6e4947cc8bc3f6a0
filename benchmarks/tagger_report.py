"""The tagger's figures as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.loading import rate, shown, table
from benchmarks.tagger_data import Kept
from benchmarks.tagger_measures import Measured, cell_auroc, measured, reliability
from benchmarks.tagger_protocol import ANY, PATTERNS, SIGHTS, Held, is_wrong
from spectool.classify.classify import PASSING_REWARD

WAYS = {
    "alone": "tagger, seen alone",
    "beside": "tagger, beside other attempts",
    "disagreement": "disagreement alone",
    "tfidf": "TF-IDF of the output",
    "category": "category + model only",
    "majority": "majority",
}
GOAL = 0.85
_HEAD = ("pattern", "way", "cells", "outputs", "wrong", "AUROC (95 %)", "AUPRC", "precision at 10 %", "share wrong")


def by_cell(every: Sequence[Kept], held: Held) -> str:
    """Every way and pattern, within model and category, then averaged."""
    return _measured(every, held, PATTERNS, lambda each: (each.example.model, each.example.category), lambda each, pattern: True)


def by_model(every: Sequence[Kept], held: Held) -> str:
    """Every way and pattern, within each model, for sets whose categories are small."""
    return _measured(every, held, PATTERNS, lambda each: each.example.model, lambda each, pattern: True)


def against_reward(every: Sequence[Kept], held: Held) -> str:
    """What any of the five tells of the harness's own verdict, of those outputs that the rules leave clean."""
    judged = [at for at, each in enumerate(every) if each.reward is not None]
    failed = [(every[at].reward or 0.0) < PASSING_REWARD for at in judged]
    parts = []
    for way in (*SIGHTS, "disagreement"):
        area = cell_auroc(failed, [held.said[way, ANY][at] for at in judged])
        parts.append(f"{WAYS[way]} {'–' if area is None else f'{area:.3f}'}")
    return f"AUROC of any of the five for the harness's own verdict ({sum(failed)} of {len(failed)} failed): {', '.join(parts)}."


def among_calls(every: Sequence[Kept], held: Held) -> str:
    """What a call is worth, among outputs that call: within a model and the live or other questions, whatever their category."""
    return _measured(
        every,
        held,
        ("wrong_tool", "unneeded_call", "extra_call"),
        lambda each: (each.example.model, each.example.category.partition("_")[0] == "live"),
        lambda each, pattern: each.calls > (pattern == "extra_call"),
    )


def _measured(
    every: Sequence[Kept], held: Held, patterns: Sequence[str], cell: Callable[[Kept], Any], fits: Callable[[Kept, str], bool]
) -> str:
    lines = []
    for pattern in patterns:
        for way, called in WAYS.items():
            known = [at for at, each in enumerate(every) if is_wrong(each.example, pattern) is not None and fits(each, pattern)]
            said = held.said.get((way, pattern))
            if said is None:
                continue
            known = [at for at in known if said[at] == said[at]]
            found = measured(
                [cell(every[at]) for at in known],
                [every[at].example.group for at in known],
                [bool(is_wrong(every[at].example, pattern)) for at in known],
                [said[at] for at in known],
            )
            if found is not None:
                lines.append([pattern, called, *_figures(found)])
    return table(_HEAD, lines, 2)


def _figures(found: Measured) -> tuple[str, ...]:
    area = f"{found.auroc:.3f} ({found.low:.3f}–{found.high:.3f})"
    counts = (f"{found.cells}", f"{found.outputs:,}", f"{found.wrong:,}")
    return *counts, area, f"{found.auprc:.3f}", f"{100 * found.precision:.0f} %", f"{100 * found.base:.0f} %"


def reliable(every: Sequence[Kept], held: Held) -> Iterator[str]:
    """The reliability diagrams, as tables."""
    for sight in SIGHTS:
        for pattern in (ANY, "IAV"):
            said = held.said[sight, pattern]
            known = [at for at, each in enumerate(every) if is_wrong(each.example, pattern) is not None and said[at] == said[at]]
            bins, error = reliability([bool(is_wrong(every[at].example, pattern)) for at in known], [said[at] for at in known])
            lines = [[f"{each.said:.2f}", f"{each.wrong:.2f}", f"{each.outputs:,}"] for each in bins]
            yield f"{pattern}, {WAYS[sight]}: expected calibration error {error:.3f}"
            yield table(("mean probability said", "share wrong", "outputs"), lines, 1)


def tiers(every: Sequence[Kept], held: Held) -> str:
    """How often each tier is right, on outputs held out."""
    lines = []
    for sight in SIGHTS:
        for pattern in PATTERNS[:-1]:
            said = held.tiers.get((sight, pattern), [])
            for tier in ("likely", "candidate"):
                flagged = [each.example for each, given in zip(every, said, strict=True) if given == tier] if said else []
                hits = [(example.group, bool(example.labels[pattern])) for example in flagged if pattern in example.labels]
                if hits:
                    lines.append([WAYS[sight], pattern, tier, shown(rate(hits))])
    return table(("way", "pattern", "tier", "of those flagged, wrong"), lines, 3)


def verdict(every: Sequence[Kept], held: Held, cell: Callable[[Kept], Any], fits: Callable[[Kept], bool] = lambda each: True) -> str:
    """Whether the goal is reached, on average over cells, and whether the tagger beats the disagreement that it is given."""
    known = [at for at, each in enumerate(every) if is_wrong(each.example, ANY) is not None and fits(each)]
    cells, groups = [cell(every[at]) for at in known], [every[at].example.group for at in known]
    wrong = [bool(is_wrong(every[at].example, ANY)) for at in known]
    ways = (*SIGHTS, "disagreement")
    found = {way: one for way in ways if (one := measured(cells, groups, wrong, [held.said[way, ANY][at] for at in known])) is not None}
    told = [_goal(WAYS[way], found[way]) for way in SIGHTS if way in found]
    if "beside" in found and "disagreement" in found:
        told.append(_against(found["beside"], found["disagreement"]))
    return "\n".join(told)


def _goal(way: str, one: Measured) -> str:
    said = "reached" if one.low >= GOAL else "reached on average, but not by its whole interval" if one.auroc >= GOAL else "not reached"
    return f"- {way}: any of the five at AUROC {one.auroc:.3f} ({one.low:.3f}–{one.high:.3f}); the goal of {GOAL} is **{said}**."


def _against(ours: Measured, theirs: Measured) -> str:
    better = "better than" if ours.low > theirs.high else "worse than" if ours.high < theirs.low else "no different from"
    return (
        f"- The bare share of other attempts that call otherwise is at {theirs.auroc:.3f} ({theirs.low:.3f}–{theirs.high:.3f}): as a "
        f"ranking the tagger beside them is {better} it within these intervals; precision at 10 % flagged is {100 * ours.precision:.0f} % "
        f"against {100 * theirs.precision:.0f} %, AUPRC {ours.auprc:.3f} against {theirs.auprc:.3f}. Disagreement names no pattern and no "
        "place."
    )


def reached(every: Sequence[Kept], held: Held) -> str:
    """Where the goal is reached and where it is not, counted."""
    cells = [(each.example.model, each.example.category) for each in every]
    lines = []
    for sight in SIGHTS:
        said = held.said[sight, ANY]
        for cell in sorted(set(cells)):
            mine = [at for at, other in enumerate(cells) if other == cell and is_wrong(every[at].example, ANY) is not None]
            area = cell_auroc([bool(is_wrong(every[at].example, ANY)) for at in mine], [said[at] for at in mine])
            if area is not None:
                lines.append((sight, *cell, area))
    told = []
    for sight in SIGHTS:
        areas = [area for way, _, _, area in lines if way == sight]
        told.append(f"- {WAYS[sight]}: {sum(area >= GOAL for area in areas)} of {len(areas)} cells reach {GOAL} for any of the five.")
    short = [each for each in lines if each[0] == "beside" and each[3] < GOAL]
    told.append(
        f"- Short of it beside other attempts: {'; '.join(f'{model} {category} {area:.2f}' for _, model, category, area in short)}."
    )
    return "\n".join(told)
