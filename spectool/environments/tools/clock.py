"""What time it is elsewhere, with summer time by the rules that hold today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid
from spectool.environments.core.tables import State

LocalTime = Annotated[str, Meta(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$", max_length=16)]
Zone = Literal[
    "UTC", "Atlantic/Reykjavik", "Europe/London", "Europe/Lisbon", "Europe/Paris", "Europe/Berlin", "Europe/Athens", "Europe/Helsinki",
    "Europe/Istanbul", "Africa/Nairobi", "Africa/Lagos", "Asia/Dubai", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Singapore", "Asia/Tokyo",
    "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland", "America/New_York", "America/Chicago", "America/Denver",
    "America/Los_Angeles", "America/Phoenix", "America/Bogota", "America/Sao_Paulo",
]  # fmt: skip

# Minutes ahead of UTC in winter, and whose rule of summer time holds. Source: the IANA time zone database.
ZONES: Mapping[str, tuple[int, str]] = {
    "UTC": (0, ""), "Atlantic/Reykjavik": (0, ""), "Europe/London": (0, "eu"), "Europe/Lisbon": (0, "eu"), "Europe/Paris": (60, "eu"),
    "Europe/Berlin": (60, "eu"), "Europe/Athens": (120, "eu"), "Europe/Helsinki": (120, "eu"), "Europe/Istanbul": (180, ""),
    "Africa/Nairobi": (180, ""), "Africa/Lagos": (60, ""), "Asia/Dubai": (240, ""), "Asia/Kolkata": (330, ""), "Asia/Kathmandu": (345, ""),
    "Asia/Singapore": (480, ""), "Asia/Tokyo": (540, ""), "Australia/Brisbane": (600, ""), "Australia/Sydney": (600, "au"),
    "Pacific/Auckland": (720, "nz"), "America/New_York": (-300, "us"), "America/Chicago": (-360, "us"), "America/Denver": (-420, "us"),
    "America/Los_Angeles": (-480, "us"), "America/Phoenix": (-420, ""), "America/Bogota": (-300, ""), "America/Sao_Paulo": (-180, ""),
}  # fmt: skip


def convert_time(state: State, *, time: LocalTime, from_zone: Zone, to_zone: Zone) -> Mapping[str, Any]:
    """Convert a local time to that of another time zone, summer time included. Where clocks are set back, the earlier moment is meant.

    Args:
        time: Local time in from_zone, YYYY-MM-DDTHH:MM, 24-hour clock.
        from_zone: Time zone of the time, by its IANA name.
        to_zone: Time zone wanted, by its IANA name.
    """
    try:
        local = datetime.fromisoformat(time)
    except ValueError:
        raise invalid(f"expected a time of the calendar, YYYY-MM-DDTHH:MM, got '{time[:80]}'") from None
    winter = ZONES[from_zone][0]
    for offset in (winter + 60, winter):
        moment = local - timedelta(minutes=offset)
        if _offset(from_zone, moment) == offset:
            break
    else:
        raise invalid(f"the clocks in '{from_zone}' skip '{time}'")
    there = moment + timedelta(minutes=_offset(to_zone, moment))
    return {
        "time": time,
        "from_zone": from_zone,
        "converted": there.isoformat(timespec="minutes"),
        "to_zone": to_zone,
        "hours_ahead": (_offset(to_zone, moment) - offset) / 60,
    }


def _offset(zone: str, moment: datetime) -> int:
    """Minutes that the clocks of a zone are ahead of UTC at a moment of UTC."""
    winter, rule = ZONES[zone]
    if not rule:
        return winter
    start, end = _summer(rule, moment.year, winter)
    # In the south summer time ends in April and starts anew in spring, so the year's summer is what lies outside.
    summer = start <= moment < end if start < end else not end <= moment < start
    return winter + 60 if summer else winter


@lru_cache(maxsize=1024)
def _summer(rule: str, year: int, winter: int) -> tuple[datetime, datetime]:
    """When summer time starts and ends in a year, in UTC."""
    if rule == "eu":
        return _sunday(year, 3, -1, 60), _sunday(year, 10, -1, 60)
    if rule == "us":
        return _sunday(year, 3, 2, 120 - winter), _sunday(year, 11, 1, 60 - winter)
    first = _sunday(year, 10, 1, 120 - winter) if rule == "au" else _sunday(year, 9, -1, 120 - winter)
    return first, _sunday(year, 4, 1, 120 - winter)


def _sunday(year: int, month: int, number: int, minutes: int) -> datetime:
    """The first or second Sunday of a month, or the last (-1), and so many minutes after its midnight."""
    if number > 0:
        first = date(year, month, 1)
        found = first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))
    else:
        last = date(year, month + 1, 1) - timedelta(days=1)
        found = last - timedelta(days=(last.weekday() + 1) % 7)
    return datetime(found.year, found.month, found.day) + timedelta(minutes=minutes)
