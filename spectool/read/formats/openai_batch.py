"""OpenAI batch files, and those of ``vllm run-batch``: outputs, and the requests that go with them.

- Output: ``{"custom_id", "response": {"status_code", "body"}, "error"}``; the body is a chat completion or a Responses-API response. It
  does not repeat the request, so pass the request file with ``--tasks``: tools, messages and settings are joined by ``custom_id``.
- Request: ``{"custom_id", "method", "url", "body": {"messages", "tools", …}}``: tasks.

A request that failed (``error``, or a status of 400 and above) is kept as an attempt whose one step has finish reason ``error``: the
harness's fault, counted apart from the model's.

Source: OpenAI API reference, "Batch".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spectool.model import Rejected, Step, Task, Trajectory
from spectool.read.formats.openai_items import finish_reason, turns_from_items
from spectool.read.formats.openai_messages import steps_of_choices, turns_from_messages
from spectool.read.formats.row_fields import task_from
from spectool.read.join import Joined, Turns
from spectool.read.record import as_list, as_object, as_text, convert, first_of, share
from spectool.read.source import FormatError, Source

NAME = "openai_batch"
DESCRIPTION = "OpenAI or vLLM batch output files; the request file is passed with --tasks"
EXAMPLE = (
    '{"id": "batch_req_1", "custom_id": "weather-1", "response": {"status_code": 200, "body": {"choices": [{"index": '
    '0, "message": {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function", '
    '"function": {"name": "get_weather", "arguments": "{\\"city\\": \\"Paris\\"}"}}]}, "finish_reason": "tool_calls"}]}}, '
    '"error": null}'
)
_FAILED = 400


def sniff(source: Source) -> float:
    """By ``custom_id`` beside a response, an error or a request body."""
    return 1.0 * share(source, _is_batch)


def _is_batch(row: Any) -> bool:
    if not isinstance(row, Mapping) or "custom_id" not in row or "messages" in row:
        return False
    return isinstance(row.get("body"), Mapping) or isinstance(row.get("response"), Mapping) or isinstance(row.get("error"), Mapping)


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a choice, in the order of the file."""

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        row = as_object(record, "a row")
        if "body" in row and "response" not in row:
            raise FormatError("a batch request, not an output; pass the file with --tasks")
        beside = Joined(tasks, (row.get("custom_id"),))
        response = as_object(row.get("response") or {}, "'response'")
        body = response.get("body") or {}
        fault = _fault(row, response)
        if fault is not None:
            turns = (Step(text=fault, finish_reason="error"),)
            yield beside.trajectory(source, line, turns, form=NAME, meta={"inference_error": fault})
            return
        for index, answer in enumerate(_answers(as_object(body, "the response's 'body'"), beside)):
            yield beside.trajectory(source, line, answer, form=NAME, index=index, sample=index, model=as_text(body.get("model")))

    return convert(source, one)


def _fault(row: Mapping[str, Any], response: Mapping[str, Any]) -> str | None:
    """Why the request failed, ``None`` where it did not."""
    status, body = response.get("status_code"), response.get("body")
    if row.get("error") is None and not (isinstance(status, int) and status >= _FAILED):
        return None
    error = row.get("error") or (body.get("error") if isinstance(body, Mapping) else None) or body
    message = first_of(error, "message", "code") if isinstance(error, Mapping) else error
    return as_text(message) or f"status {status}"


def _answers(body: Mapping[str, Any], beside: Joined) -> Iterator[Turns]:
    if "choices" in body:
        yield from steps_of_choices(body, names=beside.names, asked=beside.asked)
    elif "output" in body:
        yield turns_from_items(body["output"], names=beside.names, asked=beside.asked, finish_reason=finish_reason(body))
    else:
        raise FormatError(f"a response body with neither 'choices' nor 'output', but {', '.join(map(repr, list(body)[:8])) or 'nothing'}")


def read_tasks(source: Source) -> Iterator[Task | Rejected]:
    """Request bodies as tasks, by ``custom_id``."""

    def one(record: Any, line: int) -> Iterator[Task]:
        row = as_object(record, "a row")
        body = as_object(row.get("body"), "a request's 'body'")
        yield task_from(body, _asked_turns(body), as_text(row.get("custom_id")) or f"{source.name}:{line}")

    return convert(source, one)


def _asked_turns(body: Mapping[str, Any]) -> Turns:
    """The request's conversation, from a chat completion's or a Responses-API body."""
    if "messages" in body:
        return turns_from_messages(body["messages"])
    before = first_of(body, "input", "prompt", default=())
    return turns_from_items([{"role": "user", "content": before}] if isinstance(before, str) else as_list(before, "input"))
