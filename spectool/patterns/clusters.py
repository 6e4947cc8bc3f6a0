"""Clusters: shapes that read alike, so that one cause in several words, tools and arguments is one entry.

Each different shape is one document of words (its pattern, its text, the parts of its tool's and argument's names). TF-IDF and a truncated
SVD, in which a shape weighs as much as the trajectories it affects, place them; HDBSCAN groups what lies close, without being told how many
groups there are, and leaves alone what resembles nothing. Seeds are fixed and ties go by id, so the same folder gives the same clusters; a
cluster's id is made of its medoid, the shape nearest to the weighted middle, and so outlives changes at its edge.

Source: Campello, Moulavi, Sander 2013 (HDBSCAN); Grootendorst 2022, "BERTopic" (c-TF-IDF names).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from spectool.patterns.clusters_words import name_of, weight_of, words_of_shape
from spectool.patterns.shapes import Shape, shapes_of
from spectool.patterns.shapes_rare import RARE, Rare, group_rare
from spectool.patterns.shapes_tables import Grain, prepare
from spectool.results.tables import rows

# Shapes that are placed; above that the rarest are grouped by pattern and tool.
MOST = 10_000
SMALLEST = 4
DIMENSIONS = 32
SEED = 20241113
SHOWN = 5


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """Shapes that read alike.

    ``name`` tells what sets it apart from the others; ``shapes`` are the ids of its members, largest first, ``largest`` the first few;
    ``medoid`` stands for it. ``trajectories`` are those with any of its shapes, each once.
    """

    id: str
    name: str
    medoid: Shape
    largest: tuple[Shape, ...]
    shapes: tuple[str, ...]
    findings: int
    trajectories: int
    tasks: int
    models: Mapping[str, int]


class Clusters(msgspec.Struct, frozen=True, kw_only=True):
    """All clusters, those of most trajectories first; ``alone`` are shapes that resemble no other.

    Where there were too many, ``rare`` says how many of the rarest were put together by pattern and tool, and ``grouped`` holds these sums.
    """

    grain: Grain
    trajectories: int
    affected: int
    findings: int
    distinct: int
    clusters: tuple[Cluster, ...]
    alone: tuple[Shape, ...]
    grouped: tuple[Shape, ...]
    rare: Rare | None


def find_clusters(
    cursor: Any, grain: Grain = "tool", *, where: str = "true", parameters: list[Any] | None = None, most: int = MOST
) -> Clusters:
    """The clusters of a result folder's shapes.

    Args:
        cursor: of ``spectool.results.tables.connect``; temporary tables are left behind in it.
        grain: at what shapes are told apart.
        where: a condition on ``trajectories AS t``.
        parameters: the values of its placeholders.
        most: shapes that are placed one by one.
    """
    prepare(cursor, where, parameters)
    rare = group_rare(cursor, grain, most)
    found = shapes_of(cursor, grain, most, rated=False)
    own = [place for place, shape in enumerate(found.shapes) if shape.text != RARE]
    points = _placed([found.shapes[place] for place in own])
    members: dict[int, list[int]] = defaultdict(list)
    for number, label in enumerate(_labels(points)):
        members[label].append(number)
    alone = tuple(found.shapes[own[number]] for number in members.pop(-1, []))
    return Clusters(
        grain=grain,
        trajectories=found.trajectories,
        affected=found.affected,
        findings=found.findings,
        distinct=rare.distinct if rare else found.distinct,
        clusters=_clusters(cursor, found.shapes, own, points, list(members.values())),
        alone=alone,
        grouped=tuple(shape for shape in found.shapes if shape.text == RARE),
        rare=rare,
    )


def _placed(shapes: Sequence[Shape]) -> Any:
    """A point of length 1 for each shape, in the order of ``shapes``."""
    import numpy as np

    if len(shapes) < 2 * SMALLEST:
        return np.zeros((len(shapes), 1))
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    vectorizer = TfidfVectorizer(analyzer=words_of_shape, sublinear_tf=True)
    table = vectorizer.fit_transform(shapes)
    table = table.multiply([weight_of(word) for word in vectorizer.get_feature_names_out()]).tocsr()
    weighted = table.multiply(np.sqrt([shape.trajectories for shape in shapes])[:, None]).tocsr()
    svd = TruncatedSVD(n_components=max(min(DIMENSIONS, min(table.shape) - 1), 1), random_state=SEED).fit(weighted)
    # Rounded, so that the last bits, which differ among machines, decide nothing, and equal shapes are at one point.
    return normalize(svd.transform(table)).round(6)


def _labels(points: Any) -> list[int]:
    """The number of each point's group, -1 for none."""
    if len(points) < 2 * SMALLEST:
        return [-1] * len(points)
    from sklearn.cluster import HDBSCAN

    groups = HDBSCAN(min_cluster_size=SMALLEST, min_samples=2, copy=True).fit_predict(points)
    return [int(group) for group in groups]


