"""Makes ``docs/cli.md`` from the verbs themselves: ``python -m spectool.cli.page docs/cli.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from spectool.cli.main import VERBS, spectool
from spectool.report.page_file import write_page

_INTRO = """# The command line

Every verb prints its results on stdout and its talk (progress, warnings, errors) on stderr, takes `--json`, and explains itself with
`--help`. `PATH` is a file (plain, `.gz` or `.zst`), a folder (read recursively, in order), several of either, or `-` for standard input;
its format is found by its looks ([formats.md](formats.md)). This page is made from the verbs: `make docs`.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | a check failed: `--fail-on` was exceeded (or its pattern could not be judged); `check`, `convert`, `score` met a rejected record |
| 2 | bad usage, no readable record, a folder or file that could not be written, or a crashed detector (the folder is still written) |
| 130 | interrupted (`run`, `judge` by SIGTERM: 143); these two keep what is finished, `models pull` its parts, the others change nothing |

What the numbers mean is in [counting.md](counting.md), what is in the folder in [result-folder.md](result-folder.md).
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_INTRO, *(line for verb in VERBS for line in _sections(verb))]).rstrip() + "\n"


def _sections(verb: str) -> Iterator[str]:
    command = spectool.get_command(click.Context(spectool), verb)
    assert command is not None
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _section(f"{verb} {name}", inner)
    else:
        yield from _section(verb, command)


def _section(words: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"spectool {words}")
    usage = " ".join(part for part in command.collect_usage_pieces(context) if part)
    yield f"## {words}\n"
    yield f"`spectool {words} {usage}`\n"
    yield f"{_prose(command.help)}\n"
    yield "| option | |\n|---|---|"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield f"| `{_option(parameter, context)}` | {_cell(parameter)} |"
    yield f"\n```\n{_example(command)}\n```\n"


def _option(option: click.Option, context: click.Context) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {option.make_metavar(context)}".replace("|", "\\|")


def _cell(option: click.Option) -> str:
    default = option.default
    shown = f" Default: `{default}`." if isinstance(default, str | int | float) and not isinstance(default, bool) else ""
    return (option.help or "").replace("|", "\\|") + shown


def _prose(text: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))


def _example(command: click.Command) -> str:
    return (command.epilog or "").replace("\b", "").replace("Example:", "").strip()


if __name__ == "__main__":
    write_page(page(), sys.argv[1:])
