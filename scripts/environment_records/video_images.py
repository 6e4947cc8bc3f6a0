"""An invented stock archive of images and videos, and what one customer has licensed, collected and had made of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from scripts.environment_records.video_images_words import COLOURS, CREATORS, CURATED, MOODS, OWN, SCENES, SIZES, SUBJECTS
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Records, Row

SEED = "video_images/1"
DAY = date.fromisoformat(TODAY)
USAGES = ("free", "commercial", "commercial", "commercial", "editorial")
PRICE_FACTORS = {"web": 1, "print": 2, "extended": 5}

Rows = dict[str, Row]


def records() -> Records:
    """Tables of the archive (``creators``, ``images``, ``videos``, ``collections``) and the customer's (``licences``, ``renditions``)."""
    creators = _creators()
    scenes = _scenes()
    images = {row["asset_id"]: row for row in _images(creators, scenes)}
    videos = {row["asset_id"]: row for row in _videos(creators, scenes, images)}
    for id, row in creators.items():
        creators[id] = {**row, **{f"{name}_count": _by(rows, id) for name, rows in (("image", images), ("video", videos))}}
    licences = _licences({**images, **videos})
    return {
        "creators": creators,
        "images": images,
        "videos": videos,
        "collections": _collections({**images, **videos}),
        "licences": licences,
        "renditions": _renditions(images, videos, licences),
    }


def _by(rows: Rows, creator: str) -> int:
    return sum(row["creator_id"] == creator for row in rows.values())


def _creators() -> Rows:
    rng = Random(f"{SEED}/creators")
    return {
        f"CR{101 + number}": {
            "creator_id": f"CR{101 + number}",
            "name": name,
            "country": country,
            "speciality": list(SUBJECTS)[number % len(SUBJECTS)],
            "joined": f"{rng.randint(2012, 2021)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            "exclusive": rng.random() < 0.4,
        }
        for number, (name, country) in enumerate(CREATORS)
    }


def _scenes() -> Iterator[tuple[str, str, list[str]]]:
    """Category, title and tags of one asset after another; no title comes twice."""
    rng = Random(f"{SEED}/scenes")
    every = [(category, subject, scene) for category, subjects in SUBJECTS.items() for subject in subjects for scene in SCENES]
    rng.shuffle(every)
    for category, (subject, tag), (scene, light) in every:
        yield category, f"{subject} {scene}".capitalize(), [tag, light, *rng.sample(MOODS, rng.randint(1, 2))]


def _asset(id: str, creators: Rows, scenes: Iterator[tuple[str, str, list[str]]], rng: Random) -> dict[str, object]:
    category, title, tags = next(scenes)
    mine = [row for row in creators.values() if row["speciality"] == category]
    usage = rng.choice(USAGES)
    return {
        "asset_id": id,
        "title": title,
        "category": category,
        "creator_id": rng.choice(mine if rng.random() < 0.6 else list(creators.values()))["creator_id"],
        "tags": tags,
        "uploaded": str(DAY - timedelta(days=rng.randint(3, 1800))),
        "usage": usage,
        "price_eur": 0 if usage == "free" else rng.randrange(10, 95, 5),
        "downloads": rng.randint(3, 9000),
    }


def _images(creators: Rows, scenes: Iterator[tuple[str, str, list[str]]]) -> Iterator[Row]:
    rng = Random(f"{SEED}/images")
    for number in range(120):
        row = _asset(f"IM{2003 + 7 * number}", creators, scenes, rng)
        width, height = rng.choice(SIZES)
        orientation = "square" if width == height else "landscape" if width > height else "portrait"
        people = rng.choice([1, 1, 2, 3, 5]) if row["category"] == "people" else rng.choice([0, 0, 0, 0, 1])
        yield {
            **row,
            "media": "image",
            "width": width,
            "height": height,
            "orientation": orientation,
            "colour": rng.choice(COLOURS),
            "people": people,
        }


def _videos(creators: Rows, scenes: Iterator[tuple[str, str, list[str]]], images: Rows) -> Iterator[Row]:
    rng = Random(f"{SEED}/videos")
    for number in range(80):
        row = _asset(f"VD{3005 + 9 * number}", creators, scenes, rng)
        near = [id for id, image in images.items() if image["category"] == row["category"]]
        yield {
            **row,
            "media": "video",
            "resolution": rng.choice(["hd", "full_hd", "full_hd", "uhd_4k", "uhd_4k"]),
            "frames_per_second": rng.choice([24, 25, 30, 50, 60]),
            "duration_seconds": rng.randint(8, 240),
            "has_audio": rng.random() < 0.45,
            "matching_asset_ids": sorted(rng.sample(near, rng.randint(0, 2))),
        }


def _collections(assets: Rows) -> Rows:
    rng = Random(f"{SEED}/collections")
    found: Rows = {}
    for name in (*CURATED, *OWN):
        id, themes = f"CL{401 + len(found)}", set(CURATED.get(name, ()))
        fitting = [key for key, row in assets.items() if not themes or themes & {row["category"], *row["tags"]}]
        size = rng.randint(*(5, 9) if themes else (2, 7))
        owner = "archive" if themes else "customer"
        found[id] = {"collection_id": id, "name": name, "owner": owner, "asset_ids": rng.sample(fitting, min(size, len(fitting)))}
    return found


def _licences(assets: Rows) -> Rows:
    rng = Random(f"{SEED}/licences")
    found: Rows = {}
    for asset in rng.sample([row for row in assets.values() if row["usage"] != "free"], 14):
        uploaded = date.fromisoformat(asset["uploaded"])
        id, seats = f"LC{801 + len(found)}", rng.choice([1, 1, 2, 5])
        licence = rng.choice(["web", "print"] if asset["usage"] == "editorial" else list(PRICE_FACTORS))
        found[id] = {
            "licence_id": id,
            "asset_id": asset["asset_id"],
            "licence": licence,
            "seats": seats,
            "price_eur": asset["price_eur"] // 5 * PRICE_FACTORS[licence] * (seats + 4),
            "bought": str(uploaded + timedelta(days=rng.randint(1, (DAY - uploaded).days - 1))),
        }
    return found


def _renditions(images: Rows, videos: Rows, licences: Rows) -> Rows:
    """One crop and one conversion that were made before."""
    image = next(images[row["asset_id"]] for row in licences.values() if row["asset_id"] in images)
    video = next(videos[row["asset_id"]] for row in licences.values() if row["asset_id"] in videos)
    crop = {"left": 0, "top": 0, "width": image["width"], "height": image["height"] // 2}
    return {
        "RN901": {
            "rendition_id": "RN901",
            "asset_id": image["asset_id"],
            "kind": "crop",
            "format": "jpeg",
            "box": crop,
            "width": image["width"],
            "height": image["height"] // 2,
        },
        "RN902": {
            "rendition_id": "RN902",
            "asset_id": video["asset_id"],
            "kind": "conversion",
            "format": "webm",
            "resolution": "hd",
            "start_seconds": 0,
            "end_seconds": video["duration_seconds"],
            "has_audio": video["has_audio"],
        },
    }
