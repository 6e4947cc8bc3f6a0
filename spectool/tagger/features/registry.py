"""The families of features in their order; a further one is a module and its line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from spectool.classify.attempt import Attempt
from spectool.tagger.features import answers, asked, attempts, declared, form, grounding, logprobs, naming, situation, subject, support
from spectool.tagger.view import Slot, View

Unit = Literal["argument", "call", "trajectory"]
Meanings = Mapping[str, str]

ARGUMENT: tuple[tuple[Meanings, Callable[[View, Slot], Iterable[float]]], ...] = tuple(
    (family.ARGUMENT, family.of_argument) for family in (declared, subject, grounding, form, asked, naming, situation, logprobs, attempts)
)
CALL: tuple[tuple[Meanings, Callable[[View, Attempt], Iterable[float]]], ...] = tuple(
    (family.CALL, family.of_call) for family in (naming, support, situation, logprobs, attempts)
)
TRAJECTORY: tuple[tuple[Meanings, Callable[[View], Iterable[float]]], ...] = tuple(
    (family.TRAJECTORY, family.of_trajectory) for family in (naming, situation, answers, attempts)
)
_FAMILIES: Mapping[Unit, tuple[tuple[Meanings, Callable[..., Iterable[float]]], ...]] = {
    "argument": ARGUMENT,
    "call": CALL,
    "trajectory": TRAJECTORY,
}


def names(unit: Unit) -> tuple[str, ...]:
    """The features of a unit, in their order."""
    return tuple(name for meanings, _ in _FAMILIES[unit] for name in meanings)


def meanings(unit: Unit) -> Mapping[str, str]:
    """What each feature of a unit means."""
    return {name: said for family, _ in _FAMILIES[unit] for name, said in family.items()}


def vector(unit: Unit, *place: Any) -> tuple[float, ...]:
    """The features of one argument ``(view, slot)``, call ``(view, attempt)`` or trajectory ``(view,)``."""
    return tuple(float(value) for _, of in _FAMILIES[unit] for value in of(*place))
