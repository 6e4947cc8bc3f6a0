"""A trajectory as a judge reads it: every line with a number, long parts cut to a stated budget, and nothing in it that could end it.

What was written by others stands behind a number and a bar, line by line, so that no text can pass for a heading, for the end of the
record or for a word of ours. Texts that chat templates may read as marks of a turn (``<|im_end|>``, ``[INST]``, ``</s>``) get a space
behind their first character: tokenizers turn them into one token wherever they stand. Both marks around the record hold a hash of the
record, which nobody can write into what it is made from. The model's reasoning is left out: no user and no tool saw it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec

from spectool.model import Message, Step, Tool, Trajectory
from spectool.read.record import as_json
from spectool.results.rows import clean

# Characters of a trajectory's own text: some 6,000 tokens, which leaves room in a context of 8,192.
BUDGET = 24_000
# Below so many characters a part says too little to be judged.
LEAST_OF_A_PART = 120
# Of a part that is cut, so much is kept from its beginning and the rest from its end.
HEAD = 2 / 3
FIRST_CLAIM = 2 / 3
TOOLS_SHOWN, DESCRIPTION = 40, 160
_MARK_OF_A_TURN = re.compile(r"<(?=[^\s<>=\d])|<(?=<)|\[(?=[/|]?[A-Za-z_]\w*\|?\])")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A numbered line; ``step`` and ``call`` say which of the model's own turns and calls it is of, ``None`` where others wrote it.

    Lines of one ``stretch`` follow one another without a gap.
    """

    number: int
    text: str
    stretch: int
    step: int | None = None
    call: int | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown: ``text`` between two marks with ``code``; ``left_out`` counts the characters that the budget cost."""

    text: str
    code: str
    lines: tuple[Line, ...]
    left_out: int = 0


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was said: ``heading`` is ours, ``text`` theirs; ``first`` has the first claim on the budget."""

    heading: str
    text: str
    step: int | None = None
    call: int | None = None
    first: bool = True


def record_of(trajectory: Trajectory, budget: int = BUDGET) -> Record | None:
    """The record of a trajectory in at most ``budget`` characters of its own; ``None`` where its parts are too many for that.

    What the model, its users and its instructions say has the first claim, on at least two thirds of the budget; tools and their results
    share the rest.
    """
    parts = list(_parts(trajectory))
    longest = _longest_parts(parts, budget)
    if longest is None:
        return None
    shown: list[str] = []
    lines: list[Line] = []
    for part in parts:
        _add(part, longest[part.first], shown, lines)
    text = "\n".join(shown)
    left_out = sum(max(0, len(part.text) - longest[part.first]) for part in parts)
    return Record(text=text, code=blake2b(text.encode(), digest_size=6).hexdigest(), lines=tuple(lines), left_out=left_out)


def _longest_parts(parts: Sequence[_Part], budget: int) -> Mapping[bool, int] | None:
    """The lengths to cut parts to, of those with the first claim and of the others; ``None`` where one says too little then."""
    lengths = {first: sorted(len(part.text) for part in parts if part.first is first) for first in (True, False)}
    own = _longest(lengths[True], max(round(budget * FIRST_CLAIM), budget - sum(lengths[False])))
    longest = {True: own, False: _longest(lengths[False], budget - sum(min(length, own) for length in lengths[True]))}
    cut_short = any(max(lengths[first], default=0) > most < LEAST_OF_A_PART for first, most in longest.items())
    return None if cut_short else longest


def _longest(lengths: Sequence[int], budget: int) -> int:
    """The length to cut to so that all of these, ascending, fit: what short ones do not need, long ones get."""
    left = budget
    for done, length in enumerate(lengths):
        most = left // (len(lengths) - done)
        if length > most:
            return most
        left -= length
    return max(lengths, default=0)


def _add(part: _Part, most: int, shown: list[str], lines: list[Line]) -> None:
    """Writes a part: its heading, then its numbered lines, with what was cut out of the middle said between them."""
    shown.append(f"{part.heading}:")
    head, tail, gone = part.text, "", max(0, len(part.text) - most)
    if gone:
        start = round(most * HEAD)
        head, tail = part.text[:start], part.text[start + gone :]
    for piece in (head, tail) if gone else (head,):
        stretch = len(lines)
        for text in piece.splitlines() or [""]:
            lines.append(Line(number=len(lines) + 1, text=disarmed(text), stretch=stretch, step=part.step, call=part.call))
            shown.append(f"{len(lines):>5}| {lines[-1].text}")
        if gone and piece is head:
            shown.append(f"     ({gone:,} characters are left out here)")


def disarmed(text: str) -> str:
    """A line without what a chat template could take for the mark of a turn; only white space is added."""
    return _MARK_OF_A_TURN.sub(lambda found: found[0] + " ", clean(text))


def _parts(trajectory: Trajectory) -> Iterator[_Part]:
    if tools := [tool for offered in trajectory.tool_sets[:1] for tool in offered]:
        yield _Part(heading="tools that the assistant was offered", text="\n".join(_signatures(tools)), first=False)
    said_after = _messages_after(trajectory)
    for place, turn in enumerate(trajectory.turns):
        if isinstance(turn, Message):
            yield _Part(heading=_HEADINGS[turn.role], text=turn.content, first=turn.role != "tool")
            continue
        if turn.text.strip():
            yield _Part(heading="assistant says", text=turn.text, step=place)
        yield from _calls(turn, place, said_after[place])


_HEADINGS = {"system": "system (instructions to the assistant)", "user": "user says", "tool": "tool answers"}


def _calls(step: Step, place: int, said_after: str) -> Iterator[_Part]:
    """A step's calls, then the results that no message repeats."""
    for number, call in enumerate(step.calls):
        if call.arguments is None:
            yield _Part(heading="assistant tries to call a tool, in a form that could not be read", text=call.raw, step=place, call=number)
        else:
            yield _Part(heading="assistant calls a tool", text=f"{call.name}({as_json(call.arguments)})", step=place, call=number)
    for number, call in enumerate(step.calls, 1):
        if call.result is not None and call.result.content not in said_after:
            yield _Part(heading=f"tool answers call {number} of the above", text=call.result.content, first=False)


def _messages_after(trajectory: Trajectory) -> list[str]:
    """For each turn, what others said between it and the model's next turn."""
    after, said = [], ""
    for turn in reversed(trajectory.turns):
        after.append(said)
        said = "" if isinstance(turn, Step) else f"{turn.content}\n{said}"
    return after[::-1]


def _signatures(tools: Sequence[Tool]) -> Iterator[str]:
    for tool in tools[:TOOLS_SHOWN]:
        properties, required = tool.parameters.get("properties"), tool.parameters.get("required")
        needed = required if isinstance(required, list | tuple) else ()
        named = [name if name in needed else f"{name} (optional)" for name in (properties if isinstance(properties, Mapping) else ())]
        about = " ".join(tool.description.split())[:DESCRIPTION]
        yield f"{tool.name}({', '.join(named)}){': ' if about else ''}{about}"
    if len(tools) > TOOLS_SHOWN:
        yield f"and {len(tools) - TOOLS_SHOWN} more tools"
