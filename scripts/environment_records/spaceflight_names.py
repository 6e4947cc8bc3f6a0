"""The names of the spaceflight records, all invented, and the figures that hang on them."""

from __future__ import annotations

# id, name, abbreviation, type, country, founded
AGENCIES = (
    ("AGY-11", "Norrland Space Agency", "NRSA", "government", "SWE", 1974),
    ("AGY-14", "Pacific Orbital Authority", "POA", "government", "NZL", 1988),
    ("AGY-17", "Castellan Launch Systems", "CLS", "commercial", "USA", 2004),
    ("AGY-20", "Tamarind Aerospace", "TMA", "commercial", "IND", 2011),
    ("AGY-23", "Iberian Institute for Spaceflight", "IISF", "government", "ESP", 1979),
    ("AGY-26", "Hokuto Rocketry", "HKR", "commercial", "JPN", 2009),
    ("AGY-29", "Andean Space Commission", "ASC", "government", "PER", 1996),
    ("AGY-32", "Brightarc", "BRA", "commercial", "USA", 2013),
    ("AGY-35", "Lowland Research Consortium", "LRC", "research", "NLD", 1991),
    ("AGY-38", "Great Rift Space Bureau", "GRSB", "government", "KEN", 1999),
    ("AGY-41", "Ostmark Propulsion", "OMP", "commercial", "AUT", 2007),
    ("AGY-44", "Southern Cross Observatory Trust", "SCOT", "research", "AUS", 1983),
)

# id, name, owner, kg to LEO, height m, stages, reusable, cost in millions of US dollars, status, orbits
LAUNCHERS = (
    ("LNC-03", "Skadi 1", "AGY-11", 4800, 38.2, 3, False, 41, "retired", ("LEO", "SSO", "GTO")),
    ("LNC-05", "Skadi 2", "AGY-11", 11200, 52.6, 2, False, 78, "active", ("LEO", "SSO", "MEO", "GTO")),
    ("LNC-08", "Skadi 2 Heavy", "AGY-11", 21400, 58.1, 3, False, 124, "active", ("LEO", "SSO", "MEO", "GTO", "TLI")),
    ("LNC-11", "Moana", "AGY-14", 1350, 21.4, 2, False, 12, "active", ("LEO", "SSO")),
    ("LNC-13", "Moana XL", "AGY-14", 9600, 47.9, 2, True, 55, "active", ("LEO", "SSO", "GTO")),
    ("LNC-16", "Castellan Keep", "AGY-17", 17800, 66.3, 2, True, 62, "active", ("LEO", "SSO", "MEO", "GTO")),
    ("LNC-18", "Castellan Citadel", "AGY-17", 48500, 74.0, 2, True, 118, "active", ("LEO", "SSO", "MEO", "GTO", "TLI")),
    ("LNC-21", "Garuda Light", "AGY-20", 720, 18.6, 3, False, 7, "retired", ("LEO", "SSO")),
    ("LNC-24", "Garuda Prime", "AGY-20", 6400, 43.7, 3, False, 36, "active", ("LEO", "SSO", "GTO")),
    ("LNC-27", "Alcazar", "AGY-23", 2300, 30.1, 4, False, 29, "active", ("LEO", "SSO")),
    ("LNC-30", "Hokuto Seven", "AGY-26", 13900, 55.2, 2, False, 83, "active", ("LEO", "SSO", "MEO", "GTO", "TLI")),
    ("LNC-32", "Hokuto Minor", "AGY-26", 980, 19.8, 3, False, 11, "active", ("LEO", "SSO")),
    ("LNC-35", "Quipu", "AGY-29", 3100, 33.5, 3, False, 33, "active", ("LEO", "SSO", "GTO")),
    ("LNC-38", "Lantern", "AGY-32", 1600, 24.0, 2, True, 9, "active", ("LEO", "SSO")),
    ("LNC-40", "Lantern Triple", "AGY-32", 5200, 31.3, 2, True, 24, "active", ("LEO", "SSO", "MEO", "GTO")),
    ("LNC-43", "Uhuru", "AGY-38", 4100, 36.9, 3, False, 30, "active", ("LEO", "SSO", "GTO")),
    ("LNC-46", "Traverse", "AGY-41", 7900, 45.0, 2, True, 48, "active", ("LEO", "SSO", "MEO", "GTO")),
)  # fmt: skip

