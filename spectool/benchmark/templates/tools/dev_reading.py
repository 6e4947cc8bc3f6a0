"""Requests to synthesise from that only look something up."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, said
from spectool.benchmark.templates.phrasing import COUNTING, any_order
from spectool.benchmark.templates.tools.finding import (
    CATEGORIES,
    DATES_IN_FORCE,
    code_of,
    product_and_currency,
    product_by_name,
    two_places,
    two_units,
)


def _value_and_units(draws: Draws) -> Slots:
    from_unit, to_unit = two_units(draws)
    return {"value": draws.pick(draws.number(2, 900), draws.number(11, 999) / 10), "from": from_unit, "to": to_unit}


def _convert(act: Act, slots: Slots) -> Claims | None:
    asked = {"value": slots["value"], "from_unit": slots["from"], "to_unit": slots["to"]}
    converted = act("convert_unit", asked)["converted"]
    return [str(converted)] if abs(converted) >= 1 else None


def _groceries(draws: Draws) -> Slots:
    product = draws.row("products")
    price = draws.number(20, 80) / 10
    one, other = draws.rng.sample(["eggs", "gluten", "milk", "nuts", "peanuts", "sesame", "soy"], 2)
    return {
        "category": said(product["category"], *CATEGORIES[product["category"]]),
        "one": one,
        "other": other,
        "price": said(price, f"{price:.2f}"),
    }


def _count_products(act: Act, slots: Slots) -> Claims | None:
    allergens = any_order([slots["one"], slots["other"]])
    asked = {"category": slots["category"], "without_allergens": allergens, "max_price_eur": slots["price"]}
    total = act("search_products", asked, free=COUNTING)["total"]
    return [str(total)] if total not in (0, slots["price"]) else None


def _places(draws: Draws) -> Slots:
    start, end = two_places(draws) or ("", "")
    return {"start": start, "end": end, "unit": draws.pick(said("kilometre", "kilometres", "km"), said("mile", "miles"))}


def _forth(act: Act, slots: Slots) -> Claims:
    return _distance(act, slots, code_of(act, slots["start"]), code_of(act, slots["end"]))


def _back(act: Act, slots: Slots) -> Claims:
    end, start = code_of(act, slots["end"]), code_of(act, slots["start"])
    return _distance(act, slots, end, start)


def _distance(act: Act, slots: Slots, start: str, end: str) -> Claims:
    found = act("get_postal_distance", {"from_postal_code": start, "to_postal_codes": [end], "unit": slots["unit"]})
    return [str(found["distances"][0]["distance"])]


def _price(act: Act, slots: Slots) -> Claims | None:
    product = product_by_name(act, slots["product"])
    if product is None:
        return None
    asked = {"amount": product["price_eur"], "from_currency": "EUR", "to_currency": slots["currency"], "date": DATES_IN_FORCE}
    return [str(act("convert_currency", asked)["converted"])]


READING = (
    Template(
        name="tools-convert-unit",
        kind="one_constraint",
        split="dev",
        asks=(
            "What are {value} {from} in {to}, to two decimals?",
            "Convert {value} {from} to {to} and round to two decimals.",
            "{value} {from}: how many {to} is that? Two decimals, please.",
            "I need {value} {from} expressed in {to} with two decimals.",
        ),
        paraphrases=(
            "My grandmother's notes say {value} {from}, which means nothing to me. What would that be in {to}, rounded to two decimals?",
            "The manual speaks of {value} {from}. I think in {to}. Two decimals are enough, what's the figure?",
        ),
        draw=_value_and_units,
        solve=(_convert,),
        hidden={
            "to": Hidden(
                asks=(
                    "Convert {value} {from} to another unit.",
                    "I have {value} {from} here. What is that in my colleague's unit?",
                ),
                asked=("unit", "units", "which", "what"),
                says=("To {to}.", "Into {to}, please."),
            ),
            "value": Hidden(
                asks=("Convert a figure from {from} to {to}, please.", "How many {to} is my reading in {from}?"),
                asked=("value", "figure", "number", "reading", "many", "much"),
                says=("It's {value}.", "The figure is {value}."),
            ),
        },
        together=("What are {value} {from} in {to}, and {value_2} {from_2} in {to_2}? Two decimals each.",),
        irrelevant=(
            "Write it into my notebook, too.",
            "Take the value that holds at full moon.",
            "Sign the result with your initials.",
        ),
    ),
    Template(
        name="tools-count-products",
        kind="several_constraints",
        split="dev",
        asks=(
            "How many {category} contain neither {one} nor {other} and cost at most {price} euros a pack?",
            "Count the {category} up to {price} euros that are free from {one} as well as from {other}.",
            "In the category {category}: how many products are there without {one} and without {other}, at {price} euros or less?",
        ),
        paraphrases=(
            "My flatmate can have neither {one} nor {other}, and I won't pay more than {price} euros. How many of the {category} remain?",
            "Planning a party on a budget: {category}, {price} euros a pack at most, nothing with {one}, nothing with {other}. "
            "What number of products is that?",
        ),
        draw=_groceries,
        solve=(_count_products,),
        irrelevant=(
            "Only count those that come in a paper bag.",
            "They should be on an upper shelf.",
            "Leave out products with a cartoon on the label.",
        ),
        together=(
            "How many {category} without {one} and {other} cost at most {price} euros? "
            "And how many {category_2} without {one_2} and {other_2} cost at most {price_2} euros?",
        ),
    ),
    Template(
        name="tools-distance-of-places",
        kind="multi_step",
        split="dev",
        asks=(
            "How far is it from {start} to {end} as the crow flies, in {unit}?",
            "What's the straight-line distance between {start} and {end} in {unit}?",
            "Give me the distance from {start} to {end} by air, in {unit}.",
        ),
        paraphrases=(
            "A pigeon sets off in {start} and lands in {end}. How many {unit} has it flown, if it took the shortest way?",
            "We argue whether {end} is near {start}. Measured in a straight line, how many {unit} lie between the two?",
        ),
        draw=_places,
        solve=(_forth, _back),
        irrelevant=(
            "The bird should avoid the motorway.",
            "Count from town hall to town hall.",
        ),
    ),
    Template(
        name="tools-price-abroad",
        kind="multi_step",
        split="dev",
        asks=(
            "What does a pack of {product} cost in {currency} at today's rate?",
            "Price of the product {product}, converted to {currency} at today's rate?",
            "How much is a pack of {product} in {currency}, if I go by the rate of today?",
        ),
        paraphrases=(
            "A visitor wants to take home a pack of {product} and pays in {currency}. How much is it, going by today's exchange rate?",
            "I only have {currency} on me. What would a pack of {product} come to at the current rate?",
        ),
        dated=True,
        draw=product_and_currency,
        solve=(_price,),
        irrelevant=(
            "Add nothing for the carrier bag.",
            "Have it gift-wrapped for me, too.",
        ),
    ),
    Template(
        name="tools-unrelated",
        kind="unrelated_request",
        split="dev",
        asks=(
            "Ring up the post office in {place} and ask whether my parcel is there.",
            "Which mayor governs {place} at the moment?",
            "Book a table for two in {place} tonight.",
            "What's the best bakery of {place}, going by reviews?",
            "Transfer ten euros to the animal shelter in {place}.",
            "Is it raining in {place} right now?",
            "Write a limerick about {place} and have it printed on a mug.",
            "Who won the last football match in {place}?",
        ),
        paraphrases=(
            "We are off to {place} this weekend and need a dog sitter there. Hire one, will you?",
            "My cousin in {place} never answers my calls. Can you find out whether she has moved?",
            "I'd love to see a photograph of the church in {place}.",
        ),
        draw=lambda draws: {"place": draws.row("postal_codes")["place"]},
    ),
)
