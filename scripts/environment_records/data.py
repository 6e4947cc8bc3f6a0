"""An invented statistical office: countries with their regions, datasets, yearly series of both, and a register of companies."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from scripts.environment_records.data_names import COUNTRIES, KINDS, NATIONAL, REGIONAL, SECTORS, STEMS, TOWN_ENDS, TOWN_STARTS
from spectool.environments.core.tables import Records

SEED = "data/1"
COMPANIES = 64
Rows = dict[str, dict[str, Any]]
Values = dict[str, float]


def records() -> Records:
    """Tables ``regions``, ``datasets``, ``series``, ``companies``, ``saved_queries`` (the office's, the user's), ``subscriptions``."""
    rng = Random(SEED)
    regions = _regions(rng)
    series = _series(rng, regions)
    datasets = _datasets(rng)
    for dataset_id, row in datasets.items():
        row["series_count"] = sum(each["dataset_id"] == dataset_id for each in series.values())
    companies = _companies(rng, regions)
    return {
        "regions": regions,
        "datasets": datasets,
        "series": series,
        "companies": companies,
        "saved_queries": _saved(),
        "subscriptions": {"D104": {"dataset_id": "D104", "notify": "each_release"}},
    }


def _regions(rng: Random) -> Rows:
    regions: Rows = {}
    towns = iter(rng.sample([start + end for start in TOWN_STARTS for end in TOWN_ENDS], 6 * len(COUNTRIES)))
    for code, (country, parts) in COUNTRIES.items():
        areas = [rng.randint(40, 900) * 100 for _ in parts]
        told = {"level": "country", "area_km2": sum(areas), "capital": next(towns)}
        regions[code] = {"region_id": code, "name": country, **told}
        for number, (part, area) in enumerate(zip(parts, areas, strict=True), 1):
            id = f"{code}-{10 * number + rng.randint(1, 9)}"
            told = {"level": "region", "country_id": code, "country": country, "area_km2": area, "capital": next(towns)}
            regions[id] = {"region_id": id, "name": part, **told}
    return regions


def _datasets(rng: Random) -> Rows:
    datasets: Rows = {}
    told = [(*row[:3], row[3], *row[5:8], "region") for row in REGIONAL] + [(*row[:3], "none", *row[4:7], "country") for row in NATIONAL]
    for number, (title, topic, unit, _, first, last, agency, level) in enumerate(told):
        id = f"D{101 + number}"
        datasets[id] = {
            "dataset_id": id,
            "title": title,
            "topic": topic,
            "unit": unit,
            "level": level,
            "first_year": first,
            "last_year": last,
            "agency": agency,
            "updated": f"{min(last + 1, 2027)}-0{rng.randint(1, 2)}-{rng.randint(1, 28):02d}",
        }
    return datasets


def _series(rng: Random, regions: Rows) -> Rows:
    series: Rows = {}
    parts = [row for row in regions.values() if row["level"] == "region"]
    people = {row["region_id"]: rng.randint(180, 4200) * 1000 for row in parts}
    for number, (_, _, _, folding, decimals, first, last, _) in enumerate(REGIONAL):
        values = {row["region_id"]: _walk(rng, _start(rng, number, people[row["region_id"]]), decimals, first, last) for row in parts}
        for country in COUNTRIES:
            values[country] = _folded([values[row["region_id"]] for row in parts if row["country_id"] == country], folding)
        for region_id in regions:
            _add(series, f"D{101 + number}", region_id, values[region_id])
    for number, (_, _, _, decimals, first, last, _, low, high, drift) in enumerate(NATIONAL, len(REGIONAL)):
        for country in COUNTRIES:
            share = sum(people[row["region_id"]] for row in parts if row["country_id"] == country) if high < 1 else 1
            _add(series, f"D{101 + number}", country, _walk(rng, share * rng.uniform(low, high), decimals, first, last, drift))
    return series


def _start(rng: Random, number: int, people: int) -> float:
    """A first value that goes with the number of people."""
    if number == 3:
        return rng.uniform(3, 11)
    return people * (1, rng.uniform(0.015, 0.05), rng.uniform(0.0006, 0.006), 0, rng.uniform(0.0025, 0.008))[number]


def _walk(rng: Random, start: float, decimals: int, first: int, last: int, drift: float = 0.005) -> Values:
    """A value a year, each a little away from the one before."""
    values: Values = {}
    for year in range(first, last + 1):
        values[str(year)] = round(start, decimals) if decimals else round(start)
        start *= 1 + drift + rng.uniform(-0.03, 0.03) * (0.15 if abs(drift) < 0.004 else 3 if decimals else 0.6)
    return values


def _folded(parts: Sequence[Values], folding: str) -> Values:
    """Of a country, from its regions: their sum, or for a rate their plain mean to one decimal."""
    sums = {year: sum(part[year] for part in parts) for year in parts[0]}
    return sums if folding == "sum" else {year: round(value / len(parts), 1) for year, value in sums.items()}


def _add(series: Rows, dataset_id: str, region_id: str, values: Values) -> None:
    id = f"{dataset_id}.{region_id}"
    series[id] = {"series_id": id, "dataset_id": dataset_id, "region_id": region_id, "values": values}


def _companies(rng: Random, regions: Rows) -> Rows:
    companies: Rows = {}
    parts = [row for row in regions.values() if row["level"] == "region"]
    names = rng.sample([(stem, sector) for stem in STEMS for sector in SECTORS], COMPANIES)
    for number, (stem, sector) in enumerate(names):
        id, seat = f"E{2000 + 13 * number}", rng.choice(parts)
        employees = round(10 ** rng.uniform(1.3, 4.2))
        companies[id] = {
            "company_id": id,
            "name": f"{stem} {rng.choice(KINDS[sector])}",
            "sector": sector,
            "region_id": seat["region_id"],
            "country_id": seat["country_id"],
            "ownership": rng.choice(["listed", "private", "private", "state"]),
            "founded": rng.randint(1888, 2021),
            "employees": employees,
            "revenue": round(employees * rng.uniform(0.08, 0.6)) + 1,
        }
    return companies


def _saved() -> Rows:
    told = (
        ("office", "Large employers", [("employees", "at_least", 5000)]),
        ("office", "Young software firms", [("sector", "is", "software"), ("founded", "at_least", 2000)]),
        ("office", "State energy suppliers", [("sector", "is", "energy"), ("ownership", "is", "state")]),
        ("you", "Old family mills", [("sector", "is", "food"), ("founded", "at_most", 1950), ("ownership", "is", "private")]),
        ("you", "Listed banks", [("sector", "is", "finance"), ("ownership", "is", "listed")]),
        ("you", "Small builders", [("sector", "is", "construction"), ("employees", "at_most", 500)]),
        ("you", "Big public firms", [("ownership", "is", "state"), ("employees", "at_least", 2000)]),
        ("you", "Circuit makers of this century", [("sector", "is", "electronics"), ("founded", "at_least", 2000)]),
        ("you", "Freight outside private hands", [("sector", "is", "logistics"), ("ownership", "is_not", "private")]),
        ("you", "Billion club", [("revenue", "at_least", 1000)]),
        ("you", "Drug research", [("sector", "is", "pharmaceuticals"), ("employees", "at_least", 100)]),
        ("you", "Before the first radio", [("founded", "at_most", 1905)]),
        ("you", "Fenmark firms", [("country_id", "is", "FMK")]),
    )
    return {
        f"Q{11 + 4 * number}": {
            "query_id": f"Q{11 + 4 * number}",
            "name": name,
            "owner": owner,
            "where": {"all_of": [{"field": field, "operator": operator, "value": value} for field, operator, value in conditions]},
        }
        for number, (owner, name, conditions) in enumerate(told)
    }
