"""OpenTelemetry GenAI spans, as JSON lines: flat attributes, spans with ``attributes``, or OTLP's ``resourceSpans``.

Spans of one conversation (``gen_ai.conversation.id``, else the trace) are put together in order of their start: each model call repeats the
history, of which only what is new is added; a call that does not continue the history begins another trajectory. ``execute_tool`` spans
give the results of calls by ``gen_ai.tool.call.id``. Tools come from ``gen_ai.tool.definitions``, per step.

Content is opt-in in this standard. A model call without it is rejected as "no content captured"; it never counts as "no call".

A conversation is finished once 10,000 further spans do not mention it: memory stays bounded on long logs.

Source: OpenTelemetry semantic conventions for generative AI, v1.37 and later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from spectool.model import Message, Rejected, Result, Role, Step, Task, Tool, Trajectory
from spectool.read.content import content_text, part_text
from spectool.read.formats.answered import PlacedResult, answered
from spectool.read.formats.otel_spans import PREFIX, Span, spans_of, structured
from spectool.read.join import Joined
from spectool.read.record import as_json, as_list, as_name, as_object, as_text, convert, first_of, quoted
from spectool.read.source import FormatError, Source
from spectool.read.steps import NativeCall, step_from_native
from spectool.read.tools import tools_from

NAME = "otel_genai"
DESCRIPTION = "OpenTelemetry GenAI spans as JSON lines, flat or as OTLP resourceSpans"
EXAMPLE = (
    '{"gen_ai.operation.name": "chat", "gen_ai.request.model": "m", "gen_ai.input.messages": "[{\\"role\\": \\"user\\", '
    '\\"parts\\": [{\\"type\\": \\"text\\", \\"content\\": \\"Weather in Paris?\\"}]}]", "gen_ai.output.messages": "[{\\"role\\": '
    '\\"assistant\\", \\"parts\\": [{\\"type\\": \\"tool_call\\", \\"id\\": \\"call_1\\", \\"name\\": \\"get_weather\\", '
    '\\"arguments\\": {\\"city\\": \\"Paris\\"}}], \\"finish_reason\\": \\"tool_call\\"}]"}'
)
# Spans after which a conversation that none of them mentions is taken as finished.
WINDOW = 10_000
_MODEL_CALLS = ("chat", "generate_content", "text_completion")
_ROLES: Mapping[str, Role] = {"system": "system", "developer": "system", "user": "user", "tool": "tool"}


def sniff(source: Source) -> float:
    """By ``gen_ai.`` attributes or OTLP's nesting."""
    rows = source.sample()
    return 0.98 if any(isinstance(row, Mapping) and _is_span(row) for row in rows) else 0.0


def _is_span(row: Mapping[str, Any]) -> bool:
    attributes = row.get("attributes", row)
    if isinstance(attributes, list):
        attributes = {str(pair.get("key")): None for pair in attributes if isinstance(pair, Mapping)}
    return "resourceSpans" in row or (isinstance(attributes, Mapping) and any(name.startswith(PREFIX) for name in attributes))


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """The trajectories of each conversation, once no more of its spans are expected."""
    waiting: dict[str, tuple[int, list[Span]]] = {}
    made: Counter[int] = Counter()
    for number, span in enumerate(convert(source, spans_of)):
        if isinstance(span, Rejected):
            yield span
            continue
        name = span.conversation or f"line {span.line}"
        spans = waiting.pop(name, (0, []))[1]
        spans.append(span)
        waiting[name] = (number, spans)
        # The dict is in order of last mention, so the first is the one that has waited longest.
        while (oldest := next(iter(waiting))) and number - waiting[oldest][0] > WINDOW:
            yield from _conversation(waiting.pop(oldest)[1], source, tasks, made)
    for _, spans in waiting.values():
        yield from _conversation(spans, source, tasks, made)


def _conversation(spans: list[Span], source: Source, tasks: Mapping[str, Task], made: Counter[int]) -> Iterator[Trajectory | Rejected]:
    """What the spans of one conversation say; those that can not be read are named one by one.

    ``made`` counts the trajectories that came from a line, for their keys: an OTLP line holds many traces.
    """
    built = _Builder(source, tasks, [span for span in spans if span.get("operation.name") == "execute_tool"], made)
    asked = sorted((span for span in spans if _is_model_call(span)), key=lambda span: span.start)
    if not asked:
        kinds = ", ".join(dict.fromkeys(quoted(span.get("operation.name")) for span in spans))
        reason = f"no model call among the {len(spans)} spans of this trace (operations: {kinds})"
        yield Rejected(source=source.name, line=spans[0].line, reason=reason, head=as_json(spans[0].attributes)[:200])
    for span in asked:
        try:
            yield from built.add(span)
        except (FormatError, AttributeError, TypeError) as error:
            yield Rejected(source=source.name, line=span.line, reason=str(error), head=as_json(span.attributes)[:200])
    yield from built.finished()


def _is_model_call(span: Span) -> bool:
    operation = span.get("operation.name")
    return operation in _MODEL_CALLS or (operation is None and span.get("output.messages") is not None)


