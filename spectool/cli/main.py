"""The ``spectool`` command: finds the verb, runs it, turns expected failures into one line and an exit code.

Exit codes: 0 done, 1 a check failed, 2 bad usage, no readable record or a crashed detector, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module

import click

# In the order of a first visit; each module offers its verb as ``command``.
VERBS = (
    *("classify", "check", "convert", "run", "score", "patterns", "compare", "audit", "report", "judge", "tagger", "labels", "agree"),
    *("models", "app", "explain", "taxonomy", "tasks"),
)

_HELP = """Find the error patterns of tool-calling models: which, how often, where, and what would have been right.

\b
Start with outputs that you have, in any common format:
  spectool classify outputs.jsonl     the table, and a result folder
  spectool app                        the same in the browser
"""


class Verbs(click.Group):
    """A group that imports a verb only when it is named (or listed)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of a first visit."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name; ``None`` when there is none."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"spectool.cli.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest verb for a misspelt one."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            near = get_close_matches(args[0], VERBS, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(VERBS)}"
            raise click.UsageError(f"no verb '{args[0][:80]}'; {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.command(
    cls=Verbs,
    help=_HELP,
    epilog="Every verb has --help with an example, and --json.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="spectool", message="spectool %(version)s")
def spectool() -> None:
    """The group itself does nothing; ``_HELP`` is what it says."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command line and returns its exit code; ``None`` takes the process's arguments."""
    try:
        code = spectool.main(args=None if argv is None else list(argv), prog_name="spectool", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        raise
    except (ValueError, OSError) as error:
        if not _expected(error):
            raise
        from spectool.plain_text import safe

        click.echo(f"error: {safe(str(error), newlines=True)}", err=True)
        return 2


def _expected(error: Exception) -> bool:
    """Whether the message was written for the user: then a traceback would only hide it."""
    from spectool.classify.strict_yaml import TaxonomyError
    from spectool.read.source import FormatError
    from spectool.results.folder import ResultFolderError

    return isinstance(error, FormatError | ResultFolderError | TaxonomyError | OSError)


def run() -> None:
    """Entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            # A terminal that can not show a character of a model's output must not end the command.
            reconfigure(errors="replace")
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (``| head``) has seen enough; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
