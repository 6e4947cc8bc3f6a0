"""``spectool judge``: a result folder and a model in, opinions that no rule can give out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from spectool.cli.judge_options import options


@click.command(
    "judge",
    params=options(),
    short_help="Have a model judge what no rule decides.",
    epilog="\b\nExample:\n  spectool judge results/a --engine openai --base-url http://localhost:8000/v1 --model NAME",
)
@click.argument("result", metavar="RESULT")
def command(result: str, as_json: bool, **chosen: Any) -> int:
    """Have a model judge what no rule decides: result_misuse, fabricated_output, policy_violation, missing_clarification, misread_task.

    RESULT is a result folder, as spectool classify writes it. The judge sees task, policy, calls and results, is asked about one pattern at
    a time, and has to quote its evidence: an answer whose quote the judged model did not write is unusable, and never clean. Its findings
    are candidates, in judged.parquet; they change no rate. Each answer is kept at once, so an interrupted run goes on with --resume.
    Qualify a judge before you believe it: docs/judge.md.
    """
    from spectool.cli.engines import Ended, ending_softly, exit_code
    from spectool.cli.judge_lines import judge_lines
    from spectool.cli.judging import judge
    from spectool.cli.screen import show, show_json
    from spectool.plain_text import safe
    from spectool.run.errors import RunError

    try:
        with ending_softly():
            summary = judge(Path(result), chosen)
    except RunError as error:
        raise click.ClickException(safe(str(error))) from None
    except (KeyboardInterrupt, Ended) as stop:
        click.echo("interrupted; what was answered is kept, go on with --resume", err=True)
        return exit_code(stop)
    if as_json:
        show_json(summary)
    else:
        show(judge_lines(summary))
    return 2 if summary.totals.failed and summary.totals.failed == summary.totals.episodes else 0
