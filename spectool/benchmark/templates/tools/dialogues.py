"""Conversations about everyday sums and a task list."""

from __future__ import annotations

from datetime import datetime, timedelta

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, said
from spectool.benchmark.templates.calendar_words import MONTHS, day_said
from spectool.benchmark.templates.tools.finding import (
    CURRENCIES,
    DATES_IN_FORCE,
    ZONES,
    coming_day,
    open_task,
    product_and_currency,
    product_by_name,
    tasks_in_list,
    tasks_on_pages,
    tick,
    tick_by_title,
)

VISITS = ("the vet", "the notary", "the optician", "the tailor", "the bank", "the landlord", "the plumber", "the florist")
ERRANDS = ("Visit {}", "Call {}", "Write to {}", "Thank {}")


def _errand(draws: Draws) -> Slots | None:
    due, later = coming_day(draws), coming_day(draws)
    title = draws.pick(*ERRANDS).format(draws.pick(*VISITS))
    return {"title": title, "due": day_said(due), "later": day_said(later)} if due != later else None


def _add(act: Act, slots: Slots) -> Claims:
    act("add_task", {"title": slots["title"], "due_date": slots["due"]})
    return ()


def _postpone(act: Act, slots: Slots) -> Claims:
    (task_id,) = act.state.changes()["tasks"]
    act("reschedule_task", {"task_id": task_id, "due_date": slots["later"]})
    return ()


def _price(act: Act, slots: Slots) -> Claims | None:
    product = product_by_name(act, slots["product"])
    return [str(product["price_eur"]), product["brand"]] if product else None


def _abroad(act: Act, slots: Slots) -> Claims:
    (price,) = (row["price_eur"] for row in act.state["products"].rows() if row["name"] == slots["product"])
    asked = {"amount": price, "from_currency": "EUR", "to_currency": slots["currency"], "date": DATES_IN_FORCE}
    return [str(act("convert_currency", asked)["converted"])]


def _money(draws: Draws) -> Slots:
    one, two, three = draws.rng.sample(list(CURRENCIES), 3)
    return {
        "amount": draws.number(10, 3000),
        "from": said(one, *CURRENCIES[one]),
        "to": said(two, *CURRENCIES[two]),
        "other": said(three, *CURRENCIES[three]),
    }


def _exchange(act: Act, slots: Slots, currency: str) -> Claims:
    asked = {"amount": slots["amount"], "from_currency": slots["from"], "to_currency": currency, "date": DATES_IN_FORCE}
    return [str(act("convert_currency", asked)["converted"])]


def _meeting(draws: Draws) -> Slots:
    here, there, other = draws.rng.sample(list(ZONES), 3)
    moment = datetime(2027, 3, 2) + timedelta(days=draws.number(0, 200), minutes=15 * draws.number(0, 95))
    words = f"{moment:%H:%M} on {moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    zones = {"here": said(here, ZONES[here]), "there": said(there, ZONES[there]), "other": said(other, ZONES[other])}
    return {"time": said(moment.isoformat(timespec="minutes"), words), **zones}


def _there(act: Act, slots: Slots, zone: str) -> Claims | None:
    found = act("convert_time", {"time": slots["time"], "from_zone": slots["here"], "to_zone": zone})
    day, _, clock = found["converted"].partition("T")
    return [day, clock] if found["hours_ahead"] else None


def _chore(draws: Draws) -> Slots:
    return {"title": open_task(draws)["title"], "next": f"Ask {draws.pick(*VISITS)} for an invoice", "due": day_said(coming_day(draws))}


def _follow_up(act: Act, slots: Slots) -> Claims:
    act("add_task", {"title": slots["next"], "due_date": slots["due"], "priority": "high"})
    return ()


