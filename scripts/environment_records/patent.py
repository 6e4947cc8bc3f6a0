"""Invented patents with their families, owners, inventors, citations and renewal fees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, get_args

from spectool.environments.core.environment import TODAY
from spectool.environments.core.tables import Records
from spectool.environments.patent.search import Office

SEED = "patent/2"
COMPANIES = (
    ("Aldermoor Optics", "GB", "optics"), ("Brightmere Robotics", "US", "robotics"), ("Calyx Semiconductors", "TW", "electronics"),
    ("Dunmere Batteries", "KR", "energy"), ("Eskelund Turbines", "DK", "energy"), ("Ferrante Ceramics", "IT", "materials"),
    ("Granholm Medical", "SE", "medical"), ("Hollis & Vane", "US", "audio"), ("Ikehata Sensors", "JP", "electronics"),
    ("Jarrowby Polymers", "GB", "materials"), ("Kestrelway Avionics", "CA", "robotics"), ("Lindqvist Acoustics", "SE", "audio"),
    ("Marchetti Lightworks", "IT", "optics"), ("Nordhaven Implants", "DK", "medical"), ("Okadera Motion", "JP", "robotics"),
    ("Pellmoor Wind", "DE", "energy"), ("Quillon Audio", "US", "audio"), ("Rosendal Diagnostics", "DE", "medical"),
    ("Sunfell Photonics", "CA", "optics"), ("Tarkwin Membranes", "US", "materials"), ("Umberlin Circuits", "TW", "electronics"),
    ("Vasko Instruments", "DE", "medical"), ("Hansoru Cells", "KR", "energy"), ("Yarrow Grips", "GB", "robotics"),
)  # fmt: skip
CLASSES: Mapping[str, tuple[str, ...]] = {
    "H01M": ("battery cell", "electrode", "separator", "electrolyte"),
    "G02B": ("lens array", "waveguide", "beam splitter", "optical filter"),
    "B25J": ("gripper", "robot arm", "joint actuator", "tool changer"),
    "F03D": ("turbine blade", "nacelle", "pitch control", "tower damper"),
    "A61B": ("catheter tip", "pulse sensor", "imaging probe", "suture device"),
    "H04R": ("microphone", "loudspeaker", "hearing aid", "noise canceller"),
    "H05K": ("circuit board", "heat spreader", "connector strip", "shielding can"),
    "C08J": ("foam sheet", "membrane", "adhesive film", "composite panel"),
}
FIELDS: Mapping[str, tuple[str, str]] = {
    "optics": ("G02B", "A61B"), "robotics": ("B25J", "H05K"), "electronics": ("H05K", "H04R"), "energy": ("H01M", "F03D"),
    "materials": ("C08J", "H01M"), "medical": ("A61B", "C08J"), "audio": ("H04R", "G02B"),
}  # fmt: skip
TRAITS = (
    "foldable", "low-noise", "self-healing", "modular", "high-temperature", "wireless", "corrosion-resistant", "ultra-thin",
    "shock-proof", "self-cleaning", "lightweight", "tamper-proof",
)  # fmt: skip
FIRST = (
    "Amara", "Bruno", "Chiara", "Daisuke", "Elin", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kavya", "Lars", "Mei", "Nadia", "Oskar",
    "Priya", "Quentin", "Rosa", "Stellan", "Tomoko", "Ulla", "Viktor", "Wanda", "Yusuf",
)  # fmt: skip
LAST = (
    "Abara", "Bergstrom", "Costa", "Doyle", "Eriksen", "Fontaine", "Gupta", "Haddad", "Ito", "Jansen", "Kowalski", "Lindgren", "Moreau",
    "Novak", "Okoye", "Petrov", "Quist", "Rossi", "Sandoval", "Takeda",
)  # fmt: skip
OFFICES: tuple[str, ...] = get_args(Office)
OPEN_MONTHS, GRACE_MONTHS = 3, 6

Row = dict[str, Any]


def records() -> Records:
    """Tables ``patents``, ``families``, ``citations``, ``companies``, ``inventors``, ``fees`` and ``watchlist``."""
    rng = Random(SEED)
    companies = _companies(rng)
    inventors = _inventors(rng, companies)
    patents: dict[str, Row] = {}
    families: dict[str, Row] = {}
    subjects = rng.sample([(code, trait, noun) for code, nouns in CLASSES.items() for noun in nouns for trait in TRAITS], 78)
    for n, (code, trait, noun) in enumerate(subjects):
        owner = rng.choice([row for row in companies.values() if code in FIELDS[row["industry"]]])
        crew = [row for row in inventors.values() if row["company_id"] == owner["company_id"]]
        family = _family(rng, 40117 + n * 13, f"{trait.capitalize()} {noun}", code, owner)
        members = _members(rng, family, rng.sample(crew, rng.randint(1, min(3, len(crew)))), len(patents))
        families[str(family["family_id"])] = {**family, "patent_ids": [row["patent_id"] for row in members]}
        patents.update({row["patent_id"]: row for row in members})
    citations = _citations(rng, patents)
    fees = _fees(rng, patents)
    _add_totals(patents, companies, inventors, citations)
    watched = rng.sample(sorted(patents), 18)
    watchlist = {id: {"patent_id": id, "notify": rng.choice(["daily", "weekly", "never"])} for id in watched}
    return {
        "patents": patents, "families": families, "citations": citations, "companies": companies,
        "inventors": inventors, "fees": fees, "watchlist": watchlist,
    }  # fmt: skip


def _add_totals(
    patents: Mapping[str, Row], companies: Mapping[str, Row], inventors: Mapping[str, Row], citations: Mapping[str, Row]
) -> None:
    """Adds to each row what others tell of it: by how many it is cited, how many patents it has."""
    for id, row in patents.items():
        row["cited_by_count"] = len(citations[id]["cited_by"])
    for id, row in companies.items():
        row["patent_count"] = sum(patent["company_id"] == id for patent in patents.values())
    for id, row in inventors.items():
        made = [patent for patent in patents.values() if any(inventor["inventor_id"] == id for inventor in patent["inventors"])]
        row.update(class_codes=sorted({patent["class_code"] for patent in made}), patent_count=len(made))


def _companies(rng: Random) -> dict[str, Row]:
    rows = {}
    for n, (name, country, industry) in enumerate(COMPANIES):
        id = f"C{100 + n * 7}"
        rows[id] = {"company_id": id, "name": name, "country": country, "industry": industry, "founded": rng.randint(1921, 2003)}
    return rows


def _inventors(rng: Random, companies: Mapping[str, Row]) -> dict[str, Row]:
    names = rng.sample([f"{first} {last}" for first in FIRST for last in LAST], len(companies) * 3)
    ids = [company for company in companies for _ in range(3)]
    rows = {}
    for n, (name, company) in enumerate(zip(names, ids, strict=True)):
        id = f"N{2040 + n * 3}"
        rows[id] = {"inventor_id": id, "name": name, "company_id": company, "company": companies[company]["name"]}
    return rows


def _family(rng: Random, id: int, title: str, code: str, owner: Row) -> Row:
    priority = date(rng.randint(2005, 2025), rng.randint(1, 12), rng.randint(1, 28)).isoformat()
    return {
        "family_id": id, "title": title, "class_code": code, "company_id": owner["company_id"],
        "assignee": owner["name"], "priority": priority,
    }  # fmt: skip


def _members(rng: Random, family: Row, crew: list[Row], before: int) -> list[Row]:
    offices = rng.sample(OFFICES, rng.choices((1, 2, 3, 4), (3, 4, 3, 1))[0])
    rows = []
    for n, office in enumerate(offices):
        # A member is filed within a year of the first one, whose date is the priority.
        filed = date.fromisoformat(family["priority"]) + timedelta(days=0 if n == 0 else rng.randint(60, 360))
        filed = filed.replace(day=min(filed.day, 28))
        rows.append(
            {
                "patent_id": f"{office}{9_000_000 + (before + n) * 1371 + rng.randint(0, 999)}",
                "family_id": family["family_id"],
                "title": family["title"],
                "company_id": family["company_id"],
                "assignee": family["assignee"],
                "inventors": [{"inventor_id": row["inventor_id"], "name": row["name"]} for row in crew],
                "class_code": family["class_code"],
                "office": office,
                "filed": filed.isoformat(),
                **_status(rng, filed),
                "claims": rng.randint(4, 31),
            }
        )
    return rows


def _status(rng: Random, filed: date) -> Row:
    granted = filed + timedelta(days=rng.randint(500, 1500))
    if granted.isoformat() >= TODAY:
        return {"granted": None, "status": "pending"}
    aged = filed.replace(year=filed.year + 20).isoformat() <= TODAY
    # A patent ends after twenty years, or earlier when a fee is not paid; the second needs a fee in the years on record.
    lapsed = not aged and 3 <= 2026 - filed.year + 1 <= 20 and filed.month <= 8 and rng.random() < 0.2
    return {"granted": granted.isoformat(), "status": "expired" if aged or lapsed else "granted"}


def _citations(rng: Random, patents: Mapping[str, Row]) -> dict[str, Row]:
    cites: dict[str, list[str]] = {}
    for id, row in patents.items():
        older = [other for other in patents.values() if other["filed"] < row["filed"] and other["family_id"] != row["family_id"]]
        near = [other["patent_id"] for other in older if other["class_code"] == row["class_code"]]
        far = [other["patent_id"] for other in older if other["class_code"] != row["class_code"]]
        some = rng.sample(near, min(len(near), rng.randint(0, 4))) + rng.sample(far, min(len(far), rng.randint(0, 1)))
        cites[id] = sorted(some, key=lambda other: (patents[other]["filed"], other))
    cited_by: dict[str, list[str]] = {id: [] for id in patents}
    for id in sorted(patents, key=lambda id: (patents[id]["filed"], id)):
        for other in cites[id]:
            cited_by[other].append(id)
    return {id: {"patent_id": id, "cites": cites[id], "cited_by": cited_by[id]} for id in patents}


def _fees(rng: Random, patents: Mapping[str, Row]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for id, patent in patents.items():
        for when in (2026, 2027):
            year = when - int(patent["filed"][:4]) + 1
            due = f"{when}{patent['filed'][4:]}"
            if patent["status"] == "pending" or not 3 <= year <= 20 or (patent["status"] == "expired" and when == 2027):
                continue
            rows[f"{id}/{year}"] = {
                "patent_id": id,
                "company_id": patent["company_id"],
                "year": year,
                "due": due,
                "amount_eur": 120 + 55 * (year - 3),
                "paid_on": _paid(rng, "granted" if year == 20 else patent["status"], due),
                "surcharge_eur": 0,
            }
    return rows


def _paid(rng: Random, status: str, due: str) -> str | None:
    """When a fee was paid: those whose six months of grace are over always, unless the patent has expired for want of it."""
    if status == "expired" or due > "2027-06-01" or (due > "2026-08-31" and rng.random() < (0.35 if due < TODAY else 0.85)):
        return None
    paid = date.fromisoformat(due) - timedelta(days=rng.randint(0, 80))
    return min(paid, date.fromisoformat(TODAY) - timedelta(days=rng.randint(3, 25))).isoformat()
