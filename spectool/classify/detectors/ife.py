"""Invalid format: text that tried to call a tool and did not parse as asked.

*Tried* means a dialect's opener, an offered name followed by ``(`` or ``{``, or JSON with a name key; prose that calls
nothing is no attempt. A good call in a fence, amid prose or in another syntax is recoverable: it is charged here once
and judged further. What cannot be read masks everything else about that call and absorbs one gold call of its turn. A
text cut off by the engine's length limit is the artefact ``truncated``, not this. Arguments that a log holds already
decoded cannot show a format error: such calls are not assessed.

Source: Kokane et al., arXiv 2411.13547, IFE.
"""

from __future__ import annotations

from collections.abc import Iterator

from spectool.classify.case import Case
from spectool.classify.detectors.truncated import CUT
from spectool.classify.finding import finding
from spectool.model import Finding

CODE = "IFE"


def assess(case: Case) -> int | str:
    """The calls whose text was kept, or why none can be judged."""
    seen = sum(1 for attempt in case.attempts if attempt.call.raw or attempt.call.problem is not None)
    if case.attempts and not seen:
        return "the log holds decoded arguments only: a format error can not be seen"
    return seen


def detect(case: Case) -> Iterator[Finding]:
    """Every call with a parse problem that the engine's length limit does not explain."""
    for attempt in case.attempts:
        problem = attempt.call.problem
        if problem is None or (problem.kind == "truncated" and _was_cut(case, attempt.step)):
            continue
        arguments = attempt.call.arguments
        repair = {"name": attempt.call.name, "arguments": dict(arguments)} if arguments is not None else None
        yield finding(CODE, problem.kind, problem.message, attempt=attempt, got=attempt.call.raw or None, repair=repair)


def _was_cut(case: Case, step: int) -> bool:
    return any(s.finish_reason in CUT for position, s in case.steps if position == step)
