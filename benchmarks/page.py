"""Writes docs/accuracy.md: every command of this folder that proves the tags, what it printed, and how to read it.

    python -m benchmarks.page DATA > docs/accuracy.md

``DATA`` is the folder of public outputs. Takes some ten minutes, most of them for the injector.
"""

from __future__ import annotations

import argparse
import datetime
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEAD = """# Accuracy: are the tags right?

Written by `python -m benchmarks.page DATA > docs/accuracy.md` on {date}; no figure is written by hand. `DATA` holds public
model outputs that are no part of this repository (BFCL, tau-bench, tau2, WorkBench, ToolAlpaca, ToolBench, Inspect,
HammerBench). Intervals are 95 %. The rules were developed on these files: other models and sets will tell how far the
figures carry.

| question | section |
|---|---|
{contents}
"""


COMPOSED = """## Composed schemas

`pytest tests/classify/test_composed_schemas.py tests/classify/test_pydantic_schemas.py` holds tables of what must be flagged and
what must not, end to end, on schemas as Pydantic and MCP servers write them; `tests/test_validate_oracle.py` holds the checks
against jsonschema-rs on random schemas."""


@dataclass(frozen=True)
class Part:
    """One section: its question, the module that answers it with its options, and what to know when reading."""

    title: str
    module: str
    options: tuple[str, ...]
    notes: str

    @property
    def command(self) -> str:
        """As a reader would type it."""
        return " ".join(("python -m", f"benchmarks.{self.module}", *self.options))


PARTS = (
    Part(
        "Is every record read?",
        "accuracy",
        ("DATA",),
        """What counts as data: `.json`, `.jsonl`, `.ndjson` and `.eval`, also `.gz` and `.zst`. A file that only holds tasks, tools or
another checker's verdicts has no trajectories of its own: the column *holds* says what it is for. *With tools*: attempts
whose tools are known, from the file itself or joined by id; tau-bench, tau2 and WorkBench need `--tools`. *Passed*: the
harness's own reward is 1. Published counts are held by tests (`tests/read/formats/`). ToolBench's inputs are all valid JSON:
the 15 that are not are its trees' empty roots, which are no calls. BFCL files do not say which syntax was asked for: it is
taken from the file itself. 155 rows of one model's `memory` results have no tools, because they do not say which of three
backends ran.""",
    ),
    Part(
        "Does `--compat bfcl` give BFCL's own verdicts?",
        "parity",
        ("DATA",),
        """The rules are implemented anew from what is published, and BFCL's package is never imported. v1 to v3 were scored with a
decoder that strips brackets and quotes at both ends, v4's keeps them; the rule goes by generation.""",
    ),
    Part(
        "Is our own judgement complete where BFCL fails a row, and sparing where it passes one?",
        "judgement",
        ("DATA",),
        """A row that BFCL fails and we find clean is `bfcl_stricter`: BFCL's check is run again with our decisions in place, one at a
time, and what clears the row is named. The decisions are those of [gold.md](gold.md) and [errors.md](errors.md).""",
    ),
    Part(
        "How often is a run blamed that passed?",
        "false_alarms",
        ("DATA",),
        """The gold of an agent benchmark is one way of many. The mode says how strictly it binds ([gold.md](gold.md)); `writes` is the
default for these formats.""",
    ),
    Part(
        "Are natural errors found, with and without schemas?",
        "natural_errors",
        ("DATA",),
        """The recount uses the standard library alone, straight on the raw files. WorkBench's tools drop unknown arguments silently, so
no reply can tell of them.
A finding from a reply is right here where the reply itself refuses the value or the name; held against the tools' schemas fewer
would be, since several of these tools refuse values that their schemas allow.""",
    ),
    Part(
        "What does a value without any source cost in false alarms?",
        "grounding",
        ("DATA",),
        """`ungrounded` is a candidate: it is shown apart, never primary, and decides nothing. Precision is what it is built for; its
recall is low by design.""",
    ),
    Part(
        "Is a planted error found, that one and no other?",
        "injection",
        ("--data", "DATA"),
        """The injector (`spectool tasks inject`) breaks right answers by the definitions of [errors.md](errors.md) and imports no
detector. It does not plant what it cannot plant without doubt: placeholders in arguments that take markup or code,
`stale_value` beyond one word or whole number, `ungrounded` in values without a digit or an @. Order and loops occur in the
demo tasks only.""",
    ),
    Part(
        "And in runs of several steps, with replies and users?",
        "erring",
        (),
        """The agent that errs on purpose (`spectool tasks inject` on tasks that name a world) solves the tasks of `data/tasks`, each in
its own world, and errs: one slip a run, then several at rates. Every call is executed, so a broken one is refused, fails or brings
something else, and the agent mends it, makes it once more, gives up or passes over it. What must be found follows from that by the
definitions of [errors.md](errors.md): the agent asks no detector. A place is not used where a later call would need a value that nobody
has told any more, or where the run comes as near to another gold path. P and R are precision and recall, rounded down. That all is found
says that agent and tool read the definitions alike, not how real models err: the sections above say that. The disagreements that this
agent first showed were mended by general rules, in the tool or in the agent, whichever the definitions contradicted.""",
    ),
    Part(
        "Do independent readers see the same?",
        "labels",
        ("DATA",),
        """Who read, what they knew and how disagreements were settled: [labelling.md](labelling.md). The first score, before anything
was mended by it, found 437 of 466 labels, and 437 of 485 findings were the readers'; the disagreements then showed faults of
the tool, which were mended by general rules, so the figures below are no held-out ones. What is left, by group: in Java and
JavaScript rows readers take a list or map in Python's or JSON's notation for mere spelling, we for `IFE.other_syntax` (BFCL
fails every one of these rows that has a verdict); a placeholder or an empty value that the gold itself takes; one value or
its fields, where readers charge the whole and we the parts; questions back, code and synonyms, which no rule settles.""",
    ),
)


def _slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _printed(part: Part, data: Path) -> Iterator[str]:
    """What the command prints, its headings one level down; a failed check is said, not hidden."""
    options = [str(data) if option == "DATA" else option for option in part.options]
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{part.module}", *options], capture_output=True, text=True)
    for line in done.stdout.replace(str(data), "DATA").splitlines():
        yield f"#{line}" if line.startswith("#") else line
    if done.returncode not in (0, 1):
        raise SystemExit(f"{part.command}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    if done.returncode == 1:
        yield "\n**The command reports that a goal is not reached (exit code 1).**"


def main() -> None:
    """Run every command and print the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data: Path = parser.parse_args().data
    contents = "\n".join(f"| {part.title} | [{part.module}](#{_slug(part.title)}) |" for part in PARTS)
    print(HEAD.format(date=datetime.date.today().isoformat(), contents=contents))
    for part in PARTS:
        print(f"## {part.title}\n\n```\n{part.command}\n```\n\n{part.notes}\n")
        print("\n".join(_printed(part, data)), end="\n\n", flush=True)
    print(COMPOSED)


if __name__ == "__main__":
    main()