class _Builder:
    """Turns of one conversation as its model calls come in."""

    def __init__(self, source: Source, tasks: Mapping[str, Task], executions: Sequence[Span], made: Counter[int]) -> None:
        self._source, self._tasks, self._executions, self._made = source, tasks, executions, made
        self._done = 0
        self._clear()

    def _clear(self) -> None:
        self._turns: list[Message | Step] = []
        self._results: list[PlacedResult] = []
        self._tool_sets: list[tuple[Tool, ...]] = []
        self._last: Span | None = None

    def add(self, span: Span) -> Iterator[Trajectory]:
        """Adds a model call; yields what came before where it does not continue it.

        Raises:
            FormatError: it has no output, or a part of it has another shape.
        """
        if span.get("output.messages") is None:
            raise FormatError("no content captured: the span has no gen_ai.output.messages (capturing content is off by default)")
        tools = tools_from(structured(span.get("tool.definitions")))
        before = _turns([*_instructions(span), *as_list(structured(span.get("input.messages")), "gen_ai.input.messages")])
        if not _continues(before[0], self._turns):
            yield from self.finished()
        if tools and tools not in self._tool_sets:
            self._tool_sets.append(tools)
        place = self._tool_sets.index(tools) if tools else max(len(self._tool_sets) - 1, 0)
        known, names = len(self._turns), tuple(tool.name for tool in tools)
        self._turns += before[0][known:]
        self._results += [reply for reply in before[1] if reply[0] >= known]
        answer = as_list(structured(span.get("output.messages")), "gen_ai.output.messages")
        self._turns += _turns(answer, place, names, _finish(span))[0]
        self._last = span

    def finished(self) -> Iterator[Trajectory]:
        """What has been gathered, if anything."""
        span = self._last
        if span is None:
            return
        joined = Joined(self._tasks, (span.conversation,), tuple(self._tool_sets))
        yield joined.trajectory(
            self._source,
            span.line,
            answered(self._turns, [*self._results, *self._executed()]),
            form=NAME,
            index=self._made[span.line],
            sample=self._done,
            model=as_text(first_of(span.attributes, PREFIX + "response.model", PREFIX + "request.model")),
            time=span.start or None,
            meta={"trace": span.trace} if span.trace else {},
        )
        self._done += 1
        self._made[span.line] += 1
        self._clear()

    def _executed(self) -> Iterator[PlacedResult]:
        """Results that only ``execute_tool`` spans hold."""
        told = {call_id for _, call_id, _ in self._results}
        made = {call.id for turn in self._turns if isinstance(turn, Step) for call in turn.calls}
        for span in self._executions:
            call_id, result = as_name(span.get("tool.call.id")), span.get("tool.call.result")
            if call_id in made - told and result is not None:
                yield len(self._turns), call_id, Result(content=as_text(result), is_error="error.type" in span.attributes)


def _continues(before: Sequence[Message | Step], turns: Sequence[Message | Step]) -> bool:
    """Whether a history begins with what was already said: same kinds in the same order, same calls."""
    return len(before) >= len(turns) and all(_alike(old, new) for old, new in zip(turns, before, strict=False))


def _alike(old: Message | Step, new: Message | Step) -> bool:
    if isinstance(old, Step) and isinstance(new, Step):
        return [call.id or call.name for call in old.calls] == [call.id or call.name for call in new.calls]
    return isinstance(old, Message) and isinstance(new, Message) and old.role == new.role


def _instructions(span: Span) -> list[dict[str, Any]]:
    parts = structured(span.get("system_instructions"))
    return [{"role": "system", "parts": parts}] if parts else []


def _finish(span: Span) -> str | None:
    reasons = structured(span.get("response.finish_reasons")) if span.get("response.finish_reasons") else None
    return as_text(reasons[0]) if isinstance(reasons, list) and reasons else None


def _turns(
    messages: Sequence[Any], tool_set: int = 0, names: Collection[str] = (), finish_reason: str | None = None
) -> tuple[list[Message | Step], list[PlacedResult]]:
    """Messages made of parts, as turns and the results among them."""
    turns: list[Message | Step] = []
    results: list[PlacedResult] = []
    for number, raw in enumerate(messages):
        message = as_object(raw, f"message {number}")
        parts = message.get("parts")
        parts = [{"type": "text", "content": content_text(message.get("content"))}] if parts is None else as_list(parts, "parts")
        role = as_text(message.get("role"))
        if role == "assistant":
            turns.append(_step(parts, tool_set, names, as_name(first_of(message, "finish_reason", default=finish_reason))))
        elif role in _ROLES:
            _add_parts(parts, _ROLES[role], turns, results)
        else:
            raise FormatError(f"message {number}: expected a role of {', '.join(_ROLES)} or assistant, got {quoted(role)}")
    return turns, results


def _add_parts(parts: Sequence[Any], role: Role, turns: list[Message | Step], results: list[PlacedResult]) -> None:
    rest = []
    for part in parts:
        if isinstance(part, Mapping) and part.get("type") == "tool_call_response":
            text = content_text(first_of(part, "response", "result"))
            results.append((len(turns), as_name(part.get("id")), Result(content=text)))
            turns.append(Message(role="tool", content=text))
        else:
            rest.append(part)
    if rest:
        turns.append(Message(role=role, content=content_text(rest)))


def _step(parts: Sequence[Any], tool_set: int, names: Collection[str], finish_reason: str | None) -> Step:
    typed = [(part.get("type") if isinstance(part, Mapping) else None, part) for part in parts]
    return step_from_native(
        "\n".join(filter(None, (part_text(part) for kind, part in typed if kind not in ("tool_call", "reasoning")))),
        [_native(part) for kind, part in typed if kind == "tool_call"],
        names=names,
        tool_set=tool_set,
        finish_reason=finish_reason,
        reasoning="\n".join(part_text(part) for kind, part in typed if kind == "reasoning"),
    )


def _native(part: Mapping[str, Any]) -> NativeCall:
    given = part.get("arguments")
    arguments = given if given is None or isinstance(given, str | Mapping) else as_json(given)
    return as_name(part.get("id")), as_text(part.get("name")), arguments
