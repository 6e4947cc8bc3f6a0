"""The movie environment: what its tools say, refuse and change, and that its records hold together."""

from collections import Counter

import pytest

from spectool.environments.core.errors import ToolError
from spectool.environments.movies.environment import MOVIES

SNACKS = [{"item": "water", "count": 2}, {"item": "popcorn"}]

WRITES = [
    pytest.param(
        "rate_movie", {"movie_id": "M1015", "score": 7},
        {"my_ratings": {"M1015": {"movie_id": "M1015", "score": 7}}}, id="a first rating",
    ),
    pytest.param(
        "rate_movie", {"movie_id": "M1001", "score": 4, "replace": True},
        {"my_ratings": {"M1001": {"movie_id": "M1001", "score": 4}}}, id="a rating replaced",
    ),
    pytest.param("rate_movie", {"movie_id": "M1001", "score": 9, "replace": True}, {}, id="a rating replaced by itself is no change"),
    pytest.param(
        "add_movie_to_watchlist", {"movie_id": "M1001"},
        {"watchlist": {"M1001": {"movie_id": "M1001", "priority": "normal"}}}, id="normal priority if none is given",
    ),
    pytest.param("remove_movie_from_watchlist", {"movie_id": "M1330"}, {"watchlist": {"M1330": None}}, id="off the watch list"),
    pytest.param(
        "reserve_cinema_seats", {"showing_id": "S3136", "seats": 3},
        {"reservations": {"RBPKTQ": {
            "reservation_id": "RBPKTQ", "showing_id": "S3136", "seats": ["A1", "A2", "A3"], "snacks": [], "total_eur": 22.5,
            "status": "confirmed",
        }}}, id="the first three free seats",
    ),
    pytest.param(
        "reserve_cinema_seats", {"showing_id": "S3136", "seats": ["A3", "A1", "A2"], "snacks": SNACKS},
        {"reservations": {"RBPKTQ": {
            "reservation_id": "RBPKTQ", "showing_id": "S3136", "seats": ["A1", "A2", "A3"],
            "snacks": [{"item": "popcorn", "count": 1}, {"item": "water", "count": 2}], "total_eur": 32.5, "status": "confirmed",
        }}}, id="seats by name and snacks, in any order, with their price",
    ),
]  # fmt: skip

