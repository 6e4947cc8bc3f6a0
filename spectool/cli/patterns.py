"""``spectool patterns``: from a result folder's findings to what matters: patterns, where they concentrate, what they have in common."""

from __future__ import annotations

from pathlib import Path

import click

# As patterns.rates_dimensions.NAMES, which would load the classifier to show a help text; a test holds them together.
DIMENSIONS = (
    *("model", "pattern", "category", "environment", "run", "time", "n_tools", "n_gold", "prompt_length"),
    *("subtype", "tool", "argument", "step"),
)


@click.command(
    "patterns",
    short_help="Which patterns matter, where they concentrate, and why.",
    epilog="\b\nExample:\n  spectool patterns results/a --by tool --pattern IAV",
)
@click.argument("results", metavar="RESULT...", nargs=-1, required=True)
@click.option("--by", type=click.Choice(DIMENSIONS), default="subtype", show_default=True, help="Split rates by this dimension.")
@click.option("--pattern", metavar="CODE", help="Only this pattern; spectool taxonomy lists them.")
@click.option("--graphs", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Write the graphs here, as GraphML and JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(results: tuple[str, ...], by: str, pattern: str | None, folder: Path | None, as_json: bool) -> int:
    """Show which patterns matter most to each model, their rates by a dimension, and the slices of tasks in which they concentrate.

    RESULT is a result folder, as spectool classify writes it. Rates come with their numbers and a 95 % interval clustered by task; a
    slice is searched on one half of the tasks and tested on the other, and shown where its q-value is below 0.05. Graphs show which
    patterns come together and one after the other, which tools and arguments are confused, and which tools live on others' results.
    """
    from spectool.classify.taxonomy import load
    from spectool.cli.patterns_sections import GRAPHS, sections
    from spectool.cli.screen import show, show_json
    from spectool.patterns.graphs_files import write_graphs
    from spectool.results.store import open_folder
    from spectool.results.tables import connect

    if pattern is not None and pattern not in load().positions:
        raise click.UsageError(f"no pattern '{pattern[:80]}'; there are {', '.join(load().positions)}")
    for each in results:
        open_folder(each).close()
    with connect(*map(Path, results)) as connection:
        shown = list(sections(connection, by, pattern))
        if folder is not None:
            write_graphs(folder, next(each.value for each in shown if each.name == GRAPHS))
        if as_json:
            show_json({each.name: each.value for each in shown})
        else:
            show(line for each in shown for line in each.lines())
    return 0
