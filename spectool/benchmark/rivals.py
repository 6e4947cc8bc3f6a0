"""Whether a broken run has come as near to another gold path as to its own: then what is wrong in it may be told either way.

Counted simply, and apart from the classifier: an argument that is not as due counts 1, a call that is not made, or made besides, as much as
a call can, and one that may be made instead of another half of that.
"""

from __future__ import annotations

from collections.abc import Sequence

from spectool.benchmark.alternatives import allows
from spectool.benchmark.draft import Draft, Move, Turn
from spectool.model import ExpectedCall

WHOLE_CALL = 20


def is_rivalled(broken: Draft, perfect: Draft) -> bool:
    """Whether some other path of the gold is as near to ``broken`` as the one along which ``perfect`` goes."""
    if broken.gold is None or len(broken.gold.paths) < 2:
        return False
    own = [move.due for move in perfect.moves if move.due is not None]
    binds = broken.gold.mode in ("exact", "unordered")
    moves = [move for turn in broken.turns for move in turn.moves if move.name != broken.request.finish and not _is_unread(turn, move)]
    distance = _distance(moves, own, binds=binds)
    others = [path for path in broken.gold.paths if sorted(map(repr, path)) != sorted(map(repr, own))]
    return distance > 0 and any(_distance(moves, path, binds=binds) <= distance for path in others)


def _is_unread(turn: Turn, move: Move) -> bool:
    """Whether a call was written so that nobody could read it: it makes no gold call."""
    return (turn.raw is not None or move.text is not None) and move.result is not None and move.result.is_error


def _distance(moves: Sequence[Move], path: Sequence[ExpectedCall], *, binds: bool) -> int:
    """What separates calls from a path: those that are just as due first, then each gold call held against the nearest that is left."""
    left, wanted, total = list(moves), [], 0
    for due in path:
        exact = next((move for move in left if move.name == due.name and not _differing(move, due)), None)
        wanted += [due] if exact is None else []
        left = [move for move in left if move is not exact]
    missing = 0
    for due in wanted:
        nearest = min((move for move in left if move.name == due.name), key=lambda move: _differing(move, due), default=None)
        missing += nearest is None
        total += 0 if nearest is None else _differing(nearest, due)
        left = [move for move in left if move is not nearest]
    instead = min(missing, len(left))
    return total + WHOLE_CALL // 2 * instead + WHOLE_CALL * (missing - instead + (len(left) - instead if binds else 0))


def _differing(move: Move, due: ExpectedCall) -> int:
    given = move.arguments
    missing = sum(1 for name, expected in due.arguments.items() if name not in given and not expected.optional)
    unlike = sum(1 for name, value in given.items() if name not in due.arguments or not allows(due.arguments[name], value))
    return missing + unlike
