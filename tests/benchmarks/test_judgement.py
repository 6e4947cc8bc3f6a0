"""BFCL's verdicts held against the tool's: each row, each argument and each finding with its decision."""

from __future__ import annotations

import pytest

from benchmarks import judgement
from benchmarks.bfcl_recount import FailingCall
from benchmarks.judgement import Row, all_errors, arguments_blamed, cleared, on_passing, rows_of, subtypes
from benchmarks.reasons import DEFAULT, NO_VALUE, RENAMED, SCHEMA, apart_because, decision_behind
from spectool.model import Call, Expected, ExpectedCall, Finding, Gold, Message, Step, Trajectory
from tests.classify.build import CATALOGUE


def made(order: int, category: str, label: str) -> Trajectory:
    """A row of which order 7 is to be cancelled."""
    gold = Gold(paths=((ExpectedCall(name="cancel_order", arguments={"order_id": Expected(values=(7,))}),),))
    turns = (Message(role="user", content="Cancel 7"), Step(calls=(Call(name="cancel_order", arguments={"order_id": order}),)))
    meta = {"category": category, "language": "python", "compat_label": label}
    return Trajectory(key=label, id=label, model="m", tool_sets=(tuple(CATALOGUE.values()),), turns=turns, gold=gold, meta=meta)


def found(error: str = "IAV", subtype: str = "other", **more: object) -> Finding:
    fields: dict[str, object] = {"error": error, "subtype": subtype, "level": "core", "path": "$.turns[1].calls[0].arguments.a"} | more
    return Finding(**fields)  # type: ignore[arg-type]


def failing(given: dict[str, object], gold: dict[str, object], **properties: object) -> FailingCall:
    return FailingCall("m", "q", "value_error", frozenset("a"), given, gold, {"properties": properties})


APART = {
    "misnamed": (failing({}, {"a": [1]}), (found("IAN", "near_miss", repair="a", path="$.x.arguments.aa"),), RENAMED),
    "left out, and the gold gives the default": (failing({}, {"a": [1]}, a={"default": 1}), (), DEFAULT),
    "left out, and the gold gives another value": (failing({}, {"a": [1]}, a={"default": 2}), (), None),
    "given as the default, and the gold leaves it out": (failing({"a": 2}, {}, a={"default": 2}), (), DEFAULT),
    "given as the default, and the gold may be left out": (failing({"a": 2}, {"a": ["", 1]}, a={"default": 2}), (), DEFAULT),
    "given otherwise, and the gold leaves it out": (failing({"a": 1}, {}, a={"default": 2}), (), None),
    "given as the default, and the gold needs another": (failing({"a": 2}, {"a": [1]}, a={"default": 2}), (), None),
    "no value allowed": (failing({"a": 1}, {"a": []}), (), NO_VALUE),
    "the schema is stricter": (failing({"a": 1}, {"a": [1]}), (found("IAT", "coercible", fault="task"),), SCHEMA),
    "no reason": (failing({"a": 1}, {"a": [2]}), (), None),
}


@pytest.mark.parametrize(("call", "findings", "reason"), APART.values(), ids=list(APART))
def test_an_argument_apart_has_its_reason(call, findings, reason):
    assert apart_because(call, "a", findings) == reason


BEHIND = {
    "a spelling that BFCL ignores": ("simple", found(subtype="format_variant"), True),
    "an enum that BFCL does not look at": ("simple", found(subtype="outside_enum"), True),
    "a wrong value that it passes": ("simple", found(), False),
    "a broken text where no call is due": ("live_irrelevance", found("IFE", "malformed"), True),
    "a broken schema where any call is due": ("live_relevance", found("IAT", "incompatible"), True),
    "an unknown name where any call is due": ("live_relevance", found("IFN", "invented"), False),
}


@pytest.mark.parametrize(("category", "finding", "known"), BEHIND.values(), ids=list(BEHIND))
def test_a_finding_on_a_passing_row_has_its_decision(category, finding, known):
    assert (decision_behind(made(7, category, "ok"), finding) is not None) is known


def test_arguments_are_read_from_paths():
    findings = [
        found(path='$.turns[1].calls[0].arguments["a b"].c'),
        found(path="$.turns[1].calls[0]"),
        found(path="$.t.calls[2].arguments.x[0]"),
    ]
    assert arguments_blamed(findings) == {"a b", "x"}


def rows() -> list[Row]:
    return rows_of(made(order, "simple", label) for order, label in ((7, "ok"), (8, "value_error"), (7, "unexplained")))


def test_rows_are_held_against_the_published_verdict():
    text, unexplained = cleared(rows(), {})
    assert "Failing rows with at least one finding: 1 of 2" in text
    assert unexplained == 1
    recounted = [FailingCall("m", "value_error", "value_error", frozenset({"order_id"}), {"order_id": 8}, {"order_id": [7]}, {})]
    assert all_errors(rows(), recounted)[1] == 0
    missed = [FailingCall("m", "value_error", "value_error", frozenset({"order_id", "x"}), {"order_id": 8, "x": 1}, {"order_id": [7]}, {})]
    text, apart = all_errors(rows(), missed)
    assert apart == 1
    assert "m value_error `x`: recount ['order_id', 'x'], tool ['order_id']" in text
    text, too_many = subtypes(rows())
    assert too_many
    assert text.startswith("1 findings; `other`: 1 of 1")
    text, missing = on_passing(rows())
    assert text.startswith("Passing rows with a certain finding of the seven: 0 of 1")
    assert missing == 0


@pytest.mark.slow
def test_published_outputs_leave_nothing_unexplained(shared_data, capsys):
    assert judgement.main([str(shared_data)]) == 0
    assert judgement.OPEN not in capsys.readouterr().out
