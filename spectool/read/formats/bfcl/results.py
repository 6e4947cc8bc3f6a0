"""BFCL result files, v1 to v4: one question a line, answered as text (prompt mode) or as function calls (FC mode).

- ``result`` is a text; or a list of ``{"function": "<arguments as JSON>"}``; or, multi turn, a list of turns, each a list of steps of
  either kind. A flat list of texts is one step a turn in multi-turn categories, and the steps of the one turn in the agentic ones.
- ``Error during inference: …`` is the harness's text, not the model's: such a step has ``finish_reason`` ``error``.
- Rows carry neither tools nor gold: ``--tasks`` with the dataset folder of the **same generation** joins them by id. Questions of another
  generation are not joined, because ids were given anew; ``meta["note"]`` then says so.
- The dialect that was asked for is not recorded. It is taken to be the one in which most of a file's first calls are written (``native``
  for FC mode), so a model that answers throughout in another syntax than asked is not seen as such.
- FC mode renames ``math.factorial`` to ``math_factorial``; the name is kept as returned.
- Tool replies of multi-turn runs are in ``inference_log`` and are attached where it is there.
- Token counts and latency go to ``meta`` (``prompt_tokens``, ``completion_tokens``, ``seconds``), of several turns as their sums.
- A score file of the same model and category adds the published verdict (see ``score``).
- ``convert --to bfcl -o FOLDER`` writes such files for BFCL's own evaluator, and ``spectool run`` puts BFCL's questions to a model: see
  [bfcl.md](bfcl.md).

Source: gorilla, berkeley-function-call-leaderboard (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spectool.model import Message, Rejected, Request, Step, Task, Trajectory
from spectool.read.formats.bfcl import dataset, languages, naming, score
from spectool.read.formats.bfcl.files import overlay, sniff
from spectool.read.formats.bfcl.logs import by_turn, logged_turns, query, replies
from spectool.read.formats.bfcl.rows import INFERENCE_ERROR, Row, asked_dialect, costs, rows
from spectool.read.formats.bfcl.writing import place, write
from spectool.read.record import as_json, as_text, rejected
from spectool.read.source import Source, key
from spectool.read.steps import step_from_native, step_from_text, with_results

NAME = "bfcl"
DESCRIPTION = "BFCL v1 to v4 result files (tools and gold by --tasks with the dataset folder; score files as an overlay)"
EXAMPLE = '{"id": "simple_python_0", "result": "[get_weather(city=\'Paris\')]", "output_token_count": 9, "latency": 0.8}'

read_tasks = dataset.read_tasks
__all__ = ["DESCRIPTION", "EXAMPLE", "NAME", "overlay", "place", "read", "read_tasks", "sniff", "write"]


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """The results of one file; nothing for a file that is an overlay."""
    if overlay(source) is not None:
        return
    reading = _Reading(source, tasks)
    for item in rows(source):
        if isinstance(item, Rejected):
            yield item
            continue
        try:
            yield reading.trajectory(*item)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            yield rejected(source, item[0], f"expected a BFCL result: {error}", item[1].result)


class _Reading:
    """What holds for a whole file, and its rows one after another."""

    def __init__(self, source: Source, tasks: Mapping[str, Task]) -> None:
        self.source = source
        self.tasks = tasks
        parsed = naming.file_name(source.name)
        self.category = parsed.category if parsed else ""
        self.generation = parsed.generation if parsed else ""
        self.language = naming.language_of(self.category)
        self.model = naming.model_of(source)
        self.labels = score.labels_beside(source)
        self.asked = languages.asked(asked_dialect(source), self.language)
        self.request = Request(dialect=self.asked)
        self._metas: dict[tuple[str, str | None, bool], dict[str, Any]] = {}
        self._names: dict[int, frozenset[str]] = {}

    def trajectory(self, line: int, row: Row) -> Trajectory:
        """One row beside its question."""
        task_id = row.id if isinstance(row.id, str) else f"{self.category}_{row.idx if row.id is None else row.id}"
        task, foreign = self._task(task_id)
        label = None if self.labels is None else self.labels.get(task_id, score.OK)
        return Trajectory(
            key=key(self.source.name, line),
            id=task_id,
            task=task_id,
            model=self.model,
            run=self.generation,
            tool_sets=task.tool_sets if task else (),
            request=self.request,
            turns=self._turns(row, task, task_id),
            gold=task.gold if task else None,
            reward=None if label is None else float(label == score.OK),
            meta=self._meta(self.category or naming.category_of(task_id), label, foreign) | costs(row),
            source=self.source.name,
            line=line,
        )

    def _task(self, task_id: str) -> tuple[Task | None, bool]:
        """The question of that id, and whether it is another generation's and therefore left out."""
        task = self.tasks.get(task_id)
        if task is None:
            return None, False
        own = self.generation or naming.generation_of(naming.category_of(task_id))
        theirs = task.meta.get("generation")
        return (None, True) if own and theirs and own != theirs else (task, False)

    def _meta(self, category: str, label: str | None, foreign: bool) -> dict[str, Any]:
        """Shared by all rows it holds for."""
        found = self._metas.get((category, label, foreign))
        if found is None:
            found = {"format": NAME, "category": category, "generation": self.generation, "language": naming.language_of(category)}
            found |= {"compat_label": label} if label is not None else {}
            found |= {"note": f"the questions given are of another generation than these {self.generation} results"} if foreign else {}
            self._metas[category, label, foreign] = found
        return found

    def _turns(self, row: Row, task: Task | None, task_id: str) -> tuple[Message | Step, ...]:
        result = row.result
        if isinstance(result, list):
            if not result or isinstance(result[0], Mapping):
                return (*(task.messages if task else ()), self._step(result, task, 0, row.reasoning_content, row.finish_reason))
            return tuple(self._conversation(row, task, multi=task_id.startswith("multi_turn")))
        return (*(task.messages if task else ()), self._step(result, task, 0, row.reasoning_content, row.finish_reason))

    def _step(self, raw: Any, task: Task | None, tool_set: int, reasoning: Any = None, ended: str | None = None) -> Step:
        """One model turn: a text, or a list of calls (texts among them are joined)."""
        thought = reasoning if isinstance(reasoning, str) else ""
        names = self._offered(task, tool_set)
        if isinstance(raw, list):
            calls = [
                (None, name, arguments if isinstance(arguments, str | Mapping) else as_json(arguments)) for name, arguments in _native(raw)
            ]
            text = "\n".join(item for item in raw if isinstance(item, str))
            step = step_from_native(text, calls, names=names, asked=self.asked, tool_set=tool_set, finish_reason=ended, reasoning=thought)
            return self._meant(step, task)
        text = as_text(raw)
        if text.startswith(INFERENCE_ERROR):
            return Step(text=text, raw=text, tool_set=tool_set, finish_reason="error", reasoning=thought)
        step = step_from_text(text, asked=self.asked, names=names, tool_set=tool_set, finish_reason=ended, reasoning=thought)
        return self._meant(step, task)

    def _meant(self, step: Step, task: Task | None) -> Step:
        """The step, in the Java and JavaScript categories with its values as what they mean there."""
        if self.language == "python" or task is None or not task.tool_sets:
            return step
        return languages.with_values(step, task.tool_sets[step.tool_set], self.language)

    def _offered(self, task: Task | None, tool_set: int) -> frozenset[str]:
        if task is None or tool_set >= len(task.tool_sets):
            return frozenset()
        tools = task.tool_sets[tool_set]
        names = self._names.get(id(tools))
        if names is None:
            names = self._names[id(tools)] = frozenset(tool.name for tool in tools)
        return names

    def _conversation(self, row: Row, task: Task | None, *, multi: bool) -> Iterator[Message | Step]:
        """Turns of a multi-turn or agentic row: what the user said, the steps, the tools' replies."""
        nested = any(isinstance(item, list) for item in row.result)
        turns = row.result if nested else [[item] for item in row.result] if multi else [row.result]
        asked = by_turn(task.messages) if task else []
        sets = task.meta.get("tool_set_of_turn", ()) if task else ()
        logged = logged_turns(row.inference_log)
        for number, steps in enumerate(turns):
            log = logged[number] if number < len(logged) else {}
            yield from asked[number] if number < len(asked) else (query(log),)
            for index, raw in enumerate((steps or [""]) if isinstance(steps, list) else [steps]):
                step = self._step(raw, task, sets[number] if number < len(sets) else 0)
                answers = replies(log, index)
                yield from with_results((step,), [(None, reply) for reply in answers]) if answers else (step,)
                yield from (Message(role="tool", content=reply.content) for reply in answers)


def _native(raw: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for call in raw:
        if isinstance(call, Mapping):
            yield from call.items()
