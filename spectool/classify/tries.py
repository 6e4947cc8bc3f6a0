"""Failed calls that were tries at a gold call which another attempt then made.

A call that fails and is made again in the same user turn is one try at one action: it is no call too many, and what is wrong in it is told
by the gold call that it was a try at. In another user turn the user may have said something new.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spectool.classify.arguments import argument_cost, argument_differences
from spectool.classify.attempt import Attempt
from spectool.classify.failures import is_failure
from spectool.classify.pairs import Pair
from spectool.classify.values import equal


def has_failed(attempt: Attempt) -> bool:
    """Whether a call's reply reports a failure."""
    result = attempt.call.result
    return result is not None and is_failure(result)


def tries_at(named: Sequence[Pair], attempts: Sequence[Attempt], unused: Iterable[int]) -> tuple[Pair, ...]:
    """The failed calls among ``unused`` (positions, in order), each beside a gold call of its name that one of ``named`` makes.

    It is the nearest of those that were made in a later step, or failed as well; of equals the one made next. Calls made at once are tries
    at different gold calls as long as there are any. A call that is nearest to one that had been made already is no try but a repeat, or a
    call too many. A try that was made before, just as it is, has no differences of its own.
    """
    tries: list[Pair] = []
    for i in unused:
        attempt = attempts[i]
        if attempt.status != "ok" or not has_failed(attempt):
            continue
        claimed = {pair.order for pair in tries if attempts[pair.attempt].step == attempt.step}
        alike = [pair for pair in named if pair.expected.name == attempt.name and attempts[pair.attempt].turn == attempt.turn]
        ranked = [
            (argument_cost(p.expected, attempt), _is_over(attempts[p.attempt], attempt), p.order in claimed, p.attempt, p) for p in alike
        ]
        nearest = min(ranked, key=lambda each: each[:4], default=None)
        if nearest is not None and not nearest[1]:
            pair = nearest[4]
            found = () if _is_repeat(attempts, i) else argument_differences(pair.expected, attempt)
            tries.append(Pair(attempt=i, expected=pair.expected, order=pair.order, differences=found, is_try=True))
    return tuple(tries)


def _is_repeat(attempts: Sequence[Attempt], i: int) -> bool:
    """Whether the very same call was made before: its values are told there, and the repetition is ``RAC``."""
    again = attempts[i]
    return any(each.name == again.name and equal(each.call.arguments, again.call.arguments) for each in attempts[:i])


def _is_over(made: Attempt, attempt: Attempt) -> bool:
    """Whether a call had been made, with success, before another could be known to fail."""
    return made.step <= attempt.step and not has_failed(made)
