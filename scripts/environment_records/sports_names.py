"""Names for the invented leagues: teams with their towns and grounds in an invented country, and people."""

from __future__ import annotations

# Name, league, town, ground, capacity, degrees north, degrees east.
TEAMS: tuple[tuple[str, str, str, str, int, float, float], ...] = (
    ("Brannmoor Athletic", "aurora_league", "Brannmoor", "Foundry Lane", 24_500, 55.912, -2.140),
    ("Tolvick Wanderers", "aurora_league", "Tolvick", "The Saltings", 11_200, 55.644, -1.873),
    ("Eastmere Town", "aurora_league", "Eastmere", "Mere Park", 16_800, 55.381, -1.502),
    ("Port Caldery City", "aurora_league", "Port Caldery", "Harbour Road", 31_000, 55.205, -1.731),
    ("Greywell United", "aurora_league", "Greywell", "Chapel Field", 9_400, 55.487, -2.655),
    ("Hallowick Rovers", "aurora_league", "Hallowick", "Tanner's Green", 13_750, 55.733, -2.918),
    ("Dunmarsh Albion", "aurora_league", "Dunmarsh", "Windmill Stadium", 18_300, 55.058, -2.214),
    ("Kelderby Rangers", "aurora_league", "Kelderby", "Quarry Bank", 8_150, 54.922, -2.771),
    ("Northolm Victoria", "aurora_league", "Northolm", "Jubilee Ground", 21_600, 56.204, -2.402),
    ("Larkbridge County", "aurora_league", "Larkbridge", "Weir Street", 14_900, 55.326, -2.089),
    ("Larkbridge Harriers", "tidewater_league", "Larkbridge", "Rope Walk Arena", 5_200, 55.331, -2.102),
    ("Eastmere Herons", "tidewater_league", "Eastmere", "Reedbed Ground", 3_900, 55.390, -1.488),
    ("Port Caldery Pilots", "tidewater_league", "Port Caldery", "Lighthouse Field", 6_400, 55.197, -1.702),
    ("Vennick Storks", "tidewater_league", "Vennick", "Chimney Meadow", 2_800, 55.579, -2.330),
    ("Ashcombe Bay Kestrels", "tidewater_league", "Ashcombe Bay", "Cliff View", 4_100, 54.864, -1.395),
    ("Rookhaven Lancers", "tidewater_league", "Rookhaven", "Armoury Park", 7_300, 55.810, -1.621),
    ("Selvin Falls Otters", "tidewater_league", "Selvin Falls", "Millrace Ground", 3_300, 55.149, -2.933),
    ("Marrowgate Tigers", "tidewater_league", "Marrowgate", "Kiln Road", 4_700, 56.031, -2.688),
)
COUNTRIES = ("AR", "AU", "BE", "BR", "DE", "DK", "ES", "FR", "GB", "GH", "IE", "IN", "JP", "KR", "MA", "NG", "NL", "NZ", "PT", "SE")
FIRST = (
    "Alvaro", "Bastiaan", "Casimir", "Desmond", "Eskil", "Florian", "Gethin", "Hamza", "Idris", "Joaquim", "Kofi", "Lorcan", "Matteus",
    "Noor", "Otis", "Pascual", "Ruben", "Sander", "Takeshi", "Umar", "Valentin", "Wilfried", "Yusuf", "Zoran",
)  # fmt: skip
LAST = (
    "Adeyinka", "Balmaceda", "Carrowell", "Dunstane", "Egerholm", "Falconbridge", "Gavriilou", "Halvorstad", "Iwashiro", "Jespertun",
    "Kettleby", "Lambrecht", "Mbekaros", "Nieuwkoop", "Oyelaran", "Penhallow", "Quintanar", "Roskelley", "Solheimer", "Tremayle",
    "Uggerby", "Vandersloot", "Whitlocke", "Yamanoue",
)  # fmt: skip