DIALOGUES = (
    Dialogue(
        name="tools-add-then-postpone",
        split="dev",
        traits=("reveals", "changes_mind"),
        draw=_errand,
        stages=(
            Stage(
                asks=('Put "{title}" on my task list, due {due}.',),
                hidden={
                    "title": Hidden(
                        asks=("I need something on my task list, due {due}.", "Add a task for me. It must be done by {due}."),
                        asked=("task", "title", "what", "called", "text"),
                        says=('"{title}".', 'It says "{title}", nothing else.'),
                    )
                },
                solve=(_add,),
            ),
            Stage(
                asks=(
                    "I've looked at my diary again. Make it {later} instead.",
                    "No, wait, that day is impossible. The task should be due on {later}.",
                ),
                solve=(_postpone,),
            ),
        ),
    ),
    Dialogue(
        name="tools-price-then-abroad",
        split="dev",
        traits=("irrelevant_detail",),
        dated=True,
        draw=product_and_currency,
        stages=(
            Stage(
                asks=(
                    "My neighbour swears by {product}, and he has a parrot. What does a pack cost in euros, and of which brand is it?",
                    "There's a stain of {product} on my shirt. Which brand is that product, and what's the price of a pack in euros?",
                ),
                solve=(_price,),
            ),
            Stage(
                asks=("And in {currency}, at today's rate?", "What would that be in {currency} today?"),
                solve=(_abroad,),
            ),
        ),
    ),
    Dialogue(
        name="tools-exchange-then-other",
        split="val",
        traits=("reveals", "changes_mind"),
        dated=True,
        draw=_money,
        stages=(
            Stage(
                asks=("How much are {amount} {from} in {to} today?",),
                hidden={
                    "to": Hidden(
                        asks=(
                            "I've got {amount} {from} left over from a journey. What do I get for them today if I change them?",
                            "Change {amount} {from} for me, on paper only. What is it at today's rate?",
                        ),
                        asked=("currency", "which", "what", "into"),
                        says=("I'd like {to}.", "Into {to}."),
                    )
                },
                solve=(lambda act, slots: _exchange(act, slots, slots["to"]),),
            ),
            Stage(
                asks=("Come to think of it, {other} would be handier. How much is it then?",),
                solve=(lambda act, slots: _exchange(act, slots, slots["other"]),),
            ),
        ),
    ),
    Dialogue(
        name="tools-time-then-other-city",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=_meeting,
        stages=(
            Stage(
                asks=("At {time} in {here}, what date and time is it in {there}?",),
                hidden={
                    "there": Hidden(
                        asks=("Our meeting begins at {time}, {here} time. What date and time is that for my colleague abroad?",),
                        asked=("where", "city", "zone", "colleague", "which", "place"),
                        says=("She works in {there}.", "In {there}."),
                    )
                },
                solve=(lambda act, slots: _there(act, slots, slots["there"]),),
            ),
            Stage(
                asks=("Oh no, I mixed up two people. It's {other} that I need, for the same meeting.",),
                solve=(lambda act, slots: _there(act, slots, slots["other"]),),
            ),
        ),
    ),
    Dialogue(
        name="tools-done-then-follow-up",
        split="test",
        traits=("reveals", "irrelevant_detail"),
        draw=_chore,
        stages=(
            Stage(
                asks=('Tick off "{title}" in my task list.',),
                hidden={
                    "title": Hidden(
                        asks=(
                            "Something on my task list is finished, and I even got cake for it. Tick it off.",
                            "One of my tasks is done at last, the cat watched me all the while. Mark it as done, please.",
                        ),
                        asked=("task", "which", "what", "title"),
                        says=('"{title}". It was quicker than I had feared.',),
                    )
                },
                solve=(
                    tick_by_title,
                    lambda act, slots: tick(act, tasks_in_list(act, slots["title"])[0]),
                    lambda act, slots: tick(act, tasks_on_pages(act, slots["title"])[0]),
                ),
            ),
            Stage(
                asks=('Now a new one, of high priority: "{next}", due {due}.',),
                solve=(_follow_up,),
            ),
        ),
    ),
)
