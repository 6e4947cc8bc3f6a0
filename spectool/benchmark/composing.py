"""From a template to a task: one of its variants, drawn, solved, worded, with tools to choose from and gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, Literal

import msgspec

from spectool.benchmark.drawing import TRIES, Drawn, TemplateError, drawn
from spectool.benchmark.gold_paths import gold_path
from spectool.benchmark.offers import few
from spectool.benchmark.template import Action, Book, Dialogue, Either, Hidden, Kind, Stage, Template, executed
from spectool.environments.core.environment import Environment
from spectool.environments.registry import environment
from spectool.model import ExpectedCall, Gold, GoldMode, Message, Request, Task

Variant = Literal["plain", "paraphrase", "irrelevant", "missing", "together"]
VARIANTS: tuple[Variant, ...] = ("plain", "paraphrase", "irrelevant", "missing", "together")
KINDS_OF_VARIANTS: Mapping[Variant, Kind] = {
    "paraphrase": "paraphrase",
    "irrelevant": "irrelevant_constraint",
    "missing": "missing_information",
    "together": "parallel",
}
# How strictly paths bind where a template does not say: what several calls build up may be looked up in more ways than one. Where
# something is changed, looking first is free as well: the end state is known, and a further change is charged.
MODES: Mapping[str, GoldMode] = {"multi_step": "required", "parallel": "unordered"}
PLACES = "places"
MAX_STEPS = 10
# Of two draws asked for at once, so many combinations of their solutions are written down.
MAX_PATHS = 16
NO_CALL: tuple[tuple[ExpectedCall, ...], ...] = ((),)


def variants_of(template: Template) -> tuple[Variant, ...]:
    """The variants that a template has."""
    has = {
        "plain": bool(template.asks),
        "paraphrase": bool(template.paraphrases),
        "irrelevant": bool(template.irrelevant),
        "missing": bool(template.hidden),
        "together": bool(template.together),
    }
    return tuple(variant for variant in VARIANTS if has[variant])


def task_from(
    book: Book, template: Template, variant: Variant, rng: Random, id: str, *, few_tools: bool | None = None, keep_places: bool = False
) -> Task:
    """A task of one variant of a template.

    ``few_tools``: at most eight or the whole catalogue, ``None``: as ``rng`` decides; ``keep_places`` leaves in ``meta["places"]`` the
    words that fill places of the request.

    Raises:
        TemplateError: the template cannot be drawn from.
    """
    here = environment(book.environment)
    draws = [_draw(here, template, rng)]
    if variant == "together":
        draws.append(_another(here, template, draws[0], rng))
    kind: Kind = KINDS_OF_VARIANTS.get(variant, template.kind)
    gold = _gold(here, template, variant, draws, kind)
    ask = rng.choice(_asks(template, variant)).format(**_words(draws))
    if variant == "irrelevant":
        ask = f"{ask} {rng.choice(template.irrelevant).format(**_words(draws))}"
    frame = _Frame(id=id, kind=kind, split=template.split, ask=ask, dated=template.dated, few_tools=few_tools)
    return _task(here, frame, gold, draws, {"template": template.name, **_places(keep_places, ask, _words(draws))}, rng)


def _places(keep: bool, ask: str, words: Mapping[str, str]) -> dict[str, Any]:
    """The words that fill places and stand in a request, where they are to be kept."""
    return {PLACES: sorted({word for word in words.values() if word in ask})} if keep else {}


def _draw(here: Environment, template: Template, rng: Random) -> Drawn:
    stages = (template.solve,) if template.solve else ()
    return drawn(here, template.split, template.draw, stages, rng, template.name)


def _another(here: Environment, template: Template, first: Drawn, rng: Random) -> Drawn:
    """A second draw, for a request that asks for both: nobody asks for the same twice, or for two changes of one thing."""
    for _ in range(TRIES):
        draw = _draw(here, template, rng)
        apart = not draw.changes or not set(draw.records) & set(first.records)
        steps = [step for solution in draw.solutions for step in solution]
        others = [step for solution in first.solutions for step in solution]
        if apart and not any(_may_be_alike(step, other) for step in steps for other in others):
            return draw
    raise TemplateError(f"template '{template.name}' ({template.split}): {TRIES} draws all come to the same")


def _may_be_alike(step: Action, other: Action) -> bool:
    """Whether two steps may be the same call, in one of the ways that are right for each."""
    if step.name != other.name:
        return False
    loose = {*step.free, *other.free}
    bound = [name for name in {**step.arguments, **other.arguments} if name not in loose]
    return all(any(value in _ways(other, name) for value in _ways(step, name)) for name in bound)


def _ways(step: Action, name: str) -> list[Any]:
    """The right values of an argument; ``None`` where it may be left out."""
    if name not in step.arguments:
        return [None]
    value = step.arguments[name]
    return [*value.values, *([None] if value.optional else [])] if isinstance(value, Either) else [executed(value)]


def _asks(template: Template, variant: Variant) -> Sequence[str]:
    if variant == "missing":
        return [ask for _, hidden in sorted(template.hidden.items()) for ask in hidden.asks]
    return {"paraphrase": template.paraphrases, "together": template.together}.get(variant, template.asks)


def _words(draws: Sequence[Drawn]) -> dict[str, str]:
    words = dict(draws[0].words)
    for number, draw in enumerate(draws[1:], 2):
        words |= {f"{name}_{number}": word for name, word in draw.words.items()}
    return words


def _gold(here: Environment, template: Template, variant: Variant, draws: Sequence[Drawn], kind: Kind) -> Gold:
    if variant == "missing" or not template.solve:
        # Before asking, one may look things up; but where nothing is to be changed, a call could only answer by guessing.
        looks_first = variant == "missing" and any(draw.changes for draw in draws)
        return Gold(paths=NO_CALL, mode="writes" if looks_first else "exact")
    paths: list[tuple[Action, ...]] = [()]
    for draw in draws:
        paths = [(*path, *solution) for path in paths for solution in draw.solutions][:MAX_PATHS]
    changes = _merged([draw.changes for draw in draws])
    claims = tuple(dict.fromkeys(claim for draw in draws for claim in draw.claims))
    # Calls that feed each other are not independent, whether one thing is asked for or two.
    at_once = all(len(path) == len(draws) for path in paths)
    mode = template.mode or (MODES.get(kind, "exact") if at_once and not changes else "required")
    state = {here.name: changes} if changes else None
    return Gold(paths=tuple(gold_path(path, here) for path in paths), mode=mode, answer=claims, state=state)


def _merged(changes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for change in changes:
        for table, rows in change.items():
            merged[table] = {**merged.get(table, {}), **rows}
    return merged


def _needed(draws: Sequence[Drawn]) -> list[str]:
    return list(dict.fromkeys(step.name for draw in draws for solution in draw.solutions for step in solution))


class _Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What a task is but for its draw."""

    id: str
    kind: Kind
    split: str
    ask: str
    dated: bool
    few_tools: bool | None


