"""A trajectory as the tagger sees it: laid out without its gold, its queries and tools prepared once for all features."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from spectool.classify.attempt import Attempt
from spectool.classify.case import Case, build
from spectool.classify.conversation import Conversation, conversation
from spectool.model import Message, Step, Tool, Trajectory
from spectool.tagger.bounds import bounded
from spectool.tagger.entities import Entity, entities
from spectool.tagger.words import MAX_TEXT, content, cut, tokens

# Beyond these nothing is looked at: no real log needs more, and the work on one trajectory stays bounded.
MAX_CALLS = 60
MAX_SLOTS = 40
MAX_TOOLS = 128
MAX_PEERS = 16


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A declared argument of a call, given or left out: ``prop`` is its schema, ``position`` its place among those declared."""

    attempt: Attempt
    name: str
    given: bool
    value: Any
    prop: Mapping[str, Any]
    required: bool
    position: int
    declared: int


class Query:
    """What users had said by a place in the trajectory."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = "\n".join(texts)[-MAX_TEXT:]
        self.latest = texts[-1][:MAX_TEXT] if texts else ""

    @cached_property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of its content words."""
        return content(self.text)

    @cached_property
    def tokens(self) -> list[str]:
        """Its words in order, in lower case."""
        return tokens(self.text)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """What it names."""
        return entities(self.text)


class View:
    """One trajectory, laid out. ``peers`` are other attempts at the same task, where there are any."""

    def __init__(self, trajectory: Trajectory, peers: Sequence[Trajectory] = ()) -> None:
        self.trajectory = bounded(trajectory)
        self.case: Case = build(self.trajectory)
        self.attempts: tuple[Attempt, ...] = self.case.attempts[:MAX_CALLS]
        self.peers = tuple(calls_of(bounded(peer)) for peer in peers[:MAX_PEERS])
        self._queries: dict[int, Query] = {}
        self._kept: dict[tuple[object, ...], tuple[Any, ...]] = {}

    def kept(self, name: tuple[object, ...], compute: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
        """What ``compute`` gives, computed once for this trajectory and ``name``."""
        if name not in self._kept:
            self._kept[name] = compute()
        return self._kept[name]

    @cached_property
    def talk(self) -> Conversation:
        """What had been said by each turn."""
        return conversation(self.case)

    @cached_property
    def _users(self) -> tuple[tuple[int, str], ...]:
        turns = self.trajectory.turns
        return tuple((at, turn.content) for at, turn in enumerate(turns) if isinstance(turn, Message) and turn.role == "user")

    def query(self, step: int) -> Query:
        """What users had said before turn ``step``."""
        texts = [text for at, text in self._users if at < step]
        if len(texts) not in self._queries:
            self._queries[len(texts)] = Query(texts)
        return self._queries[len(texts)]

    @cached_property
    def whole(self) -> Query:
        """What users said in all."""
        return self.query(len(self.trajectory.turns))

    @cached_property
    def tools(self) -> tuple[Tool, ...]:
        """Every tool offered, each name once."""
        offered = {tool.name: tool for tools in self.trajectory.tool_sets for tool in tools}
        return tuple(offered.values())[:MAX_TOOLS]

    @cached_property
    def given(self) -> frozenset[str]:
        """Stems of the words of every value in the calls, and of the calls' names."""
        return frozenset[str]().union(*(content(cut(each.arguments)) | content(each.name) for each in self.attempts))

    @cached_property
    def written(self) -> str:
        """Every call's arguments as text, in lower case."""
        return "\n".join(cut(each.arguments) for each in self.attempts).lower()[: 4 * MAX_TEXT]

    @cached_property
    def uncovered(self) -> tuple[Entity, ...]:
        """What the queries name and no call's arguments hold."""
        return tuple(each for each in self.whole.entities if not self.is_covered(each))

    def is_covered(self, entity: Entity) -> bool:
        """Whether the calls hold an entity: as it stands, or all of its words."""
        if entity.text.lower() in self.written:
            return True
        words = content(entity.text.replace(",", "") if entity.kind == "figure" else entity.text)
        return bool(words) and words <= self.given

    @cached_property
    def answer(self) -> str:
        """The text of the last assistant turn."""
        steps = [turn for turn in self.trajectory.turns if isinstance(turn, Step)]
        return steps[-1].text[:MAX_TEXT] if steps else ""

    def slots(self, attempt: Attempt) -> Iterator[Slot]:
        """Every argument that the call's tool declares, in its order."""
        parameters = attempt.tool.parameters if attempt.tool is not None else {}
        properties = parameters.get("properties")
        if not isinstance(properties, Mapping) or attempt.status != "ok":
            return
        required = parameters.get("required")
        needed = set(required) if isinstance(required, (list, tuple)) else set()
        for position, (name, prop) in enumerate(list(properties.items())[:MAX_SLOTS]):
            yield Slot(
                attempt=attempt,
                name=name,
                given=name in attempt.arguments,
                value=attempt.arguments.get(name),
                prop=prop if isinstance(prop, Mapping) else {},
                required=name in needed,
                position=position,
                declared=len(properties),
            )


class PeerCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call of another attempt at the same task."""

    name: str
    arguments: Mapping[str, Any]


def calls_of(trajectory: Trajectory) -> tuple[PeerCall, ...]:
    """The calls of a trajectory, as far as they could be read."""
    calls = (call for turn in trajectory.turns if isinstance(turn, Step) for call in turn.calls)
    return tuple(PeerCall(name=call.name, arguments=call.arguments or {}) for call in calls)[:MAX_CALLS]
