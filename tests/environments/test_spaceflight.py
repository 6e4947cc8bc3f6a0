"""Spaceflight: what its tools answer, refuse and change."""

from datetime import date, timedelta
from random import Random

import pytest

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import ToolError
from spectool.environments.spaceflight.environment import SPACEFLIGHT
from spectool.environments.spaceflight.launches import PLANNED

REFUSED = {
    "a second reminder": (
        [("set_launch_reminder", {"launch_id": "LCH-1735"}), ("set_launch_reminder", {"launch_id": "LCH-1735", "minutes_before": 15})],
        "conflict",
        "launch 'LCH-1735' has a reminder already; cancel it first",
    ),
    "cancelling twice": (
        [("cancel_launch_reminder", {"launch_id": "LCH-1742"}), ("cancel_launch_reminder", {"launch_id": "LCH-1742"})],
        "not_found",
        "no reminder for launch 'LCH-1742'",
    ),
}

CHANGES = {
    "a reminder is an hour ahead by push unless asked otherwise": (
        [("set_launch_reminder", {"launch_id": "LCH-1735"})],
        {"reminders": {"LCH-1735": {"launch_id": "LCH-1735", "minutes_before": 60, "channel": "push"}}},
    ),
    "a reminder as asked for": (
        [("set_launch_reminder", {"launch_id": "LCH-1735", "minutes_before": 1440, "channel": "email"})],
        {"reminders": {"LCH-1735": {"launch_id": "LCH-1735", "minutes_before": 1440, "channel": "email"}}},
    ),
    "a cancelled reminder is gone": ([("cancel_launch_reminder", {"launch_id": "LCH-1742"})], {"reminders": {"LCH-1742": None}}),
    "a reminder cancelled and set anew": (
        [("cancel_launch_reminder", {"launch_id": "LCH-1742"}), ("set_launch_reminder", {"launch_id": "LCH-1742", "minutes_before": 120})],
        {"reminders": {"LCH-1742": {"launch_id": "LCH-1742", "minutes_before": 120, "channel": "push"}}},
    ),
    "a reminder set and cancelled leaves nothing": (
        [("set_launch_reminder", {"launch_id": "LCH-1735"}), ("cancel_launch_reminder", {"launch_id": "LCH-1735"})],
        {},
    ),
    "an article is read later unless asked otherwise": (
        [("bookmark_launch_article", {"article_id": "ART-511"})],
        {"saved_articles": {"ART-511": {"article_id": "ART-511", "folder": "read_later"}}},
    ),
    "an article in a folder": (
        [("bookmark_launch_article", {"article_id": "ART-511", "folder": "work"})],
        {"saved_articles": {"ART-511": {"article_id": "ART-511", "folder": "work"}}},
    ),
}


@pytest.mark.parametrize(("calls", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_after_what_has_been_done_the_last_call_is_refused(calls, code, message):
    state = SPACEFLIGHT.fresh()
    *before, (name, arguments) = calls
    for call in before:
        SPACEFLIGHT.call(state, *call)
    changed = state.changes()
    with pytest.raises(ToolError) as caught:
        SPACEFLIGHT.call(state, name, arguments)
    assert (caught.value.code, caught.value.message, state.changes()) == (code, message, changed)


@pytest.mark.parametrize(("calls", "expected"), CHANGES.values(), ids=CHANGES)
def test_calls_change_the_state(calls, expected):
    state = SPACEFLIGHT.fresh()
    for call in calls:
        SPACEFLIGHT.call(state, *call)
    assert state.changes() == expected


def test_today_parts_what_was_flown_from_what_is_planned():
    assert SPACEFLIGHT.today == TODAY
    for launch in SPACEFLIGHT.records["launches"].values():
        assert (launch["status"] in PLANNED) == (launch["net"][:10] >= TODAY), launch


def test_no_launcher_lifts_more_than_it_can_nor_where_it_cannot():
    tables = SPACEFLIGHT.records
    for launch in tables["launches"].values():
        launcher = tables["launchers"][launch["launcher_id"]]
        load = sum(row["mass_kg"] for row in tables["payloads"].values() if row["launch_id"] == launch["launch_id"])
        assert 0 < load <= launcher["capacity_kg"][launch["orbit"]], launch
        assert launch["launcher_id"] in tables["pads"][launch["pad_id"]]["launcher_ids"]
        assert launch["net"][:10] >= launcher["first_launch_date"]


def test_nobody_is_on_two_flights_at_once_and_days_in_space_add_up():
    tables = SPACEFLIGHT.records
    for id, astronaut in tables["astronauts"].items():
        missions = [tables["missions"][each] for each in astronaut["mission_ids"]]
        crews = [row["mission_id"] for row in tables["missions"].values() if id in [each["astronaut_id"] for each in row["crew"]]]
        assert crews == astronaut["mission_ids"]
        starts = [date.fromisoformat(tables["launches"][row["launch_id"]]["net"][:10]) for row in missions]
        ends = [start + timedelta(days=row["duration_days"]) for start, row in zip(starts, missions, strict=True)]
        assert all(end < start for end, start in zip(ends, starts[1:], strict=False))
        over = [row["duration_days"] for row, end in zip(missions, ends, strict=True) if str(end) < TODAY]
        assert sum(over) == astronaut["days_in_space"]


def test_news_come_after_what_they_tell_and_before_today():
    tables = SPACEFLIGHT.records
    for article in tables["articles"].values():
        launch = tables["launches"][article["launch_id"]]
        assert article["published"] < TODAY
        assert launch["status"] in PLANNED or article["published"] >= launch["net"][:10]
        assert (article["topic"] == "schedule") == (launch["status"] in PLANNED)


def test_a_search_finds_what_a_plain_look_through_the_records_finds():
    rng, launches = Random(0), list(SPACEFLIGHT.records["launches"].values())
    for _ in range(300):
        likely, first, last = rng.choice(launches), *sorted(rng.choice(launches)["net"][:10] for _ in range(2))
        wanted = {name: likely[name] for name in ("agency_id", "orbit", "crewed", "status", "launcher_id") if rng.random() < 0.4}
        found = SPACEFLIGHT.call(
            SPACEFLIGHT.fresh(), "search_launches", {**wanted, "from_date": first, "to_date": last, "page_size": 50, "descending": True}
        )
        right = [row for row in launches if first <= row["net"][:10] <= last and all(row[name] == value for name, value in wanted.items())]
        assert found["total"] == len(right)
        assert [row["launch_id"] for row in found["launches"]] == [row["launch_id"] for row in reversed(right)][:50]
