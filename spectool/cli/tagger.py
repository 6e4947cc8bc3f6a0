"""``spectool tagger``: trained on outputs with gold, it says of outputs without what is most likely wrong."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("tagger", short_help="Without gold: what is most likely wrong, and why.")
def command() -> None:
    """Say what is most likely wrong in outputs that the rules leave clean, or train a tagger for it on your own outputs with gold."""


@command.command("apply", epilog="\b\nExample:\n  spectool tagger apply results/a")
@click.argument("result", metavar="RESULT")
@click.option("--model", "path", metavar="FILE", help="A tagger of your own; without it the one that SpecTool brings.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def apply(result: str, path: str | None, as_json: bool) -> int:
    """Tag a result folder: IAV, IAC, wrong_tool, unneeded_call and extra_call, each with its probability, place and reasons.

    Looked at is what the rules leave clean without gold; gold that is there is not read. The opinions go to tagged.parquet and change no
    rate. Other attempts at the same task in the folder help much: run several samples. How far to believe it: docs/tagger.md.
    """
    from spectool.cli.screen import progress, show, show_json
    from spectool.cli.tagger_lines import tagged_lines
    from spectool.plain_text import safe
    from spectool.tagger.folders import apply_to
    from spectool.tagger.tagger_model import TaggerError, load_model, shipped

    try:
        model = load_model(path if path is not None else shipped())
    except TaggerError as error:
        raise click.ClickException(safe(str(error))) from None
    with progress("tagging") as advance:
        tagged = apply_to(Path(result), model, advance)
    if as_json:
        show_json(tagged)
    else:
        show(tagged_lines(tagged))
    return 0


@command.command("train", epilog="\b\nExample:\n  spectool tagger train results/a results/b -o tagger.json")
@click.argument("folders", metavar="RESULT...", nargs=-1, required=True)
@click.option("-o", "--out", metavar="FILE", required=True, help="The tagger to write, as JSON.")
@click.option("--name", metavar="NAME", default="own tagger", show_default=True, help="What its opinions are signed with.")
@click.option("--seed", metavar="S", default=0, help="Another split of the questions into those that fit, calibrate and set the tiers.")
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
@click.option("--json", "as_json", is_flag=True, help="Print how it was trained as JSON.")
def train(folders: tuple[str, ...], out: str, name: str, seed: int, overwrite: bool, as_json: bool) -> int:
    """Train a tagger on result folders with gold or labels: what they prove is learnt from what a log shows without them.

    People's labels (spectool labels) count where they finished a trajectory or a pattern of it, and before gold.

    Give the folders of several models; one model teaches its own habits. The questions are split in three, so that what is fitted,
    calibrated and set as a tier never saw the same one. Exit code 2 where there is too little to learn from.
    """
    import msgspec

    from spectool.cli.screen import progress, show_json
    from spectool.cli.target import check_target
    from spectool.plain_text import safe
    from spectool.results.convert import new_file
    from spectool.tagger.fit import fit
    from spectool.tagger.folders import examples_of
    from spectool.tagger.tagger_model import TaggerError

    check_target(out, overwrite=overwrite)
    with progress("reading") as advance:
        examples = examples_of([Path(folder) for folder in folders], advance)
    try:
        model = fit(examples, name=name, data=", ".join(folders), seed=seed, tell=lambda line: click.echo(line, err=True))
    except TaggerError as error:
        raise click.ClickException(safe(str(error))) from None
    with new_file(Path(out)) as file:
        file.write(msgspec.json.encode(model))
    click.echo(f"written to {safe(out)}: {', '.join(model.heads)}; apply it with --model", err=True)
    if as_json:
        show_json(model.training)
    return 0
