"""Invented space agencies, their launchers, pads and people, and what they have launched and will launch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from scripts.environment_records.spaceflight_names import AGENCIES, FIRST, HEADLINES, LAST, LAUNCHERS, MISSIONS, OBJECTIVES, PADS, SITES
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Records

SEED = "spaceflight/1"
DAY = date.fromisoformat(TODAY)
FIRST_DAY = date(2019, 1, 14)
ORBITS: Mapping[str, tuple[str, ...]] = {
    "communications": ("GTO", "GTO", "MEO", "LEO"), "earth_observation": ("SSO", "SSO", "LEO"), "navigation": ("MEO",),
    "science": ("LEO", "TLI", "GTO"), "technology": ("LEO", "SSO"), "resupply": ("LEO",), "crewed": ("LEO", "LEO", "TLI"),
}  # fmt: skip
SHARE_OF_LEO = {"LEO": 1.0, "SSO": 0.7, "MEO": 0.4, "GTO": 0.38, "TLI": 0.26}
ROLES = ("commander", "pilot", "mission_specialist", "mission_specialist")

Rows = dict[str, dict[str, Any]]


def records() -> Records:
    """All tables; ``reminders`` are kept by launch and ``saved_articles`` by article."""
    rng = Random(SEED)
    agencies = _agencies()
    launchers = _launchers()
    pads = _pads(launchers)
    launches, missions = _launches(rng, launchers, pads)
    for id, row in launchers.items():
        row["first_launch_date"] = min(launch["net"][:10] for launch in launches.values() if launch["launcher_id"] == id)
    astronauts = _astronauts(rng, launches, missions)
    payloads = _payloads(rng, launches, missions, launchers, agencies)
    articles = _articles(rng, launches, missions, launchers, agencies)
    coming = [row["launch_id"] for row in launches.values() if row["status"] in ("go", "tbd", "hold")]
    reminders = {id: {"launch_id": id, "minutes_before": rng.choice([15, 30, 60, 120, 1440]), "channel": "push"} for id in coming[1::2]}
    saved = {id: {"article_id": id, "folder": "read_later"} for id in sorted(rng.sample(list(articles), 6))}
    return {
        "agencies": agencies, "launchers": launchers, "pads": pads, "launches": launches, "missions": missions, "payloads": payloads,
        "astronauts": astronauts, "articles": articles, "reminders": reminders, "saved_articles": saved,
    }  # fmt: skip


def _agencies() -> Rows:
    return {
        id: {"agency_id": id, "name": name, "abbreviation": short, "agency_type": kind, "country": country, "founded": founded}
        for id, name, short, kind, country, founded in AGENCIES
    }


def _launchers() -> Rows:
    rows: Rows = {}
    for id, name, owner, leo, height, stages, reusable, cost, status, orbits in LAUNCHERS:
        capacity = {orbit: round(leo * SHARE_OF_LEO[orbit], -1) for orbit in orbits}
        rows[id] = {
            "launcher_id": id, "name": name, "agency_id": owner, "status": status, "stages": stages, "reusable": reusable,
            "height_m": height, "liftoff_mass_t": round(leo / 1000 * 27 + height), "cost_usd_millions": cost,
            "capacity_kg": {orbit: int(mass) for orbit, mass in capacity.items()},
        }  # fmt: skip
    return rows


def _pads(launchers: Rows) -> Rows:
    return {
        id: {
            "pad_id": id, "name": name, "spaceport": port, "country": country, "latitude": latitude, "longitude": longitude,
            "status": status, "launcher_ids": [each for each, row in launchers.items() if row["agency_id"] in owners],
        }
        for id, name, port, country, latitude, longitude, status, owners in PADS
    }  # fmt: skip


def _launches(rng: Random, launchers: Rows, pads: Rows) -> tuple[Rows, Rows]:
    launches: Rows = {}
    missions: Rows = {}
    when = FIRST_DAY
    for number, (stem, kind) in enumerate(MISSIONS):
        when += timedelta(days=rng.randint(9, 45) if when < DAY - timedelta(days=20) else rng.randint(2, 9))
        past = when < DAY
        able = [row for row in launchers.values() if _able(row, kind, past)]
        launcher = rng.choice(able)
        pad = rng.choice(
            [row for row in pads.values() if launcher["launcher_id"] in row["launcher_ids"] and (past or row["status"] == "active")]
        )
        orbit = rng.choice([each for each in ORBITS[kind] if each in launcher["capacity_kg"]])
        launch_id, mission_id = f"LCH-{1000 + number * 7}", f"MSN-{300 + number * 3}"
        status = (
            rng.choices(["success", "partial_failure", "failure"], [88, 5, 7])[0]
            if past
            else rng.choices(["go", "tbd", "hold"], [65, 22, 13])[0]
        )
        net = f"{when}T{rng.randint(0, 23):02d}:{rng.randrange(0, 60, 5):02d}:00Z"
        launches[launch_id] = {
            "launch_id": launch_id, "name": f"{launcher['name']} | {stem}", "net": net,
            "status": "success" if kind == "crewed" and past else status,
            "orbit": orbit, "crewed": kind == "crewed", "launcher_id": launcher["launcher_id"], "agency_id": launcher["agency_id"],
            "pad_id": pad["pad_id"], "mission_id": mission_id,
        }  # fmt: skip
        missions[mission_id] = {
            "mission_id": mission_id, "name": stem, "mission_type": kind, "orbit": orbit, "launch_id": launch_id,
            "objective": OBJECTIVES[kind].format(orbit=orbit), "duration_days": _duration(rng, kind, orbit), "crew": [],
        }  # fmt: skip
    return launches, missions


def _able(launcher: Mapping[str, Any], kind: str, past: bool) -> bool:
    strong = kind not in ("crewed", "resupply") or launcher["capacity_kg"]["LEO"] >= 9000
    return strong and any(orbit in launcher["capacity_kg"] for orbit in ORBITS[kind]) and (past or launcher["status"] == "active")


def _duration(rng: Random, kind: str, orbit: str) -> int:
    if kind == "crewed":
        return rng.randint(8, 21) if orbit == "TLI" else rng.randint(90, 200)
    return rng.randint(20, 60) if kind == "resupply" else 365 * rng.randint(2, 15)


def _astronauts(rng: Random, launches: Rows, missions: Rows) -> Rows:
    """People with their flights; fills the ``crew`` of the crewed missions. Nobody flies twice at once."""
    flying = [row for row in launches.values() if row["crewed"]]
    flags = {id: country for id, _, _, _, country, _ in AGENCIES}
    owners = sorted({row["agency_id"] for row in flying})
    names = [f"{first} {last}" for first, last in zip(FIRST, rng.sample(LAST, len(FIRST)), strict=True)]
    rows: Rows = {}
    for number, name in enumerate(names):
        owner = owners[number % len(owners)]
        born = date(1966, 1, 1) + timedelta(days=rng.randint(0, 27 * 365))
        rows[f"AST-{40 + number}"] = {
            "astronaut_id": f"AST-{40 + number}", "name": name, "agency_id": owner, "nationality": flags[owner], "born": str(born),
            "selected": min(born.year + rng.randint(27, 36), 2023), "status": "active", "spacewalks": 0, "days_in_space": 0,
            "mission_ids": [],
        }  # fmt: skip
    free = {id: date(2000, 1, 1) for id in rows}
    for launch in flying:
        _man(rng, launch, missions[launch["mission_id"]], rows, free)
    for row in rows.values():
        flown = any(missions[id]["launch_id"] in launches for id in row["mission_ids"])
        coming = any(launches[missions[id]["launch_id"]]["net"][:10] >= str(DAY) for id in row["mission_ids"])
        row["status"] = "active" if coming or not flown else rng.choice(["active", "active", "retired"])
        if row["days_in_space"] > 60:
            row["spacewalks"] = rng.randint(0, 7)
    return rows


def _man(rng: Random, launch: Mapping[str, Any], mission: dict[str, Any], people: Rows, free: dict[str, date]) -> None:
    start = date.fromisoformat(launch["net"][:10])
    end = start + timedelta(days=mission["duration_days"])
    home = [id for id, row in people.items() if row["agency_id"] == launch["agency_id"] and free[id] < start]
    guests = [id for id, row in people.items() if row["agency_id"] != launch["agency_id"] and free[id] < start]
    crew = rng.sample(home, min(2, len(home))) + rng.sample(guests, rng.randint(1, 2))
    crew = [id for id in crew if people[id]["selected"] < start.year]
    mission["crew"] = [{"astronaut_id": id, "role": role} for id, role in zip(crew, ROLES, strict=False)]
    for id in crew:
        free[id] = end + timedelta(days=200)
        people[id]["mission_ids"].append(mission["mission_id"])
        # Days are counted of flights that are over; who is up there now has not landed yet.
        if end < DAY:
            people[id]["days_in_space"] += mission["duration_days"]


def _payloads(rng: Random, launches: Rows, missions: Rows, launchers: Rows, agencies: Rows) -> Rows:
    """One to three payloads a launch without crew, together no heavier than the launcher can lift."""
    rows: Rows = {}
    for launch in launches.values():
        mission = missions[launch["mission_id"]]
        kind = mission["mission_type"]
        room = launchers[launch["launcher_id"]]["capacity_kg"][launch["orbit"]] * rng.uniform(0.35, 0.95)
        number = 1 if kind in ("crewed", "resupply") else rng.choice([1, 1, 1, 2, 2, 3])
        shares = sorted((rng.uniform(0.2, 1) for _ in range(number)), reverse=True)
        for place, share in enumerate(shares):
            id = f"PLD-{2000 + len(rows) * 3}"
            name = mission["name"] if number == 1 else f"{mission['name']}-{'ABC'[place]}"
            owner = launch["agency_id"] if place == 0 or kind == "crewed" else rng.choice(list(agencies))
            rows[id] = {
                "payload_id": id, "name": name, "launch_id": launch["launch_id"], "agency_id": owner,
                "payload_type": {"crewed": "capsule", "resupply": "cargo_ship", "science": "probe"}.get(kind, "satellite"),
                "orbit": launch["orbit"], "mass_kg": int(room * share / sum(shares)),
            }  # fmt: skip
    return rows


def _articles(rng: Random, launches: Rows, missions: Rows, launchers: Rows, agencies: Rows) -> Rows:
    """News on seventy launches, each after what it tells and none after today."""
    rows: Rows = {}
    chosen = sorted(rng.sample(list(launches), 76), key=lambda id: launches[id]["net"])
    for number, launch_id in enumerate(chosen):
        launch = launches[launch_id]
        topic, headline = HEADLINES[launch["status"]]
        named = {
            "mission": missions[launch["mission_id"]]["name"], "launcher": launchers[launch["launcher_id"]]["name"],
            "orbit": launch["orbit"], "agency": agencies[launch["agency_id"]]["abbreviation"],
        }  # fmt: skip
        flown = date.fromisoformat(launch["net"][:10])
        published = flown + timedelta(days=rng.randint(0, 4)) if flown < DAY else DAY - timedelta(days=rng.randint(2, 40))
        id = f"ART-{500 + number * 11}"
        rows[id] = {
            "article_id": id, "title": headline.format(**named), "news_site": rng.choice(SITES), "topic": topic,
            "published": str(min(published, DAY - timedelta(days=1))), "launch_id": launch_id, "agency_id": launch["agency_id"],
            "words": rng.randint(180, 1400),
        }  # fmt: skip
    return rows
