"""``spectool audit``: a published score in, its parts out."""

from __future__ import annotations

from contextlib import ExitStack

import click
import msgspec


@click.command(
    "audit",
    short_help="Take a published score apart: harness, gold, format, the rest.",
    epilog="\b\nExample:\n  spectool audit results/a results/b results/c --suspects suspects.jsonl",
)
@click.argument("folders", metavar="RESULT...", nargs=-1, required=True)
@click.option("--suspects", metavar="FILE", help="Write the tasks whose gold is suspect, ranked, as JSON lines; - is standard output.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(folders: tuple[str, ...], suspects: str | None, as_json: bool) -> int:
    """Take each model's score apart: the harness's faults, the gold's, mere format, and the rest by pattern.

    Shown are the score after each is added back, how far each decision of ours moves it, and whether the order of the models holds.

    The verdict is the benchmark's published one, else BFCL's rules (classify --compat bfcl), else the harness's reward, else our own, and
    the table says which. Give the folders of several models at once: tasks that most miss alike show where the gold is suspect.
    """
    from spectool.cli.audit_table import audit_lines
    from spectool.cli.screen import show, show_json
    from spectool.cli.target import check_target, opened
    from spectool.patterns.audit import audit_folders

    if suspects is not None:
        check_target(suspects, overwrite=False)
    audited = audit_folders(folders)
    if suspects is not None:
        with ExitStack() as stack:
            opened(stack, suspects, "--suspects").writelines(msgspec.json.encode(each) + b"\n" for each in audited.suspects)
    if as_json:
        show_json(audited.audit)
    elif suspects != "-":
        show(audit_lines(audited.audit))
    return 0
