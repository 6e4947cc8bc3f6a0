"""Music library: searching, playing and sorting one listener's collection."""

from scripts.demo_tasks.notation import (
    Domain,
    array,
    choice,
    either,
    fields,
    flag,
    free,
    irrelevance,
    may,
    multi_step,
    multiple,
    number,
    optional,
    parallel,
    reads,
    record,
    reply,
    set_of,
    simple,
    text,
    want,
    whole,
    writes,
)

_GENRES = ("jazz", "rock", "folk", "classical", "electronic", "hip_hop")

TOOLS = dict(
    (
        reads(
            "search_tracks",
            "Search single tracks. Give at least one argument.",
            title=optional(text("Track title.")),
            artist=optional(text("Artist or band.")),
            genre=optional(choice("Genre.", *_GENRES)),
            years=optional(record("Release years, both included.", first=whole("First year."), last=whole("Last year."))),
            limit=whole("Most results to return.", default=10, minimum=1, maximum=50),
        ),
        reads(
            "search_albums",
            "Search albums.",
            artist=text("Artist or band."),
            title=optional(text("Album title.")),
        ),
        writes(
            "play",
            "Play tracks on a speaker.",
            track_ids=array("Track ids, in playing order.", whole(""), minItems=1),
            speaker=choice("Speaker.", "kitchen", "lounge", "garden", "headphones"),
            shuffle=flag("Random order.", default=False),
        ),
        writes(
            "create_playlist",
            "Make a new playlist.",
            name=text("Name of the playlist."),
            track_ids=array("Track ids, in order.", whole(""), default=[]),
            private=flag("Only for the owner.", default=True),
        ),
        writes(
            "add_to_playlist",
            "Add tracks to an existing playlist.",
            playlist=text("Name of the playlist."),
            track_ids=array("Track ids.", whole(""), minItems=1),
        ),
        writes(
            "set_volume",
            "Set the volume of a speaker.",
            speaker=choice("Speaker.", "kitchen", "lounge", "garden", "headphones"),
            level=number("From 0 (silent) to 1 (loudest).", minimum=0, maximum=1),
        ),
        writes(
            "rate_track",
            "Rate a track.",
            track_id=whole("Track id."),
            stars=whole("Stars from 1 to 5.", minimum=1, maximum=5),
        ),
        writes(
            "set_sleep_timer",
            "Stop the music after a while.",
            minutes=whole("Minutes from now."),
            fade_out=flag("Fade out slowly.", default=True),
        ),
    )
)

_FOLK = {"tracks": [{"track_id": 6001, "year": 2004}, {"track_id": 6044, "year": 1997}, {"track_id": 6090, "year": 2011}]}

