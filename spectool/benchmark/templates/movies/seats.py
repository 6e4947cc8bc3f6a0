"""Seats in cinemas: reserved, and given back."""

from __future__ import annotations

from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.movies.showings import WAYS, clock_said, coming
from spectool.benchmark.templates.movies.wording import ROOMY, TODAY, any_order, day_soon, find_movie, number_said
from spectool.environments.records import records_of

SNACKS = {"popcorn": "portions of popcorn", "nachos": "portions of nachos", "soft_drink": "soft drinks", "water": "bottles of water"}


def _seats(draws: Draws) -> Slots:
    number = draws.number(2, 5)
    row, film, cinema = coming(draws, number)
    return {
        "title": film["title"],
        "cinema": cinema["name"],
        "city": cinema["city"],
        "day": day_soon(row["date"]),
        "time": clock_said(row["time"]),
        "number": number_said(number),
    }


def _reserve(way: Any) -> Any:
    def solve(act: Act, slots: Slots) -> Claims | None:
        row = way(act, slots)
        return row and [euros(act("reserve_cinema_seats", {"showing_id": row["showing_id"], "seats": slots["number"]})["total_eur"])]

    return solve


def _reserve_listed(way: Any) -> Any:
    def solve(act: Act, slots: Slots) -> Claims | None:
        row = way(act, slots)
        if row is None:
            return None
        seats = act("get_showing", {"showing_id": row["showing_id"]})["seats"][: slots["number"]]
        named = any_order(seats) if len(seats) < 4 else seats
        return [euros(act("reserve_cinema_seats", {"showing_id": row["showing_id"], "seats": named})["total_eur"])]

    return solve


def euros(amount: float) -> str:
    """An amount as an answer tells it: 28.5, 30."""
    return f"{amount:g}"


def named_seats(draws: Draws) -> Slots:
    """Two free seats of a showing, and something to eat or drink."""
    row, _, _ = coming(draws, 6)
    free = [seat for line in "ABCDE" for seat in (f"{line}{number}" for number in range(1, 9)) if seat not in row["taken"]]
    first, second = sorted(draws.rng.sample(free, 2))
    snack = draws.pick(*SNACKS)
    places = {"showing": row["showing_id"], "one": first, "other": second}
    return {**places, "snack": said(snack, SNACKS[snack]), "count": number_said(draws.number(2, 6))}


def _reserve_named(act: Act, slots: Slots) -> Claims:
    asked = {"showing_id": slots["showing"], "seats": any_order([slots["one"], slots["other"]])}
    snacks = [{"item": slots["snack"], "count": slots["count"]}]
    return [euros(act("reserve_cinema_seats", {**asked, "snacks": snacks})["total_eur"])]


def _held(draws: Draws) -> Slots | None:
    row = draws.row("reservations", lambda row: row["status"] == "confirmed")
    records = records_of("movies")
    showing = records["showings"][row["showing_id"]]
    if showing["date"] <= TODAY:
        return None
    return {"title": records["movies"][showing["movie_id"]]["title"], "day": day_soon(showing["date"])}


def _cancel(act: Act, slots: Slots, given: dict[str, Any]) -> Claims | None:
    asked = {"reserved_by_me": True, "date_from": maybe(slots["day"], TODAY), "date_to": maybe(slots["day"]), "page_size": ROOMY}
    found = act("find_showings", {**asked, **given}, free=("sort_by",))["showings"]
    meant = [row for row in found if (row["title"], row["date"]) == (slots["title"], slots["day"])]
    if len(meant) != 1:
        return None
    mine = act("get_showing", {"showing_id": meant[0]["showing_id"]})["my_reservations"]
    held = [each["reservation_id"] for each in mine if each["status"] == "confirmed"]
    if len(held) != 1:
        return None
    act("cancel_cinema_reservation", {"reservation_id": held[0]})
    return ()


