"""The names that the media records are made of; all invented, but for cities, countries and their coordinates."""

from __future__ import annotations

OUTLETS = (
    ("Harrowfen Ledger", "newspaper", "GB", "en", ("politics", "business", "sport")),
    ("Vestmarken Tidende", "newspaper", "DK", "da", ("politics", "climate", "culture")),
    ("Corriere di Valdrona", "newspaper", "IT", "it", ("business", "food", "sport")),
    ("Marlowick Examiner", "newspaper", "AU", "en", ("politics", "climate", "travel")),
    ("Lumenfold Quarterly", "magazine", "US", "en", ("science", "technology")),
    ("Fieldnote and Furrow", "magazine", "CA", "en", ("food", "climate")),
    ("Orbit and Anvil", "magazine", "GB", "en", ("technology", "business")),
    ("La Gazette du Pharillon", "magazine", "FR", "fr", ("culture", "travel", "food")),
    ("Radio Skarnholm", "broadcaster", "SE", "sv", ("health", "culture")),
    ("Kanal Ostravik", "broadcaster", "DE", "de", ("science", "politics")),
    ("Tidewick Public Media", "broadcaster", "US", "en", ("health", "business")),
    ("Onda Perdizal", "broadcaster", "ES", "es", ("sport", "culture")),
    ("Saltglass Audio", "podcast_network", "US", "en", ("technology", "health")),
    ("Nightjarrow Studios", "podcast_network", "IE", "en", ("culture", "science")),
)
PODCASTS = (
    ("Ballots and Biscuits", "politics"), ("The Quiet Reactor", "science"), ("Ledger Lines", "business"), ("Second Serve", "sport"),
    ("Kernel Panic Room", "technology"), ("Pulse Check Weekly", "health"), ("Salt, Smoke, Time", "food"), ("Meltwater", "climate"),
    ("The Long Platform", "travel"), ("Paper Theatre", "culture"), ("Small Print", "business"), ("Ask a Geologist", "science"),
    ("Night Ward", "health"), ("Terraces", "sport"), ("Slow Border", "travel"), ("Two Left Spoons", "food"),
    ("Dial Tone", "technology"), ("Wrack Line", "climate"), ("Back Bench", "politics"), ("Marginalia Hour", "culture"),
)  # fmt: skip
FIRST = (
    "Amina", "Bastian", "Corinna", "Dmitri", "Esme", "Felipe", "Gudrun", "Hamish",
    "Ilse", "Jorge", "Kirsten", "Leopold", "Mireille", "Nikhil", "Odile",
)  # fmt: skip
LAST = (
    "Ashgrove", "Brandvold", "Castellane", "Drummore", "Ekwall", "Fairweather",
    "Grimaldo", "Hollander", "Imanova", "Jessop", "Kvist", "Lorimer",
)  # fmt: skip
PLACES = ("Brennick", "Callowmere", "Pellworth", "Zandermouth", "Valdrona", "Ostravik", "Harrowfen", "Skarnholm")
SUBJECTS = {
    "politics": ("ferry referendum", "mayoral recount", "borough merger", "lobbying register", "curfew bill", "harbour treaty"),
    "business": ("shipyard sale", "tram concession", "minimum wage deal", "glassworks strike", "warehouse boom", "pension shortfall"),
    "science": ("seafloor drill", "moss genome", "neutrino tank", "glacier core", "bat survey", "quantum clock"),
    "technology": ("voice assistant ban", "payments outage", "chip shortage", "school tablet scheme", "drone corridor", "open map project"),
    "health": ("night clinic", "nurse shortage", "pollen alert", "sleep study", "vaccine van", "hospital garden"),
    "climate": ("peat ban", "sea wall fund", "heat map", "carbon levy", "river dredging", "rooftop mandate"),
    "culture": ("puppet festival", "opera house repair", "lost mural", "library strike", "street organ revival", "film archive"),
    "sport": ("velodrome plan", "cup final upset", "rowing scandal", "stadium roof", "youth league", "transfer window"),
    "food": ("sourdough tax", "herring season", "school lunch trial", "night market", "olive blight", "cheese caves"),
    "travel": ("sleeper train", "cruise cap", "border ferry", "hostel boom", "mountain tramway", "pilgrim road"),
}
ARTICLE_ANGLES = (
    "the {subject} divides {place}", "inside the {subject} in {place}", "{place} weighs the {subject}",
    "a year of the {subject} in {place}", "what the {subject} means for {place}", "why {place} wants the {subject}",
    "the {subject}, explained", "who pays for the {subject} in {place}",
)  # fmt: skip
EPISODE_ANGLES = (
    "the {subject}", "after the {subject}", "the {subject}: your questions", "who started the {subject}", "the {subject}, part two",
    "a night at the {subject}",
)  # fmt: skip
CITIES = {
    "SE": (("Stockholm", 59.33, 18.07), ("Gothenburg", 57.71, 11.97), ("Uppsala", 59.86, 17.64), ("Lund", 55.70, 13.19)),
    "DE": (("Hamburg", 53.55, 9.99), ("Leipzig", 51.34, 12.37), ("Cologne", 50.94, 6.96), ("Bremen", 53.08, 8.80)),
    "US": (("Boston", 42.36, -71.06), ("Baltimore", 39.29, -76.61), ("Richmond", 37.54, -77.44), ("Norfolk", 36.85, -76.29)),
    "ES": (("Valencia", 39.47, -0.38), ("Bilbao", 43.26, -2.93), ("Seville", 37.39, -5.98), ("Zaragoza", 41.65, -0.89)),
}
BRANDS = {"SE": "Skarnholm", "DE": "Ostravik", "US": "Tidewick", "ES": "Perdizal"}
GENRES = ("news", "talk", "classical", "jazz", "pop", "folk")
# In the order of the day: a station leaves one of six out.
PROGRAMMES = {
    "news": ("First Edition", "The Briefing Desk", "The Wire Desk", "Press Pass", "Evening Round", "Late Dispatch"),
    "talk": ("Open Line", "The Kitchen Table", "Common Ground", "Lunch Guests", "Second Opinion", "Voices After Dark"),
    "classical": ("Morning Strings", "Organ Loft", "The Rehearsal Room", "Chamber Hour", "Concert Hall", "Nocturnes"),
    "jazz": ("Blue Breakfast", "Swing Shift", "Brass Tacks", "Standards and Rarities", "Smoke Rings", "Midnight Quartet"),
    "pop": ("Wake Up Dial", "Fresh Forty", "Chart Alley", "Request Line", "Drive Home", "Neon Hours"),
    "folk": ("Dawn Chorus", "Fiddle and Bow", "Songs of the Road", "Ballad Box", "The Barn Session", "Hearthside"),
}
