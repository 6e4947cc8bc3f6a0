"""Which of BFCL's kinds of files one is: results, questions, answers, function documents or scores."""

from __future__ import annotations

from collections.abc import Mapping

from spectool.read.formats.bfcl import dataset, naming
from spectool.read.source import Source

_NOTES = {
    "score": "BFCL score file: its verdicts are laid over the result file of the same model and category",
    "questions": "BFCL questions: tools and gold for results, given with --tasks (the folder)",
    "answers": "BFCL answers: gold, read with the questions beside their folder",
    "documents": "BFCL function documents: tools of multi-turn questions, read with the questions beside their folder",
}


def sniff(source: Source) -> float:
    """Sure of BFCL's file names and of ids and results in its shape."""
    if source.is_dir:
        return 0.95 if source.path is not None and dataset.is_dataset(source.path) else 0.0
    if overlay(source) is not None:
        return 0.95
    if (parsed := naming.file_name(source.name)) is not None and parsed.kind == "result":
        return 0.95
    sample = [row for row in source.sample() if isinstance(row, Mapping)]
    if not sample or not all(isinstance(row.get("result"), str | list) and ("id" in row or "idx" in row) for row in sample):
        return 0.0
    counted = any(row.keys() & {"latency", "output_token_count", "inference_log"} for row in sample)
    return 0.85 if counted or naming.category_of(str(sample[0].get("id"))) else 0.4


def overlay(source: Source) -> str | None:
    """Why this file has no rows of its own although it is BFCL's: what it is and where it is used; ``None`` for a result file."""
    parsed = naming.file_name(source.name)
    folder = source.path.absolute().parent.name if source.path is not None else ""
    if folder == dataset.DOCUMENTS:
        return _NOTES["documents"]
    if parsed is not None and parsed.kind != "result":
        return _NOTES["score" if parsed.kind else "answers" if folder == dataset.ANSWERS else "questions"]
    first = next(iter(source.sample()), None) if parsed is None else None
    if isinstance(first, Mapping):
        if {"accuracy", "correct_count", "total_count"} <= first.keys():
            return _NOTES["score"]
        asked = first.get("question")
        if (
            "id" in first
            and isinstance(asked, list)
            and asked
            and isinstance(asked[0], list)
            and first.keys() & {"involved_classes", "function"}
        ):
            return _NOTES["questions"]
    return None
