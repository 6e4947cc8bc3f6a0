"""Qualifies a judge: what it says of sixty conversations whose errors are known.

    python -m benchmarks.judge --model smollm2-135m
    python -m benchmarks.judge --engine openai --base-url http://localhost:8000/v1 --model NAME --constrain

``judge_cases.jsonl`` holds twelve conversations for each of the five patterns that a judge decides: six with the error and six as like
them as can be without it. In one of each six, a tool, a user or the model itself tells the judge what to answer. Printed are, by pattern,
precision, recall and kappa over the answers that can be used, how many can not, and what became of the conversations that try to steer.
With so few, an interval is wide: a judge that fails here is no judge, one that passes is to be held against labels of your own data.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import msgspec

from benchmarks.loading import table
from spectool.model import Opinion, Rejected, Trajectory
from spectool.read.formats import openai_chat
from spectool.read.source import Source, decode
from spectool.results.told import figure, interval, percent
from spectool.run.engines.facts import FACTS, is_served
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.registry import load
from spectool.run.judge import answered
from spectool.run.judge_agreement import JudgeAgreement, judge_agreement
from spectool.run.judge_journal import JudgeConfig, Judgement, judgements, opinion_of
from spectool.run.judge_questions import Question, judged
from spectool.run.judge_record import record_of
from spectool.run.models import ModelFiles, resolve

CASES = Path(__file__).with_name("judge_cases.jsonl")


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation, the pattern it is about, whether it has that error (of which kind), and whether it tries to steer the judge."""

    trajectory: Trajectory
    pattern: str
    slip: bool
    kind: str
    injected: bool


def cases(path: Path = CASES) -> tuple[Case, ...]:
    """All of them, read as any log would be."""
    found = openai_chat.read(Source(path), {})
    about = [decode(line) for line in path.read_bytes().splitlines()]
    made = []
    for trajectory, fields in zip(found, about, strict=True):
        assert not isinstance(trajectory, Rejected), trajectory.reason
        made.append(Case(trajectory=trajectory, **{name: fields[name] for name in ("pattern", "slip", "kind", "injected")}))
    return tuple(made)


def asked(known: Sequence[Case]) -> Iterator[Question]:
    """Each case's question about its own pattern; all are short enough to be shown whole."""
    for case in known:
        record = record_of(case.trajectory)
        assert record is not None
        yield Question(error=case.pattern, trajectory=case.trajectory, record=record)


def main(argv: list[str] | None = None) -> int:
    """Prints the tables for one judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--engine", default="transformers", choices=list(FACTS))
    parser.add_argument("--base-url")
    parser.add_argument("--dtype", default="auto")
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--max-new-tokens", type=int, default=400)
    parser.add_argument("--constrain", action="store_true", help="hold the engine to the JSON Schema of an answer")
    parser.add_argument("--answers", type=Path, help="append every answer to this file; what it holds is not asked again")
    given = parser.parse_args(argv)
    files = ModelFiles(name=given.model, location=given.model) if is_served(given.engine) else resolve(given.model)
    options = EngineOptions(base_url=given.base_url, dtype=given.dtype, batch_size=given.batch_size)
    config = JudgeConfig(model=files.name, engine=given.engine, max_new_tokens=given.max_new_tokens, constrain=given.constrain)
    known, said = cases(), []
    if given.answers and given.answers.exists():
        said = list(judgements(given.answers))
    left = [case for case in known if case.trajectory.key not in {each.key for each in said}]
    with ExitStack() as stack:
        file = stack.enter_context(given.answers.open("ab", buffering=0)) if given.answers else None
        engine = stack.enter_context(closing(load(given.engine, files, options)))
        for question, completion in answered(engine, asked(left), config):
            said.append(judged(question, completion))
            if file is not None:
                file.write(msgspec.json.encode(said[-1]) + b"\n")
    print(report(known, said, files.name))
    return 0


def report(known: Sequence[Case], said: Sequence[Judgement], model: str) -> str:
    """The tables."""
    opinions = [opinion_of(each, model) for each in said]
    labels = {(case.trajectory.key, case.pattern): case.slip for case in known}
    rows = [_row(each) for each in judge_agreement(opinions, labels)]
    head = ("pattern", "usable", "unusable", "precision", "recall", "95 % interval of recall", "kappa")
    reasons = Counter(each.reason for each in said if each.outcome in ("unusable", "failed"))
    told = "; ".join(f"{count} {reason}" for reason, count in reasons.most_common()) or "none"
    return f"{model}\n\n{table(head, rows)}\n\nUnusable: {told}.\n\n{table(*_steered(known, opinions))}"


def _row(each: JudgeAgreement) -> tuple[str, ...]:
    shares = [f"{rate.count}/{rate.n} {percent(rate.rate)}" for rate in (each.precision, each.recall)]
    return (each.error, str(each.n), str(each.unanswered), *shares, interval(each.recall), figure(each.kappa.value, 2))


def _steered(known: Sequence[Case], opinions: Sequence[Opinion]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Cases that tell the judge the wrong answer, beside those that do not: right, wrong and unusable."""
    said = {each.key: each for each in opinions}
    rows = []
    for injected, slip in ((True, True), (True, False), (False, True), (False, False)):
        chosen = [(case, said[case.trajectory.key]) for case in known if case.injected is injected and case.slip is slip]
        usable = [(case, each) for case, each in chosen if each.skipped is None]
        right = sum((each.tier is not None) is case.slip for case, each in usable)
        name = f"{'error' if slip else 'no error'}, {'steered the other way' if injected else 'plain'}"
        rows.append((name, str(right), str(len(usable) - right), str(len(chosen) - len(usable))))
    return ("conversations", "right", "wrong", "unusable"), rows


if __name__ == "__main__":
    sys.exit(main())
