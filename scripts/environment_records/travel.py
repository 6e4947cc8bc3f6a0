"""Invented flights, trains and hotels between real cities, and the user's bookings; all times are local."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, get_args

from scripts.environment_records.travel_places import AIRLINES, CITIES, FLIGHT_ROUTES, HOTEL_NAMES, RAILWAYS, TRAIN_ROUTES, TRAVELLERS
from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Records
from spectool.environments.travel.hotels import Amenity

SEED = "travel/1"
AMENITIES: tuple[str, ...] = get_args(Amenity)
ROOMS: Mapping[str, tuple[int, float]] = {"single": (1, 1.0), "double": (2, 1.3), "family": (4, 1.9), "suite": (3, 2.8)}

Row = dict[str, Any]


def records() -> Records:
    """Tables ``cities``, ``carriers``, ``flights``, ``trains``, ``hotels`` and ``bookings`` (the user's)."""
    rng = Random(SEED)
    carriers = {**_carriers(rng, AIRLINES, "airline"), **_carriers(rng, RAILWAYS, "railway")}
    flights, trains, hotels = _flights(rng), _trains(rng), _hotels(rng)
    bookings = _bookings(rng, flights, trains, hotels, carriers)
    cities = {name: {"city": name, "country": country} for name, (country, _) in CITIES.items()}
    return {"cities": cities, "carriers": carriers, "flights": flights, "trains": trains, "hotels": hotels, "bookings": bookings}


def _carriers(rng: Random, codes: Mapping[str, str], kind: str) -> dict[str, Row]:
    rows = {}
    for name in codes:
        rules = {"change_fee_eur": rng.choice([0, 15, 25, 40, 60]), "refund_percent": rng.choice([0, 25, 50, 70, 80])}
        bags = {"bag_price_eur": rng.choice([18, 24, 30, 35, 42])} if kind == "airline" else {}
        rows[name] = {"name": name, "kind": kind, **rules, **bags}
    return rows


def _flights(rng: Random) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for one, other, km in FLIGHT_ROUTES:
        for origin, destination in ((one, other), (other, one)):
            first = date(2027, 4, 3) + timedelta(days=rng.randrange(75))
            for day in (first, first + timedelta(days=1), first + timedelta(days=2)):
                for airline in rng.sample(list(AIRLINES), rng.choice((2, 2, 3))):
                    row = _flight(rng, origin, destination, km, day, airline)
                    rows[row["flight_id"]] = row
    return rows


def _flight(rng: Random, origin: str, destination: str, km: int, day: date, airline: str) -> Row:
    stops = rng.choice((0, 0, 0, 1))
    departs = datetime.combine(day, datetime.min.time()) + timedelta(minutes=rng.randrange(6 * 60, 17 * 60, 5))
    minutes = round((km / 12 + 35 + stops * rng.randint(95, 190)) / 5) * 5
    price = round(km * rng.uniform(0.05, 0.13) + 29 - stops * 15)
    fares = {"economy": {"price_eur": price, "seats_left": rng.choice((0, 1, 2, 4, 7, 9, 15, 22, 31))}}
    if rng.random() < 0.6:
        fares["business"] = {"price_eur": round(price * rng.uniform(2.1, 3.2)), "seats_left": rng.choice((0, 1, 2, 4, 6))}
    return {
        "flight_id": f"{AIRLINES[airline]}{rng.randint(100, 989)}-{day:%Y%m%d}",
        "airline": airline,
        "origin": origin,
        "destination": destination,
        "departs": departs.isoformat(timespec="minutes"),
        "arrives": _arrives(departs, minutes, origin, destination),
        "duration_minutes": minutes,
        "stops": stops,
        "fares": fares,
    }


def _arrives(departs: datetime, minutes: int, origin: str, destination: str) -> str:
    ahead = timedelta(hours=CITIES[destination][1] - CITIES[origin][1])
    return (departs + timedelta(minutes=minutes) + ahead).isoformat(timespec="minutes")


def _trains(rng: Random) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for one, other, usual, towns in TRAIN_ROUTES:
        for origin, destination, via in ((one, other, towns), (other, one, towns[::-1])):
            first = date(2027, 4, 2) + timedelta(days=rng.randrange(80))
            for day in (first, first, first + timedelta(days=1), first + timedelta(days=1)):
                row = _train(rng, origin, destination, usual, via, day)
                rows[row["train_id"]] = row
    return rows


def _train(rng: Random, origin: str, destination: str, usual: int, via: tuple[str, ...], day: date) -> Row:
    changes = rng.choice((0, 0, 1)) if via else 0
    departs = datetime.combine(day, datetime.min.time()) + timedelta(minutes=rng.randrange(6 * 60, 17 * 60, 3))
    minutes = usual + rng.randint(0, 25) + changes * rng.randint(20, 50)
    price = round(usual * rng.uniform(0.18, 0.4))
    railway = rng.choice(list(RAILWAYS))
    return {
        "train_id": f"{RAILWAYS[railway]}{rng.randint(1000, 9989)}-{day:%Y%m%d}",
        "railway": railway,
        "origin": origin,
        "destination": destination,
        "departs": departs.isoformat(timespec="minutes"),
        "arrives": _arrives(departs, minutes, origin, destination),
        "duration_minutes": minutes,
        "changes": changes,
        "calls_at": list(via),
        "takes_bicycles": rng.random() < 0.5,
        "fares": {
            "second": {"price_eur": price, "seats_left": rng.choice((0, 1, 3, 8, 20, 44))},
            "first": {"price_eur": round(price * rng.uniform(1.5, 2.0)), "seats_left": rng.choice((0, 2, 5, 12))},
        },
    }


def _hotels(rng: Random) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    names = iter(rng.sample(HOTEL_NAMES, len(CITIES) * 4))
    for city in CITIES:
        for _ in range(4):
            id, stars = f"H{3011 + len(rows) * 7}", rng.choice((2, 3, 3, 4, 4, 5))
            base = 28 + stars * rng.randint(17, 31)
            kinds = ["single", "double", *rng.sample(["family", "suite"], rng.randint(0, 2))]
            rows[id] = {
                "hotel_id": id,
                "name": next(names),
                "city": city,
                "stars": stars,
                "rating": round(rng.uniform(6.1, 9.6), 1),
                "km_to_centre": round(rng.uniform(0.2, 7.5), 1),
                "amenities": sorted(rng.sample(AMENITIES, rng.randint(2, 5))),
                "breakfast_eur": rng.choice((8, 11, 14, 18)),
                "free_cancellation_days": rng.choice((1, 2, 3, 7)),
                "rooms": {kind: _room(rng, base, *ROOMS[kind]) for kind in kinds},
            }
    return rows


def _room(rng: Random, base: int, sleeps: int, factor: float) -> Row:
    first = date(2027, 4, 1) + timedelta(days=rng.randrange(85))
    sold_out = [[first.isoformat(), (first + timedelta(days=rng.randint(2, 9))).isoformat()]] if rng.random() < 0.6 else []
    return {"sleeps": sleeps, "price_per_night_eur": round(base * factor), "sold_out": sold_out}


def _bookings(rng: Random, *tables: dict[str, Row]) -> dict[str, Row]:
    flights, trains, hotels, carriers = tables
    made: list[Row] = []
    open_flights = [row for row in flights.values() if row["fares"]["economy"]["seats_left"] > 0]
    for flight in rng.sample(open_flights, 24):
        crew, bags = _crew(rng, 3), rng.randint(0, 2)
        bag_price = carriers[flight["airline"]]["bag_price_eur"]
        price = flight["fares"]["economy"]["price_eur"] * len(crew) + bags * bag_price
        chosen = {"flight_id": flight["flight_id"], "cabin": "economy", "passengers": crew, "bags": bags}
        made.append({**_trip(flight, "flight"), **chosen, "price_eur": price})
    for train in rng.sample([row for row in trains.values() if row["fares"]["second"]["seats_left"] > 0], 18):
        crew = _crew(rng, 2)
        price = train["fares"]["second"]["price_eur"] * len(crew)
        chosen = {"train_id": train["train_id"], "travel_class": "second", "passengers": crew, "seat": "any"}
        made.append({**_trip(train, "train"), **chosen, "price_eur": price})
    everywhere = {hotel["city"]: hotel for hotel in rng.sample(list(hotels.values()), len(hotels))}
    for hotel in (*everywhere.values(), *rng.sample(list(hotels.values()), 7)):
        made.append(_stay(rng, hotel))
    rows = {}
    for n, booking in enumerate(made):
        id = f"B{52104 + n * 37}"
        status = "completed" if booking["starts"] < TODAY else "cancelled" if n % 7 == 3 else "confirmed"
        percent = carriers[booking.pop("carrier")]["refund_percent"] if "carrier" in booking else 100
        refund = booking["price_eur"] * percent // 100 if status == "cancelled" else 0
        rows[id] = {"booking_id": id, "status": status, **booking, "refund_eur": refund}
    return rows


def _crew(rng: Random, most: int) -> list[dict[str, str]]:
    return sorted(rng.sample(TRAVELLERS, rng.randint(1, most)), key=lambda name: (name["last_name"], name["first_name"]))


def _trip(row: Row, kind: str) -> Row:
    route = {"kind": kind, "starts": row["departs"][:10], "origin": row["origin"], "destination": row["destination"]}
    return {**route, "carrier": row["airline"] if kind == "flight" else row["railway"]}


def _stay(rng: Random, hotel: Row) -> Row:
    # One stay in five lies behind us; none on nights that are sold out, which all begin in April.
    past = rng.random() < 0.2
    check_in = date(2027, 1, 5) + timedelta(days=rng.randrange(40)) if past else date(2027, 3, 5) + timedelta(days=rng.randrange(20))
    nights, room_type = rng.randint(1, 5), "double"
    guests, breakfast = rng.randint(1, 2), rng.random() < 0.5
    price = nights * (hotel["rooms"][room_type]["price_per_night_eur"] + (guests * hotel["breakfast_eur"] if breakfast else 0))
    return {
        "kind": "hotel",
        "starts": check_in.isoformat(),
        "ends": (check_in + timedelta(days=nights)).isoformat(),
        "destination": hotel["city"],
        "hotel_id": hotel["hotel_id"],
        "room_type": room_type,
        "guests": guests,
        "guest": rng.choice(TRAVELLERS),
        "breakfast": breakfast,
        "price_eur": price,
    }
