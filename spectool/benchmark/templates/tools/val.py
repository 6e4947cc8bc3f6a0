"""Requests to choose by."""

from __future__ import annotations

from datetime import date, timedelta

from spectool.benchmark.template import Act, Claims, Draws, Either, Hidden, Slots, Template, either, said
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.tools.finding import (
    CURRENCIES,
    coming_day,
    one_of,
    open_task,
    task_by_title,
    tasks_in_list,
    tasks_on_pages,
)

SCHEMES = {
    "hsl": ("hue, saturation and lightness", "HSL"),
    "cmyk": ("cyan, magenta, yellow and key", "CMYK"),
}


def _place(act: Act, slots: Slots) -> Claims:
    row = act("lookup_postal_code", {"postal_code": slots["code"]})
    return [row["place"], row["region"]]


def _money(draws: Draws) -> Slots:
    day = date(2025, 3, 1) + timedelta(days=draws.number(0, 725))
    from_currency = draws.pick(*CURRENCIES)
    return {
        "amount": draws.pick(draws.number(5, 5000), draws.number(101, 9999) / 10),
        "from": said(from_currency, *CURRENCIES[from_currency]),
        "to": draws.pick(said("EUR", "euros", "EUR"), one_of(draws, CURRENCIES, from_currency)),
        "day": day_said(str(day)),
    }


def _exchange(act: Act, slots: Slots) -> Claims:
    asked = {"amount": slots["amount"], "from_currency": slots["from"], "to_currency": slots["to"], "date": slots["day"]}
    return [str(act("convert_currency", asked)["converted"])]


def _color(draws: Draws) -> Slots:
    red, green, blue = (draws.number(0, 255) for _ in range(3))
    code = f"#{red:02X}{green:02X}{blue:02X}"
    return {"color": said(code, code, f"rgb({red}, {green}, {blue})"), "scheme": one_of(draws, SCHEMES)}


def _spelled(code: str) -> Either:
    """A colour in each of the ways that the tools take."""
    red, green, blue = (int(code[place : place + 2], 16) for place in (1, 3, 5))
    return either(code, {"red": red, "green": green, "blue": blue}, code.lower())


def _shade(act: Act, slots: Slots) -> Claims | None:
    shades = act("find_nearest_shade", {"color": _spelled(slots["color"])}, free=("limit",))["shades"]
    parts = act("convert_color", {"color": _spelled(shades[0]["hex"]), "to": slots["scheme"]})[slots["scheme"]]
    return [shades[0]["name"], *map(str, parts.values())]


def _later(draws: Draws) -> Slots | None:
    task, day = open_task(draws), coming_day(draws)
    return {"title": task["title"], "day": day_said(day)} if task["due_date"] != day else None


def _move_by_title(act: Act, slots: Slots) -> Claims | None:
    task_id = task_by_title(act, slots["title"])
    return _move(act, task_id, slots["day"]) if task_id else None


def _move(act: Act, task_id: str, day: str) -> Claims:
    act("reschedule_task", {"task_id": task_id, "due_date": day})
    return ()


VAL = (
    Template(
        name="tools-place-of-code",
        kind="one_constraint",
        split="val",
        asks=(
            "Which place and region does the postal code {code} belong to?",
            "Postal code {code}: name the place and its region.",
            "A letter came back from {code}. What place is that postal code, and in which region does it lie?",
        ),
        paraphrases=(
            "All that is legible on the envelope is the postal code, {code}. Where would it go, place and region?",
            "I have {code} scribbled on a map as a postal code. Tell me the place that goes with it, the region too.",
        ),
        draw=lambda draws: {"code": draws.row("postal_codes")["postal_code"]},
        solve=(_place,),
        hidden={
            "code": Hidden(
                asks=("Which place and region does this postal code belong to?", "Look up a postal code for me: place and region."),
                asked=("code", "postal", "which", "digits"),
                says=("{code}.", "The code is {code}."),
            )
        },
        irrelevant=(
            "Say which bus goes there, too.",
            "Add the name of the postman there.",
        ),
    ),
    Template(
        name="tools-exchange-on-day",
        kind="several_constraints",
        split="val",
        asks=(
            "How much were {amount} {from} in {to} at the rate of {day}?",
            "Convert {amount} {from} to {to} by the rate in force on {day}.",
            "By the exchange rate of {day}, what did {amount} {from} amount to in {to}?",
        ),
        paraphrases=(
            "My receipt of {day} says {amount} {from}. For the expense report I need it in {to} at the rate of that day.",
            "Back on {day} I lent a friend {amount} {from}. He pays back in {to}, at the rate of then. How much is it?",
        ),
        draw=_money,
        solve=(_exchange,),
        hidden={
            "to": Hidden(
                asks=("How much were {amount} {from} in my own currency at the rate of {day}?",),
                asked=("currency", "which", "what", "into"),
                says=("In {to}.", "My currency? That's {to}."),
            )
        },
        irrelevant=(
            "Print it on a slip with the stamp of the bank.",
            "Say who was at the head of the central bank then.",
        ),
        together=("How much were {amount} {from} in {to} at the rate of {day}, and {amount_2} {from_2} in {to_2} at the rate of {day_2}?",),
    ),
    Template(
        name="tools-shade-in-print",
        kind="multi_step",
        split="val",
        asks=(
            "Which wall paint comes nearest to {color}, and what are the {scheme} values of that paint?",
            "Find the paint closest to the colour {color}. Then give me the paint's own colour as {scheme}.",
        ),
        draw=_color,
        solve=(_shade,),
    ),
    Template(
        name="tools-reschedule-task",
        kind="state_changing",
        split="val",
        asks=(
            'Move the task "{title}" to {day}.',
            '"{title}" should be due on {day} instead. Change that in my task list.',
            'Give "{title}", which is on my task list, the due date {day}.',
        ),
        draw=_later,
        solve=(
            _move_by_title,
            lambda act, slots: _move(act, tasks_in_list(act, slots["title"])[0], slots["day"]),
            lambda act, slots: _move(act, tasks_on_pages(act, slots["title"])[0], slots["day"]),
        ),
    ),
    Template(
        name="tools-unrelated-products",
        kind="unrelated_request",
        split="val",
        asks=(
            "Have six packs of {product} delivered to my door tomorrow.",
            "File a complaint with the maker of {product} in my name.",
            "Read me the latest customer reviews of {product}.",
            "Which celebrity advertises {product}?",
        ),
        draw=lambda draws: {"product": draws.row("products")["name"]},
    ),
)
