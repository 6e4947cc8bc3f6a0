"""One example of a shape: the call as the model wrote it with its offending part marked, what was expected, what it got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from spectool.model import Call, Finding, Message, Step, Trajectory
from spectool.patterns.shapes import Shape
from spectool.read.record import as_json
from spectool.report.marking import Mark, argument_of, mark_of
from spectool.results.restore import finding_from, trajectory_from
from spectool.results.tables import rows

# Characters shown: of what the user said, of a value, of the call on each side of its mark.
ASKED, VALUE, AROUND = 400, 300, 350
# Looked at for secrets before it is cut to that: beyond these a text is not read.
READ = 100_000
CUT = "…"


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One finding where it happened.

    ``asked``: the last words of the user before it. ``written``: the call, or the turn, as the model wrote it; ``mark`` (start, end) is its
    offending part, ``None`` where what is wrong is an absence. ``argument`` is empty where the slip is in none. ``key`` is that of the
    folder itself.
    """

    folder: str
    key: str
    task: str
    asked: str
    written: str
    mark: Mark | None
    tool: str
    argument: str
    message: str
    expected: str
    got: str


def example_of(cursor: Any, folders: Sequence[Path], shape: Shape) -> Example | None:
    """The shape's first example; ``None`` where it has none."""
    for key in shape.examples[:1]:
        row = rows(cursor, "SELECT * FROM trajectories WHERE key = ?", [key])[0]
        tools = rows(cursor, "SELECT tools FROM tools WHERE hash = ? LIMIT 1", [row["tools_hash"]])
        found = rows(
            cursor,
            """SELECT * FROM findings WHERE key = ? AND counted AND error = ? AND subtype = ?
            ORDER BY left(coalesce(message, ''), 200) <> left(?, 200), row LIMIT 1""",
            [key, shape.error, shape.subtype, shape.message],
        )
        if found:
            place = f"{row['result']}:" if len(folders) > 1 else ""
            trajectory = trajectory_from(row, tools[0]["tools"] if tools else "[]")
            return _example(trajectory, finding_from(found[0]), str(folders[row["result"]]), key.removeprefix(place))
    return None


def _example(trajectory: Trajectory, finding: Finding, folder: str, key: str) -> Example:
    written, mark = _written(trajectory, finding)
    expected, _, got = finding.message.partition(", got ")
    return Example(
        folder=folder,
        key=key,
        task=trajectory.task or trajectory.id,
        asked=_asked(trajectory, finding.step)[:READ],
        **_read(written, mark),
        tool=finding.tool or "",
        argument=argument_of(finding.path) if ".arguments" in finding.path else "",
        message=finding.message[:READ],
        expected=(as_json(finding.expected) if finding.expected is not None else expected.removeprefix("expected "))[:READ],
        # Of what does not parse, the whole call stands there: the message names the piece.
        got=(as_json(finding.got) if finding.got is not None and finding.error != "IFE" else got or "nothing")[:READ],
    )


def _asked(trajectory: Trajectory, step: int | None) -> str:
    before = trajectory.turns[: step if step is not None else len(trajectory.turns)]
    said = [turn.content for turn in before if isinstance(turn, Message) and turn.role == "user"]
    return said[-1] if said else ""


def _written(trajectory: Trajectory, finding: Finding) -> tuple[str, Mark | None]:
    """The call of the finding and its mark; of an absence what was written in its place: every call, or the last words."""
    if finding.step is None or not isinstance(step := trajectory.turns[finding.step], Step):
        steps = [turn for turn in trajectory.turns if isinstance(turn, Step)]
        calls = [as_written(step, call) for step in steps for call in step.calls]
        return "\n".join(calls) or (steps[-1].raw or steps[-1].text if steps else ""), None
    if finding.call is None or finding.call >= len(step.calls):
        return step.raw or step.text, None
    call = step.calls[finding.call]
    if finding.error == "IFE" and call.span is not None and step.raw:
        return step.raw, call.span
    text = as_written(step, call)
    return text, mark_of(text, call, finding)


def as_written(step: Step, call: Call) -> str:
    """A call in the model's own words; where the log holds its arguments alone, they stand behind its name."""
    text = step.raw[slice(*call.span)] if call.span is not None and step.raw else call.raw
    if not text:
        return f"{call.name}({as_json(call.arguments)})"
    return text if call.name in text else f"{call.name}({text})"


def _read(written: str, mark: Mark | None) -> dict[str, Any]:
    """At most ``READ`` characters, those around the mark."""
    start = max(0, (mark[0] if mark else 0) - READ // 2)
    end = start + READ
    moved = (mark[0] - start, min(mark[1] - start, READ)) if mark else None
    return {"written": written[start:end], "mark": moved}


def shortened(example: Example) -> Example:
    """With all texts cut to what is shown; done after redaction, since a secret that is cut is no longer known."""
    written, mark = _around(example.written, example.mark)
    changes: Mapping[str, Any] = {"written": written, "mark": mark, "asked": _cut(example.asked, ASKED)}
    values = {name: _cut(getattr(example, name), VALUE) for name in ("message", "expected", "got", "task", "tool", "argument")}
    return msgspec.structs.replace(example, **changes, **values)


def _around(text: str, mark: Mark | None) -> tuple[str, Mark | None]:
    if mark is None:
        return _cut(text, 2 * AROUND), None
    start, end = max(0, mark[0] - AROUND), min(len(text), mark[1] + AROUND)
    before = (CUT if start else "") + text[start : mark[0]]
    marked, after = _cut(text[mark[0] : mark[1]], 2 * AROUND), text[mark[1] : end] + (CUT if end < len(text) else "")
    return before + marked + after, (len(before), len(before) + len(marked))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + CUT
