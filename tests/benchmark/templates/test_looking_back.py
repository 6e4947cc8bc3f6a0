"""What a solution knows of earlier turns without calling again."""

import pytest

from spectool.benchmark.template import Act
from spectool.benchmark.templates.looking_back import told_before
from spectool.environments.registry import environment


def test_what_was_told_before_is_no_step_of_the_solution():
    here = environment("sports")
    act = Act(here, here.fresh())
    assert told_before(act, "get_team", {"team_id": "T34"})["name"] == "Port Caldery City"
    assert act.steps == []


def test_no_environment_has_such_a_tool():
    here = environment("sports")
    with pytest.raises(KeyError, match="no tool 'get_weather_of_kick_off'"):
        told_before(Act(here, here.fresh()), "get_weather_of_kick_off", {})
