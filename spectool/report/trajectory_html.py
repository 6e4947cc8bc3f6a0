"""A trajectory as HTML: the conversation as a timeline, the offending places marked, gold beside each call.

Every text that a model, a tool or a user wrote is escaped here; nothing else puts such text into HTML.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spectool.classify.attempt import Attempt
from spectool.classify.case import Case, build
from spectool.classify.finding import jsonpath
from spectool.classify.values import example
from spectool.model import Call, Expected, ExpectedCall, Finding, Message, Step, Trajectory
from spectool.read.record import as_json
from spectool.results.place import placed

# Beyond this a text is cut on screen, and says so; the raw record holds the rest.
MAX_TEXT = 6_000
MAX_VALUE = 600

STYLE = """
<style>
.st-turn{border-left:3px solid rgba(128,128,128,.35);padding:.25rem 0 .25rem .8rem;margin:.55rem 0}
.st-turn.step{border-left-color:#4c7fd0}.st-turn.bad{border-left-color:#c0392b}
.st-role{font-size:.72rem;letter-spacing:.06em;text-transform:uppercase;opacity:.65;margin-bottom:.15rem}
.st-text{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.92rem}
.st-raw{white-space:pre-wrap;overflow-wrap:anywhere;font-family:monospace;font-size:.82rem;background:rgba(128,128,128,.1);
 padding:.45rem .6rem;border-radius:6px;margin:.3rem 0}
.st-think{opacity:.6;font-style:italic}
.st-call{border:1px solid rgba(128,128,128,.3);border-radius:8px;margin:.45rem 0;overflow:hidden}
.st-head{padding:.35rem .6rem;font-family:monospace;font-size:.86rem;background:rgba(128,128,128,.1)}
.st-call table{width:100%;border-collapse:collapse;font-size:.84rem;table-layout:fixed}
.st-call td,.st-call th{text-align:left;vertical-align:top;padding:.28rem .6rem;overflow-wrap:anywhere;
 border-top:1px solid rgba(128,128,128,.2)}
.st-call th{font-weight:600;opacity:.6;font-size:.74rem}.st-call td.name{font-family:monospace;width:22%}
.st-call td.value{font-family:monospace}
.st-mark{background:rgba(220,60,40,.22);border-bottom:2px solid #c0392b;border-radius:2px}
.st-gone{background:rgba(46,125,50,.2);border-bottom:2px solid #2e7d32;border-radius:2px}
.st-note{font-size:.83rem;padding:.3rem .6rem;border-top:1px solid rgba(128,128,128,.2)}
.st-code{display:inline-block;color:#fff;border-radius:4px;padding:0 .4rem;margin-right:.4rem;font-size:.74rem;font-weight:600}
.st-quiet{opacity:.65}
</style>
"""


def trajectory_html(trajectory: Trajectory, findings: Sequence[Finding], colours: Mapping[str, str]) -> str:
    """The whole trajectory; ``colours`` maps an error's code to a CSS colour."""
    case = build(trajectory)
    parts = [STYLE]
    for position, turn in enumerate(trajectory.turns):
        if isinstance(turn, Message):
            parts.append(_message(turn))
        else:
            parts.append(_step(case, position, turn, [f for f in findings if f.step == position], colours))
    absent = [f for f in findings if f.step is None]
    if absent:
        parts.append(f'<div class="st-turn bad"><div class="st-role">never done</div>{_notes(absent, colours)}</div>')
    return "".join(parts)


def _message(message: Message) -> str:
    return f'<div class="st-turn"><div class="st-role">{message.role}</div><div class="st-text">{_text(message.content)}</div></div>'


def _step(case: Case, position: int, step: Step, findings: Sequence[Finding], colours: Mapping[str, str]) -> str:
    attempts = {attempt.index: (place, attempt) for place, attempt in enumerate(case.attempts) if attempt.step == position}
    marks = {f.call for f in findings if f.call is not None}
    body = [f'<div class="st-raw st-think">{_text(step.reasoning)}</div>'] if step.reasoning else []
    if step.raw and any(call.span for call in step.calls):
        body.append(f'<div class="st-raw">{_spans(step.raw, step.calls, marks)}</div>')
    elif step.text:
        body.append(f'<div class="st-text">{_text(step.text)}</div>')
    for index, call in enumerate(step.calls):
        place, attempt = attempts[index]
        pair = case.pair_of.get(place)
        body.append(_call(call, attempt, pair.expected if pair else None, [f for f in findings if f.call == index], colours))
    body.append(_notes([f for f in findings if f.call is None], colours))
    bad = " bad" if findings else ""
    return f'<div class="st-turn step{bad}"><div class="st-role">assistant · turn {position}</div>{"".join(body)}</div>'


def _spans(raw: str, calls: Iterable[Call], marked: set[int]) -> str:
    """The model's raw text with the span of each call underlined where a finding points at it."""
    out, end = [], 0
    for index, call in enumerate(calls):
        if call.span is None or call.span[0] < end or index not in marked:
            continue
        start, stop = call.span
        out.append(_text(raw[end:start]))
        out.append(f'<span class="st-mark">{_text(raw[start:stop])}</span>')
        end = stop
    return "".join(out) + _text(raw[end:])


def _call(call: Call, attempt: Attempt, expected: ExpectedCall | None, findings: Sequence[Finding], colours: Mapping[str, str]) -> str:
    whole = any(not _is_argument(f) and not _is_syntax(f, call) for f in findings)
    name = html.escape(call.name or "(no name)")
    head = f'<span class="st-mark">{name}</span>' if whole else name
    gold = f' <span class="st-quiet">gold: {html.escape(expected.name)}</span>' if expected is not None else ""
    rows = _rows(call, attempt, expected, findings)
    table = f"<table><tr><th>argument</th><th>called with</th><th>gold</th></tr>{rows}</table>" if rows else ""
    result = ""
    if call.result is not None:
        kind = "error" if call.result.is_error else "result"
        result = f'<div class="st-note"><span class="st-quiet">{kind}: </span>{_text(call.result.content, MAX_VALUE)}</div>'
    return f'<div class="st-call"><div class="st-head">{head}{gold}</div>{table}{_notes(findings, colours)}{result}</div>'


def _rows(call: Call, attempt: Attempt, expected: ExpectedCall | None, findings: Sequence[Finding]) -> str:
    given = call.arguments or {}
    prefix = f"$.turns[{attempt.step}].calls[{attempt.index}].arguments"
    wanted = expected.arguments if expected is not None else {}
    names = [*given, *(name for name, want in wanted.items() if name not in given and not want.optional)]
    rows = []
    for name in names:
        here = prefix + jsonpath((name,))
        marked = any(f.path == here or f.path.startswith((here + ".", here + "[")) for f in findings)
        value = _value(given[name]) if name in given else '<span class="st-quiet">not given</span>'
        value = f'<span class="st-mark">{value}</span>' if marked else value
        gold = _expected(wanted[name]) if name in wanted else '<span class="st-quiet">–</span>' if expected else ""
        gold = f'<span class="st-gone">{gold}</span>' if marked and name in wanted else gold
        rows.append(f'<tr><td class="name">{html.escape(str(name))}</td><td class="value">{value}</td><td class="value">{gold}</td></tr>')
    return "".join(rows)


def _expected(expected: Expected) -> str:
    if expected.any:
        return "any value"
    options = list(expected.values) or [example(expected)]
    return " <i>or</i> ".join(_value(option) for option in options[:4]) + (" …" if len(options) > 4 else "")


def _value(value: Any) -> str:
    return _text(as_json(value), MAX_VALUE)


def _is_argument(finding: Finding) -> bool:
    return ".arguments" in finding.path


def _is_syntax(finding: Finding, call: Call) -> bool:
    """A slip of the text, which is marked in the text where the call has a place there; the name may be right."""
    return finding.error == "IFE" and call.span is not None


def _notes(findings: Iterable[Finding], colours: Mapping[str, str]) -> str:
    return "".join(
        f'<div class="st-note" id="{html.escape(f.path)}"><span class="st-code" style="background:{colours.get(f.error, "#777")}">'
        f"{html.escape(f.error)} · {html.escape(f.subtype)}</span>{_text(placed(f.path, f.message))}"
        f'<span class="st-quiet"> {f.tier}{"" if f.fault == "agent" else ", fault: " + f.fault}</span>{_repair(f)}</div>'
        for f in findings
    )


def _repair(finding: Finding) -> str:
    return f' <span class="st-quiet">→ repair </span><code>{_value(finding.repair)}</code>' if finding.repair is not None else ""


def _text(text: str, limit: int = MAX_TEXT) -> str:
    if len(text) <= limit:
        return html.escape(text)
    return html.escape(text[:limit]) + f'<span class="st-quiet"> … {len(text) - limit:,} characters more in the raw record</span>'
