"""The cheapest one-to-one assignment of rows to columns, either of which may stay open at a price."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def least_cost(costs: Sequence[Sequence[int | None]], unmatched: int) -> list[tuple[int, int]]:
    """Row–column pairs of the cheapest assignment; ``None`` forbids a pair, and leaving a row or column open costs ``unmatched``.

    The Hungarian method with potentials (Kuhn–Munkres), O(n³); ties go to the earlier row and column.
    """
    rows, columns = len(costs), len(costs[0]) if costs else 0
    if not rows or not columns:
        return []
    size = rows + columns

    def cost(row: int, column: int) -> int:
        if row < rows and column < columns:
            price = costs[row][column]
            return 4 * unmatched if price is None else price
        return unmatched if row < rows or column < columns else 0

    column_of = _hungarian(size, cost)
    return [(row, column) for row, column in enumerate(column_of[:rows]) if column < columns and costs[row][column] is not None]


def _hungarian(size: int, cost: Callable[[int, int], int]) -> list[int]:
    """The column of each row in a cheapest full assignment of a square matrix given as a function."""
    u, v, row_at = [0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        row_at[0] = row
        way, column = _cheapest_way(size, cost, (u, v), row_at)
        while column:
            row_at[column] = row_at[way[column]]
            column = way[column]
    columns = [0] * size
    for column in range(1, size + 1):
        columns[row_at[column] - 1] = column - 1
    return columns


def _cheapest_way(
    size: int, cost: Callable[[int, int], int], potentials: tuple[list[int], list[int]], row_at: list[int]
) -> tuple[list[int], int]:
    """Dijkstra over reduced costs from the new row to a free column; updates the potentials of both sides."""
    u, v = potentials
    way, least, used = [0] * (size + 1), [10**9] * (size + 1), [False] * (size + 1)
    column = 0
    while row_at[column]:
        used[column] = True
        row = row_at[column]
        for j in (j for j in range(1, size + 1) if not used[j]):
            reduced = cost(row - 1, j - 1) - u[row] - v[j]
            if reduced < least[j]:
                least[j], way[j] = reduced, column
        following = min((j for j in range(1, size + 1) if not used[j]), key=least.__getitem__)
        delta = least[following]
        for j in range(size + 1):
            if used[j]:
                u[row_at[j]] += delta
                v[j] -= delta
            else:
                least[j] -= delta
        column = following
    return way, column
