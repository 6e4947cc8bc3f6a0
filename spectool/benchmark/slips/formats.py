"""IFE: a good call written in the syntax asked for, and then broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import msgspec

from spectool.benchmark.draft import NATIVE, Draft, Mark, Move, Turn
from spectool.benchmark.slips.places import Slipped, shuffled
from spectool.benchmark.written import text_of
from spectool.read.dialects.json_text import write_json
from spectool.read.record import as_json

# Dialects that ask for nothing but calls, those whose arguments are JSON, and, of each family of syntaxes, one: none reads another's.
BARE = ("json_list", "json_object", "llama_json", "xlam1", "pythonic")
JSON = ("json_list", "json_object", "llama_json", "hermes", "mistral", "mistral_args", "harmony", "react", "toolscan", "fenced")
FAMILIES = (
    {"json_list", "json_object", "llama_json", "xlam1", "xlam2"},
    *({name} for name in ("pythonic", "hermes", "mistral", "mistral_args", "harmony")),
)
SAID = ("Sure, here is what I would do:", "Let me look that up for you.", "Of course!")


def _single(draft: Draft, rng: Random) -> Iterator[tuple[Turn, Move]]:
    """Turns of one call, which has arguments and is free."""
    free = {move.id for move in draft.free}
    for turn in shuffled(draft.turns, rng):
        if len(turn.moves) == 1 and turn.moves[0].id in free and turn.moves[0].arguments:
            yield turn, turn.moves[0]


def _whole(draft: Draft, rng: Random) -> Iterator[Turn]:
    """Turns all of whose calls are free."""
    free = {move.id for move in draft.free}
    yield from (turn for turn in shuffled(draft.turns, rng) if turn.moves and all(move.id in free for move in turn.moves))


def _broken(draft: Draft, turn: Turn, raw: str, subtype: str) -> Slipped:
    """The turn with its text replaced, and every call of it marked."""
    after = draft.with_turn(msgspec.structs.replace(turn, raw=raw, finish="stop")).taking(*(move.id for move in turn.moves))
    return after, tuple(Mark(error="IFE", subtype=subtype, move=move.id) for move in turn.moves)


def _in_json(draft: Draft, turn: Turn, move: Move, arguments: str, subtype: str) -> Slipped:
    """The JSON of a call's arguments replaced where it stands, in the text or in what an interface returned."""
    if draft.dialect == NATIVE:
        after = draft.with_move(msgspec.structs.replace(move, text=arguments)).taking(move.id)
        return after, (Mark(error="IFE", subtype=subtype, move=move.id),)
    text = text_of(draft.dialect, turn.moves)
    return _broken(draft, turn, text.replace(_arguments_in(text, move), arguments, 1), subtype)


def _arguments_in(text: str, move: Move) -> str:
    """The object of arguments as it is written in ``text``."""
    return next(form for form in (write_json(dict(move.arguments)), as_json(move.arguments)) if form in text)


def wrapped(draft: Draft, rng: Random) -> Slipped | None:
    """Good calls in a fence or between sentences, where nothing but calls was asked for."""
    for turn in _whole(draft, rng) if draft.dialect in BARE else ():
        text = text_of(draft.dialect, turn.moves)
        said = rng.choice(SAID)
        fence = "python" if draft.dialect == "pythonic" else "json"
        raw = rng.choice((f"{said}\n{text}", f"```{fence}\n{text}\n```", f"{said}\n\n```{fence}\n{text}\n```\nAnything else?"))
        return _broken(draft, turn, raw, "wrapped")
    return None


def other_syntax(draft: Draft, rng: Random) -> Slipped | None:
    """Good calls in a syntax of another family, or the literals of another language in a pythonic call."""
    family = next((family for family in FAMILIES if draft.dialect in family), None)
    if family is None:
        return None
    for turn in _whole(draft, rng):
        if draft.dialect == "pythonic" and any(value in (True, False) for move in turn.moves for value in move.arguments.values()):
            raw = re.sub(r"=True\b", "=true", re.sub(r"=False\b", "=false", text_of("pythonic", turn.moves)))
            if len(turn.moves) == 1 and raw != text_of("pythonic", turn.moves):
                return _broken(draft, turn, raw, "other_syntax")
        others = [name for each in FAMILIES if each is not family for name in sorted(each) if name != "xlam2"]
        return _broken(draft, turn, text_of(rng.choice(others), turn.moves), "other_syntax")
    return None


def positional(draft: Draft, rng: Random) -> Slipped | None:
    """A pythonic call whose first argument has lost its name."""
    for turn, move in _single(draft, rng) if draft.dialect == "pythonic" else ():
        text = text_of("pythonic", turn.moves)
        return _broken(draft, turn, text.replace(f"({next(iter(move.arguments))}=", "(", 1), "positional")
    return None


def truncated(draft: Draft, rng: Random) -> Slipped | None:
    """A call that breaks off inside its arguments, although the engine reports a plain stop."""
    for turn, move in _single(draft, rng):
        if draft.dialect in JSON or draft.dialect == NATIVE:
            arguments = _arguments_in(as_json(move.arguments) if draft.dialect == NATIVE else text_of(draft.dialect, turn.moves), move)
            cut = rng.randint(len(next(iter(move.arguments))) + 3, len(arguments) - 1)
            if draft.dialect == NATIVE:
                return _in_json(draft, turn, move, arguments[:cut], "truncated")
            text = text_of(draft.dialect, turn.moves)
            return _broken(draft, turn, text[: text.index(arguments) + cut].rstrip(), "truncated")
    return None


def in_reasoning(draft: Draft, rng: Random) -> Slipped | None:
    """A call that stands in the reasoning only."""
    for turn, _ in _single(draft, rng):
        if draft.dialect not in (NATIVE, "harmony", "react", "toolscan", "fenced"):
            return _broken(draft, turn, f"<think>They want me to do this.\n{text_of(draft.dialect, turn.moves)}\n</think>", "in_reasoning")
    return None


def bad_shape(draft: Draft, rng: Random) -> Slipped | None:
    """Arguments that are a list or a text, not an object."""
    for turn, move in _single(draft, rng):
        if draft.dialect in JSON or draft.dialect == NATIVE:
            return _in_json(draft, turn, move, as_json(list(move.arguments.values())), "bad_shape")
    return None


def malformed(draft: Draft, rng: Random) -> Slipped | None:
    """Arguments whose first name is not followed by a colon, or by an equals sign in a pythonic call."""
    for turn, move in _single(draft, rng):
        name = next(iter(move.arguments))
        if draft.dialect == "pythonic":
            text = text_of("pythonic", turn.moves)
            return _broken(draft, turn, text.replace(f"({name}=", f"({name} ", 1), "malformed")
        if draft.dialect in JSON or draft.dialect == NATIVE:
            text = as_json(move.arguments) if draft.dialect == NATIVE else _arguments_in(text_of(draft.dialect, turn.moves), move)
            return _in_json(draft, turn, move, re.sub(rf"({re.escape(as_json(name))})\s*:", r"\1", text, count=1), "malformed")
    return None