def _cancel_by_film(act: Act, slots: Slots) -> Claims | None:
    film = find_movie(act, slots["title"])
    return _cancel(act, slots, {"movie_id": film["movie_id"]}) if film else None


def _cancel_by_day(act: Act, slots: Slots) -> Claims | None:
    return _cancel(act, slots, {"date_from": slots["day"], "date_to": slots["day"]})


def _cancel_by_list(act: Act, slots: Slots) -> Claims | None:
    return _cancel(act, slots, {"page_size": either(50, 45, 40, 35, 30)})


RESERVE = Template(
    name="movies-reserve-seats",
    kind="state_changing",
    split="dev",
    dated=True,
    asks=(
        "Please reserve {number} seats for {title} at {cinema} in {city}, {day} at {time}. Take the first ones that are free. What do "
        "I pay in all?",
        "I want to see {title} at {cinema} ({city}) {day} at {time}. Book the first {number} free seats and tell me the total price.",
        "Get {number} of us into {title} {day}: the {time} showing at {cinema}, {city}. The first free seats are fine. How much will "
        "it be "
        "altogether?",
    ),
    paraphrases=(
        "Movie night is settled! It's {title}, the place is {cinema} over in {city}, and we go {day}, to the showing at {time}. "
        "There'll be "
        "{number} of "
        "us; hold the first free seats for us, whatever they are, and let me know the sum.",
    ),
    irrelevant=(
        "If possible next to somebody who doesn't talk.",
        "And send a reminder to my grandmother's landline.",
        "Make sure that the usher knows we'll be wearing costumes.",
    ),
    hidden={
        "number": Hidden(
            asks=(
                "Please reserve seats for {title} at {cinema} in {city}, {day} at {time}. The first free ones will do.",
                "A few of us want to see {title} at {cinema} in {city}, {day}, {time}. Get us the first seats that are free.",
            ),
            asked=("how many", "number", "seats", "people", "many"),
            says=("{number}, please.", "We need {number}."),
        )
    },
    draw=_seats,
    solve=(*map(_reserve, WAYS), *map(_reserve_listed, WAYS[:2])),
)


NAMED_SEATS = Template(
    name="movies-reserve-named-seats",
    kind="state_changing",
    split="test",
    asks=(
        "For showing {showing}, reserve the seats {one} and {other}, with {count} {snack} to pick up there. What's the total in euros?",
        "Seats {one} and {other} of showing {showing} are the ones I want, plus {count} {snack}. Book that and say what it comes to.",
    ),
    paraphrases=(
        "We always sit in {one} and {other}, so please hold exactly these for us at showing {showing}; add {count} {snack}, too. And what "
        "will we owe in the end?",
    ),
    irrelevant=("A cushion on each seat would be lovely.", "We shall be in fancy dress, so let the staff know."),
    hidden={
        "one": Hidden(
            asks=("Reserve some seats for showing {showing} and add {count} {snack}.",),
            asked=("seats", "which", "how many", "many", "where"),
            says=("{one} and {other}.", "The seats {one} and {other}, please."),
        ),
        "showing": Hidden(
            asks=("Please book the seats {one} and {other} for us, with {count} {snack}.",),
            asked=("showing", "film", "movie", "which", "when", "cinema"),
            says=("It is showing {showing}.",),
        ),
    },
    together=(
        "Two bookings: the seats {one} and {other} with {count} {snack} for showing {showing}, and {one_2} and {other_2} with {count_2} "
        "{snack_2} for showing {showing_2}. What does each cost?",
    ),
    draw=named_seats,
    solve=(_reserve_named,),
)


CANCEL = Template(
    name="movies-cancel-reservation",
    kind="state_changing",
    split="test",
    dated=True,
    asks=(
        "We can't make it to {title} {day}. Please cancel the seats I have reserved.",
        "Cancel my reservation for {title}, the showing {day}.",
        "Something has come up, so give back the seats that I hold for {title} {day}.",
    ),
    draw=_held,
    solve=(_cancel_by_film, _cancel_by_day, _cancel_by_list),
)