def _task(here: Environment, frame: _Frame, gold: Gold, draws: Sequence[Drawn], meta: Mapping[str, Any], rng: Random) -> Task:
    is_few = rng.random() < 0.5 if frame.few_tools is None else frame.few_tools
    system = (Message(role="system", content=f"Today is {here.today}."),) if frame.dated else ()
    about = {"category": frame.kind, "environment": here.name, "split": frame.split, "world": {here.name: here.version}}
    return Task(
        id=frame.id,
        tool_sets=(few(here, _needed(draws), rng) if is_few else here.tools,),
        messages=(*system, Message(role="user", content=frame.ask)),
        gold=gold,
        request=Request(max_steps=MAX_STEPS),
        tags=(f"kind:{frame.kind}", f"environment:{here.name}", f"split:{frame.split}", "tools:few" if is_few else "tools:all"),
        meta={**about, **meta, "records": list(dict.fromkeys(record for draw in draws for record in draw.records))},
    )


def dialogue_from(
    book: Book, dialogue: Dialogue, rng: Random, id: str, *, few_tools: bool | None = None, keep_places: bool = False
) -> Task:
    """A task with a scripted user, whose script is in ``meta["user"]``; the first message is the script's opening.

    ``few_tools`` and ``keep_places`` as in ``task_from``.

    Raises:
        TemplateError: the dialogue cannot be drawn from.
    """
    here = environment(book.environment)
    found = drawn(here, dialogue.split, dialogue.draw, [stage.solve for stage in dialogue.stages], rng, dialogue.name)
    stages = [_script(stage, found.words, rng) for stage in dialogue.stages]
    paths = tuple(gold_path(solution, here) for solution in found.solutions[:MAX_PATHS])
    state = {here.name: found.changes} if found.changes else None
    gold = Gold(paths=paths, mode=dialogue.mode, answer=tuple(dict.fromkeys(found.claims)), state=state)
    ask = stages[0]["says"]
    frame = _Frame(id=id, kind="dialogue", split=dialogue.split, ask=ask, dated=dialogue.dated, few_tools=few_tools)
    script = {"template": dialogue.name, "traits": list(dialogue.traits), "user": {"stages": stages}}
    return _task(here, frame, gold, [found], {**script, **_places(keep_places, ask, found.words)}, rng)


def _script(stage: Stage, words: Mapping[str, str], rng: Random) -> dict[str, Any]:
    asks = [ask for hidden in stage.hidden.values() for ask in hidden.asks] or list(stage.asks)
    slots = [_slot(name, hidden, words, rng) for name, hidden in stage.hidden.items()]
    return {"says": rng.choice(asks).format(**words), "slots": slots}


def _slot(name: str, hidden: Hidden, words: Mapping[str, str], rng: Random) -> dict[str, Any]:
    return {"name": name, "asked": list(hidden.asked), "says": rng.choice(hidden.says).format(**words)}


def records_of(task: Task) -> Iterator[str]:
    """``environment/table/id`` of the rows that a task was drawn from."""
    for record in task.meta.get("records", ()):
        yield f"{task.meta['environment']}/{record}"
