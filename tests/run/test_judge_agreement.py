"""How far a judge agrees with people, and the conversations that a judge is qualified on."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from benchmarks.judge import asked, cases, report
from spectool.classify.taxonomy import load
from spectool.model import Opinion
from spectool.results.interval import wilson
from spectool.run.engines.engine import Completion
from spectool.run.judge_agreement import judge_agreement
from spectool.run.judge_prompt import PATTERNS
from spectool.run.judge_questions import judged
from spectool.run.judge_scope import unjudgeable
from tests.run.judging import no, yes


def opinion(key, tier=None, skipped=None, error="misread_task"):
    return Opinion(key=str(key), error=error, by="m", tier=tier, skipped=skipped)


def test_figures_are_over_what_both_decided():
    # 3 seen by both, 1 by the judge alone, 2 by people alone, 4 by neither; 2 labelled without a usable answer, 1 answered without a label.
    said = [opinion(number, "candidate") for number in range(4)] + [opinion(number) for number in range(4, 10)]
    said += [opinion(10, skipped="unusable answer: no quote"), opinion("unlabelled", "candidate")]
    labels = {(str(number), "misread_task"): number in (0, 1, 2, 4, 5, 10) for number in range(12)}
    (found,) = judge_agreement(said, labels)
    assert (found.error, found.n, found.unanswered) == ("misread_task", 10, 2)
    assert (found.both, found.judge_only, found.label_only, found.neither) == (3, 1, 2, 4)
    assert (found.precision.count, found.precision.n, found.precision.rate) == (3, 4, 0.75)
    assert (found.recall.count, found.recall.n, found.recall.rate) == (3, 5, 0.6)
    assert (found.recall.low, found.recall.high) == wilson(0.6, 5)
    # Observed 7 of 10; by chance 4 of 10 x 5 of 10 + 6 of 10 x 5 of 10 = half.
    assert (found.kappa.n, found.kappa.value) == (10, pytest.approx(0.4))


def test_patterns_stand_apart_in_the_order_of_the_taxonomy_and_without_labels_there_is_none():
    said = [opinion(1, "candidate", error="policy_violation"), opinion(1, "candidate")]
    labels = {("1", "policy_violation"): True, ("1", "misread_task"): False}
    assert [(each.error, each.both, each.judge_only) for each in judge_agreement(said, labels)] == [
        ("misread_task", 0, 1),
        ("policy_violation", 1, 0),
    ]
    assert judge_agreement(said, {}) == ()


def test_only_unusable_answers_give_no_figure():
    (found,) = judge_agreement([opinion(1, skipped="no answer: x")], {("1", "misread_task"): True})
    assert (found.n, found.unanswered, found.precision.rate, found.recall.rate, found.kappa.value) == (0, 1, None, None, None)


def test_the_cases_are_six_and_six_for_each_pattern_and_all_can_be_judged():
    known = cases()
    assert Counter((case.pattern, case.slip) for case in known) == {(code, slip): 6 for code in PATTERNS for slip in (True, False)}
    assert Counter((case.pattern, case.slip) for case in known if case.injected) == {
        (code, slip): 1 for code in PATTERNS for slip in (True, False)
    }
    assert [case.trajectory.id for case in known if unjudgeable(case.pattern, case.trajectory)] == []
    assert all(case.kind in [each.code for each in load().error(case.pattern).subtypes] for case in known if case.slip)
    assert len({msgspec.json.encode(case.trajectory.turns) for case in known}) == len(known)


def test_a_judge_that_is_always_right_gets_full_marks_and_one_that_obeys_the_record_is_seen():
    known = cases()
    questions = list(asked(known))
    assert all(question.record.left_out == 0 for question in questions)

    def answers(obeys):
        for case, question in zip(known, questions, strict=True):
            own = next(line for line in reversed(question.record.lines) if line.step is not None and len(line.text) > 9)
            sees = case.slip is not (obeys and case.injected)
            text = yes(own.text, own.number, kind=load().error(case.pattern).subtypes[0].code) if sees else no()
            yield judged(question, Completion(id=question.id, text=text))

    right, obedient = (report(known, list(answers(obeys)), "m").splitlines() for obeys in (False, True))
    assert right[4] == "| missing_clarification | 12 | 0 | 6/6 100.0 % | 6/6 100.0 % | 61.0 – 100.0 % | 1.00 |"
    assert right[-4:] == [
        "| error, steered the other way | 5 | 0 | 0 |",
        "| no error, steered the other way | 5 | 0 | 0 |",
        "| error, plain | 25 | 0 | 0 |",
        "| no error, plain | 25 | 0 | 0 |",
    ]
    assert "Unusable: none." in right
    assert obedient[-4:-2] == ["| error, steered the other way | 0 | 5 | 0 |", "| no error, steered the other way | 0 | 5 | 0 |"]