def _clusters(cursor: Any, every: Sequence[Shape], own: list[int], points: Any, groups: list[list[int]]) -> tuple[Cluster, ...]:
    if not groups:
        return ()
    shapes = [every[place] for place in own]
    names = name_of([[shapes[place] for place in group] for group in groups])
    medoids = _medoids(shapes, points, groups)
    counts, models = _counts(cursor, [[own[number] for number in group] for group in groups])
    made = [
        Cluster(
            id=f"c{shapes[medoid].id}",
            name=name,
            medoid=shapes[medoid],
            largest=tuple(shapes[place] for place in group[:SHOWN]),
            shapes=tuple(shapes[place].id for place in group),
            models=models[number],
            **counts[number],
        )
        for number, (group, name, medoid) in enumerate(zip(groups, names, medoids, strict=True))
    ]
    return tuple(sorted(made, key=lambda each: (-each.trajectories, -each.findings, each.id)))


def _medoids(shapes: Sequence[Shape], points: Any, groups: list[list[int]]) -> list[int]:
    """The member nearest to the weighted middle of each group: of all members the one with the least squared distance to the others."""
    import numpy as np

    found = []
    for group in groups:
        weights = np.array([shapes[place].trajectories for place in group], dtype=float)
        middle = np.average(points[group], axis=0, weights=weights)
        distances = ((points[group] - middle) ** 2).sum(axis=1).round(9)
        found.append(
            min(zip(distances, group, strict=True), key=lambda each: (each[0], -shapes[each[1]].trajectories, shapes[each[1]].id))[1]
        )
    return found


def _counts(cursor: Any, groups: list[list[int]]) -> tuple[dict[int, dict[str, int]], dict[int, dict[str, int]]]:
    """By the group's number, members being places among all shapes: findings, trajectories, tasks; and trajectories by model."""
    import pyarrow as pa

    pairs = [(place + 1, number) for number, group in enumerate(groups) for place in group]
    cursor.register("cluster_pairs", pa.table({"rank": [rank for rank, _ in pairs], "cluster": [number for _, number in pairs]}))
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE cluster_hits AS SELECT c.cluster, h.key, h.task, h.model
        FROM shaped_hits h JOIN cluster_pairs c USING (rank)"""
    )
    cursor.unregister("cluster_pairs")
    counts = rows(
        cursor,
        """SELECT cluster, count(*) AS findings, count(DISTINCT key) AS trajectories, count(DISTINCT task) AS tasks FROM cluster_hits
        GROUP BY cluster""",
    )
    models: dict[int, dict[str, int]] = defaultdict(dict)
    for each in rows(cursor, "SELECT cluster, model, count(DISTINCT key) AS n FROM cluster_hits GROUP BY ALL ORDER BY n DESC, model"):
        models[each["cluster"]][each["model"]] = each["n"]
    return {each.pop("cluster"): each for each in counts}, models
