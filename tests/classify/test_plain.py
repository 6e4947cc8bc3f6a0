"""A plain case is a promise: only its values can be wrong, and all other opportunities follow from its profile."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from spectool.classify.case import build
from spectool.classify.classify import classify
from spectool.classify.detectors.registry import DETECTORS
from spectool.classify.values import example
from spectool.model import Call, Gold, Message, Request, Result, Step, Task, Trajectory
from spectool.read.tasks import load_tasks

DEMO = Path(__file__).parents[2] / "data" / "demo" / "tasks.jsonl"
MODES = ["exact", "ordered", "unordered", "required", "writes", "any_call"]


@cache
def tasks() -> tuple[Task, ...]:
    return tuple(load_tasks([DEMO])[0].values())


@st.composite
def nearly_right(draw: st.DrawFn) -> Trajectory:
    """The gold of a task of ours replayed in one step, here and there changed a little."""
    task = draw(st.sampled_from(tasks()))
    path = draw(st.sampled_from(task.gold.paths))
    calls = []
    for due in path:
        arguments = {name: example(want) for name, want in due.arguments.items() if not want.optional or draw(st.booleans())}
        for name in draw(st.sampled_from([(), (), (), tuple(arguments)[:1], tuple(arguments)])):
            arguments[name] = draw(st.sampled_from([arguments[name], "elsewhere", 7, True, None, [arguments[name]]]))
        raw = draw(st.sampled_from(["", "f()"]))
        result = draw(st.sampled_from([None, None, None, Result(content="Error: no"), Result(content="1")]))
        calls.append(Call(name=due.name, arguments=arguments, raw=raw, result=result))
    calls = draw(st.sampled_from([calls, calls, calls, calls[:1], [*calls, *calls[:1]], calls[::-1]]))
    step = Step(
        calls=tuple(calls),
        raw=draw(st.sampled_from([None, "f()"])),
        dialect=draw(st.sampled_from(["native", "hermes"])),
        finish_reason=draw(st.sampled_from([None, "stop", "length", "error"])),
    )
    request = draw(
        st.sampled_from([Request(), Request(), Request(dialect="hermes"), Request(parallel_tool_calls=False), Request(max_calls=1)])
    )
    gold = Gold(paths=(path,), mode=draw(st.sampled_from(MODES)))
    turns = (*task.messages, step, *draw(st.sampled_from([(), (), (Message(role="user", content="Thanks"),), (step,)])))
    return Trajectory(key="k", id=task.id, tool_sets=task.tool_sets, turns=turns, gold=gold, request=request)


def all_outcomes(trajectory: Trajectory) -> Iterator[tuple[str, int | str, int]]:
    case = build(trajectory)
    for detector in DETECTORS:
        yield detector.CODE, detector.assess(case), len(list(detector.detect(case)))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(nearly_right())
def test_a_plain_case_is_judged_as_every_detector_would_and_only_its_values_are_wrong(trajectory: Trajectory) -> None:
    if not build(trajectory).plain:
        return
    told = [(o.error, o.skipped if o.skipped is not None else o.assessed, len(o.findings)) for o in classify(trajectory).outcomes]
    assert told == list(all_outcomes(trajectory))
    assert sum(found for code, _, found in told if code != "IAV") == 0


def test_most_gold_replayed_in_one_step_is_plain() -> None:
    def replay(task: Task) -> Trajectory:
        calls = tuple(
            Call(name=due.name, arguments={name: example(want) for name, want in due.arguments.items()}, raw="f()")
            for due in task.gold.paths[0]
        )
        return Trajectory(key="k", id=task.id, tool_sets=task.tool_sets, turns=(*task.messages, Step(calls=calls)), gold=task.gold)

    single = [
        task for task in tasks() if task.gold.paths[0] and all(len(w.values) for c in task.gold.paths[0] for w in c.arguments.values())
    ]
    assert sum(build(replay(task)).plain for task in single) > 0.9 * len(single)
