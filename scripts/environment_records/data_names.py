"""What the invented statistical office has figures about."""

from __future__ import annotations

COUNTRIES = {
    "ASV": ("Astrava", ("Northmark", "Sellen Coast", "Upper Varn", "Dry Plains")),
    "BMO": ("Belmora", ("Isker Valley", "Quillon", "Harrow Fells", "Bay of Ammet")),
    "CRV": ("Corvenia", ("Tamrick", "Old Ferring", "Lowmoor", "Stennis")),
    "DSL": ("Drosland", ("Kettle Isles", "Vossen", "Grey Highlands", "Marrowdale")),
    "EYS": ("Elystria", ("Sunder Hills", "Port Amaris", "Wend", "Cinder Lakes")),
    "FMK": ("Fenmark", ("Pell Delta", "Hask", "Thornreach", "East Carrow")),
}
TOWN_STARTS = ("Am", "Bri", "Cal", "Dor", "Esk", "Fal", "Gren", "Hav", "Ist", "Jor", "Kel", "Lim")
TOWN_ENDS = ("wick", "stead", "lund", "mere", "gate", "ora")
REGIONAL = (
    # title, topic, unit, how countries come from regions, decimals, first and last year, agency
    ("Resident population", "population", "persons", "sum", 0, 2012, 2026, "Census Bureau"),
    ("Gross domestic product", "economy", "million crowns", "sum", 0, 2013, 2025, "Accounts Office"),
    ("Overnight stays in hotels", "tourism", "thousand nights", "sum", 0, 2014, 2026, "Travel Board"),
    ("Unemployment rate", "labour", "percent", "mean", 1, 2012, 2026, "Labour Agency"),
    ("Hospital beds", "health", "beds", "sum", 0, 2013, 2025, "Health Institute"),
)
NATIONAL = (
    # title, topic, unit, decimals, first and last year, agency, lowest and highest value at the start, yearly drift;
    # below one, values are shares of the population
    ("Life expectancy at birth", "health", "years", 1, 2012, 2025, "Health Institute", 74.0, 82.0, 0.002),
    ("Consumer price inflation", "economy", "percent", 1, 2014, 2026, "Accounts Office", 1.0, 4.0, 0.01),
    ("Greenhouse gas emissions", "environment", "kilotonnes", 0, 2013, 2025, "Climate Desk", 20_000, 160_000, -0.02),
    ("Electricity from renewables", "energy", "gigawatt hours", 0, 2012, 2026, "Climate Desk", 4_000, 20_000, 0.06),
    ("Electricity consumption", "energy", "gigawatt hours", 0, 2012, 2026, "Climate Desk", 50_000, 190_000, 0.008),
    ("Rail passenger kilometres", "transport", "million kilometres", 0, 2013, 2026, "Travel Board", 900, 22_000, 0.02),
    ("Forest area", "environment", "square kilometres", 0, 2012, 2024, "Climate Desk", 6_000, 60_000, 0.003),
    ("Exports of goods", "economy", "million crowns", 0, 2013, 2026, "Accounts Office", 12_000, 90_000, 0.035),
    ("Live births", "population", "births", 0, 2012, 2025, "Census Bureau", 0.008, 0.013, -0.012),
)
SECTORS = (
    "agriculture",
    "construction",
    "electronics",
    "energy",
    "finance",
    "food",
    "logistics",
    "pharmaceuticals",
    "software",
    "textiles",
)
STEMS = (
    "Abbern", "Brastol", "Callow", "Dremmer", "Ebonwick", "Fallgate", "Gantry", "Hestor", "Ingleth", "Jarvane", "Korrin", "Lampard",
    "Mistral", "Norvik", "Oakhelm", "Pellworth", "Quarrel", "Rensford", "Solvane", "Tarrant", "Umberlea", "Vantage", "Wexholm", "Yarrow",
)  # fmt: skip
KINDS = {
    "agriculture": ("Farms", "Growers"), "construction": ("Builders", "Works"), "electronics": ("Circuits", "Devices"),
    "energy": ("Power", "Grid"), "finance": ("Bank", "Capital"), "food": ("Foods", "Mills"), "logistics": ("Freight", "Lines"),
    "pharmaceuticals": ("Pharma", "Biologics"), "software": ("Systems", "Software"), "textiles": ("Weavers", "Fabrics"),
}  # fmt: skip
