"""Do other attempts at the same task agree: samples of the same model, or other models' runs in the same folder?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spectool.classify.attempt import Attempt
from spectool.classify.values import equal
from spectool.tagger.view import PeerCall, Slot, View

UNKNOWN = -1.0

ARGUMENT: Mapping[str, str] = {
    "peers_same_value": "share of the other attempts with the same value there",
    "peers_one_other": "share of the other attempts that agree on another value",
    "peers_give": "share of the other attempts that give the argument",
    "peers_same_tool": "share of the other attempts that call the tool",
    "peers_no_call": "share of the other attempts that call nothing",
}
CALL: Mapping[str, str] = {
    "peers_same_tool": "share of the other attempts that call the tool",
    "peers_same_call": "share of the other attempts with the very same call",
    "peers_no_call": "share of the other attempts that call nothing",
    "peers_calls_less": "mean number of their calls less of this one's",
}
TRAJECTORY: Mapping[str, str] = {
    "peers_no_call": "share of the other attempts that call nothing",
    "peers_calls_less": "mean number of their calls less of this one's",
    "peers_other_tool": "share of the other attempts that call a tool which this one does not",
}


def of_argument(view: View, slot: Slot) -> tuple[float, ...]:
    """Agreement on one value; ``UNKNOWN`` where no other attempt calls the tool."""
    peers = view.peers
    known = [value for peer in peers if (value := _value(peer, slot)) is not None]
    if not peers:
        return (UNKNOWN,) * len(ARGUMENT)
    calling = len(known) / len(peers), sum(not peer for peer in peers) / len(peers)
    if not known:
        return UNKNOWN, UNKNOWN, UNKNOWN, *calling
    mine = (slot.value,) if slot.given else ()
    others = [value for value in known if not _same(value, mine)]
    rival = max((sum(_same(a, b) for b in others) for a in others), default=0)
    return 1 - len(others) / len(known), rival / len(known), sum(map(bool, known)) / len(known), *calling


def of_call(view: View, attempt: Attempt) -> tuple[float, ...]:
    """Agreement on one call; ``UNKNOWN`` where there is no other attempt."""
    peers = view.peers
    if not peers:
        return (UNKNOWN,) * len(CALL)
    same = [peer for peer in peers if any(call.name == attempt.name for call in peer)]
    equals = [peer for peer in same if any(call.name == attempt.name and equal(call.arguments, attempt.arguments) for call in peer)]
    return len(same) / len(peers), len(equals) / len(peers), *_numbers(view)


def of_trajectory(view: View) -> tuple[float, ...]:
    """Agreement on what to call; ``UNKNOWN`` where there is no other attempt."""
    peers = view.peers
    if not peers:
        return (UNKNOWN,) * len(TRAJECTORY)
    called = {each.name for each in view.attempts}
    return *_numbers(view), sum(any(call.name not in called for call in peer) for peer in peers) / len(peers)


def _numbers(view: View) -> Iterator[float]:
    peers = view.peers
    yield sum(not peer for peer in peers) / len(peers)
    yield sum(map(len, peers)) / len(peers) - len(view.attempts)


def _value(peer: tuple[PeerCall, ...], slot: Slot) -> tuple[Any, ...] | None:
    """What the peer's likest call of the tool gives: ``()`` where it leaves the argument out; ``None`` without such a call."""
    calls = [call for call in peer if call.name == slot.attempt.name]
    if not calls:
        return None
    likest = max(calls, key=lambda call: _likeness(call, slot))
    return (likest.arguments[slot.name],) if slot.name in likest.arguments else ()


def _likeness(call: PeerCall, slot: Slot) -> int:
    others = {name: value for name, value in slot.attempt.arguments.items() if name != slot.name}
    return sum(name in call.arguments and equal(value, call.arguments[name]) for name, value in others.items())


def _same(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    return len(a) == len(b) and (not a or equal(a[0], b[0]))
