"""As many fresh tasks as wanted: templates of one split drawn again and again, all decided by the seed.

A task is drawn by the seed and its number; only what is refused, and so drawn again, depends on the tasks before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate
from random import Random

import msgspec

from spectool.benchmark.claim_sources import gives_itself_away
from spectool.benchmark.composing import KINDS_OF_VARIANTS, Variant, dialogue_from, task_from, variants_of
from spectool.benchmark.near import NearDuplicates
from spectool.benchmark.splits import Split
from spectool.benchmark.template import Book, Dialogue, Kind, Template
from spectool.environments.episode.user import script_of_user
from spectool.model import Task

# Of how many tasks of a template each variant is one, more or less.
WEIGHTS: dict[Variant, int] = {"plain": 4, "paraphrase": 2, "irrelevant": 2, "missing": 1, "together": 2}
DIALOGUE_WEIGHT = 3
# Draws for a request that nothing refuses; where all fail, a source counts as used up.
TRIES = 12


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What one task is drawn from: a template in one of its variants, or a dialogue (which has but one)."""

    book: Book
    template: Template | Dialogue
    variant: Variant = "plain"

    @property
    def kind(self) -> Kind:
        """The kind of task it makes."""
        if isinstance(self.template, Dialogue):
            return "dialogue"
        return KINDS_OF_VARIANTS.get(self.variant, self.template.kind)

    @property
    def name(self) -> str:
        """``template`` or ``template.variant``."""
        return self.template.name if self.variant == "plain" else f"{self.template.name}.{self.variant}"

    def task(self, rng: Random, id: str, few_tools: bool | None = None, *, keep_places: bool = False) -> Task:
        """One draw; ``few_tools`` and ``keep_places`` as in ``composing``.

        Raises:
            TemplateError: it cannot be drawn from.
        """
        if isinstance(self.template, Dialogue):
            return dialogue_from(self.book, self.template, rng, id, few_tools=few_tools, keep_places=keep_places)
        return task_from(self.book, self.template, self.variant, rng, id, few_tools=few_tools, keep_places=keep_places)


def sources(books: Sequence[Book], split: Split, kinds: Collection[str] = ()) -> list[tuple[Source, int]]:
    """All that tasks of a split can be drawn from, each with its weight; only of ``kinds``, where some are named."""
    found: list[tuple[Source, int]] = []
    for book in books:
        for template in book.templates:
            if template.split == split:
                found += [(Source(book=book, template=template, variant=each), WEIGHTS[each]) for each in variants_of(template)]
        found += [(Source(book=book, template=each), DIALOGUE_WEIGHT) for each in book.dialogues if each.split == split]
    return [(source, weight) for source, weight in found if not kinds or source.kind in kinds]


def generate(
    books: Sequence[Book],
    split: Split,
    number: int,
    *,
    seed: int = 0,
    kinds: Collection[str] = (),
    forbidden: Callable[[str], bool] | None = None,
    allow_near: bool = False,
    keep_places: bool = False,
    on_used_up: Callable[[Source, int], None] | None = None,
) -> Iterator[Task]:
    """``number`` tasks, or as many as there are; the first n are the same whatever ``number`` is.

    No request is made twice, none that gives away its own answer, and none nearly like an earlier one. A source that only gives such
    requests any more is used up; where all are, no more tasks come.

    Args:
        books: what to draw from.
        split: whose templates and records.
        number: how many.
        seed: what else to draw; another seed gives other tasks.
        kinds: only these kinds of task; all where empty.
        forbidden: whether a request comes too near to one that must not be met again.
        allow_near: make requests that are nearly like earlier ones, too.
        keep_places: leave in ``meta["places"]`` the words that fill places of the request, for ``rephrase``.
        on_used_up: hears of each source that is used up, with the number of tasks that were made from it.

    Raises:
        ValueError: nothing can be drawn: no template of that split and kind, or nothing that is not forbidden.
        TemplateError: a template cannot be drawn from.
    """
    stock = _Stock(sources(books, split, kinds))
    if not stock.sources:
        raise ValueError(f"no template of split '{split}' makes tasks of kind {', '.join(kinds) or 'any'}")
    refused = _Refused(forbidden, allow_near)
    series = _series([book.environment for book in books], split, seed, kinds, allow_near)
    for count in range(number):
        rng, id = Random(f"{seed}/{split}/{count}"), f"{series}-{count:06d}"
        task = None
        while task is None and stock.sources:
            source = stock.pick(rng)
            task = next((task for _ in range(TRIES) if not refused(task := source.task(rng, id, keep_places=keep_places))), None)
            if task is None:
                made = stock.take_out(source)
                if on_used_up is not None:
                    on_used_up(source, made)
        if task is None and not count:
            raise ValueError("every request drawn comes too near to one that is protected")
        if task is None:
            return
        stock.made[source.name] += 1
        yield task


def _series(environments: Sequence[str], split: Split, seed: int, kinds: Collection[str], allow_near: bool) -> str:
    """How the ids of tasks begin: another for other choices, so that files made with them can be read together."""
    choices = "/".join((split, str(seed), ",".join(environments), ",".join(sorted(set(kinds))), str(allow_near)))
    return f"{split}-{seed}-{blake2b(choices.encode(), digest_size=2).hexdigest()}"


class _Stock:
    """The sources that are not used up, and how many tasks were made from each; a source's name is its own."""

    def __init__(self, choices: Sequence[tuple[Source, int]]) -> None:
        self.made: Counter[str] = Counter()
        self._choices = list(choices)
        self._weigh()

    def _weigh(self) -> None:
        self.sources = [source for source, _ in self._choices]
        self._weights = list(accumulate(weight for _, weight in self._choices))

    def pick(self, rng: Random) -> Source:
        """One of the sources, by its weight."""
        return rng.choices(self.sources, cum_weights=self._weights)[0]

    def take_out(self, used_up: Source) -> int:
        """Takes a source out; returns how many tasks were made from it."""
        self._choices = [choice for choice in self._choices if choice[0] is not used_up]
        self._weigh()
        return self.made[used_up.name]


class _Refused:
    """Whether a task must not be made after those that were; one that may be is kept in mind."""

    def __init__(self, forbidden: Callable[[str], bool] | None, allow_near: bool) -> None:
        self._forbidden = forbidden
        self._near = None if allow_near else NearDuplicates()
        self._seen: set[str] = set()

    def __call__(self, task: Task) -> bool:
        text = asked(task)
        if text in self._seen or gives_answer(task) or (self._forbidden is not None and self._forbidden(text)):
            return True
        if self._near is not None:
            if self._near.nearest(text) is not None:
                return True
            self._near.add(task.id, text)
        self._seen.add(text)
        return False


def gives_answer(task: Task) -> bool:
    """Whether a request tells the whole answer to itself; where a state is to be changed, the answer alone is worth nothing."""
    gold = task.gold
    return gold is not None and not gold.state and gives_itself_away(gold.answer, asked(task))


def asked(task: Task) -> str:
    """All that the user asks in a task, the scripted stages of a dialogue with their details included.

    Raises:
        BrokenScript: the user's script cannot be read.
    """
    script = script_of_user(task)
    stages = script.stages if script is not None else ()
    later = [stage.says for stage in stages[1:]]
    told = [slot.says for stage in stages for slot in stage.slots]
    return "\n".join([*(message.content for message in task.messages if message.role == "user"), *told, *later])
