"""The names that the stock archive's records are made of; all invented."""

from __future__ import annotations

CREATORS = (
    ("Anselm Kroyer", "DK"), ("Beatriz Olmedilla", "ES"), ("Cormac Tullyard", "IE"), ("Dagny Vestrheim", "NO"), ("Emeka Ozoani", "NG"),
    ("Fiorella Bassanego", "IT"), ("Gaspard Lointier", "FR"), ("Hanneke Dijksma", "NL"), ("Iskra Velinova", "BG"), ("Jarno Pihlava", "FI"),
    ("Keala Nahoopili", "US"), ("Lorcan Ashdown", "GB"), ("Miyu Tachikura", "JP"), ("Nerina Calder", "AU"), ("Osvaldo Pereyro", "AR"),
    ("Petra Hrubesch", "CZ"), ("Quillan Straith", "CA"), ("Rukmini Vadgama", "IN"), ("Soren Lyngfeldt", "DK"), ("Tamsin Okehurst", "GB"),
    ("Ulrike Brandmair", "AT"), ("Vikram Sahadeo", "IN"), ("Wilhelmina Roske", "DE"), ("Yannis Metaxopoulos", "GR"),
)  # fmt: skip
SUBJECTS = {
    "nature": (
        ("heather moor", "heather"), ("glacier tongue", "ice"), ("birch forest", "trees"), ("salt marsh", "water"), ("sand dune", "sand"),
        ("mountain lake", "water"), ("sea stack", "cliff"), ("lavender field", "flowers"),
    ),
    "wildlife": (
        ("red squirrel", "squirrel"), ("grey heron", "bird"), ("barn owl", "bird"), ("fallow deer", "deer"), ("river otter", "otter"),
        ("kingfisher", "bird"), ("harbour seal", "seal"), ("mountain hare", "hare"),
    ),
    "architecture": (
        ("spiral staircase", "stairs"), ("concrete tower", "tower"), ("timber church", "church"), ("iron bridge", "bridge"),
        ("tiled courtyard", "courtyard"), ("glass atrium", "glass"), ("lighthouse", "tower"), ("brick warehouse", "brick"),
    ),
    "food": (
        ("rye loaf", "bread"), ("pomegranate bowl", "fruit"), ("ramen counter", "noodles"), ("oyster platter", "seafood"),
        ("spice stall", "spices"), ("apricot tart", "pastry"), ("espresso bar", "coffee"), ("cheese board", "cheese"),
    ),
    "people": (
        ("violin maker", "craft"), ("fishing crew", "work"), ("chess players", "game"), ("street dancer", "dance"),
        ("marathon runner", "sport"), ("market trader", "work"), ("night nurse", "work"), ("beekeeper", "craft"),
    ),
    "transport": (
        ("cable car", "cable"), ("cargo ferry", "ship"), ("night tram", "rail"), ("steam engine", "rail"), ("cycle courier", "bicycle"),
        ("container port", "ship"), ("mountain pass road", "road"), ("seaplane", "aircraft"),
    ),
    "industry": (
        ("wind farm", "energy"), ("foundry floor", "metal"), ("paper mill", "paper"), ("shipyard crane", "metal"),
        ("solar array", "energy"), ("weaving loom", "textile"), ("quarry wall", "stone"), ("bottling line", "glass"),
    ),
    "abstract": (
        ("oil on water", "colour"), ("folded paper", "paper"), ("neon reflection", "light"), ("peeling paint", "texture"),
        ("rusted plate", "metal"), ("ink cloud", "colour"), ("light trails", "light"), ("frost pattern", "ice"),
    ),
}  # fmt: skip
SCENES = (
    ("at dawn", "dawn"), ("in fog", "fog"), ("after rain", "rain"), ("in first snow", "snow"), ("from above", "aerial"),
    ("at blue hour", "dusk"), ("in close-up", "macro"), ("in harsh light", "contrast"),
)  # fmt: skip
MOODS = ("calm", "dramatic", "minimal", "vintage", "vivid", "moody")
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "brown", "grey", "white")
SIZES = ((6000, 4000), (4000, 6000), (5000, 5000), (3840, 2560), (2400, 3600), (7680, 4320), (3000, 3000), (5400, 3600), (3200, 4800))
# Collections of the archive, and what one of their assets has as category or tag.
CURATED = {
    "Quiet Mornings": ("dawn", "calm"), "Hands at Work": ("work", "craft"), "Steel and Steam": ("industry", "metal"),
    "Feather and Fur": ("wildlife",), "Weather Report": ("rain", "fog", "snow"), "Blue Hours": ("dusk",), "Market Day": ("food",),
    "Above It All": ("aerial",), "City Geometry": ("architecture",), "Winter Light": ("snow", "ice"), "On the Move": ("transport",),
    "Small Worlds": ("macro",), "Made of Colour": ("abstract", "vivid"), "Open Country": ("nature",), "Hard Shadows": ("contrast",),
    "Faces and Trades": ("people",),
}  # fmt: skip
OWN = ("Spring campaign", "Annual report", "Museum app", "Harbour brochure", "Cookery blog", "Wall calendar", "Trade fair", "Train posters")
