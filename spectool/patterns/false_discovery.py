"""Many tests at once: p-values turned into false discovery rates.

Source: Benjamini and Hochberg 1995, "Controlling the False Discovery Rate".
"""

from __future__ import annotations

from collections.abc import Sequence


def q_values(p_values: Sequence[float]) -> list[float]:
    """For each p-value, in their order, the share of false discoveries to expect if it and all smaller ones are believed."""
    ranked = sorted(range(len(p_values)), key=lambda place: (p_values[place], place))
    adjusted, least = [1.0] * len(p_values), 1.0
    for rank in range(len(ranked), 0, -1):
        place = ranked[rank - 1]
        least = min(least, p_values[place] * len(p_values) / rank)
        adjusted[place] = least
    return adjusted