# id, name, spaceport, country, latitude, longitude, status, agencies that fly from it
PADS = (
    ("PAD-02", "Pad North", "Vindel Spaceport", "SWE", 67.88, 21.07, "active", ("AGY-11",)),
    ("PAD-04", "Pad South", "Vindel Spaceport", "SWE", 67.86, 21.10, "active", ("AGY-11", "AGY-41")),
    ("PAD-07", "Complex 1", "Cape Torea", "NZL", -39.26, 177.86, "active", ("AGY-14",)),
    ("PAD-09", "Complex 2", "Cape Torea", "NZL", -39.27, 177.88, "active", ("AGY-14", "AGY-32")),
    ("PAD-12", "Launch Site A", "Pelican Key Range", "USA", 28.12, -80.24, "active", ("AGY-17",)),
    ("PAD-14", "Launch Site B", "Pelican Key Range", "USA", 28.15, -80.26, "active", ("AGY-17", "AGY-32")),
    ("PAD-17", "Launch Site C", "Pelican Key Range", "USA", 28.19, -80.29, "inactive", ()),
    ("PAD-19", "West Stand", "Point Carrizo", "USA", 34.48, -120.91, "active", ("AGY-17", "AGY-32")),
    ("PAD-22", "First Stand", "Tuticor Coast Centre", "IND", 8.71, 78.19, "active", ("AGY-20",)),
    ("PAD-24", "Second Stand", "Tuticor Coast Centre", "IND", 8.73, 78.20, "active", ("AGY-20", "AGY-38")),
    ("PAD-27", "Rampa 1", "Isla Brena", "ESP", 27.78, -18.02, "active", ("AGY-23", "AGY-41")),
    ("PAD-30", "Yaku Pad", "Talara Equatorial Base", "PER", -4.61, -81.20, "active", ("AGY-29",)),
    ("PAD-33", "Ohma Pad 1", "Ohma Space Harbour", "JPN", 30.52, 131.08, "active", ("AGY-26",)),
    ("PAD-35", "Ohma Pad 2", "Ohma Space Harbour", "JPN", 30.54, 131.11, "inactive", ("AGY-26",)),
    ("PAD-38", "Ungama Platform", "Ungama Bay Centre", "KEN", -2.72, 40.31, "active", ("AGY-38", "AGY-29")),
)  # fmt: skip

_TYPES = (
    "communications", "earth_observation", "science", "crewed", "navigation", "resupply", "technology", "earth_observation",
    "communications", "crewed",
)  # fmt: skip
_NAMES = (
    "Halden 1", "Verglas 2", "Corriemoor", "Aurelia 4", "Polstern 1", "Ferryman 3", "Quickstep", "Verglas 3", "Halden 2",
    "Aurelia 5", "Sennet 1", "Mistral Eye", "Tarnlight", "Aurelia 6", "Polstern 2", "Ferryman 4", "Bellhop", "Okapi 1",
    "Sennet 2", "Concord 1", "Halden 3", "Verglas 4", "Gravenstein", "Aurelia 7", "Polstern 3", "Ferryman 5", "Thistledown",
    "Okapi 2", "Larkspur", "Concord 2", "Sennet 3", "Mistral Ear", "Umbriel Dust", "Aurelia 8", "Polstern 4", "Ferryman 6",
    "Ratchet", "Okapi 3", "Halden 4", "Concord 3", "Bluecap 1", "Fennel 1", "Perihelion Watch", "Concord 4", "Wayfare 1",
    "Drover 1", "Marlinspike", "Fennel 2", "Bluecap 2", "Aurelia 9", "Sennet 4", "Saltmarsh", "Ionwind", "Aurelia 10",
    "Wayfare 2", "Drover 2", "Pennywhistle", "Fennel 3", "Larkspur 2", "Concord 5", "Bluecap 3", "Verglas 5", "Coronet",
    "Vesper 1", "Wayfare 3", "Drover 3", "Tinderbox", "Okapi 4", "Sennet 5", "Vesper 2", "Halden 5", "Peatland",
    "Magnolia Probe", "Concord 6", "Polstern 5", "Ferryman 7", "Windlass", "Saltmarsh 2", "Bluecap 4", "Vesper 3",
    "Copperline 1", "Glacis 1", "Starling Survey", "Aurelia 11", "Wayfare 4", "Drover 4", "Foxglove", "Glacis 2",
    "Copperline 2", "Concord 7", "Larkspur 3", "Verglas 6", "Nightjar", "Vesper 4", "Polstern 6", "Ferryman 8", "Capstan",
    "Glacis 3", "Copperline 3", "Aurelia 12", "Sennet 6", "Okapi 5", "Heliotrope", "Vesper 5", "Wayfare 5", "Drover 5",
    "Gimlet", "Fennel 4", "Bluecap 5", "Concord 8", "Halden 6", "Peatland 2", "Limb Sounder", "Aurelia 13", "Polstern 7",
    "Ferryman 9", "Sextant", "Glacis 4", "Copperline 4", "Vesper 6", "Larkspur 4", "Verglas 7", "Ember Trail", "Concord 9",
    "Wayfare 6", "Drover 6", "Oarlock", "Okapi 6", "Sennet 7", "Aurelia 14",
    "Bluecap 6", "Verglas 8", "Duskwatch", "Vesper 7", "Wayfare 7", "Ferryman 10", "Halyard", "Fennel 5", "Copperline 5", "Aurelia 15",
    "Halden 7", "Peatland 3", "Cinder Path", "Concord 10", "Polstern 8", "Drover 7", "Bowsprit", "Okapi 7", "Larkspur 5", "Vesper 8",
    "Sennet 8", "Glacis 5", "Moth Survey", "Aurelia 16",
)  # fmt: skip
MISSIONS = tuple((name, _TYPES[number % len(_TYPES)]) for number, name in enumerate(_NAMES))

