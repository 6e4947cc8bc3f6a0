"""The calls that environments are tried with fit the schemas, and the figures add up."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from benchmarks import environments
from benchmarks.environment_calls import Drawer
from spectool.environments.core.environment import Environment
from spectool.environments.registry import ENVIRONMENTS
from spectool.validate import shape_of, violations


@pytest.mark.parametrize("env", ENVIRONMENTS, ids=lambda env: env.name)
def test_calls_drawn_fit_the_schema_and_are_the_same_for_the_same_seed(env: Environment) -> None:
    first, again = (Drawer(env, Random(5), given=0.5) for _ in range(2))
    given: Counter[str] = Counter()
    for _ in range(20):
        for tool in env.tools:
            name, arguments = first.call_of(tool)
            assert (name, violations(shape_of(tool.parameters), arguments)) == (tool.name, ())
            assert again.call_of(tool) == (name, arguments)
            given.update(f"{name}.{argument}" for argument in arguments)
    declared = {f"{tool.name}.{argument}" for tool in env.tools for argument in tool.parameters["properties"]}
    assert declared - given.keys() == set()


def test_a_record_s_values_are_drawn_for_the_arguments_of_their_name() -> None:
    patent = next(env for env in ENVIRONMENTS if env.name == "patent")
    drawer = Drawer(patent, Random(0))
    drawn = {drawer.value("patent_id", {"type": "string"}) for _ in range(50)}
    assert drawn <= set(patent.records["patents"])
    assert len(drawn) > 20
    assert set(drawer.value("patent_ids", {"type": "array", "items": {"type": "string"}})) <= set(patent.records["patents"])


def test_the_table_has_a_line_for_each_environment(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(environments, "DRAWN", 2)
    monkeypatch.setattr(environments, "TARGET", 1)
    assert environments.main(["--rounds", "1", "--functions"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines[2 : 2 + len(ENVIRONMENTS)]] == [env.name for env in ENVIRONMENTS]
    assert sum(line.startswith("| ") for line in lines) == 2 + len(ENVIRONMENTS) + sum(len(env.tools) for env in ENVIRONMENTS)
    assert lines[-1] == "Below 1 calls/s: none."
    monkeypatch.setattr(environments, "TARGET", 10**9)
    assert environments.main(["--rounds", "1"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"Below 1,000,000,000 calls/s: {', '.join(env.name for env in ENVIRONMENTS)}."
