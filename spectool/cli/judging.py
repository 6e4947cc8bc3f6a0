"""A judge started from the command line: by ``spectool judge``, and by ``spectool classify --judge``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from spectool.run.judge_summary import JudgeSummary


def judge(folder: Path, chosen: Mapping[str, Any]) -> JudgeSummary:
    """What the judge did; ``chosen`` are the options of ``spectool judge``, those left out at their defaults.

    Raises:
        RunError: there is no such engine, model or pattern, or earlier answers are in the way.
        ResultFolderError: ``folder`` is none.
    """
    from spectool.cli.engines import engine_options, facts_of, model_files
    from spectool.cli.judge_lines import judging
    from spectool.cli.judge_options import filter_from
    from spectool.run.engines.facts import FACTS
    from spectool.run.engines.registry import load
    from spectool.run.judge import judge_folder
    from spectool.run.judge_journal import JudgeConfig

    engine = chosen["engine"]
    files = model_files(chosen)
    kept = {name: chosen[name] for name in JudgeConfig.__struct_fields__ if chosen.get(name) is not None}
    able = engine not in FACTS or "constrain" in FACTS[engine].takes
    config = JudgeConfig(**{**kept, **facts_of(files, engine), "constrain": able and not chosen.get("no_constrain")})
    patterns = [name for text in chosen.get("patterns", ()) for name in text.split(",") if name]
    choices = filter_from(chosen.get("filters", ()))
    with judging(files.name) as advance:
        return judge_folder(
            folder,
            config,
            lambda: load(engine, files, engine_options(chosen)),
            patterns=patterns,
            choices=choices,
            limit=chosen.get("limit"),
            resume=chosen.get("resume", False),
            overwrite=chosen.get("overwrite", False),
            on_progress=advance,
        )


def checked_judge(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """That ``--judge`` names a judge that is here, before an hour of classifying; for click, which shows what is wrong."""
    from spectool.cli.engines import model_files
    from spectool.run.errors import RunError

    if value is not None:
        try:
            model_files(_judge_named(value))
        except RunError as error:
            raise click.BadParameter(str(error), context, parameter) from None
    return value


def judge_classified(folder: Path, name: str, *, quiet: bool) -> None:
    """What ``classify --judge`` does once the folder is written; unless ``quiet``, the table of answers is shown.

    Raises:
        click.ClickException: the judge could not go on; what it answered is kept.
    """
    from spectool.cli.judge_lines import judge_lines
    from spectool.cli.screen import show
    from spectool.plain_text import safe
    from spectool.run.errors import RunError

    try:
        summary = judge(folder, _judge_named(name))
    except RunError as error:
        raise click.ClickException(safe(f"{error}; the folder is written, go on with: spectool judge {folder} --resume")) from None
    if not quiet:
        show(judge_lines(summary))


def _judge_named(name: str) -> Mapping[str, str]:
    from spectool.cli.judge_options import engine_and_model

    engine, model = engine_and_model(name)
    return {"engine": engine, "model": model}