FIRST = (
    "Annika", "Bastian", "Celeste", "Dimitar", "Eleni", "Farrukh", "Gwendolyn", "Hiroto", "Isabela", "Jorunn", "Kamau",
    "Leontine", "Mateus", "Nirmala", "Oddvar", "Paloma", "Quentin", "Rukmini", "Sotiris", "Tamsin", "Ulrika", "Valerio",
    "Wanjiru", "Xiomara", "Yasmin", "Zoltan", "Alasdair", "Birgitta", "Cosimo", "Damaris", "Emeka", "Florian", "Giulietta",
    "Henrike", "Ignacio", "Jelena",
)  # fmt: skip
LAST = (
    "Ahlgren", "Brisbois", "Calloway", "Dragomir", "Egede", "Farnsworth", "Gallardo", "Hatanaka", "Ingersoll", "Juhasz",
    "Kipkemboi", "Lorimer", "Mascarenhas", "Nakagami", "Oyelaran", "Pettersen", "Quiroga", "Rautio", "Sandoval", "Thorvald",
    "Umarov", "Vasquez", "Westergaard", "Xenakis", "Yamashiro", "Zielinski", "Abernathy", "Bhandari", "Castellani", "Duvernay",
    "Eastlake", "Fukumoto", "Grimaldi", "Hollander", "Ishikawa", "Jourdain", "Kettering", "Lindahl", "Montero", "Nyberg",
)  # fmt: skip
SITES = ("Orbit Ledger", "The Launch Window", "Apogee Daily", "Countdown Review")
# What a mission is for, and what the press makes of a launch: topic, headline.
OBJECTIVES = {
    "communications": "Broadband and relay service from {orbit}",
    "earth_observation": "Imaging of land and coasts from {orbit}",
    "navigation": "Timing and positioning signals from {orbit}",
    "science": "Measurements of particles and fields on the way through {orbit}",
    "technology": "Test of new propulsion and avionics in {orbit}",
    "resupply": "Cargo for the crew of the Meridian outpost in {orbit}",
    "crewed": "Crew flight with experiments in {orbit}",
}
HEADLINES = {
    "success": ("launch", "{launcher} carries {mission} to {orbit}"),
    "failure": ("failure", "{launcher} lost with {mission} aboard"),
    "partial_failure": ("failure", "{mission} left in a lower orbit after {launcher} falls short"),
    "go": ("schedule", "{mission} cleared for flight on {launcher}"),
    "tbd": ("schedule", "No firm date yet for {mission}"),
    "hold": ("schedule", "{agency} puts {mission} on hold"),
}
