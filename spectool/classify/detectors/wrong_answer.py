"""Wrong answer: the model's answer contradicts what the gold's answer says.

By rule only where the gold gives atomic claims: a sentence speaks of the same thing as a claim and gives another figure,
and the claim's own figure stands nowhere. Words are compared, not meanings: a candidate, which counts for nothing by
itself. A claim that is simply not there is ``incomplete_answer``. Whether an answer is wrong in any other way is a
judge's to say.

Source: tau-bench (outputs of a task); BFCL (answer_not_found).
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.claims import standings
from spectool.classify.finding import finding
from spectool.model import Finding
from spectool.read.wording import show

CODE = "wrong_answer"
NO_CLAIMS = "the gold holds no claims of an answer: a judge, a tagger or a person decides"


def assess(case: Case) -> int | str:
    """The claims of the gold's answer, where the model said anything."""
    gold = case.trajectory.gold
    if gold is None or not gold.answer:
        return NO_CLAIMS
    return len(gold.answer) if any(step.text for _, step in case.steps) else 0


def detect(case: Case) -> Iterator[Finding]:
    """Every claim that a sentence contradicts."""
    last = max((position for position, step in case.steps if step.text), default=None)
    for claim, standing, sentence in standings(case):
        if standing == "contradicted":
            message = f"expected {show(claim)}, got {show(sentence)}"
            yield finding(CODE, "claim", message, step=last, tier="candidate", expected=claim, got=sentence[:400])
