"""What users took back: an old value and the new one in its place, by the words with which people correct themselves.

Three forms. *Both values are said* ("not X but Y", "Y, not X", "Y instead of X", "Y rather than X"): X is taken back where the user had
said it before. *Only the new one is said* ("no, make it Y", "actually Y", "sorry, I meant Y"): taken back is the one value of Y's kind (a
day, a number of the same things, an address, a name …) that the user had said before; where there are several, nothing is. *A thing is
named* ("my new address is Y"): taken back is what the user gave under that name. An answer to the model's own question that begins with
"I mean" supplies what was asked for. Changing something is often the task itself ("change my flight from X to Y"), so a verb of change
alone corrects nothing, and neither does a value that a user or a tool mentions again afterwards, but for the reply to a call that gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from spectool.classify.case import Case
from spectool.classify.conversation import once_per_case
from spectool.classify.spelling import number_in, words_of
from spectool.model import Message, Step
from spectool.read.record import as_json

# Characters of one message that are searched: people correct themselves briefly.
MAX_MESSAGE = 2_000
# Signs of one form that are followed up in a message; each costs a search of all that was said before.
MAX_SIGNS = 24
# Words of a value as people say it.
MAX_WORDS = 4

_WORD = r"(?:[^\s,;!?.:]|[.:](?=\w)){1,40}"
_PHRASE = re.compile(rf"{_WORD}(?: {_WORD}){{0,{MAX_WORDS - 1}}}")
_ENDS = re.compile(r"[,;!?]|[.:](?!\w)")
_PIVOT = re.compile(r"(?:(?<=\s)|^)(?P<pivot>not|instead of|rather than) ", re.IGNORECASE)
_BUT = re.compile(rf"(?P<old>{_PHRASE.pattern}?),? but (?:rather )?(?P<new>{_PHRASE.pattern})", re.IGNORECASE)
_MARK = r"(?:no|nope|actually|sorry|wait|oops|correction|scratch that|on second thought|my mistake|i meant|i mean|make (?:it|that))"
_LEAD = r"(?:actually|sorry|wait|no|i meant|i mean|(?:let's )?make (?:it|that)|it's|it is|(?:it|that) should be|to|on|for|in|at|the)"
_NEW = re.compile(rf"(?:^|[.!?;,:–-]\s*|\b(?:but|oh|hmm) ){_MARK}\b[,:.!–-]*\s+(?:{_LEAD}\b,?\s+)*", re.IGNORECASE)
# How an answer to a question may begin, which then takes nothing back.
_MEANING = re.compile(r"\s*i mean\b[,:]?\s*", re.IGNORECASE)
_NAMED = re.compile(r"\bmy (?:new|correct|right|actual|updated) (?P<thing>\w+)(?: \w+)?(?: is|:)(?: now)? ", re.IGNORECASE)
# The words of which each form has one: where users said none of them, nothing was taken back.
_PIVOTS = frozenset({"not", "instead", "rather"})
_MARKS = frozenset(
    {"no", "nope", "actually", "sorry", "wait", "oops", "correction", "scratch", "thought", "mistake", "meant", "mean", "make"}
)
_NAMERS = frozenset({"new", "correct", "right", "actual", "updated"})
_SIGNS = re.compile(rf"\b(?:{'|'.join(sorted(_PIVOTS | _MARKS | _NAMERS))})\b", re.IGNORECASE)

_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow"
_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty"
_PROPER = r"[A-Z][^\W\d_]{1,64}(?: [A-Z][^\W\d_]{1,64})*"
# A value's kind decides what it can replace; each character of a text belongs to the first kind that claims it. A capital letter at the
# beginning of a sentence makes a name only where the name is the whole sentence.
_KINDS = (
    ("address", re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")),
    ("date", re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?")),
    ("clock", re.compile(r"\b\d{1,2}:\d{2}(?: ?[ap]\.?m)?|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE)),
    ("day", re.compile(rf"\b(?:{_DAYS})\b", re.IGNORECASE)),
    ("month", re.compile(rf"\b(?:{_MONTHS})\b", re.IGNORECASE)),
    ("id", re.compile(r"#?\b(?=\w{0,64}\d)(?=\w{0,64}[A-Za-z])\w{4,64}\b")),
    ("number", re.compile(rf"\b\d[\d,]*(?:\.\d+)?\b|\b(?:{_NUMBERS})\b", re.IGNORECASE)),
    ("name", re.compile(rf"(?<![.!?] )(?<!^)\b{_PROPER}|^{_PROPER}(?=[.!?]*$)|(?<=[.!?] ){_PROPER}(?=[.!?])", re.MULTILINE)),
)


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A value taken back at turn ``position``: the words of the ``old`` and of the ``new`` one, and the ``thing`` where it was named."""

    position: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    thing: str | None = None

    def is_new(self, value: Any) -> bool:
        """Whether ``value`` is the one that took the old one's place."""
        said = _said(value)
        return bool(said) and set(said) <= set(self.new) and said != self.old

    def took_back(self, value: Any, name: str) -> bool:
        """Whether ``value`` of the argument ``name`` is the old one."""
        said = _said(value)
        if not said or set(said) <= set(self.new):
            return False
        if self.thing is not None:
            return self.thing in words_of(name.replace("_", " ")) and set(said) <= set(self.old)
        return said == self.old


