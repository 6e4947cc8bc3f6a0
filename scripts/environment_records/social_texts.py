"""The words that the invented network is made of."""

from __future__ import annotations

FIRST = (
    "Aino", "Balint", "Celeste", "Dario", "Esme", "Fenna", "Gideon", "Hana", "Idris", "Jolanta", "Kaspar", "Leoni", "Matteo", "Noor",
    "Odalys", "Pavel", "Quilla", "Rasmus", "Saskia", "Tomasz", "Ulrika", "Viktor", "Wren", "Xenia", "Yusuf", "Zelda",
)  # fmt: skip
LAST = (
    "Almstead", "Brackley", "Corvino", "Dunmore", "Elsner", "Farrant", "Grell", "Hovland", "Imberg", "Jurek", "Kestle", "Lorne", "Marwood",
    "Nystrand", "Orlove", "Pellerin", "Quist", "Rosdahl", "Sandoval", "Tarrow", "Umbach", "Vandry", "Wexford", "Yarrick", "Zoller",
)  # fmt: skip
TOWNS = (
    "Alderfield",
    "Brunnhaven",
    "Castermere",
    "Dovebridge",
    "Eastmarsh",
    "Fallowby",
    "Grenstad",
    "Hollowick",
    "Iverbay",
    "Junoport",
)
THINGS = {
    "astronomy": ("comet", "star map", "telescope", "lunar eclipse", "meteor shower", "nebula"),
    "baking": ("sourdough loaf", "rye starter", "almond tart", "oven stone", "plum cake", "brioche"),
    "birdwatching": ("kingfisher", "owl box", "hide by the pond", "heron colony", "field guide", "spring migration"),
    "chess": ("endgame study", "rook sacrifice", "club match", "opening trap", "blitz evening", "analysis board"),
    "cycling": ("gravel bike", "mountain pass", "chain repair", "night ride", "cargo trailer", "hill climb"),
    "gardening": ("tomato bed", "compost heap", "rose cutting", "greenhouse", "seed swap", "herb spiral"),
    "hiking": ("ridge trail", "summit hut", "waterfall path", "rain jacket", "forest loop", "trail marker"),
    "knitting": ("wool jumper", "cable pattern", "sock needles", "lace shawl", "yarn dye", "winter hat"),
    "photography": ("tripod", "macro lens", "darkroom", "golden hour", "film camera", "street portrait"),
    "pottery": ("glaze test", "kick wheel", "kiln opening", "teapot", "stoneware bowl", "clay order"),
    "running": ("half marathon", "interval session", "trail shoes", "relay team", "warm-up plan", "river lap"),
    "sailing": ("regatta", "dinghy", "spinnaker", "harbour course", "knot lesson", "night watch"),
}
OPENINGS = {
    "text": (
        "Finally done with the {thing}; next comes the {other}.", "Does anybody in {town} have advice on the {thing}?",
        "Three things I learned this week about the {thing} and the {other}.", "Unpopular view: the {thing} beats the {other}.",
        "Looking for company near {town} for the {thing}.",
    ),
    "photo": (
        "My {thing} this morning in {town}.", "Before and after: {thing} and {other}.",
        "The light on the {thing} made up for the early start.",
        "The {thing} I came across outside {town}.", "Showing off the {thing}, with the {other} behind it.",
    ),
    "poll": (
        "Poll: {thing} or {other}?", "Vote: should our next evening be about the {thing} or the {other}?",
        "Poll for {town}: how often do you need the {thing}?",
    ),
    "event": (
        "Meeting in {town} for the {thing}, everybody welcome.", "Open evening around the {thing} and the {other} in {town}.",
        "Workshop on the {thing}: bring your own {other}.",
    ),
}  # fmt: skip
COMMENTS = (
    "The {thing} made my day, thank you.", "I would have chosen the {thing} instead.", "Where did you get the {thing}?",
    "Same here, my {thing} took twice as long.", "Count me in for the {thing}.", "Lovely. The {thing} gets too little praise.",
    "Careful with the {thing} in this weather.", "Could you share more about the {thing}?", "I tried the {thing} once and gave up.",
    "Great tip, and it works for the {thing} too.",
)  # fmt: skip
GROUPS = (
    ("Night Sky Circle", "astronomy"), ("Comet Chasers", "astronomy"), ("Rye and Rise", "baking"), ("Sunday Bakers", "baking"),
    ("Marsh Birders", "birdwatching"), ("Owl Count Volunteers", "birdwatching"), ("Knight Fork Club", "chess"), ("Blitz Evenings", "chess"),
    ("Gravel Riders", "cycling"), ("Commute by Bike", "cycling"), ("Balcony Growers", "gardening"), ("Seed Swap Exchange", "gardening"),
    ("Ridge Walkers", "hiking"), ("Slow Trails", "hiking"), ("Cable and Lace", "knitting"), ("Sock Knitters", "knitting"),
    ("Film Shooters", "photography"), ("Macro Mondays", "photography"), ("Kiln Friends", "pottery"), ("Wheel Throwers", "pottery"),
    ("River Runners", "running"), ("First Marathon", "running"), ("Dinghy School", "sailing"), ("Harbour Crew", "sailing"),
)  # fmt: skip
