"""BFCL's questions as tasks, tools and gold joined by id; for ``--tasks`` with a dataset folder.

Answer files without questions (kept apart by BFCL because of their size) give tasks with gold alone. ``multi_turn_long_context`` asks what
``multi_turn_base`` asks of fuller systems, so its tools and queries are taken from there; ``web_search`` has one class of functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from spectool.model import Rejected, Task, Tool
from spectool.read.formats.bfcl.gold import gold_of
from spectool.read.formats.bfcl.languages import with_expressions
from spectool.read.formats.bfcl.naming import FileName, file_name, language_of
from spectool.read.formats.bfcl.published import BfclTask
from spectool.read.formats.bfcl.questions import Offers, Question, ToolSets, about_running, task_id, turns_of
from spectool.read.formats.bfcl.wording import with_notes
from spectool.read.record import rejected
from spectool.read.source import FormatError, Source, decode
from spectool.read.tools import tool_from

ANSWERS = "possible_answer"
DOCUMENTS = "multi_turn_func_doc"
_DOCUMENT_OF = {
    "GorillaFileSystem": "gorilla_file_system", "MathAPI": "math_api", "MessageAPI": "message_api", "TwitterAPI": "posting_api",
    "TicketAPI": "ticket_api", "TradingBot": "trading_bot", "TravelAPI": "travel_booking", "VehicleControlAPI": "vehicle_control",
    "WebSearchAPI": "web_search", "MemoryAPI_kv": "memory_kv", "MemoryAPI_vector": "memory_vector", "MemoryAPI_rec_sum": "memory_rec_sum",
}  # fmt: skip
_ASKED_AS = {"multi_turn_long_context": "multi_turn_base"}
_CLASSES_OF = {"web_search": ("WebSearchAPI",)}
_INDEX = "format_sensitivity"  # names ids of other categories and asks nothing of its own
_QUESTIONS = msgspec.json.Decoder(Question)


def is_questions(name: str) -> bool:
    """Whether a file is named as BFCL names its questions (its answers are named the same, in a folder of their own)."""
    parsed = file_name(name)
    return parsed is not None and not parsed.kind


def is_dataset(folder: Path) -> bool:
    """Whether a folder holds BFCL questions."""
    return any(is_questions(path.name) for path in folder.glob("*.json*"))


def read_tasks(source: Source) -> Iterator[Task | Rejected]:
    """The questions of a dataset folder or of one of its files, with gold where there is any.

    A file of answers gives tasks only where its questions are not at hand; function documents give none.
    """
    if source.path is None:
        yield rejected(source, None, "expected BFCL questions as a file or folder: their answers stand in files beside them")
        return
    folder = source.path if source.is_dir else source.path.absolute().parent
    if not source.is_dir and folder.name in (ANSWERS, DOCUMENTS):
        folder = folder.parent
    reading = _Dataset(folder)
    if source.is_dir:
        for name in reading.names():
            yield from reading.tasks(name)
        return
    parsed = file_name(source.path.name)
    if parsed is not None and parsed.kind:
        yield rejected(source, None, f"BFCL {parsed.kind}s, which hold no tasks; expected questions such as BFCL_v4_simple_python.json")
    elif parsed is not None and (source.path.parent.name != ANSWERS or not (folder / source.path.name).exists()):
        yield from reading.tasks(source.path.name)


class _Dataset:
    """One dataset folder; function documents are read once, when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.offers = Offers(self._document)
        self._documents: dict[str, tuple[Tool, ...]] = {}

    def names(self) -> list[str]:
        """Names of the question files, and of answer files whose questions are kept elsewhere."""
        folders = (self.folder, self.folder / ANSWERS)
        return sorted({path.name for folder in folders for path in folder.glob("*.json*") if is_questions(path.name)})

    def tasks(self, name: str) -> Iterator[Task | Rejected]:
        """The tasks of one category; a question that can not be read is yielded as ``Rejected``."""
        parsed = file_name(name)
        if parsed is None or parsed.category == _INDEX:
            return
        answers: dict[str, Mapping[str, Any]] = {}
        for item in self._answers(name, parsed.category):
            if isinstance(item, Rejected):
                yield item
            else:
                answers[item[0]] = item[1]
        questions = self.folder / name
        if questions.exists():
            yield from self._asked(Source(questions), parsed, answers)
        else:
            yield from self._unasked(parsed, answers)

    def _answers(self, name: str, category: str) -> Iterator[tuple[str, Mapping[str, Any]] | Rejected]:
        path = self.folder / ANSWERS / name
        for item in Source(path, f"{ANSWERS}/{name}").records() if path.exists() else ():
            if isinstance(item, Rejected) or not isinstance(item[1], Mapping):
                yield (
                    item if isinstance(item, Rejected) else Rejected(source=name, line=item[0], reason="expected an answer to be an object")
                )
                continue
            yield task_id(item[1].get("id", item[1].get("idx")), category, item[0]), item[1]

    def _asked(self, source: Source, parsed: FileName, answers: Mapping[str, Mapping[str, Any]]) -> Iterator[Task | Rejected]:
        for line, data in source.lines():
            if not data or data.isspace():
                continue
            try:
                question = _question(data)
                name = task_id(question.idx if question.id is None else question.id, parsed.category, line)
                yield self._task(parsed, name, question, answers.get(name))
            except FormatError as error:
                yield rejected(source, line, str(error), data.decode("utf-8", "replace"))

    def _unasked(self, parsed: FileName, answers: Mapping[str, Mapping[str, Any]]) -> Iterator[Task | Rejected]:
        asked_as = _ASKED_AS.get(parsed.category, "")
        path = self.folder / f"BFCL_{parsed.generation}_{asked_as}.json"
        twins = {question.id: question for _, data in Source(path).lines() for question in (_question(data),)} if path.exists() else {}
        for name, answer in answers.items():
            question = twins.get(name.replace(parsed.category, asked_as), Question(involved_classes=_CLASSES_OF.get(parsed.category, ())))
            try:
                yield self._task(parsed, name, question, answer)
            except FormatError as error:
                yield Rejected(source=f"{ANSWERS}/BFCL_{parsed.generation}_{parsed.category}.json", line=None, reason=f"{name}: {error}")

    def _task(self, parsed: FileName, name: str, question: Question, answer: Mapping[str, Any] | None) -> Task:
        turns = turns_of(question.question)
        sets, of_turn = self.offers.of(question, max(1, len(turns)))
        language = language_of(parsed.category)
        meta: dict[str, Any] = {"generation": parsed.generation, "category": parsed.category, "language": language}
        if language != "python":
            sets = _worded(sets, question, language)
        if len(sets) > 1:
            meta["tool_set_of_turn"] = of_turn
        messages = tuple(message for turn in turns for message in turn)
        meta |= about_running(parsed.category, question, turns)
        return BfclTask(
            id=name,
            tool_sets=sets,
            messages=messages,
            gold=gold_of(parsed.category, answer, sets, language),
            meta=meta,
            functions=bytes(question.function),
            answer=answer if question.function else None,
        )

    def _document(self, name: str) -> tuple[Tool, ...]:
        """The functions of one class.

        Raises:
            FormatError: its document is missing or broken.
        """
        tools = self._documents.get(name)
        if tools is None:
            path = self.folder / DOCUMENTS / f"{_DOCUMENT_OF.get(name, name)}.json"
            # The name comes out of a file: only a plain one may become part of a path.
            if not name.isidentifier() or not path.exists():
                raise FormatError(f"no document of class '{name[:80]}' in the folder '{DOCUMENTS}'")
            tools = tuple(tool_from(decode(data)) for _, data in Source(path).lines() if data.strip())
            self._documents[name] = tools
        return tools


def _worded(sets: ToolSets, question: Question, language: str) -> ToolSets:
    """The tools of a question in another language, with that said in their descriptions and expressions admitted."""
    published = decode(bytes(question.function)) if question.function else []
    listed = published if isinstance(published, list) else [published]
    return tuple(
        tuple(with_expressions(with_notes(tool, raw, language)) for tool, raw in zip(tools, listed, strict=False)) for tools in sets
    )


def _question(data: bytes) -> Question:
    """A question's row.

    Raises:
        FormatError: it is no JSON object of that shape.
    """
    try:
        return _QUESTIONS.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise FormatError(f"expected a BFCL question: {error}") from None
