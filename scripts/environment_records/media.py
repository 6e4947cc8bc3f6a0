"""Invented outlets with their articles, podcasts and radio stations, and what one listener has subscribed to and saved."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import get_args

from scripts.environment_records.media_words import (
    ARTICLE_ANGLES,
    BRANDS,
    CITIES,
    EPISODE_ANGLES,
    FIRST,
    GENRES,
    LAST,
    OUTLETS,
    PLACES,
    PODCASTS,
    PROGRAMMES,
    SUBJECTS,
)
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Records, Row
from spectool.environments.media.radio import Weekday

SEED = "media/1"
DAY = date.fromisoformat(TODAY)
WORDS_A_MINUTE = 220
PLANS = {
    "newspaper": {"digital": (7, 14), "print": (18, 29), "complete": (31, 42)},
    "magazine": {"digital": (4, 9), "print": (10, 15), "complete": (16, 22)},
    "podcast_network": {"digital": (3, 6)},
    "broadcaster": {},
}
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
# Start and end of the slots a station fills, so that programmes never overlap.
SLOTS = (("06:00", "09:00"), ("09:30", "11:30"), ("12:00", "14:00"), ("16:00", "19:00"), ("20:00", "22:30"))
DAYS = (WEEKDAYS[:5], WEEKDAYS, WEEKDAYS[5:], ("tuesday", "thursday"), ("monday", "wednesday", "friday"))
EVERY = {"weekly": 7, "biweekly": 14, "monthly": 28}

Rows = dict[str, Row]


def records() -> Records:
    """Tables of what there is (``outlets`` to ``programmes``) and of what the user has (``subscriptions``, ``saved``, ``playlists``)."""
    people = [f"{first} {last}" for first in FIRST for last in LAST]
    Random(SEED).shuffle(people)
    outlets = _outlets(people[80:])
    podcasts, episodes = _podcasts(outlets, people[:80])
    stations, programmes = _stations(outlets, people[40:80])
    articles = _articles(outlets)
    return {
        "outlets": outlets,
        "articles": articles,
        "podcasts": podcasts,
        "episodes": episodes,
        "stations": stations,
        "programmes": programmes,
        **_own(outlets, articles, episodes),
    }


def _outlets(people: list[str]) -> Rows:
    rng, found = Random(f"{SEED}/outlets"), {}
    for number, (name, kind, country, language, topics) in enumerate(OUTLETS):
        id = f"O{101 + number}"
        found[id] = {
            "outlet_id": id,
            "name": name,
            "kind": kind,
            "country": country,
            "language": language,
            "topics": list(topics),
            "founded": rng.randint(*(2011, 2019) if kind == "podcast_network" else (1887, 1994)),
            "plans": [{"plan": plan, "price_eur_per_month": rng.randint(*span)} for plan, span in PLANS[kind].items()],
            "journalists": people[3 * number : 3 * number + 3],
        }
    return found


def _articles(outlets: Rows) -> Rows:
    rng = Random(f"{SEED}/articles")
    writing = [row for row in outlets.values() if row["kind"] != "podcast_network"]
    made: list[dict[str, object]] = []
    titles: set[str] = set()
    while len(made) < 96:
        outlet = writing[len(made) % len(writing)]
        topic = rng.choice(outlet["topics"])
        title = rng.choice(ARTICLE_ANGLES).format(subject=rng.choice(SUBJECTS[topic]), place=rng.choice(PLACES))
        if title in titles:
            continue
        titles.add(title)
        words = rng.randrange(340, 2600, 10)
        made.append({
            "title": title[0].upper() + title[1:],
            "outlet_id": outlet["outlet_id"],
            "author": rng.choice(outlet["journalists"]),
            "topic": topic,
            "published": str(DAY - timedelta(days=rng.randint(2, 780))),
            "words": words,
            "reading_minutes": -(-words // WORDS_A_MINUTE),
            "premium": bool(outlet["plans"]) and rng.random() < 0.5,
            "comments": rng.choice([0, rng.randint(1, 40), rng.randint(20, 480)]),
        })  # fmt: skip
    rows = {f"A{2001 + 7 * number}": {"article_id": f"A{2001 + 7 * number}", **row} for number, row in enumerate(made)}
    for id, row in rows.items():
        alike = [other for other, that in rows.items() if that["topic"] == row["topic"] and other != id]
        row["related_article_ids"] = sorted(rng.sample(alike, min(len(alike), rng.randint(0, 3))))
    return dict(rows)


def _podcasts(outlets: Rows, people: list[str]) -> tuple[Rows, Rows]:
    rng, podcasts, episodes = Random(f"{SEED}/podcasts"), {}, {}
    makers = [row for row in outlets.values() if row["kind"] in ("podcast_network", "broadcaster")]
    for number, (title, topic) in enumerate(PODCASTS):
        outlet, id = makers[number % len(makers)], f"P{301 + 3 * number}"
        frequency, count = rng.choice(list(EVERY)), rng.randint(4, 8)
        latest = DAY - timedelta(days=rng.randint(1, EVERY[frequency]))
        started = latest - timedelta(days=EVERY[frequency] * (count - 1))
        podcasts[id] = {
            "podcast_id": id,
            "title": title,
            "outlet_id": outlet["outlet_id"],
            "topic": topic,
            "language": outlet["language"],
            "hosts": [people[number], people[number + 20]][: rng.choice([1, 1, 2])],
            "frequency": frequency,
            "started": str(started),
            "episode_count": count,
            "rating": rng.randint(28, 49) / 10,
        }
        subjects = rng.sample([(subject, angle) for subject in SUBJECTS[topic] for angle in EPISODE_ANGLES], count)
        for position, (subject, angle) in enumerate(subjects):
            episode = f"E{4001 + len(episodes) * 3}"
            said = angle.format(subject=subject)
            episodes[episode] = {
                "episode_id": episode,
                "podcast_id": id,
                "podcast": title,
                "number": position + 1,
                "title": said[0].upper() + said[1:],
                "guests": rng.sample(people[40:64], rng.choice([0, 1, 1, 2])),
                "duration_minutes": rng.randint(14, 88),
                "published": str(started + timedelta(days=EVERY[frequency] * position)),
            }
    return podcasts, episodes


def _stations(outlets: Rows, people: list[str]) -> tuple[Rows, Rows]:
    rng, stations, programmes = Random(f"{SEED}/stations"), {}, {}
    for outlet in [row for row in outlets.values() if row["kind"] == "broadcaster"]:
        for city, latitude, longitude in CITIES[outlet["country"]]:
            id, genre = f"R{501 + len(stations)}", GENRES[len(stations) % len(GENRES)]
            stations[id] = {
                "station_id": id,
                "name": f"{BRANDS[outlet['country']]} {genre.capitalize()} {city}",
                "outlet_id": outlet["outlet_id"],
                "city": city,
                "country": outlet["country"],
                "genre": genre,
                "frequency_mhz": rng.randrange(878, 1079, 2) / 10,
                "latitude": latitude,
                "longitude": longitude,
            }
            titles = sorted(rng.sample(PROGRAMMES[genre], len(SLOTS)), key=PROGRAMMES[genre].index)
            for title, (starts, ends) in zip(titles, SLOTS, strict=True):
                programme = f"G{6001 + len(programmes)}"
                programmes[programme] = {
                    "programme_id": programme,
                    "station_id": id,
                    "title": title,
                    "host": rng.choice(people),
                    "weekdays": list(rng.choice(DAYS)),
                    "starts": starts,
                    "ends": ends,
                }
    return stations, programmes


def _own(outlets: Rows, articles: Rows, episodes: Rows) -> dict[str, Rows]:
    """What the user has: three subscriptions, five saved articles, three playlists."""
    rng = Random(f"{SEED}/own")
    paid = [row for row in outlets.values() if row["plans"]]
    subscriptions = {}
    for outlet, (months, starts, ends) in zip(
        sorted(rng.sample(paid, 3), key=lambda row: str(row["outlet_id"])),
        [(12, "2026-06-01", "2027-06-01"), (6, "2026-11-01", "2027-05-01"), (3, "2027-01-01", "2027-04-01")],
        strict=True,
    ):
        plan = rng.choice(outlet["plans"])
        subscriptions[outlet["outlet_id"]] = {
            "outlet_id": outlet["outlet_id"],
            "plan": plan["plan"],
            "months": months,
            "starts": starts,
            "ends": ends,
            "total_eur": months * plan["price_eur_per_month"],
        }
    saved = sorted(rng.sample(list(articles), 5))
    names = ("Morning commute", "Rainy Sunday", "Kitchen listening")
    return {
        "subscriptions": subscriptions,
        "saved": {id: {"article_id": id, "shelf": rng.choice(["read_later", "favourites"])} for id in saved},
        "playlists": {
            f"PL{701 + number}": {"playlist_id": f"PL{701 + number}", "name": name, "episode_ids": rng.sample(list(episodes), 2 + number)}
            for number, name in enumerate(names)
        },
    }
