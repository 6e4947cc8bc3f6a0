"""Tools: what they answer, refuse and change."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import ToolError
from spectool.environments.tools.clock import ZONES
from spectool.environments.tools.environment import TOOLS
from spectool.environments.tools.measures import FACTORS
from spectool.environments.tools.products import check_digit

REFUSED = {
    "a task done twice": (
        [("complete_task", {"task_id": "TSK-104"}), ("complete_task", {"task_id": "TSK-104"})],
        "conflict",
        "task 'TSK-104' is done already",
    ),
    "a task moved after it was done": (
        [("complete_task", {"task_id": "TSK-104"}), ("reschedule_task", {"task_id": "TSK-104", "due_date": "2027-04-01"})],
        "conflict",
        "task 'TSK-104' is done already",
    ),
    "a task moved to where it is": (
        [
            ("reschedule_task", {"task_id": "TSK-104", "due_date": "2027-04-01"}),
            ("reschedule_task", {"task_id": "TSK-104", "due_date": "2027-04-01"}),
        ],
        "conflict",
        "task 'TSK-104' is due on '2027-04-01' already",
    ),
    "a task added twice": (
        [("add_task", {"title": "Feed the fish"}), ("add_task", {"title": "feed the fish", "priority": "high"})],
        "conflict",
        "an open task 'feed the fish' is on your list already",
    ),
}

CHANGES = {
    "a task without more has normal priority": (
        [("add_task", {"title": "Feed the fish"})],
        {
            "tasks": {
                "TSK-5H446": {
                    "task_id": "TSK-5H446",
                    "title": "Feed the fish",
                    "due_date": None,
                    "priority": "normal",
                    "tags": [],
                    "done": False,
                }
            }
        },
    ),
    "a task with all that can be said": (
        [("add_task", {"title": "Feed the fish", "due_date": "2027-03-01", "priority": "high", "tags": ["home", "admin"]})],
        {
            "tasks": {
                "TSK-XWY8J": {
                    "task_id": "TSK-XWY8J",
                    "title": "Feed the fish",
                    "due_date": "2027-03-01",
                    "priority": "high",
                    "tags": ["admin", "home"],
                    "done": False,
                }
            }
        },
    ),
    "the order of tags makes no difference": (
        [("add_task", {"title": "Feed the fish", "due_date": "2027-03-01", "priority": "high", "tags": ["admin", "home", "admin"]})],
        {
            "tasks": {
                "TSK-XWY8J": {
                    "task_id": "TSK-XWY8J",
                    "title": "Feed the fish",
                    "due_date": "2027-03-01",
                    "priority": "high",
                    "tags": ["admin", "home"],
                    "done": False,
                }
            }
        },
    ),
    "a task that is done stays on the list": (
        [("complete_task", {"task_id": "TSK-104"})],
        {
            "tasks": {
                "TSK-104": {
                    "task_id": "TSK-104",
                    "title": "Renew the passport",
                    "due_date": "2027-04-20",
                    "priority": "low",
                    "tags": ["admin"],
                    "done": True,
                }
            }
        },
    ),
    "a task is moved": (
        [("reschedule_task", {"task_id": "TSK-104", "due_date": "2027-12-24"})],
        {
            "tasks": {
                "TSK-104": {
                    "task_id": "TSK-104",
                    "title": "Renew the passport",
                    "due_date": "2027-12-24",
                    "priority": "low",
                    "tags": ["admin"],
                    "done": False,
                }
            }
        },
    ),
    "a task of the same title as one that is done": (
        [("complete_task", {"task_id": "TSK-104"}), ("add_task", {"title": "Renew the passport"})],
        {
            "tasks": {
                "TSK-104": {
                    "task_id": "TSK-104",
                    "title": "Renew the passport",
                    "due_date": "2027-04-20",
                    "priority": "low",
                    "tags": ["admin"],
                    "done": True,
                },
                "TSK-KQD4F": {
                    "task_id": "TSK-KQD4F",
                    "title": "Renew the passport",
                    "due_date": None,
                    "priority": "normal",
                    "tags": [],
                    "done": False,
                },
            }
        },
    ),
}


@pytest.mark.parametrize(("calls", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_after_what_has_been_done_the_last_call_is_refused(calls, code, message):
    state = TOOLS.fresh()
    *before, (name, arguments) = calls
    for call in before:
        TOOLS.call(state, *call)
    changed = state.changes()
    with pytest.raises(ToolError) as caught:
        TOOLS.call(state, name, arguments)
    assert (caught.value.code, caught.value.message, state.changes()) == (code, message, changed)


@pytest.mark.parametrize(("calls", "expected"), CHANGES.values(), ids=CHANGES)
def test_calls_change_the_state(calls, expected):
    state = TOOLS.fresh()
    for call in calls:
        TOOLS.call(state, *call)
    assert state.changes() == expected


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_keeps_the_time_that_the_time_zone_database_says(zone):
    here, state = ZoneInfo(zone), TOOLS.fresh()
    midnights = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(3 * 365)]
    changing = [day for day in midnights if day.astimezone(here).utcoffset() != (day + timedelta(days=1)).astimezone(here).utcoffset()]
    for moment in [*midnights[::7], *(day + timedelta(minutes=30 * half) for day in changing for half in range(48))]:
        time = moment.strftime("%Y-%m-%dT%H:%M")
        found = TOOLS.call(state, "convert_time", {"time": time, "from_zone": "UTC", "to_zone": zone})
        assert found["converted"] == moment.astimezone(here).strftime("%Y-%m-%dT%H:%M")


def test_there_and_back_is_the_same_value():
    for unit, (quantity, _) in FACTORS.items():
        for other in (each for each, (same, _) in FACTORS.items() if same == quantity):
            state = TOOLS.fresh()
            asked = {"value": 123.25, "from_unit": unit, "to_unit": other, "decimals": 6}
            there = TOOLS.call(state, "convert_unit", asked)["converted"]
            back = TOOLS.call(state, "convert_unit", {"value": there, "from_unit": other, "to_unit": unit, "decimals": 6})["converted"]
            scale = FACTORS[other][1] / FACTORS[unit][1]
            assert abs(back - 123.25) <= 1e-6 * max(1.0, scale), (unit, other)


def test_every_barcode_ends_in_its_check_digit_and_energy_follows_from_sugar_and_fat():
    # 4006381333931 is the example that the barcode's standard is usually explained with.
    assert check_digit("400638133393") == "1"
    for barcode, product in TOOLS.records["products"].items():
        assert barcode[12] == check_digit(barcode[:12])
        assert product["energy_kcal"] >= 4 * product["sugar_g"] + 9 * product["fat_g"] - 1


def test_the_latest_rates_are_of_today_and_open_tasks_are_not_overdue():
    assert list(TOOLS.records["rates"])[-1] == TODAY == TOOLS.today
    late = [row for row in TOOLS.records["tasks"].values() if not row["done"] and row["due_date"] and row["due_date"] < TODAY]
    assert late == []


def test_a_colour_comes_back_from_its_channels():
    for shade in TOOLS.records["shades"].values():
        channels = TOOLS.call(TOOLS.fresh(), "convert_color", {"color": shade["hex"], "to": "rgb"})["rgb"]
        assert list(channels.values()) == shade["rgb"]
        assert TOOLS.call(TOOLS.fresh(), "convert_color", {"color": channels, "to": "hex"}) == {"hex": shade["hex"]}


def test_a_search_finds_what_a_plain_look_through_the_records_finds():
    rng, products = Random(0), list(TOOLS.records["products"].values())
    for _ in range(300):
        most = {name: rng.choice(products)[name] for name in ("energy_kcal", "sugar_g", "fat_g", "salt_g") if rng.random() < 0.4}
        without = rng.sample(["eggs", "gluten", "milk", "nuts", "peanuts", "sesame", "soy"], 2)
        price = rng.choice(products)["price_eur"]
        asked = {"max_per_100g": most, "without_allergens": without, "max_price_eur": price, "sort_by": "price_eur", "page_size": 50}
        found = TOOLS.call(TOOLS.fresh(), "search_products", asked)
        right = [row for row in products if row["price_eur"] <= price and all(row[name] <= value for name, value in most.items())]
        right = [row for row in right if not set(without) & set(row["allergens"])]
        assert found["total"] == len(right)
        assert [row["barcode"] for row in found["products"]] == [row["barcode"] for row in sorted(right, key=lambda row: row["price_eur"])][
            :50
        ]
