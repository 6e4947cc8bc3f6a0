"""Gradient-boosted trees as plain lists: what they predict, and which feature moved a prediction by how much."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Tree(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tree, node by node from its root: a row goes ``left`` where its feature is at most the threshold; a leaf has ``left`` 0.

    ``value`` is in log-odds; an inner node's is the mean of what is below it.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]


class Forest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Trees whose values add up to log-odds; ``base`` is where they start."""

    base: float
    trees: tuple[Tree, ...]

    def fault(self, features: int) -> str | None:
        """Why the numbers are no forest over so many features; ``None`` where they are."""
        if not math.isfinite(self.base):
            return "its base is no number"
        return next((why for tree in self.trees if (why := _fault(tree, features)) is not None), None)

    def log_odds(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """What the trees say of each row, in log-odds; shape (rows,)."""
        import numpy as np

        if not len(rows):
            return np.zeros(0)
        given, stacked = np.asarray(rows, dtype=np.float64), self._stacked
        trees = np.arange(len(self.trees))
        at = np.zeros((len(given), len(trees)), dtype=np.intp)
        for _ in range(stacked["depth"]):
            taken = np.take_along_axis(given, stacked["feature"][trees, at], axis=1)
            at = np.where(taken <= stacked["threshold"][trees, at], stacked["left"][trees, at], stacked["right"][trees, at])
        said: NDArray[np.float64] = self.base + stacked["value"][trees, at].sum(axis=1)
        return said

    @cached_property
    def _stacked(self) -> Mapping[str, Any]:
        """The trees as arrays of shape (trees, nodes); a leaf leads to itself."""
        import numpy as np

        nodes = max((len(tree.value) for tree in self.trees), default=1)
        stacked: dict[str, Any] = {name: np.zeros((len(self.trees), nodes), dtype=np.intp) for name in ("feature", "left", "right")}
        stacked |= {name: np.zeros((len(self.trees), nodes)) for name in ("threshold", "value")}
        for place, tree in enumerate(self.trees):
            for name in ("feature", "threshold", "value"):
                stacked[name][place, : len(tree.value)] = getattr(tree, name)
            for name in ("left", "right"):
                sides = getattr(tree, name)
                stacked[name][place, : len(sides)] = [side or node for node, side in enumerate(sides)]
        return stacked | {"depth": max(map(_depth, self.trees), default=0)}

    def contributions(self, row: Sequence[float]) -> dict[int, float]:
        """How far each feature moved a row from the trees' mean, in log-odds.

        Source: Saabas (2014), "Interpreting random forests": each step of a path is credited to the feature that it asks.
        """
        moved: defaultdict[int, float] = defaultdict(float)
        for tree in self.trees:
            node = 0
            while tree.left[node]:
                feature = tree.feature[node]
                below = tree.left[node] if row[feature] <= tree.threshold[node] else tree.right[node]
                moved[feature] += tree.value[below] - tree.value[node]
                node = below
        return dict(moved)


def _fault(tree: Tree, features: int) -> str | None:
    sizes = {len(each) for each in (tree.feature, tree.threshold, tree.left, tree.right, tree.value)}
    if len(sizes) != 1 or not tree.value:
        return "a tree's lists differ in length or are empty"
    for node, (left, right) in enumerate(zip(tree.left, tree.right, strict=True)):
        if (left or right) and not (node < left < len(tree.value) and node < right < len(tree.value)):
            return "a tree's nodes do not lead on"
    if not all(0 <= feature < features for feature in tree.feature):
        return "a tree asks for a feature that is not there"
    return None if all(map(math.isfinite, (*tree.threshold, *tree.value))) else "a tree holds what is no number"


def _depth(tree: Tree) -> int:
    depths = [0] * len(tree.value)
    for node, (left, right) in enumerate(zip(tree.left, tree.right, strict=True)):
        if left:
            depths[left] = depths[right] = depths[node] + 1
    return max(depths)


def probability(log_odds: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + math.exp(-log_odds)) if log_odds >= 0 else math.exp(log_odds) / (1 + math.exp(log_odds))
