"""Seats in cinemas, reserved."""

from __future__ import annotations

from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, said
from spectool.benchmark.templates.movies.showings import WAYS, clock_said, coming
from spectool.benchmark.templates.movies.wording import day_soon
from spectool.benchmark.templates.phrasing import any_order, number_said

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


RESERVE = Template(
    name="movies-reserve-seats",
    kind="state_changing",
    split="dev",
    dated=True,
    asks=(
        "Please reserve {number} seats for {title} at {cinema} in {city}, {day} at {time}. Take the first ones that are free. What do "
        "I pay in all?",
        "I want to see {title} at {cinema} ({city}) {day} at {time}. Book the first {number} free seats and tell me the total price.",
        "There are {number} of us who want to see {title} {day}: {cinema}, {city}, the showing at {time}. Book the first free "
        "seats and tell me how much it will be altogether.",
    ),
    paraphrases=(
        "Movie night is settled! It's {title}, the place is {cinema} over in {city}, and we go {day}, to the showing at {time}. There'll "
        "be {number} of us; hold the first free seats for us, whatever they are, and let me know the sum.",
        "My parents are visiting and can't wait for {title}. {cinema} in {city} has it {day} at {time}, so please take the first seats "
        "that are free there, {number} of them. What's the damage?",
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
