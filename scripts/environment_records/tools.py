"""Invented rates of exchange, postal codes, groceries, paints, and a task list."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from scripts.environment_records.tools_names import BRANDS, GROCERIES, PARITIES, PLACES, SHADES, TELLING, TODO
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Records
from spectool.environments.tools.products import check_digit

SEED = "tools/1"
DAY = date.fromisoformat(TODAY)

Rows = dict[str, dict[str, Any]]


def records() -> Records:
    """Tables ``rates`` (by day), ``postal_codes``, ``products`` (by barcode), ``shades`` and ``tasks``."""
    rng = Random(SEED)
    return {
        "rates": _rates(rng), "postal_codes": _postal_codes(rng), "products": _products(rng), "shades": _shades(rng), "tasks": _tasks(rng),
    }  # fmt: skip


def _rates(rng: Random) -> Rows:
    """What one euro is, on the first of 25 months; each currency drifts by a per cent or two a month."""
    rates = dict(PARITIES)
    rows: Rows = {}
    for number in range(25):
        year, month = divmod(2025 * 12 + 2 + number, 12)
        day = f"{year}-{month + 1:02d}-01"
        rows[day] = {
            "date": day,
            "published": f"{day}T{14 + number % 3}:{rng.randrange(0, 60, 5):02d}",
            "rates": {"EUR": 1.0, **{code: float(f"{rate:.5g}") for code, rate in rates.items()}},
        }
        rates = {code: rate * (1 + rng.uniform(-0.019, 0.02)) for code, rate in rates.items()}
    return rows


def _postal_codes(rng: Random) -> Rows:
    """One to three codes a place, those of a place close together and those of a region in one block."""
    rows: Rows = {}
    for region_number, (region, latitude, longitude, places) in enumerate(PLACES):
        code = 1000 + region_number * 14_000 + rng.randint(0, 90) * 10
        for place in places:
            north, east = latitude + rng.uniform(-0.9, 0.9), longitude + rng.uniform(-1.3, 1.3)
            for _ in range(rng.choice([1, 1, 1, 2, 3])):
                id = f"{code:05d}"
                rows[id] = {
                    "postal_code": id, "place": place, "region": region, "latitude": round(north + rng.uniform(-0.03, 0.03), 4),
                    "longitude": round(east + rng.uniform(-0.04, 0.04), 4), "population": rng.randint(6, 420) * 100 + rng.randint(0, 99),
                    "delivery_days": rng.choice([["Mon", "Wed", "Fri"], ["Tue", "Thu"], ["Mon", "Tue", "Wed", "Thu", "Fri"]]),
                }  # fmt: skip
                code += rng.randint(3, 40)
            code += rng.randint(60, 500)
    return dict(sorted(rows.items()))


def _products(rng: Random) -> Rows:
    """Barcodes begin with 2, which is kept free for use inside a shop. Energy follows from what is in the food."""
    rows: Rows = {}
    for category, sugar, fat, starch, salt, always, names in GROCERIES:
        for name in names:
            digits = f"2{rng.randrange(10**11):011d}"
            barcode = digits + check_digit(digits)
            sugar_g, fat_g, starch_g = (round(rng.uniform(*share), 1) for share in (sugar, fat, starch))
            told = {allergen for word, allergen in TELLING.items() if word in name.casefold()}
            rows[barcode] = {
                "barcode": barcode, "name": name, "brand": rng.choice(BRANDS), "category": category,
                "price_eur": round(rng.randint(9, 79) / 10 - 0.01, 2), "pack_size_g": rng.choice([100, 125, 200, 250, 330, 400, 500, 750]),
                "origin": rng.choice(["DEU", "FRA", "ITA", "ESP", "NLD", "POL", "GRC", "SWE"]),
                "allergens": sorted({*always, *told}),
                "energy_kcal": round(4 * (sugar_g + starch_g) + 9 * fat_g), "sugar_g": sugar_g, "fat_g": fat_g,
                "salt_g": round(rng.uniform(*salt), 2),
            }  # fmt: skip
    return rows


def _shades(rng: Random) -> Rows:
    """Paints of four collections, whose colours lie around those of the collection."""
    rows: Rows = {}
    for collection, (middle, names) in SHADES.items():
        for name in names:
            id = f"SHD-{100 + 3 * len(rows)}"
            rgb = [min(255, max(0, channel + rng.randint(-75, 75))) for channel in middle]
            code = "#" + "".join(f"{channel:02X}" for channel in rgb)
            rows[id] = {
                "shade_id": id, "name": name, "collection": collection, "hex": code, "rgb": rgb,
                "price_eur_per_litre": round(rng.randint(9, 38) + 0.5 * rng.randint(0, 1), 2),
            }  # fmt: skip
    return rows


def _tasks(rng: Random) -> Rows:
    rows: Rows = {}
    for number, (title, tags) in enumerate(TODO):
        done = number % 5 == 3
        due = DAY + timedelta(days=rng.randint(-40, -1) if done else rng.randint(0, 60))
        id = f"TSK-{104 + 5 * number}"
        rows[id] = {
            "task_id": id, "title": title, "due_date": str(due) if rng.random() < 0.85 else None,
            "priority": rng.choice(["low", "normal", "normal", "high"]), "tags": sorted(tags), "done": done,
        }  # fmt: skip
    return rows
