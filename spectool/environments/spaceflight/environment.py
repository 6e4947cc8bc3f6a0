"""The spaceflight environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.spaceflight.hardware import find_nearest_pads, get_launcher, search_agencies, search_launchers
from spectool.environments.spaceflight.keeping import bookmark_launch_article, cancel_launch_reminder, set_launch_reminder
from spectool.environments.spaceflight.launches import get_launch, get_launch_statistics, list_upcoming_launches, search_launches
from spectool.environments.spaceflight.missions import (
    get_astronaut,
    get_mission,
    search_astronauts,
    search_launch_articles,
    search_payloads,
)

SPACEFLIGHT = Environment(
    "spaceflight",
    "Launches past and planned, with their launchers, pads, missions, payloads, crews and news; launch reminders and a reading list.",
    (
        reads(search_launches),
        reads(list_upcoming_launches),
        reads(get_launch),
        reads(get_launch_statistics),
        reads(search_agencies),
        reads(search_launchers),
        reads(get_launcher),
        reads(find_nearest_pads),
        reads(get_mission),
        reads(search_payloads),
        reads(search_astronauts),
        reads(get_astronaut),
        reads(search_launch_articles),
        writes(set_launch_reminder),
        writes(cancel_launch_reminder),
        writes(bookmark_launch_article),
    ),
)
