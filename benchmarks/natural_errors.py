"""Holds the tool's tags of natural errors against a recount from the raw logs, call by call, with tools given and with tools hidden.

    python -m benchmarks.natural_errors DATA

``DATA`` holds ``workbench/`` (one or more ``runs_*.jsonl`` and ``tool_specs_derived.json``) and ``toolbench/answer/``. The recount is
``benchmarks/recount.py``, which shares no code with the tool. Exit code 1 where the two disagree about a call, or where fewer than 95 %
of the findings from replies are right.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from benchmarks.loading import listed, rate, shown, table
from benchmarks.natural_logs import Log, as_error, findings_by_key, logs
from benchmarks.recount import BROKEN_JSON, CLASSES, NON_OBJECT, UNKNOWN_ARGUMENT, UNKNOWN_TOOL, Key, Recount, Recounted, bears_out, says_so
from spectool.model import Finding

SHOWN = 12
GOAL = 0.95
READING = """
The recount reads the raw logs with Python's `json` alone. An unknown argument counts once for each name, other errors once for
each call. 95 % intervals are clustered by run (WorkBench) or file (ToolBench): wide, because natural errors gather in few of
them.
"""
Errors = frozenset[tuple[str, str]]
NOTHING: Errors = frozenset()
WORDS = {True: "right", False: "**wrong**", None: "not judged"}
_ARGUMENT = re.compile(r"\.arguments\.(\w+)")


def _raw(call: Recounted) -> Errors:
    """A call's errors as they are compared: an argument by its name, other classes once a call."""
    return frozenset((kind, name if kind == UNKNOWN_ARGUMENT else "") for kind, name in call.errors)


def _ours(found: Iterable[Finding], raw: Errors) -> Errors:
    """The tool's errors at a call; what it finds behind a format error that it recovered, the recount can not see."""
    named = frozenset(error for each in found if (error := as_error(each)))
    named = frozenset((kind, name if kind == UNKNOWN_ARGUMENT else "") for kind, name in named)
    return frozenset(error for error in named if error[0] == BROKEN_JSON) if any(kind == BROKEN_JSON for kind, _ in raw) else named


def with_tools(log: Log) -> tuple[str, int]:
    """The section with tools given, and how many calls the two disagree about."""
    found, met = findings_by_key(log.attempts)
    theirs = {key: _raw(call) for key, call in log.recount.calls.items()}
    ours = {key: _ours(found.get(key, ()), theirs.get(key, NOTHING)) for key in met}
    pairs = {key: (theirs.get(key), ours.get(key)) for key in sorted(theirs.keys() | ours.keys())}
    apart = [f"{key[0]}, {key[1]!r:.100}: recount {_told(raw)}, tool {_told(own)}" for key, (raw, own) in pairs.items() if raw != own]
    agreed = rate((key[0], raw == own) for key, (raw, own) in pairs.items())
    rows = [(kind, *_counts(kind, pairs.values())) for kind in CLASSES]
    lines = [f"- no calls: {count} × {what}" for what, count in log.recount.no_calls.items()]
    lines += [f"- the harness read other than the text says: {len(log.recount.unlike)} steps", "- disagreements:"]
    lines += [f"  - {line}" for line in apart[:SHOWN] or ["none"]]
    head = ("error", "recount", "SpecTool", "the same", "only recount", "only SpecTool")
    return f"Calls judged alike: {shown(agreed, 2)}.\n\n{table(head, rows, 1)}\n\n" + "\n".join(lines), len(apart)


def _told(errors: Errors | None) -> str:
    return "no such call" if errors is None else ", ".join(f"{kind} {name}".strip() for kind, name in sorted(errors)) or "nothing"


def _counts(kind: str, pairs: Iterable[tuple[Errors | None, Errors | None]]) -> tuple[int, ...]:
    """How many errors of a class the recount has, the tool has, both have, and only one of them."""
    raw, own, both = 0, 0, 0
    for theirs, ours in pairs:
        left, right = ({error for error in errors or () if error[0] == kind} for errors in (theirs, ours))
        raw, own, both = raw + len(left), own + len(right), both + len(left & right)
    return raw, own, both, raw - both, own - both