_CASES = (
    simple(
        "Stop the music in three quarters of an hour, but just cut it, no fading.",
        want("set_sleep_timer", minutes=45, fade_out=False),
    ),
    simple(
        "Five jazz tracks from the sixties, please. I mean 1960 up to and including 1969.",
        want("search_tracks", genre="jazz", years=fields(first=1960, last=1969), limit=5),
    ),
    simple(
        "Garden speaker to 35% - the neighbours are home.",
        want("set_volume", speaker="garden", level=0.35),
    ),
    simple(
        "Play 4410, then 4388, then 4402 in the lounge. In exactly that order!",
        want("play", track_ids=[4410, 4388, 4402], speaker="lounge"),
    ),
    simple(
        'I\'d like an empty list called "Sunday Dust" that everybody can see.',
        want("create_playlist", name="Sunday Dust", private=False),
    ),
    multiple(
        "Which albums do I have by The Paper Wolves?",
        want("search_albums", artist=either("The Paper Wolves", "Paper Wolves")),
        offered="search_tracks search_albums create_playlist play",
    ),
    multiple(
        'My "Running" list already exists. Put 5120 and 5121 on it.',
        want("add_to_playlist", playlist="Running", track_ids=set_of(5120, 5121)),
        offered="create_playlist add_to_playlist search_tracks rate_track play",
    ),
    multiple(
        "Track 3077 is a masterpiece - the full five stars from me.",
        want("rate_track", track_id=3077, stars=5),
        offered="play rate_track add_to_playlist set_volume",
    ),
    multiple(
        "Shuffle 8801, 8802 and 8803 on my headphones.",
        want("play", track_ids=set_of(8801, 8802, 8803), speaker="headphones", shuffle=True),
        offered="play create_playlist set_sleep_timer set_volume search_tracks",
    ),
    parallel(
        "Too loud everywhere! Kitchen down to a fifth, lounge to one half, garden completely silent.",
        want("set_volume", speaker="kitchen", level=0.2),
        want("set_volume", speaker="lounge", level=0.5),
        want("set_volume", speaker="garden", level=0),
        offered="set_volume set_sleep_timer",
    ),
    parallel(
        "Give 2201 three stars and 2202 only one. And then stop the music in twenty minutes.",
        want("rate_track", track_id=2201, stars=3),
        want("rate_track", track_id=2202, stars=1),
        want("set_sleep_timer", minutes=20),
        offered="rate_track set_sleep_timer play",
    ),
    parallel(
        "Look for albums by Hanne Storvik and, separately, for albums by Otto and the Lanterns.",
        want("search_albums", artist="Hanne Storvik"),
        want("search_albums", artist="Otto and the Lanterns"),
        offered="search_albums search_tracks",
    ),
    irrelevance(
        "Who wrote the music for the old lighthouse film with the storm scene, and which year was it?",
        offered="set_volume create_playlist rate_track set_sleep_timer",
    ),
    irrelevance(
        "Buy me two tickets for Hanne Storvik's concert in Oslo, standing, if there are any left.",
        offered="search_tracks search_albums play add_to_playlist",
    ),
    multi_step(
        'Find the track "Copper Rain" by Hanne Storvik and play it in the kitchen.',
        (
            want("search_tracks", title="Copper Rain", artist=may("Hanne Storvik")),
            want("play", track_ids=[9017], speaker="kitchen"),
        ),
        offered="search_tracks search_albums play set_volume",
        script=(
            reply("search_tracks", {"tracks": [{"track_id": 9017, "title": "Copper Rain"}]}, title="Copper Rain", artist="Hanne Storvik"),
            reply(
                "search_tracks",
                {"tracks": [{"track_id": 9017, "artist": "Hanne Storvik"}, {"track_id": 1203, "artist": "Mill Choir"}]},
                title="Copper Rain",
            ),
            reply("play", {"status": "playing"}, track_ids=[9017], speaker="kitchen"),
        ),
    ),
    multi_step(
        'Start a new private playlist "Slow Trains" with every folk track you find by Jorun Hale, then rate the oldest of them four stars.',
        (
            want("search_tracks", artist="Jorun Hale", genre="folk", limit=free()),
            want("create_playlist", name="Slow Trains", track_ids=set_of(6001, 6044, 6090)),
            want("rate_track", track_id=6044, stars=4),
        ),
        (
            want("search_tracks", artist="Jorun Hale", genre="folk", limit=free()),
            want("create_playlist", name="Slow Trains"),
            want("add_to_playlist", playlist="Slow Trains", track_ids=set_of(6001, 6044, 6090)),
            want("rate_track", track_id=6044, stars=4),
        ),
        offered="search_tracks create_playlist add_to_playlist rate_track",
        script=(
            reply("search_tracks", _FOLK, artist="Jorun Hale", genre="folk"),
            reply("create_playlist", {"status": "created"}, name="Slow Trains"),
            reply("add_to_playlist", {"status": "added"}, playlist="Slow Trains"),
            reply("rate_track", {"status": "saved"}, track_id=6044, stars=4),
        ),
        mode="unordered",
        traits="repeat",
    ),
    multi_step(
        'Put "Lantern Waltz" by Otto and the Lanterns on my list "Evenings". If nothing is found by that artist, '
        'search for the title together with the artist "Otto Brandt".',
        (
            want("search_tracks", title="Lantern Waltz", artist="Otto and the Lanterns"),
            want("search_tracks", title="Lantern Waltz", artist="Otto Brandt"),
            want("add_to_playlist", playlist="Evenings", track_ids=[7135]),
        ),
        offered="search_tracks add_to_playlist create_playlist",
        script=(
            reply("search_tracks", {"tracks": []}, title="Lantern Waltz", artist="Otto and the Lanterns"),
            reply("search_tracks", {"tracks": [{"track_id": 7135, "title": "Lantern Waltz"}]}, title="Lantern Waltz", artist="Otto Brandt"),
            reply("add_to_playlist", {"status": "added"}, playlist="Evenings", track_ids=[7135]),
        ),
        traits="recovery",
    ),
)

DOMAIN = Domain(
    name="music",
    system="You look after a listener's music library with the tools offered. Today is Monday, 2027-03-01.",
    tools=TOOLS,
    cases=_CASES,
)
