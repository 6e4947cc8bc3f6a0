"""A small world to learn from: heaters set to a mode. A wrong mode is one of those listed, so no rule sees it without gold."""

from __future__ import annotations

import random

from spectool.model import Call, Expected, ExpectedCall, Gold, Logprob, Message, Result, Step, Tool, Trajectory
from spectool.tagger.examples import example_of
from spectool.tagger.truth import truth_of
from spectool.tagger.view import View

MODES = ("eco", "boost", "frost", "night", "party")
ROOMS = ("kitchen", "bathroom", "study", "hall", "cellar", "attic")
HEATER = Tool(
    name="set_heater",
    description="Sets the mode of a room's heater.",
    parameters={
        "type": "object",
        "properties": {
            "room": {"type": "string", "description": "The room, such as 'kitchen'."},
            "mode": {"type": "string", "enum": list(MODES), "description": "The mode."},
            "hours": {"type": "integer", "description": "For how long.", "default": 2},
        },
        "required": ["room", "mode"],
    },
)
LIGHTS = Tool(name="switch_lights", description="Switches the lights of a room on or off.", parameters={"type": "object", "properties": {}})


def run(
    said: str = "Set the heater in the kitchen to eco",
    calls: tuple[tuple[str, dict], ...] = (("set_heater", {"room": "kitchen", "mode": "eco"}),),
    *,
    key: str = "k",
    task: str = "",
    model: str = "m",
    gold: tuple[tuple[str, dict], ...] | None = None,
    tools: tuple[Tool, ...] = (HEATER, LIGHTS),
    text: str = "",
    results: tuple[str, ...] = (),
    raw: str | None = None,
    logprobs: tuple[Logprob, ...] | None = None,
    spans: tuple[tuple[int, int], ...] = (),
) -> Trajectory:
    """One turn of a user, one of the model."""
    made = tuple(
        Call(
            name=name,
            arguments=arguments,
            span=spans[place] if spans else None,
            result=Result(content=results[place]) if results else None,
        )
        for place, (name, arguments) in enumerate(calls)
    )
    path = None if gold is None else tuple(ExpectedCall(name=name, arguments=_expected(arguments)) for name, arguments in gold)
    return Trajectory(
        key=key,
        id=key,
        task=task or key,
        model=model,
        tool_sets=(tools,) if tools else (),
        turns=(Message(role="user", content=said), Step(text=text, calls=made, raw=raw, logprobs=logprobs)),
        gold=None if path is None else Gold(paths=(path,)),
    )


def _expected(arguments: dict) -> dict[str, Expected]:
    return {name: Expected(values=(value,)) for name, value in arguments.items()}


def lesson(number: int, seed: int = 0) -> Trajectory:
    """One of many tasks: every third run has a mode that was not asked for, every fifth calls where nothing was due."""
    draw = random.Random(f"{seed}:{number}")
    room, mode = draw.choice(ROOMS), draw.choice(MODES)
    other = draw.choice([each for each in MODES if each != mode])
    said = f"Set the heater in the {room} to {mode}, request {number}"
    right = (("set_heater", {"room": room, "mode": mode}),)
    if number % 5 == 0:
        return run(f"Write a poem about winter, number {number}", right, key=f"t{number}", model=f"m{number % 2}", gold=())
    given = (("set_heater", {"room": room, "mode": other if number % 3 == 0 else mode}),)
    return run(said, given, key=f"t{number}", model=f"m{number % 2}", gold=right)


def lessons(count: int, seed: int = 0):
    """The examples of so many tasks."""
    every = [lesson(number, seed) for number in range(count)]
    return [example_of(View(each), truth_of(each)) for each in every]
