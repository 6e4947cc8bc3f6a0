"""The media environment: what its tools return, refuse and change."""

import pytest

from spectool.environments.media.environment import MEDIA
from tests.environments.tables_of_calls import changed, found, refused, refused_after, returned

# What is asked, and the whole result.
WHOLE = {
    "an outlet is found by a part of its name, whatever the capitals": (
        "find_outlets",
        {"name": "PHARILLON"},
        {
            "outlets": [{"outlet_id": "O108", "name": "La Gazette du Pharillon", "kind": "magazine", "country": "FR", "language": "fr"}],
            "total": 1,
        },
    ),
    "no outlet of that kind in that country is an empty list": (
        "find_outlets",
        {"kind": "broadcaster", "country": "CA"},
        {"outlets": [], "total": 0},
    ),
    "a broadcaster has no plans, for it is free": (
        "get_outlet",
        {"outlet_id": "O112"},
        {
            "outlet_id": "O112",
            "name": "Onda Perdizal",
            "kind": "broadcaster",
            "country": "ES",
            "language": "es",
            "topics": ["sport", "culture"],
            "founded": 1950,
            "plans": [],
            "journalists": ["Gudrun Kvist", "Dmitri Hollander", "Amina Grimaldo"],
        },
    ),
    "a page of one article says that there is another": (
        "search_articles",
        {"words": "roof STADIUM", "page_size": 1},
        {
            "articles": [
                {
                    "article_id": "A2666",
                    "title": "The stadium roof divides Valdrona",
                    "outlet_id": "O112",
                    "author": "Dmitri Hollander",
                    "topic": "sport",
                    "published": "2026-12-14",
                    "reading_minutes": 7,
                    "premium": False,
                }
            ],
            "total": 2,
            "page": 1,
            "next_page": 2,
        },
    ),
    "a page beyond the last is empty and still tells the total": (
        "search_articles",
        {"author": "Esme Jessop", "page": 9},
        {"articles": [], "total": 4, "page": 9, "next_page": None},
    ),
    "an article tells which ones are related": (
        "get_article",
        {"article_id": "A2008"},
        {
            "article_id": "A2008",
            "title": "A year of the film archive in Zandermouth",
            "outlet_id": "O102",
            "author": "Felipe Ekwall",
            "topic": "culture",
            "published": "2025-12-06",
            "words": 1800,
            "reading_minutes": 9,
            "premium": False,
            "comments": 0,
            "related_article_ids": ["A2260", "A2498"],
        },
    ),
    "articles are counted by topic, the most frequent first": (
        "count_articles",
        {"group_by": "topic", "outlet_id": "O101", "published": {"start": "2026-01-01"}},
        {
            "groups": [
                {"topic": "politics", "articles": 3, "words": 3450},
                {"topic": "sport", "articles": 3, "words": 5230},
                {"topic": "business", "articles": 1, "words": 480},
            ],
            "total": 7,
        },
    ),
    "nothing to count is no group": (
        "count_articles",
        {"group_by": "author", "topic": "sport", "outlet_id": "O105"},
        {"groups": [], "total": 0},
    ),
    "a podcast is found by one of its hosts": (
        "search_podcasts",
        {"host": "esme ekwall"},
        {
            "podcasts": [
                {
                    "podcast_id": "P307",
                    "title": "Ledger Lines",
                    "outlet_id": "O111",
                    "topic": "business",
                    "language": "en",
                    "hosts": ["Felipe Fairweather", "Esme Ekwall"],
                    "frequency": "weekly",
                    "started": "2027-01-23",
                    "episode_count": 6,
                    "rating": 3.2,
                }
            ],
            "total": 1,
        },
    ),
    "the latest episode has the highest number": (
        "get_podcast_episode",
        {"podcast_id": "P313", "episode": "latest"},
        {
            "episode_id": "E4079",
            "podcast_id": "P313",
            "podcast": "Kernel Panic Room",
            "number": 4,
            "title": "Who started the school tablet scheme",
            "guests": ["Esme Hollander"],
            "duration_minutes": 32,
            "published": "2027-02-24",
        },
    ),
    "an episode by its number, which JSON may write as 2.0": (
        "get_podcast_episode",
        {"podcast_id": "P313", "episode": 2.0},
        {
            "episode_id": "E4073",
            "podcast_id": "P313",
            "podcast": "Kernel Panic Room",
            "number": 2,
            "title": "The school tablet scheme, part two",
            "guests": ["Hamish Lorimer", "Mireille Grimaldo"],
            "duration_minutes": 56,
            "published": "2027-02-10",
        },
    ),
    "stations come with their distance, the nearest first": (
        "find_radio_stations",
        {"near": {"latitude": 53.3, "longitude": 9.4, "radius_km": 47}},
        {
            "stations": [
                {
                    "station_id": "R508",
                    "name": "Ostravik Talk Bremen",
                    "outlet_id": "O110",
                    "city": "Bremen",
                    "country": "DE",
                    "genre": "talk",
                    "frequency_mhz": 104.8,
                    "latitude": 53.08,
                    "longitude": 8.8,
                    "distance_km": 46.9,
                }
            ],
            "total": 1,
        },
    ),
    "a schedule from a time on": (
        "get_station_schedule",
        {"station_id": "R514", "weekday": "saturday", "starts_from": "12:00"},
        {
            "station_id": "R514",
            "weekday": "saturday",
            "programmes": [
                {"programme_id": "G6068", "title": "Lunch Guests", "host": "Amina Ashgrove", "starts": "12:00", "ends": "14:00"}
            ],
        },
    ),
}
# What is asked, the ids of what is shown, and how many there are in all.
FOUND = {
    "newspapers in English": ("find_outlets", {"kind": "newspaper", "language": "en"}, "outlets", ["O101", "O104"], 2),
    "free articles on either of two topics": (
        "search_articles",
        {"topics": ["food", "science"], "premium": False, "published": {"end": "2025-12-31"}},
        "articles",
        ["A2652", "A2568"],
        2,
    ),
    "articles that take five minutes at most, the shortest first": (
        "search_articles",
        {"author": "dmitri hollander", "max_reading_minutes": 5, "sort_by": "words", "descending": False},
        "articles",
        ["A2162"],
        1,
    ),
    "the third page of two": ("search_articles", {"outlet_id": "O101", "page": 3, "page_size": 2}, "articles", ["A2253", "A2589"], 8),
    "the best podcasts that appear once a month": (
        "search_podcasts",
        {"min_rating": 4.2, "sort_by": "rating", "descending": True, "frequency": "monthly"},
        "podcasts",
        ["P349", "P352", "P340"],
        3,
    ),
    "podcasts in Swedish by title": ("search_podcasts", {"language": "sv"}, "podcasts", ["P355", "P301", "P337", "P319"], 4),
    "long episodes with a guest, the latest first": (
        "search_episodes",
        {"guest": "Amina Ashgrove", "min_minutes": 60},
        "episodes",
        ["E4319", "E4199", "E4178"],
        3,
    ),
    "the shortest episode of a podcast": (
        "search_episodes",
        {"podcast_id": "P313", "sort_by": "duration_minutes", "descending": False, "page_size": 1},
        "episodes",
        ["E4076"],
        4,
    ),
    "episodes by words of their titles": ("search_episodes", {"words": "Glacier CORE"}, "episodes", ["E4190"], 1),
    "stations of a broadcaster that plays jazz": ("find_radio_stations", {"outlet_id": "O112", "genre": "jazz"}, "stations", ["R516"], 1),
    "a radius of ten kilometres unless another is given": (
        "find_radio_stations",
        {"near": {"latitude": 59.4, "longitude": 18.1}},
        "stations",
        ["R501"],
        1,
    ),
    "what one host has on a day": (
        "get_station_schedule",
        {"station_id": "R514", "weekday": "monday", "host": "jorge ekwall"},
        "programmes",
        ["G6070"],
        1,
    ),
}
REFUSED = {
    "an article that is not there": ("get_article", {"article_id": "A1"}, "not_found", "no article 'A1'"),
    "an empty id": ("get_outlet", {"outlet_id": ""}, "not_found", "no outlet ''"),
    "a search within an outlet that is not there": ("search_articles", {"outlet_id": "O999"}, "not_found", "no outlet 'O999'"),
    "a day that the calendar does not have": (
        "search_articles",
        {"published": {"start": "2027-02-30"}},
        "invalid_argument",
        "expected a date of the calendar, YYYY-MM-DD, got '2027-02-30'",
    ),
    "a span that ends before it begins": (
        "count_articles",
        {"group_by": "month", "published": {"start": "2027-02-02", "end": "2027-02-01"}},
        "invalid_argument",
        "expected a span that ends on or after '2027-02-02', got '2027-02-01'",
    ),
    "an empty list of topics": ("search_articles", {"topics": []}, "invalid_argument", "topics: expected minItems 1, got array"),
    "page zero": ("search_articles", {"page": 0}, "invalid_argument", "page: expected minimum 1, got integer '0'"),
    "episodes of a podcast that is not there": ("search_episodes", {"podcast_id": "P1"}, "not_found", "no podcast 'P1'"),
    "a shortest duration above the longest": (
        "search_episodes",
        {"min_minutes": 50, "max_minutes": 40},
        "invalid_argument",
        "expected 'max_minutes' of at least 50, got '40'",
    ),
    "an episode beyond the last": (
        "get_podcast_episode",
        {"podcast_id": "P313", "episode": 5},
        "not_found",
        "no episode of podcast 'P313' (it has 1 to 4) '5'",
    ),
    "a place in the podcast that is neither number nor first nor latest": (
        "get_podcast_episode",
        {"podcast_id": "P313", "episode": "last"},
        "invalid_argument",
        "episode: expected first or latest, got string 'last'",
    ),
    "the schedule of a station that is not there": (
        "get_station_schedule",
        {"station_id": "R1", "weekday": "monday"},
        "not_found",
        "no radio station 'R1'",
    ),
    "a time without its leading zero": (
        "get_station_schedule",
        {"station_id": "R501", "weekday": "monday", "starts_from": "7:00"},
        "invalid_argument",
        "starts_from: expected pattern ^([01][0-9]|2[0-3]):[0-5][0-9]$, got string '7:00'",
    ),
    "a country code in small letters": (
        "find_outlets",
        {"country": "gb"},
        "invalid_argument",
        "country: expected pattern ^[A-Z]{2}$, got string 'gb'",
    ),
    "a plan that the outlet does not have": (
        "subscribe_to_outlet",
        {"outlet_id": "O113", "plan": "print"},
        "invalid_argument",
        "expected a plan of outlet 'O113' (digital), got 'print'",
    ),
    "a length that is not sold": (
        "subscribe_to_outlet",
        {"outlet_id": "O101", "plan": "digital", "months": 5},
        "invalid_argument",
        "months: expected 1 or 3 or 6 or 12 or 24, got integer '5'",
    ),
    "cancelling what there is not": ("cancel_subscription", {"outlet_id": "O101"}, "not_found", "no subscription to outlet 'O101'"),
    "a playlist with an episode twice": (
        "create_playlist",
        {"name": "Gym", "episode_ids": ["E4004", "E4004"]},
        "invalid_argument",
        "expected each episode once, got 'E4004' twice",
    ),
    "a playlist with an episode that is not there": (
        "create_playlist",
        {"name": "Gym", "episode_ids": ["E1"]},
        "not_found",
        "no episode 'E1'",
    ),
    "adding to a playlist that is not there": (
        "add_to_playlist",
        {"playlist_id": "PL1", "episode_ids": ["E4061"]},
        "not_found",
        "no playlist 'PL1'",
    ),
}
# Calls one after another, what the last returns, and what has changed.
CHANGED = {
    "a subscription from next month on ends as many months later": (
        [("subscribe_to_outlet", {"outlet_id": "O101", "plan": "digital", "months": 24, "starts": "next_month"})],
        {"outlet_id": "O101", "plan": "digital", "months": 24, "starts": "2027-04-01", "ends": "2029-04-01", "total_eur": 240},
        {
            "subscriptions": {
                "O101": {
                    "outlet_id": "O101",
                    "plan": "digital",
                    "months": 24,
                    "starts": "2027-04-01",
                    "ends": "2029-04-01",
                    "total_eur": 240,
                }
            }
        },
    ),
    "a subscription runs for a year from today unless told otherwise": (
        [("subscribe_to_outlet", {"outlet_id": "O105", "plan": "print"})],
        {"outlet_id": "O105", "plan": "print", "months": 12, "starts": "2027-03-01", "ends": "2028-03-01", "total_eur": 144},
        {
            "subscriptions": {
                "O105": {"outlet_id": "O105", "plan": "print", "months": 12, "starts": "2027-03-01", "ends": "2028-03-01", "total_eur": 144}
            }
        },
    ),
    "a cancelled subscription is gone": (
        [("cancel_subscription", {"outlet_id": "O102"})],
        {"outlet_id": "O102", "cancelled": True},
        {"subscriptions": {"O102": None}},
    ),
    "cancelled and taken anew on another plan": (
        [("cancel_subscription", {"outlet_id": "O103"}), ("subscribe_to_outlet", {"outlet_id": "O103", "plan": "digital", "months": 1})],
        {"outlet_id": "O103", "plan": "digital", "months": 1, "starts": "2027-03-01", "ends": "2027-04-01", "total_eur": 14},
        {
            "subscriptions": {
                "O103": {"outlet_id": "O103", "plan": "digital", "months": 1, "starts": "2027-03-01", "ends": "2027-04-01", "total_eur": 14}
            }
        },
    ),
    "an article is saved for later reading unless told otherwise": (
        [("save_article", {"article_id": "A2008"})],
        {"article_id": "A2008", "shelf": "read_later"},
        {"saved": {"A2008": {"article_id": "A2008", "shelf": "read_later"}}},
    ),
    "a new playlist keeps the order of its episodes": (
        [("create_playlist", {"name": "Gym", "episode_ids": ["E4004", "E4001"]})],
        {"playlist_id": "PL32WSS", "name": "Gym", "episode_ids": ["E4004", "E4001"]},
        {"playlists": {"PL32WSS": {"playlist_id": "PL32WSS", "name": "Gym", "episode_ids": ["E4004", "E4001"]}}},
    ),
    "episodes are put in at a place, next to each other": (
        [("add_to_playlist", {"playlist_id": "PL701", "episode_ids": ["E4001", "E4004"], "position": 2})],
        {"playlist_id": "PL701", "name": "Morning commute", "episode_ids": ["E4061", "E4001", "E4004", "E4103"]},
        {"playlists": {"PL701": {"playlist_id": "PL701", "name": "Morning commute", "episode_ids": ["E4061", "E4001", "E4004", "E4103"]}}},
    ),
    "a place beyond the end is the end": (
        [("add_to_playlist", {"playlist_id": "PL701", "episode_ids": ["E4001"], "position": 99})],
        {"playlist_id": "PL701", "name": "Morning commute", "episode_ids": ["E4061", "E4103", "E4001"]},
        {"playlists": {"PL701": {"playlist_id": "PL701", "name": "Morning commute", "episode_ids": ["E4061", "E4103", "E4001"]}}},
    ),
    "looking changes nothing": (
        [("get_media_library", {}), ("search_articles", {}), ("find_outlets", {"language": "it"})],
        {
            "outlets": [{"outlet_id": "O103", "name": "Corriere di Valdrona", "kind": "newspaper", "country": "IT", "language": "it"}],
            "total": 1,
        },
        {},
    ),
}
# Calls of which the last is refused, and why: the state does not allow it.
CONFLICTS = {
    "a free outlet has nothing to subscribe to": (
        [("subscribe_to_outlet", {"outlet_id": "O112", "plan": "digital"})],
        "outlet 'O112' is free and has no subscriptions",
    ),
    "one subscription to an outlet is enough": (
        [
            ("subscribe_to_outlet", {"outlet_id": "O101", "plan": "print"}),
            ("subscribe_to_outlet", {"outlet_id": "O101", "plan": "digital"}),
        ],
        "there is a subscription to outlet 'O101' already",
    ),
    "an article stands on one shelf": (
        [("save_article", {"article_id": "A2008"}), ("save_article", {"article_id": "A2008", "shelf": "favourites"})],
        "article 'A2008' is saved already",
    ),
    "names of playlists differ in more than capitals": (
        [("create_playlist", {"name": "rainy sunday", "episode_ids": ["E4004"]})],
        "there is a playlist 'rainy sunday' already",
    ),
    "an episode is on a playlist once": (
        [
            ("add_to_playlist", {"playlist_id": "PL701", "episode_ids": ["E4001"]}),
            ("add_to_playlist", {"playlist_id": "PL701", "episode_ids": ["E4004", "E4001"]}),
        ],
        "episode 'E4001' is on the playlist already",
    ),
}

IDS = {
    "outlets": "outlet_id",
    "articles": "article_id",
    "podcasts": "podcast_id",
    "episodes": "episode_id",
    "stations": "station_id",
    "programmes": "programme_id",
}


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_call_returns(sentence):
    tool, arguments, result = WHOLE[sentence]
    assert returned(MEDIA, tool, arguments) == result


@pytest.mark.parametrize("sentence", FOUND)
def test_a_search_finds(sentence):
    tool, arguments, key, ids, total = FOUND[sentence]
    assert found(MEDIA, tool, arguments, key, IDS[key]) == (ids, total)


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_call_is_refused(sentence):
    tool, arguments, code, message = REFUSED[sentence]
    assert refused(MEDIA, tool, arguments) == (code, message)


@pytest.mark.parametrize("sentence", CHANGED)
def test_calls_change_the_state(sentence):
    calls, last, changes = CHANGED[sentence]
    assert changed(MEDIA, calls) == (last, changes)


@pytest.mark.parametrize("sentence", CONFLICTS)
def test_the_state_does_not_allow_a_call(sentence):
    calls, message = CONFLICTS[sentence]
    assert refused_after(MEDIA, calls) == ("conflict", message)
