"""Whether a date or a time of day was said, in any form, or follows from words by which people count time."""

from __future__ import annotations

import re

from spectool.classify.conversation import Conversation

DATE = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)|(?<!\d)(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<z>\d{4})(?!\d)")
CLOCK = re.compile(r"T?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
# Words of a user from which a date or a time follows that he did not write.
_RELATIVE = frozenset(
    ("today", "tomorrow", "tonight", "yesterday", "now", "next", "last", "this", "coming", "past", "previous", "recent", "latest",
    "upcoming", "current", "currently", "ago", "week", "weeks", "weekend", "month", "months", "year", "years", "day", "days", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "morning", "afternoon", "evening", "night", "noon", "midnight",
    "hour", "hours", "minutes", "christmas", "holiday", "spring", "summer", "autumn", "winter", "since", "until", "century", "decade",
    "quarter", "half", "nights"),
)  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def counts_time(talk: Conversation, step: int) -> bool:
    """Whether users said, before turn ``step``, a word from which dates follow."""
    return any(talk.asked.get(word, step) < step for word in _RELATIVE & talk.asked.keys())


def date_follows(date: re.Match[str], talk: Conversation, step: int) -> bool:
    """Whether a date (a match of ``DATE``) was said in any form before turn ``step``, or follows from what users said."""
    if counts_time(talk, step):
        return True
    if date["y"]:
        readings = [(int(date["m"]), int(date["d"]))]
    else:
        readings = [(int(date["a"]), int(date["b"])), (int(date["b"]), int(date["a"]))]
    year = date["y"] or date["z"]
    return any(_day_follows(month, day, year, talk, step) for month, day in readings if 1 <= month <= 12)


def _day_follows(month: int, day: int, year: str, talk: Conversation, step: int) -> bool:
    named = any(talk.has(form, step) for form in (_MONTHS[month - 1], _MONTHS[month - 1][:3], str(month), f"{month:02}"))
    if named:
        return day == 1 or day >= 28 or any(talk.has(form, step) for form in (str(day), f"{day:02}"))
    # "In 2012", "before 2013" and "after 2011" come to the ends of one year.
    ends = {(1, 1): int(year) - 1, (12, 31): int(year) + 1}
    return (month, day) in ends and any(talk.has(str(said), step) for said in (year, ends[month, day]))


def clock_follows(clock: str, talk: Conversation, step: int) -> bool:
    """Whether a time of day was said by its hour, is an end of the day, or follows from what users said."""
    hour, minute = (int(part) for part in re.findall(r"\d+", clock)[:2])
    if (hour, minute) in ((0, 0), (23, 59)) or counts_time(talk, step):
        return True
    return any(talk.has(form, step) for form in (str(hour), f"{hour:02}", str(hour % 12), str(hour % 12 or 12)))
