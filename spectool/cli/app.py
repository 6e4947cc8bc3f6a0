"""``spectool app``: opens results in the browser."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import click


@click.command("app", short_help="Open results in the browser.", epilog="\b\nExample:\n  spectool app results/outputs.jsonl --port 8600")
@click.argument("folder", metavar="[DIR]", type=click.Path(exists=True, file_okay=False), default=".")
@click.option("--port", metavar="N", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this machine.")
@click.option("--no-browser", is_flag=True, help="Serve only; open no browser.")
@click.option("--json", "as_json", is_flag=True, help="Print the command as JSON and do not run it.")
def command(folder: str, port: int, no_browser: bool, as_json: bool) -> int:
    """Open results in the browser: a result folder, or every one below DIR (default: here).

    The app shows folders below DIR only, and answers this machine only.
    """
    line = command_line(Path(folder), port, headless=no_browser)
    if as_json:
        from spectool.cli.screen import show_json

        show_json({"command": line})
        return 0
    if find_spec("streamlit") is None:
        raise click.ClickException("the app needs streamlit; install it with: pip install 'spectool[app]'")
    os.execv(line[0], line)  # in this process's place, so that whoever stops it stops the app


def command_line(folder: Path, port: int, *, headless: bool) -> list[str]:
    """The command that starts the app on ``folder``."""
    from spectool.resources import folder as bundled

    main = bundled("app") / "main.py"
    options = [
        "--server.address=localhost",
        f"--server.port={port}",
        f"--server.headless={str(headless).lower()}",
        "--server.showEmailPrompt=false",
    ]
    options += ["--browser.gatherUsageStats=false", "--client.toolbarMode=viewer"]
    return [sys.executable, "-m", "streamlit", "run", str(main), *options, "--", str(folder.resolve())]