REFUSED = [
    ("rate_movie", {"movie_id": "M1001", "score": 9}, "conflict", "you have rated movie 'M1001' already, with 9"),
    ("rate_movie", {"movie_id": "M1519", "score": 9}, "conflict", "movie 'M1519' is not released yet"),
    ("rate_movie", {"movie_id": "M1008", "score": 11}, "invalid_argument", "score: expected maximum 10, got integer '11'"),
    ("add_movie_to_watchlist", {"movie_id": "M1330"}, "conflict", "movie 'M1330' is on your watch list already"),
    ("add_movie_to_watchlist", {"movie_id": "M1"}, "not_found", "no movie 'M1'"),
    ("remove_movie_from_watchlist", {"movie_id": "M1001"}, "not_found", "no movie on your watch list 'M1001'"),
    ("reserve_cinema_seats", {"showing_id": "S3001", "seats": 1}, "conflict", "showing 'S3001' is over"),
    (
        "reserve_cinema_seats", {"showing_id": "S3136", "seats": ["A1", "A1"]},
        "invalid_argument", "seats: expected different seats, got one of them twice",
    ),
    (
        "reserve_cinema_seats", {"showing_id": "S3136", "seats": 1, "snacks": [{"item": "water"}, {"item": "water"}]},
        "invalid_argument", "snacks: expected each snack once, got one of them twice",
    ),
    ("cancel_cinema_reservation", {"reservation_id": "R1"}, "not_found", "no reservation 'R1'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "changes"), WRITES)
def test_a_write_changes_what_it_says_and_no_more(name, arguments, changes):
    state = MOVIES.fresh()
    MOVIES.call(state, name, arguments)
    assert state.changes() == changes


@pytest.mark.parametrize(("name", "arguments", "code", "message"), REFUSED, ids=[row[3] for row in REFUSED])
def test_a_write_is_refused(name, arguments, code, message):
    state = MOVIES.fresh()
    with pytest.raises(ToolError) as caught:
        MOVIES.call(state, name, arguments)
    assert (caught.value.code, caught.value.message) == (code, message)
    assert state.changes() == {}


def test_seats_that_are_reserved_are_free_again_once_cancelled():
    state = MOVIES.fresh()
    showing = {"showing_id": "S3136"}
    before = MOVIES.call(state, "get_showing", showing)
    booked = MOVIES.call(state, "reserve_cinema_seats", {**showing, "seats": ["B1"]})
    during = MOVIES.call(state, "get_showing", showing)
    assert (during["free_seats"], "B1" in during["seats"]) == (before["free_seats"] - 1, False)
    assert during["my_reservations"][-1] == {"reservation_id": booked["reservation_id"], "seats": ["B1"], "status": "confirmed"}
    with pytest.raises(ToolError, match="taken in showing 'S3136': B1"):
        MOVIES.call(state, "reserve_cinema_seats", {**showing, "seats": ["B1", "C1"]})
    cancelled = MOVIES.call(state, "cancel_cinema_reservation", {"reservation_id": booked["reservation_id"]})
    assert cancelled == {**booked, "status": "cancelled"}
    after = MOVIES.call(state, "get_showing", showing)
    assert (after["free_seats"], after["seats"]) == (before["free_seats"], before["seats"])
    with pytest.raises(ToolError, match="is cancelled already"):
        MOVIES.call(state, "cancel_cinema_reservation", {"reservation_id": booked["reservation_id"]})
    again = MOVIES.call(state, "reserve_cinema_seats", {**showing, "seats": ["B1"]})
    assert again["reservation_id"] != booked["reservation_id"]


def test_more_seats_than_are_free_are_refused():
    state, full = MOVIES.fresh(), next(row for row in MOVIES.records["showings"].values() if len(row["taken"]) == 40)
    with pytest.raises(ToolError) as caught:
        MOVIES.call(state, "reserve_cinema_seats", {"showing_id": full["showing_id"], "seats": 1})
    assert caught.value.code == "conflict"


def test_a_reservation_can_be_cancelled_until_the_day_before():
    records = MOVIES.records
    for id, row in records["reservations"].items():
        state, late = MOVIES.fresh(), records["showings"][row["showing_id"]]["date"] <= MOVIES.today
        reply = MOVIES.reply(state, "cancel_cinema_reservation", {"reservation_id": id})
        assert (reply.is_error, bool(state.changes())) == (late, not late)


def test_what_is_watched_and_rated_shows_in_searches():
    state = MOVIES.fresh()
    listed = MOVIES.call(state, "search_movies", {"on_my_watchlist": True})["total"]
    MOVIES.call(state, "add_movie_to_watchlist", {"movie_id": "M1001", "priority": "high"})
    MOVIES.call(state, "rate_movie", {"movie_id": "M1015", "score": 2})
    assert MOVIES.call(state, "search_movies", {"on_my_watchlist": True})["total"] == listed + 1
    assert MOVIES.call(state, "search_movies", {"on_my_watchlist": False})["total"] == len(MOVIES.records["movies"]) - listed - 1
    assert MOVIES.call(state, "get_movie_ratings", {"movie_id": "M1015"})["my_score"] == 2


def test_the_records_of_films_and_people_agree():
    records = MOVIES.records
    jobs: dict[str, set[str]] = {id: set() for id in records["people"]}
    films: Counter[str] = Counter()
    for row in records["movies"].values():
        credits = [*((each["person_id"], "actor") for each in row["cast"]), *((each["person_id"], each["job"]) for each in row["crew"])]
        for person, job in credits:
            jobs[person].add(job)
            assert records["people"][person]["born"][:4] < row["released"][:4]
        films.update({person for person, _ in credits})
        assert (row["director_id"], "director") in credits
        assert records["people"][row["director_id"]]["name"] == row["director"]
        counts = row["score_counts"]
        assert sum(counts.values()) == row["rating_count"]
        mean = sum(int(score) * count for score, count in counts.items()) / row["rating_count"] if row["rating_count"] else None
        assert row["average_rating"] == (mean if mean is None else round(mean, 2))
        assert (row["average_rating"] is None) == (row["released"] > MOVIES.today) == (row["box_office_million_eur"] is None)
    assert {id: (row["jobs"], row["movie_count"]) for id, row in records["people"].items()} == {
        id: (sorted(jobs[id]), films[id]) for id in records["people"]
    }


def test_the_records_of_awards_and_showings_agree():
    records = MOVIES.records
    for award in records["awards"].values():
        released = records["movies"][award["movie_id"]]["released"]
        assert int(released[:4]) in (award["year"] - 1, award["year"] - 2)
    winners = Counter((row["ceremony"], row["year"], row["category"]) for row in records["awards"].values() if row["won"])
    assert set(winners.values()) == {1}
    for row in records["showings"].values():
        assert row["format"] in records["cinemas"][row["cinema_id"]]["formats"]
        assert records["movies"][row["movie_id"]]["released"] <= row["date"]
    for row in records["reservations"].values():
        showing = records["showings"][row["showing_id"]]
        assert not set(row["seats"]) & set(showing["taken"])
        assert row["total_eur"] == len(row["seats"]) * showing["price_eur"]
