"""What ``--infer-tools`` learned, in words, above the table that rests on it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from spectool.cli.prose import indented
from spectool.plain_text import safe
from spectool.results.inferring import INFERRED_FILE
from spectool.results.summary import InferredTools, Summary
from spectool.results.told import many

_LIMIT = "findings that rest on them are likely at most"


def inferred_lines(summary: Summary) -> Iterator[Text]:
    """The tools inferred and what they are good for; nothing where none were."""
    found = summary.inferred
    if summary.settings.tools_inferred:
        yield from indented(f"The tools of {safe(str(summary.settings.tools))} were inferred from a log: {_LIMIT}.", 0, "cyan", hanging=2)
    if found is None:
        return
    if not summary.counts.without_tools:
        told = "No tools were inferred: every record has tools of its own."
    elif not found.tools:
        told = f"No tools could be inferred: none of {many(found.calls, 'call')} has a reply that shows it to have succeeded."
    else:
        told = _told(found)
    yield from indented(told, 0, "cyan", hanging=2)
    yield Text()


def _told(found: InferredTools) -> str:
    parts = ((found.likely, "likely findings"), (found.thin, "candidates only"), (found.silent, "neither (met in one task)"))
    support = ", ".join(f"{count:,} with support for {what}" for count, what in parts if count)
    return (
        f"{many(found.tools, 'tool')} inferred from {found.used:,} of {many(found.calls, 'call')} (those that succeeded): {support}. "
        f"They are in {INFERRED_FILE}; {_LIMIT}."
    )
