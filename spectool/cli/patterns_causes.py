"""Systemic causes, shapes and clusters in the terminal, 100 columns wide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from spectool.cli.prose import indented
from spectool.patterns.clusters import Cluster, Clusters
from spectool.patterns.shapes import Shape, Shapes
from spectool.patterns.systemic_measure import SystemicCause
from spectool.plain_text import cut, safe, shortened
from spectool.results.interval import Rate
from spectool.results.told import interval, many, percent

SHAPES = 10
CLUSTERS = 8
_WIDTH = 94


def systemic_lines(causes: Sequence[SystemicCause]) -> Iterator[Text]:
    """What the harness, the template, the parser or the tools given are suspected of, before the model is blamed."""
    yield Text.assemble(("Systemic causes", "bold"), ("  suspected before the model is blamed: look at the examples", "dim"))
    if not causes:
        yield Text("  none suspected", style="dim")
    for model, every in groupby(causes, key=lambda cause: cause.model):
        yield _model(model)
        for cause in every:
            yield from indented(safe(cause.what), 4, "bold", hanging=6)
            yield Text(f"      {_share(cause.rate)}; {cause.failed:,} of these failed; of {safe(cause.of)}", style="dim")
            yield from indented(f"do: {safe(cause.fix)}", 6, hanging=10)
            yield from _examples(cause.evidence)
    yield Text()


def shape_lines(found: Mapping[str, Shapes]) -> Iterator[Text]:
    """Each model's largest shapes: the same slip under other ids, numbers and values is one line."""
    yield Text.assemble(("Shapes", "bold"), ("  slips that differ only in their values, by the trajectories they affect", "dim"))
    for model, shapes in found.items():
        yield _model(model)
        yield Text(f"  {many(shapes.findings, 'finding')} of {many(shapes.distinct, 'shape')}", style="dim")
        for shape in shapes.shapes[:SHAPES]:
            yield from _shape(shape)
    yield Text()


def cluster_lines(found: Clusters) -> Iterator[Text]:
    """The largest clusters over all models, each by its medoid."""
    yield Text.assemble(("Clusters", "bold"), ("  shapes that read alike, over all models", "dim"))
    if not found.clusters:
        yield Text("  none: every shape resembles no other", style="dim")
    for cluster in found.clusters[:CLUSTERS]:
        yield from _cluster(cluster)
    rest = [many(len(found.clusters) - CLUSTERS, "more cluster")] if len(found.clusters) > CLUSTERS else []
    rest += [many(len(found.alone), "shape") + " alone"] if found.alone else []
    if found.rare is not None:
        rest.append(f"the rarest {found.rare.grouped:,} of {found.distinct:,} shapes are grouped by pattern and tool")
    if rest:
        yield Text(f"  {' · '.join(rest)} (--json has them)", style="dim")
    yield Text()


def _shape(shape: Shape) -> Iterator[Text]:
    count = f"{shape.trajectories:>7,}  "
    yield Text.assemble(
        ("  " + count, "bold"), (_code(shape), "bold"), f"  {cut(safe(shape.text), _WIDTH - len(count) - len(_code(shape)))}"
    )
    at = ", ".join(f"{safe(each.tool) or '(no tool)'}{f'.{safe(each.argument)}' if each.argument else ''}" for each in shape.places)
    more = f" and {shape.tools - len(shape.places):,} more tools" if shape.tools > len(shape.places) else ""
    if at:
        yield Text(f"           at {cut(at, 70)}{more}", style="dim")
    yield Text(f"           e.g. {shortened(safe(shape.message), 80)}", style="dim")
    yield from indented(f"do: {shape.todo}", 11, hanging=15)


def _cluster(cluster: Cluster) -> Iterator[Text]:
    yield Text.assemble((f"  {cluster.trajectories:>7,}  ", "bold"), (cut(safe(cluster.name), 70), "bold"))
    medoid = cluster.medoid
    about = f"{many(len(cluster.shapes), 'shape')}, such as {_code(medoid)}"
    yield Text(f"           {cut(f'{about}: {safe(medoid.message)}', 85)}", style="dim")


def _code(shape: Shape) -> str:
    return f"{shape.error}.{shape.subtype}" if shape.subtype else shape.error


def _model(model: str) -> Text:
    return Text(f"  {safe(model) or '(no model named)'}", style="bold")


def _share(rate: Rate) -> str:
    return f"{rate.count:,} of {rate.n:,} ({percent(rate.rate)}, {interval(rate)})"


def _examples(keys: Sequence[str]) -> Iterator[Text]:
    if keys:
        yield Text(f"      e.g. {', '.join(map(safe, keys))}", style="dim")
