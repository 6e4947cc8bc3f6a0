"""How far rules, tagger, judge and people agree: precision, recall, F1, Cohen's kappa and Krippendorff's alpha, each with its interval.

A unit is one pattern in one trajectory. Two sides are compared on the units that both looked at, and what one did not look at is no
answer. Of two sides the later in the order rules, tagger, judge, people is taken as the truth for precision and recall; the other
measures know no truth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from spectool.model import Tier
from spectool.results.agreement_confusion import confusion
from spectool.results.agreement_measures import Square, alpha, as_answers, f1, kappa, precision, recall
from spectool.results.agreement_result import Agreement, Pair, Side, Together
from spectool.results.agreement_rulings import rulings
from spectool.results.agreement_units import answers_of_all, prepare, sides_of, spoken, squares
from spectool.results.labels import Labels
from spectool.results.labels_answers import answered, asked, holding
from spectool.results.labels_entry import Entry
from spectool.results.labels_file import LabelsError
from spectool.results.labels_folder import Standing, standing
from spectool.results.store import open_folder
from spectool.results.tables import connect

__all__ = ["COUNTED", "Agreement", "Pair", "Side", "Together", "agree"]

# Those that count against a model: see docs/result-folder.md.
COUNTED: tuple[Tier, ...] = ("certain", "likely")


def agree(
    folder: str | Path,
    *,
    sides: Sequence[str] = (),
    more: Iterable[Entry] = (),
    tiers: Sequence[Tier] = COUNTED,
    patterns: Sequence[str] = (),
    drawn: Sequence[str] = (),
) -> Agreement:
    """Compares the sides of a result folder.

    Args:
        folder: the result folder.
        sides: ``rules``, ``tagger``, ``judge`` or people's names; none are all there are.
        more: labels from elsewhere, beside those of the folder; of one person's two on a slot the newer counts.
        tiers: which findings and opinions are a yes; what a tagger or judge said below them is a no.
        patterns: codes; none are the core and the extended patterns.
        drawn: only what people finished of trajectories drawn so; none are all.

    Raises:
        LabelsError: there are no two sides, or no such side.
        ResultFolderError: ``folder`` is no result folder.
    """
    folder = Path(folder)
    open_folder(folder).close()
    codes = tuple(dict.fromkeys(patterns)) or asked()
    with connect(folder.resolve()) as connection:
        fit = standing(connection, holding((*Labels(folder).current(), *more)))
        said = _drawn_so(fit.entries, drawn)
        chosen = _chosen(sides_of(connection, (entry.annotator for entry in said)), sides)
        prepare(connection, chosen, answers=answered(said), entries=said, tiers=tiers, patterns=codes)
        return _agreement(connection, folder, chosen, said, fit, tuple(tiers), codes)


def _drawn_so(entries: Sequence[Entry], drawn: Sequence[str]) -> tuple[Entry, ...]:
    """What a person said of trajectories that came to them so; how one was drawn stands with its end."""
    if not drawn:
        return tuple(entries)
    places = {(entry.key, entry.annotator) for entry in entries if entry.verdict in ("finished", "clean") and entry.drawn in drawn}
    return tuple(entry for entry in entries if (entry.key, entry.annotator) in places)


def _chosen(there: Sequence[str], sides: Sequence[str]) -> tuple[str, ...]:
    if unknown := [side for side in sides if side not in there]:
        raise LabelsError(f"nothing of '{unknown[0][:80]}' in this folder; there are {', '.join(there)}")
    chosen = tuple(side for side in there if not sides or side in sides)
    if len(chosen) < 2:
        hint = "label in the app or with: spectool labels import" if there == ("rules",) else f"there are {', '.join(there)}"
        raise LabelsError(f"expected two sides to compare, got {', '.join(chosen)}; {hint}")
    return chosen


def _agreement(
    connection: Any,
    folder: Path,
    sides: tuple[str, ...],
    said: Sequence[Entry],
    fit: Standing,
    tiers: tuple[Tier, ...],
    codes: tuple[str, ...],
) -> Agreement:
    order = {code: place for place, code in enumerate((*codes, ""))}
    both = list(combinations(sides, 2))
    pairs = [_pair(left, right, error, found) for left, right in both for error, found in _seen(squares(connection, left, right), order)]
    together = [Together(error=error, alpha=alpha(found)) for error, found in answers_of_all(connection).items()]
    finished = {(entry.key, entry.annotator) for entry in said if entry.verdict in ("finished", "clean")}
    begun = Counter(annotator for _, annotator in {(entry.key, entry.annotator) for entry in said} - finished)
    return Agreement(
        folder=str(folder),
        tiers=tiers,
        patterns=codes,
        sides=_sides(connection, sides, said),
        pairs=tuple(pairs),
        together=tuple(sorted((each for each in together if each.alpha.value is not None), key=lambda each: order[each.error])),
        confusions=tuple(confusion(connection, left, right) for left, right in both),
        rulings=rulings(connection, [entry for entry in said if _asked_for(entry, sides, codes)]),
        gone=fit.gone,
        altered=fit.altered,
        unfinished=dict(sorted(begun.items())),
    )


def _asked_for(entry: Entry, sides: Sequence[str], codes: Sequence[str]) -> bool:
    """Whether it is a ruling of one chosen side on a finding of another, of a chosen pattern."""
    if entry.finding is None or entry.annotator not in sides:
        return False
    finder = {"tagger": "tagger", "judge": "judge"}.get(entry.finding.source, "rules")
    return finder in sides and entry.finding.error in codes


def _sides(connection: Any, names: Iterable[str], said: Iterable[Entry]) -> tuple[Side, ...]:
    """Who says how much, and of people how what they finished whole was drawn."""
    counts, ends = spoken(connection), [entry for entry in said if entry.verdict in ("finished", "clean") and not entry.pattern]
    drawn = {name: dict(sorted(Counter(str(entry.drawn) for entry in ends if entry.annotator == name).items())) for name in names}
    return tuple(Side(name=name, drawn=drawn[name], **counts.get(name, {})) for name in drawn)


def _seen(found: Mapping[str, Sequence[Square]], order: Mapping[str, int]) -> list[tuple[str, Sequence[Square]]]:
    """Patterns that one of both sides sees somewhere, in order, and all together last."""
    seen = [(error, each) for error, each in found.items() if not error or any(one.both + one.left + one.right for one in each)]
    return sorted(seen, key=lambda each: order[each[0]])


def _pair(left: str, right: str, error: str, found: Sequence[Square]) -> Pair:
    both, left_only, right_only, neither = (
        sum(getattr(each, name) * each.tasks for each in found) for name in ("both", "left", "right", "neither")
    )
    return Pair(
        left=left,
        right=right,
        error=error,
        n=both + left_only + right_only + neither,
        tasks=sum(each.tasks for each in found),
        both=both,
        left_only=left_only,
        right_only=right_only,
        neither=neither,
        precision=precision(found),
        recall=recall(found),
        f1=f1(found),
        kappa=kappa(found),
        alpha=alpha(as_answers(found)),
    )