class _Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value in a text: its kind, its words, where it starts, and what directly follows it."""

    kind: str
    words: tuple[str, ...]
    start: int
    rest: str


@once_per_case
def corrections(case: Case) -> Sequence[Correction]:
    """All that users of ``case`` took back and nobody mentioned again, in order."""
    found: list[Correction] = []
    users = (turn.content for turn in case.trajectory.turns if isinstance(turn, Message) and turn.role == "user")
    if not any(map(_SIGNS.search, users)):
        return found
    before, asked = "", False
    for position, turn in enumerate(case.trajectory.turns):
        if isinstance(turn, Step):
            asked = turn.text.rstrip().endswith("?")
        elif turn.role == "user":
            text = turn.content[:MAX_MESSAGE]
            found.extend(_in_message(_MEANING.sub("", text, count=1) if asked and _MEANING.match(text) else text, before, position))
            before, asked = f"{before[-MAX_MESSAGE:]}\n{text}", False
    return [each for each in found if not _returns(case, each)]


def _in_message(text: str, before: str, position: int) -> Iterator[Correction]:
    words = set(text.lower().replace(",", " ").replace(".", " ").split())
    if not _PIVOTS.isdisjoint(words):
        for match in islice(_PIVOT.finditer(text), MAX_SIGNS):
            for taken, put in _exchanged(match["pivot"].lower(), text[: match.start()], text[match.end() :]):
                if _was_said(taken, f"{before}\n{text[: match.start()]}".removesuffix(put)):
                    yield Correction(position=position, old=words_of(taken), new=words_of(put))
    if not _MARKS.isdisjoint(words):
        for match in islice(_NEW.finditer(text), MAX_SIGNS):
            yield from _only_other(text[match.end() :], f"{before}\n{text[: match.start()]}", position, strict=True)
    if "my" in words:
        for match in islice(_NAMED.finditer(text), MAX_SIGNS):
            yield from _only_other(text[match.end() :], f"{before}\n{text[: match.start()]}", position, strict=False)
            new = words_of(text[match.end() : match.end() + 120])
            yield Correction(position=position, old=words_of(before), new=new, thing=match["thing"].lower())


def _exchanged(pivot: str, left: str, right: str) -> Iterator[tuple[str, str]]:
    """(old, new) of what stands around "not", "instead of" or "rather than": values of one kind, else single words."""
    old = (found := _PHRASE.match(right)) and found[0]
    new = " ".join(_ENDS.split(left.rstrip(" ,").removesuffix(" and"))[-1].split()[-MAX_WORDS:])
    if pivot == "not" and (turned := _BUT.match(right)):
        old, new = turned["old"], turned["new"]
    elif not new and pivot != "not" and old and (after := _PHRASE.match(right[len(old) :].lstrip(" ,"))):
        new = after[0]
    if not old or not new:
        return
    fresh = {value.kind: value for value in reversed(_values(new))}
    paired = [value for value in _values(old) if value.kind in fresh]
    if paired:
        yield " ".join(paired[0].words), " ".join(fresh[paired[0].kind].words)
    elif not fresh and not _values(old):
        yield old.split()[0], new.split()[-1]


def _only_other(after: str, earlier: str, position: int, *, strict: bool) -> Iterator[Correction]:
    """The one other value of the kind that ``after`` begins with and that was said earlier; nothing where there are several.

    ``strict``: a name has to end its sentence there, and a number has to count the same things, for people go on to say other things.
    """
    phrase = _PHRASE.match(after)
    new = next((value for value in _values(phrase[0]) if value.start == 0), None) if phrase else _values(after[:60])[:1]
    if not isinstance(new, _Value):
        return
    if strict and new.kind == "name" and new.rest.strip() not in ("", "please", "instead"):
        return
    others = {
        value.words
        for value in _values(earlier)
        if value.kind == new.kind and (new.kind != "number" or not (noun := _noun(new)) or noun == _noun(value))
    } - {new.words}
    if len(others) == 1:
        yield Correction(position=position, old=others.pop(), new=new.words)


def _noun(value: _Value) -> str:
    """The word that a number counts, in the singular; empty where none follows."""
    following = re.match(r" ([a-z]+)", value.rest)
    return "" if following is None or following[1] in ("please", "instead", "and", "or", "not") else following[1].removesuffix("s")


def _values(text: str) -> list[_Value]:
    """Every value in ``text``, in order."""
    found: list[_Value] = []
    left = text
    for kind, form in _KINDS:
        hits = form.finditer(left)
        found += [_Value(kind=kind, words=words_of(m[0]), start=m.start(), rest=text[m.end() : m.end() + 40]) for m in hits]
        left = form.sub(lambda m: " " * len(m[0]), left)
    return sorted(found, key=lambda value: value.start)


def _said(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return words_of(value)
    number = number_in(value) if type(value) in (int, float) else None
    return words_of(f"{number:.15g}") if number is not None else ()


def _was_said(value: str, text: str) -> bool:
    sought = words_of(value)
    return bool(sought) and f" {' '.join(sought)} " in f" {' '.join(words_of(text))} "


def _returns(case: Case, correction: Correction) -> bool:
    """Whether a user or a tool mentions the old value again after it was taken back; a reply to a call with that value but echoes it."""
    old = " ".join(correction.old)
    later = (turn for turn in case.trajectory.turns[correction.position + 1 :] if isinstance(turn, Message))
    if correction.thing is not None or not (mentions := [turn for turn in later if _was_said(old, turn.content[:MAX_MESSAGE])]):
        return False
    with_it = (a.call for a in case.attempts if a.call.result is not None and _was_said(old, as_json(a.call.arguments)))
    echoes = {call.result.content for call in with_it if call.result is not None}
    return any(turn.role != "tool" or turn.content not in echoes for turn in mentions)
