"""Where travel goes: real cities with their hours ahead of UTC in summer, routes between them, and companies that do not exist."""

from __future__ import annotations

from collections.abc import Mapping

CITIES: Mapping[str, tuple[str, int]] = {
    "Amsterdam": ("Netherlands", 2), "Athens": ("Greece", 3), "Barcelona": ("Spain", 2), "Berlin": ("Germany", 2),
    "Brussels": ("Belgium", 2), "Copenhagen": ("Denmark", 2), "Dublin": ("Ireland", 1), "Edinburgh": ("United Kingdom", 1),
    "Hamburg": ("Germany", 2), "Helsinki": ("Finland", 3), "Lisbon": ("Portugal", 1), "London": ("United Kingdom", 1),
    "Lyon": ("France", 2), "Madrid": ("Spain", 2), "Milan": ("Italy", 2), "Munich": ("Germany", 2), "Oslo": ("Norway", 2),
    "Paris": ("France", 2), "Porto": ("Portugal", 1), "Prague": ("Czechia", 2), "Rome": ("Italy", 2), "Vienna": ("Austria", 2),
    "Zurich": ("Switzerland", 2),
}  # fmt: skip
FLIGHT_ROUTES = (
    ("Lisbon", "Amsterdam", 1850), ("Madrid", "Berlin", 1870), ("Barcelona", "Vienna", 1350), ("Dublin", "Rome", 1890),
    ("Copenhagen", "Milan", 1150), ("Helsinki", "Zurich", 1780), ("Athens", "Munich", 1490), ("Edinburgh", "Paris", 870),
    ("Porto", "Brussels", 1350), ("Oslo", "Prague", 1110), ("London", "Lisbon", 1580), ("Hamburg", "Lyon", 930),
)  # fmt: skip
TRAIN_ROUTES: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    ("Lisbon", "Porto", 175, ("Coimbra", "Aveiro")), ("Madrid", "Barcelona", 165, ("Zaragoza", "Lleida")),
    ("Paris", "Lyon", 120, ("Dijon",)), ("Paris", "Brussels", 85, ()), ("Brussels", "Amsterdam", 115, ("Antwerp", "Rotterdam")),
    ("Berlin", "Hamburg", 105, ()), ("Berlin", "Prague", 250, ("Dresden",)), ("Munich", "Vienna", 240, ("Salzburg", "Linz")),
    ("Vienna", "Prague", 240, ("Brno",)), ("Zurich", "Milan", 200, ("Lugano", "Como")), ("Milan", "Rome", 190, ("Bologna", "Florence")),
    ("London", "Edinburgh", 265, ("York", "Newcastle")), ("Copenhagen", "Hamburg", 280, ("Odense",)),
)  # fmt: skip
AIRLINES: Mapping[str, str] = {
    "Norvane Air": "7N", "Castelio": "4C", "Skylark & Sons": "8K", "Halcyra": "2H", "Westmere Airways": "6W", "Brisazul": "3B",
}  # fmt: skip
RAILWAYS: Mapping[str, str] = {"TransAlba": "TA", "Meridio Rail": "MR", "Nordlane": "NL", "Kestra Trains": "KT"}
HOTEL_NAMES = [
    f"{first} {second}"
    for first in ("Copper", "Juniper", "Grey", "Willow", "Saffron", "Basalt", "Harbour", "Orchard", "Velvet", "Amber", "Cobalt", "Ivory")
    for second in ("Heron House", "Lantern Hotel", "Court Suites", "Fox Inn", "Cellar Rooms", "Arch Hotel", "Mill Lodge", "Sparrow Hotel")
]
TRAVELLERS = [
    {"first_name": first, "last_name": last}
    for first, last in (
        ("Maren", "Okafor"), ("Teodor", "Okafor"), ("Lina", "Okafor"), ("Silas", "Brandt"), ("Noor", "Haddad"), ("Petra", "Vanek"),
        ("Iker", "Solana"), ("Bea", "Holm"), ("Rafael", "Pinto"), ("Yuki", "Amano"),
    )
]  # fmt: skip
