"""Invented patents, their owners and inventors."""

from __future__ import annotations

from random import Random

from spectool.environments.tables import Records

SEED = "patent/1"
COMPANIES = (
    ("Aldermoor Optics", "GB"), ("Brightwater Robotics", "US"), ("Calyx Semiconductors", "TW"), ("Dunmere Batteries", "KR"),
    ("Eskelund Turbines", "DK"), ("Ferrante Ceramics", "IT"), ("Granholm Medical", "SE"), ("Hollis & Vane", "US"),
    ("Ikeda Sensors", "JP"), ("Jarrow Polymers", "GB"), ("Kestrel Avionics", "CA"), ("Lindqvist Acoustics", "SE"),
)  # fmt: skip
FIRST = ("Amara", "Bruno", "Chiara", "Daisuke", "Elin", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kavya", "Lars", "Mei", "Nadia", "Oskar")
LAST = ("Abara", "Bergstrom", "Costa", "Doyle", "Eriksen", "Fontaine", "Gupta", "Haddad", "Ito", "Jansen", "Kowalski", "Lindgren", "Moreau")
CLASSES = {
    "H01M": ("battery cell", "electrode", "separator", "charging circuit"),
    "G02B": ("lens array", "waveguide", "beam splitter", "optical filter"),
    "B25J": ("gripper", "robot arm", "joint actuator", "tool changer"),
    "F03D": ("turbine blade", "nacelle", "pitch control", "tower damper"),
    "A61B": ("catheter tip", "pulse sensor", "imaging probe", "suture device"),
    "H04R": ("microphone", "loudspeaker", "hearing aid", "noise canceller"),
}
TRAITS = ("foldable", "low-noise", "self-healing", "modular", "high-temperature", "wireless", "corrosion-resistant", "ultra-thin")


def records() -> Records:
    """Tables ``patents``, ``companies`` and ``watchlist`` (empty)."""
    rng = Random(SEED)
    companies = {
        f"C{100 + n}": {"company_id": f"C{100 + n}", "name": name, "country": country} for n, (name, country) in enumerate(COMPANIES)
    }
    patents = {}
    for number in range(180):
        code = rng.choice(list(CLASSES))
        owner = rng.choice(list(companies.values()))
        id = f"{owner['country']}{9_000_000 + number * 1371}"
        filed = f"{rng.randint(2008, 2023)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        patents[id] = {
            "patent_id": id,
            "title": f"{rng.choice(TRAITS).capitalize()} {rng.choice(CLASSES[code])}",
            "company_id": owner["company_id"],
            "assignee": owner["name"],
            "inventors": rng.sample([f"{first} {last}" for first in FIRST for last in LAST], rng.randint(1, 3)),
            "class_code": code,
            "filed": filed,
            "status": rng.choice(["granted", "granted", "granted", "pending", "expired"]),
            "claims": rng.randint(4, 31),
        }
    return {"patents": patents, "companies": companies, "watchlist": {}}