def tools_hidden(log: Log) -> tuple[str, list[tuple[str, bool]]]:
    """The section with tools hidden, what the tools' replies alone give away, and (place, is right) of each."""
    found, _ = findings_by_key(replace(attempt, tool_sets=()) for attempt in log.attempts)
    evidence = [(key, each) for key in found for each in found[key] if each.source == "tool_reply"]
    judged = [(key, each, _is_right(log.recount, key, each)) for key, each in evidence]
    right = [(key[0], is_right) for key, _, is_right in judged if is_right is not None]
    by_kind = Counter((f"{each.error}.{each.subtype}", WORDS[is_right]) for _, each, is_right in judged)
    wrong = Counter(f"{each.error}.{each.subtype}: {each.message}" for _, each, is_right in judged if is_right is False)
    text = f"{len(evidence)} findings from replies; precision of those that the recount can judge: {shown(rate(right))}.\n\n"
    text += table(("finding from a reply", "by the recount", "n"), [(*kind, n) for kind, n in sorted(by_kind.items())], 2)
    text += f"\n\nWrong:\n\n{listed(wrong, SHOWN)}" if wrong else ""
    rows = [_recall(log.recount, kind, found) for kind in (UNKNOWN_TOOL, UNKNOWN_ARGUMENT)]
    head = ("error", "recount", "found by the reply alone", "of those whose reply names it")
    return f"{text}\n\n{table(head, rows, 1)}", right


def _recall(recount: Recount, kind: str, found: dict[Key, list[Finding]]) -> tuple[object, ...]:
    """How many of a class the replies give away, of all and of those whose reply tells of it."""
    seen = {key for key in found for each in found[key] if each.source == "tool_reply" and (as_error(each) or ("",))[0] == kind}
    errors = [(key, name) for key, call in recount.calls.items() for each, name in call.errors if each == kind]
    said = [(key, name) for key, name in errors if says_so(kind, name, recount.calls[key].reply)]
    of_all, of_said = (rate((key[0], key in seen) for key, _ in group) for group in (errors, said))
    return kind, len(errors), shown(of_all), shown(of_said)


def _is_right(recount: Recount, key: Key, finding: Finding) -> bool | None:
    """Whether the raw call is as a finding from its reply says; ``None`` where the recount can not tell."""
    kinds = {kind for kind, _ in recount.calls[key].errors}
    if finding.error == "IFN":
        return UNKNOWN_TOOL in kinds
    if finding.error == "IAN":
        return UNKNOWN_ARGUMENT in kinds
    if finding.error == "IFE":
        return bool(kinds & {NON_OBJECT, BROKEN_JSON})
    place = _ARGUMENT.search(finding.path)
    return bears_out(recount.calls[key], place[1]) if place else None


def main(argv: list[str] | None = None) -> int:
    """Prints both sections of every log; 1 where a call is judged differently, or too few findings from replies are right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    disagreements, said = 0, list[tuple[str, bool]]()
    print(f"## Natural errors\n{READING}")
    for log in logs(parser.parse_args(argv).data):
        given, apart = with_tools(log)
        hidden, right = tools_hidden(log)
        disagreements += apart
        said += right
        print(f"### {log.name}: tools given ({len(log.recount.calls):,} calls, {len(log.attempts):,} attempts)\n\n{given}\n")
        print(f"### {log.name}: tools hidden, replies alone\n\n{hidden}\n")
    precision = rate(said)
    print(f"Findings from replies, all logs together: {shown(precision)} are right (goal: at least {100 * GOAL:.0f} %).")
    return 1 if disagreements or (precision.rate or 0.0) < GOAL else 0


if __name__ == "__main__":
    sys.exit(main())
