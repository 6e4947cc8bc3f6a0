"""Conversations about seats in cinemas."""

from __future__ import annotations

from collections.abc import Callable

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Solve, Stage
from spectool.benchmark.templates.movies.seats import euros
from spectool.benchmark.templates.movies.showings import WAYS, clock_said, coming
from spectool.benchmark.templates.movies.wording import day_soon, done
from spectool.benchmark.templates.phrasing import any_order, number_said
from spectool.environments.core.tables import Row
from spectool.environments.movies.cinemas import SEATS


def _seats(draws: Draws) -> Slots:
    row, movie, cinema = coming(draws, 5)
    number, other = draws.rng.sample([2, 3, 4, 5], 2)
    where = {"title": movie["title"], "cinema": cinema["name"], "city": cinema["city"], "day": day_soon(row["date"])}
    return {**where, "time": clock_said(row["time"]), "number": number_said(number), "other": number_said(other)}


def _reserve(way: Callable[[Act, Slots], Row | None]) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        row, seats = way(act, slots), slots["number"]
        return None if row is None else done(act("reserve_cinema_seats", {"showing_id": row["showing_id"], "seats": seats}))

    return solve


def _mine(act: Act) -> Row:
    """The reservation made in this conversation."""
    (row,) = act.state["reservations"].changes().values()
    assert row is not None
    return row


def _other_number(act: Act, slots: Slots) -> Claims | None:
    before = _mine(act)
    act("cancel_cinema_reservation", {"reservation_id": before["reservation_id"]})
    return [euros(act("reserve_cinema_seats", {"showing_id": before["showing_id"], "seats": slots["other"]})["total_eur"])]


def _other_seats(act: Act, slots: Slots) -> Claims | None:
    """As before, with the seats named that are free then."""
    before = _mine(act)
    act("cancel_cinema_reservation", {"reservation_id": before["reservation_id"]})
    free = act("get_showing", {"showing_id": before["showing_id"]})["seats"][: slots["other"]]
    seats = any_order(free) if len(free) < 4 else free
    return [euros(act("reserve_cinema_seats", {"showing_id": before["showing_id"], "seats": seats})["total_eur"])]


def _three_seats(draws: Draws) -> Slots:
    row, movie, _ = coming(draws, 8)
    one, other, third = sorted(draws.rng.sample([seat for seat in SEATS if seat not in row["taken"]], 3))
    return {"showing": row["showing_id"], "title": movie["title"], "one": one, "other": other, "third": third}


def _pair(act: Act, slots: Slots, one: str, other: str) -> Row:
    asked = {"showing_id": slots["showing"], "seats": any_order([slots[one], slots[other]])}
    booked: Row = act("reserve_cinema_seats", asked)
    return booked


def _swap(act: Act, slots: Slots) -> Claims:
    act("cancel_cinema_reservation", {"reservation_id": _mine(act)["reservation_id"]})
    return [euros(_pair(act, slots, "one", "third")["total_eur"])]


ANOTHER_NUMBER = Dialogue(
    name="movies-dialogue-another-number-of-seats",
    split="dev",
    dated=True,
    traits=("reveals", "changes_mind"),
    draw=_seats,
    stages=(
        Stage(
            asks=("Reserve the first {number} free seats for {title} at {cinema} in {city} {day} at {time}.",),
            hidden={
                "number": Hidden(
                    asks=(
                        "I'd like the first free seats for {title} at {cinema} in {city} {day} at {time}.",
                        "Please reserve some seats {day} at {time}: {title}, {cinema}, {city}. The first free ones are fine.",
                    ),
                    asked=("how many", "number", "many", "seats", "people", "tickets"),
                    says=("For {number}, please.", "There are {number} of us."),
                )
            },
            solve=tuple(map(_reserve, WAYS)),
        ),
        Stage(
            asks=(
                "Oh no, there'll be {other} of us after all. Cancel that one, then reserve the first {other} free seats of the same "
                "showing instead, and tell me what they cost.",
                "I miscounted! Please cancel what you've just booked and after that book the first {other} free seats for the same "
                "showing. What's the new total?",
            ),
            solve=(_other_number, _other_seats),
        ),
    ),
)


SWAP = Dialogue(
    name="movies-dialogue-swap-a-seat",
    split="test",
    traits=("reveals", "changes_mind", "irrelevant_detail"),
    draw=_three_seats,
    stages=(
        Stage(
            asks=("Reserve {one} and {other} for showing {showing}.",),
            hidden={
                "one": Hidden(
                    asks=(
                        "Please reserve our usual two seats for showing {showing}. It's our anniversary!",
                        "Two particular seats for showing {showing}, please; my husband is wearing his new hat.",
                        "We're off to showing {showing} and have set our hearts on two special seats. Could you reserve them? The dog is "
                        "staying at home.",
                        "It's about showing {showing}: I want the two seats where we sat on our first date, thirty years ago!",
                    ),
                    asked=("which", "seats", "seat", "where", "row"),
                    says=("{one} and {other}.", "We'd like {one} and {other}."),
                )
            },
            solve=(lambda act, slots: done(_pair(act, slots, "one", "other")),),
        ),
        Stage(
            asks=(
                "Actually, make that {one} and {third}: cancel the reservation and book these two for the same showing. What's the total?",
                "Hm, {other} is no good, a pillar is in the way. Cancel that reservation, then take {one} and {third} for the same "
                "showing. How much is it in all?",
            ),
            solve=(_swap,),
        ),
    ),
)
