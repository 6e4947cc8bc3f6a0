"""Trajectories as the result files that BFCL's own evaluator reads: which file a row belongs in, and the row.

A folder of them is ``result/MODEL/[GROUP/]BFCL_v4_CATEGORY_result.json``, lines in the order of the questions, one a question; v3 has no
groups. Attempts after the first lie in ``sample_1/result/…`` and so on, since a result folder holds one answer a question.

- A turn written as text is that text as the model wrote it, so that BFCL decodes it with the handler of the model's syntax. Thinking that
  a run of SpecTool kept in the text goes to ``reasoning_content``, where BFCL's handlers put it.
- Structured calls are ``[{"name": "<arguments as JSON>"}]`` with ``.`` in names as ``_``, as APIs demand. What was said beside them has no
  place there.
- A turn that could not be generated is the text ``Error during inference: …``.
- An answer of one turn that the token limit cut short has ``finish_reason`` ``length``: a field of ours, which BFCL does not look at.
- Token counts and seconds are sums over the turns.

Source: gorilla, berkeley-function-call-leaderboard, bfcl_eval 2026.3.23 (Apache-2.0): ``BaseHandler.write``, ``utils.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spectool.model import Call, Message, Step, Trajectory
from spectool.read.dialects.framing import frame
from spectool.read.formats.bfcl.naming import Destination, destination, is_question
from spectool.read.formats.bfcl.rows import COUNTS, INFERENCE_ERROR
from spectool.read.record import as_json, quoted
from spectool.read.source import FormatError

_CUT_SHORT = "length"
_SEVERAL_TURNS = ("multi_turn", "memory", "web_search")


def place(trajectory: Trajectory) -> Destination:
    """Where the row of a trajectory belongs.

    Raises:
        FormatError: its task is none of BFCL's.
    """
    return destination(_task(trajectory), trajectory.model, trajectory.sample, _text(trajectory.meta.get("generation")))


def write(trajectory: Trajectory) -> dict[str, Any]:
    """The row of a result file.

    Raises:
        FormatError: its task is none of BFCL's, or the turns are not of the number that its category has.
    """
    task = _task(trajectory)
    steps = [turn for turn in trajectory.turns if isinstance(turn, Step)]
    if not steps:
        raise FormatError(f"expected a turn of the model, got none in {quoted(task)}")
    row: dict[str, Any] = {"id": task}
    if task.startswith(_SEVERAL_TURNS) and (len(steps) > 1 or steps[0].finish_reason != "error"):
        row |= _conversation(trajectory.turns)
    elif len(steps) > 1:
        raise FormatError(f"expected one turn of the model in a single-turn category, got {len(steps)} in {quoted(task)}")
    else:
        row["result"], reasoning = _result(steps[0], ours="run" in trajectory.meta)
        row |= {"reasoning_content": reasoning} if reasoning else {}
        row |= {"finish_reason": _CUT_SHORT} if steps[0].finish_reason == _CUT_SHORT else {}
    return row | {theirs: trajectory.meta[ours] for theirs, ours in COUNTS.items() if ours in trajectory.meta}


def _task(trajectory: Trajectory) -> str:
    task = trajectory.task or trajectory.id
    if not is_question(task):
        raise FormatError(f"expected the id of a BFCL question, such as 'simple_python_0', got {quoted(task)}")
    return task


def _result(step: Step, *, ours: bool) -> tuple[Any, str]:
    """What BFCL's harness would have kept of a turn, and the thinking that belongs beside it."""
    text = step.text if step.raw is None else step.raw
    if step.finish_reason == "error":
        return text if text.startswith(INFERENCE_ERROR) else f"{INFERENCE_ERROR}: {text}", step.reasoning
    if step.calls and (step.dialect == "native" or step.raw is None):
        return [{call.name.replace(".", "_"): _arguments(call, native=step.dialect == "native")} for call in step.calls], step.reasoning
    framed = frame(text)
    if framed.reasoning is None:
        return text, step.reasoning
    # In a text that BFCL wrote, its evaluator is to meet the thinking where it met it before.
    return (framed.body[framed.start :].lstrip(), step.reasoning) if ours and not framed.unclosed else (text, "")


def _arguments(call: Call, *, native: bool) -> str:
    # The text of a structured call is its arguments as the model wrote them; that of another call is the call.
    return call.raw if native and (call.raw or call.arguments is None) else as_json(call.arguments)


def _conversation(turns: Sequence[Message | Step]) -> dict[str, Any]:
    """``result`` as a list of turns, each a list of steps, and the ``inference_log`` where tools replied."""
    results: list[list[Any]] = []
    log: list[dict[str, Any]] = []
    asked: list[Message] = []
    for turn in turns:
        if isinstance(turn, Step):
            if asked or not results:
                results.append([])
                log.append({"begin_of_turn_query": [{"role": message.role, "content": message.content} for message in asked]})
                asked = []
            results[-1].append(_result(turn, ours=False)[0])
        elif turn.role == "tool" and results:
            log[-1].setdefault(f"step_{len(results[-1]) - 1}", []).append({"role": "tool", "content": turn.content})
        else:
            asked.append(turn)
    replied = any(len(entry) > 1 for entry in log)
    return {"result": results, **({"inference_log": log} if replied else {})}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
