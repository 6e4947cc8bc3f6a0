"""Requests to report on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, said
from spectool.benchmark.templates.calendar_words import MONTHS, day_said
from spectool.benchmark.templates.tools.finding import (
    CURRENCIES,
    ZONES,
    coming_day,
    one_of,
    task_by_title,
    tasks_in_list,
    tasks_on_pages,
)

OPENINGS = ("The kettle sings", "Rain taps on the roof", "Nobody had fed the goat", "Our train was late", "The lamp flickered twice")
MIDDLES = ("we didn't mind", "the old clock kept quiet", "my sister laughed", "the harbour lay empty", "a letter had come")
ENDINGS = ("So we stayed.", "What a day!", "Who would have guessed?", "Then the lights went out.", "It was well-earned rest.")


def _time(draws: Draws) -> Slots:
    here, there = draws.rng.sample(list(ZONES), 2)
    moment = datetime(2027, 1, 1) + timedelta(days=draws.number(0, 364), minutes=5 * draws.number(0, 287))
    clock = moment.strftime("%H:%M")
    words = f"{clock} on {moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return {
        "time": said(moment.isoformat(timespec="minutes"), words),
        "here": said(here, ZONES[here]),
        "there": said(there, ZONES[there]),
    }


def _there(act: Act, slots: Slots) -> Claims | None:
    found = act("convert_time", {"time": slots["time"], "from_zone": slots["here"], "to_zone": slots["there"]})
    day, _, clock = found["converted"].partition("T")
    return [day, clock] if found["hours_ahead"] else None


def _text(draws: Draws) -> Slots:
    text = f"{draws.pick(*OPENINGS)}, and {draws.pick(*MIDDLES)}. {draws.pick(*OPENINGS)}; {draws.pick(*MIDDLES)}. {draws.pick(*ENDINGS)}"
    return {"text": text}


def _words(act: Act, slots: Slots) -> Claims:
    counts = act("get_text_statistics", {"text": slots["text"]}, free=("words_per_minute",))
    return [str(counts["words"]), str(counts["unique_words"])]


def _history(draws: Draws) -> Slots | None:
    start = date(2025, 3, 1) + timedelta(days=draws.number(0, 500))
    end = start + timedelta(days=draws.number(100, 225))
    # Rates are of the first of a month, and nobody has to wonder whether "between" takes in the day itself.
    if 1 in (start.day, end.day):
        return None
    from_currency = draws.pick(*CURRENCIES)
    return {
        "from": said(from_currency, *CURRENCIES[from_currency]),
        "to": draws.pick(said("EUR", "euros", "EUR"), one_of(draws, CURRENCIES, from_currency)),
        "first": day_said(str(start)),
        "last": day_said(str(end)),
        "end": draws.pick("highest", "lowest"),
    }


def _extreme(act: Act, slots: Slots) -> Claims | None:
    asked = {"from_currency": slots["from"], "to_currency": slots["to"], "from_date": slots["first"], "to_date": slots["last"]}
    found = act("get_exchange_rate_history", asked)
    best = found[slots["end"]]
    ties = [row for row in found["rates"] if row["rate"] == best["rate"]]
    return [str(best["rate"]), best["rate_date"]] if len(ties) == 1 and best["rate"] >= 0.01 else None


def _pack(draws: Draws) -> Slots:
    unit = draws.pick(said("ounce", "ounces"), said("pound", "pounds"))
    return {"barcode": draws.row("products")["barcode"], "unit": unit}


def _weight(act: Act, slots: Slots) -> Claims:
    product = act("lookup_barcode", {"barcode": slots["barcode"]})
    asked = {"value": product["pack_size_g"], "from_unit": "gram", "to_unit": slots["unit"]}
    return [product["name"], str(act("convert_unit", asked)["converted"])]


def _two_tasks(draws: Draws) -> Slots | None:
    one, other = draws.rows("tasks", 2, lambda row: not row["done"])
    day = coming_day(draws)
    return {"done": one["title"], "moved": other["title"], "day": day_said(day)} if other["due_date"] != day else None


def _both_by_title(act: Act, slots: Slots) -> Claims | None:
    done, moved = task_by_title(act, slots["done"]), task_by_title(act, slots["moved"])
    return _both(act, slots, done, moved) if done and moved else None


def _both_in_list(act: Act, slots: Slots) -> Claims:
    return _both(act, slots, *tasks_in_list(act, slots["done"], slots["moved"]))


def _both_on_pages(act: Act, slots: Slots) -> Claims:
    return _both(act, slots, *tasks_on_pages(act, slots["done"], slots["moved"]))


def _both(act: Act, slots: Slots, done: str, moved: str) -> Claims:
    act("complete_task", {"task_id": done})
    act("reschedule_task", {"task_id": moved, "due_date": slots["day"]})
    return ()


TEST = (
    Template(
        name="tools-time-elsewhere",
        kind="one_constraint",
        split="test",
        asks=(
            "When it is {time} in {here}, what date and time do the clocks in {there} show?",
            "{time}, {here} time: which date and time is that in {there}?",
            "What will be the local date and time in {there} at {time} as told in {here}?",
        ),
        paraphrases=(
            "I promised to phone from {here} at {time}, our local time. My friend lives in {there}. Date and time at her end, please?",
            "A webinar is announced for {time} ({here}). I'm in {there}, so which date and time do I write into my diary?",
        ),
        draw=_time,
        solve=(_there,),
        hidden={
            "there": Hidden(
                asks=("When it is {time} in {here}, what date and time is it where my brother lives?",),
                asked=("where", "city", "zone", "place", "which", "lives"),
                says=("He lives in {there}.", "In {there}."),
            )
        },
        together=(
            "When it is {time} in {here}, what date and time is it in {there}? And at {time_2} in {here_2}, what is it in {there_2}?",
        ),
    ),
    Template(
        name="tools-count-words",
        kind="one_constraint",
        split="test",
        asks=(
            'How many words does this text have, and how many different ones? "{text}"',
            '"{text}" Please count the words, and say how many of them are distinct.',
        ),
        draw=_text,
        solve=(_words,),
        irrelevant=("Underline the words that rhyme with each other.",),
    ),
    Template(
        name="tools-rate-extreme",
        kind="several_constraints",
        split="test",
        asks=(
            "Between {first} and {last}, what was the {end} rate of {from} in {to}, and on which day was it fixed?",
            "Look at the rates from {from} to {to} from {first} to {last}. Which was the {end}, and of what day?",
        ),
        paraphrases=(
            "I changed money at a bad time, I fear. How did {from} do, priced in {to}, from {first} to {last}: "
            "what was the {end} rate, and when?",
        ),
        draw=_history,
        solve=(_extreme,),
        irrelevant=(
            "Ignore days on which the stock exchange closed early.",
            "Say which newspaper wrote about it first.",
        ),
    ),
    Template(
        name="tools-pack-weight",
        kind="multi_step",
        split="test",
        asks=(
            "What product has the barcode {barcode}, and how much does a pack hold in {unit}, to two decimals?",
            "Scan result: {barcode}. Tell me the product's name and its pack size in {unit} with two decimals.",
        ),
        paraphrases=(
            "The label is torn, only the barcode {barcode} is left. What is this product, and its pack size in {unit} (two decimals)?",
        ),
        draw=_pack,
        solve=(_weight,),
        hidden={
            "barcode": Hidden(
                asks=("What product is this, going by its barcode, and how much does a pack hold in {unit}, to two decimals?",),
                asked=("barcode", "code", "digits", "number"),
                says=("The barcode is {barcode}.", "It reads {barcode}."),
            )
        },
        irrelevant=(
            "Weigh it without the lid.",
            "Say whether the bag is resealable, too.",
        ),
    ),
    Template(
        name="tools-two-tasks",
        kind="state_changing",
        split="test",
        asks=(
            'I have finished "{done}", so tick it off. "{moved}" has to wait: make it due on {day}.',
            'Two changes to my tasks: "{moved}" is now due on {day}, and "{done}" is done.',
        ),
        draw=_two_tasks,
        solve=(_both_by_title, _both_in_list, _both_on_pages),
    ),
    Template(
        name="tools-unrelated-paints",
        kind="unrelated_request",
        split="test",
        asks=(
            "Order five litres of the paint {shade} and have it mixed by noon.",
            "Send a painter who does my hallway in {shade}.",
            "Which film star has a bedroom in {shade}?",
            "How long does {shade} take to dry at ten degrees?",
        ),
        draw=lambda draws: {"shade": draws.row("shades")["name"]},
    ),
)
