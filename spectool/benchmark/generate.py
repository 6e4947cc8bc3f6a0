"""As many fresh tasks as wanted: templates of one split drawn again and again, each task by itself decided by the seed and its number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from random import Random

import msgspec

from spectool.benchmark.composing import KINDS_OF_VARIANTS, Variant, dialogue_from, task_from, variants_of
from spectool.benchmark.splits import Split
from spectool.benchmark.template import Book, Dialogue, Kind, Template
from spectool.model import Task

# Of how many tasks of a template each variant is one, more or less.
WEIGHTS: dict[Variant, int] = {"plain": 4, "paraphrase": 2, "irrelevant": 2, "missing": 1, "together": 2}
DIALOGUE_WEIGHT = 3
# Draws for a request that has not been made yet and that nothing forbids, before a source is left for another.
TRIES = 8
# Sources tried for one task; where all are used up, a request comes twice.
SOURCES = 12


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

    def task(self, rng: Random, id: str, few_tools: bool | None = None) -> Task:
        """One draw.

        Raises:
            TemplateError: it cannot be drawn from.
        """
        if isinstance(self.template, Dialogue):
            return dialogue_from(self.book, self.template, rng, id, few_tools=few_tools)
        return task_from(self.book, self.template, self.variant, rng, id, few_tools=few_tools)


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
) -> Iterator[Task]:
    """``number`` tasks; the first n are the same whatever ``number`` is.

    Args:
        books: what to draw from.
        split: whose templates and records.
        number: how many.
        seed: what else to draw; another seed gives other tasks.
        kinds: only these kinds of task; all where empty.
        forbidden: whether a request comes too near to one that must not be met again.

    Raises:
        ValueError: nothing can be drawn: no template of that split and kind.
        TemplateError: a template cannot be drawn from.
    """
    choices = sources(books, split, kinds)
    if not choices:
        raise ValueError(f"no template of split '{split}' makes tasks of kind {', '.join(kinds) or 'any'}")
    every, weights = [source for source, _ in choices], [weight for _, weight in choices]
    seen: set[str] = set()
    for count in range(number):
        rng = Random(f"{seed}/{split}/{count}")
        task = _fresh(rng.choices(every, weights, k=SOURCES), rng, f"{split}-{seed}-{count:06d}", seen, forbidden)
        seen.add(asked(task))
        yield task


def _fresh(order: Sequence[Source], rng: Random, id: str, seen: Collection[str], forbidden: Callable[[str], bool] | None) -> Task:
    last = None
    for source in order:
        for _ in range(TRIES):
            task = source.task(rng, id)
            text = asked(task)
            if forbidden is not None and forbidden(text):
                continue
            if text not in seen:
                return task
            last = last or task
    if last is None:
        raise ValueError("every request drawn comes too near to one that is protected")
    return last


def asked(task: Task) -> str:
    """All that the user asks in a task, the scripted stages of a dialogue with their details included."""
    stages = task.meta.get("user", {}).get("stages", ())
    later = [stage["says"] for stage in stages[1:]]
    told = [slot["says"] for stage in stages for slot in stage.get("slots", ())]
    return "\n".join([*(message.content for message in task.messages if message.role == "user"), *told, *later])
