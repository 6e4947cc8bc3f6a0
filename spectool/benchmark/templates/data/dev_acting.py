"""Requests to the statistical office that may be learnt from: those that change something, and those that it cannot serve."""

from __future__ import annotations

from functools import partial

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template
from spectool.benchmark.templates.data.places import (
    OFTEN,
    at_least,
    by_title,
    by_topic,
    figures,
    is_,
    step_below,
    subscribed,
)

NAMES = (
    "Board slide one", "Autumn review", "Desk list", "Hiring watch", "For Tuesday", "Talk in spring", "Shortlist B", "Partner hunt",
    "Credit checks", "Field trip", "Handover", "Second opinion", "Press kit", "Old favourites", "Budget round", "Grant panel",
)  # fmt: skip


def _dataset(draws: Draws) -> Slots:
    return {**figures(draws), "often": draws.pick(*OFTEN)}


def _to_save(draws: Draws) -> Slots | None:
    company = draws.row("companies")
    year = company["founded"] - company["founded"] % 10
    if (number := step_below(draws, company["employees"])) is None:
        return None
    return {"name": draws.pick(*NAMES), "sector": company["sector"], "year": year, "number": number}


def _saved(act: Act, slots: Slots) -> Claims:
    conditions = [is_("sector", slots["sector"]), at_least("founded", slots["year"]), at_least("employees", slots["number"])]
    act("save_query", {"name": slots["name"], "where": {"all_of": conditions}})
    return ()


def _visit(draws: Draws) -> Slots:
    return {"capital": draws.row("regions")["capital"], "company": draws.row("companies")["name"], "number": draws.number(2, 9)}


DEV_ACTING = (
    Template(
        name="data-subscribe",
        kind="state_changing",
        split="dev",
        asks=(
            'Subscribe me to the dataset "{title}" and notify me {often}.',
            'I want to hear about "{title}" {often}; set up a subscription to it.',
            'Please sign me up as a subscriber of "{title}"; I would like word {often}.',
        ),
        paraphrases=('I keep missing updates of "{title}". Could you have me told {often}, as a subscriber?',),
        draw=_dataset,
        solve=(partial(subscribed, by_title), partial(subscribed, by_topic)),
        irrelevant=("The notices should come as a voice message.", "A copy should go to my secretary by fax."),
        hidden={
            "title": Hidden(
                asks=(
                    "Subscribe me to the dataset from this morning's mail, please, and send me word {often}.",
                    "I want to be notified {often} of what is new in the dataset my boss goes by; set up the subscription.",
                ),
                asked=("dataset", "which", "title", "series"),
                says=('The one titled "{title}".', 'I mean "{title}".'),
            )
        },
    ),
    Template(
        name="data-save-query",
        kind="state_changing",
        split="dev",
        asks=(
            'Save a company query as "{name}": sector {sector}, founded in {year} or later, at least {number} employees.',
            'Keep a search for me under the name "{name}". It is for {sector} companies that were founded no earlier than {year} '
            "and have {number} employees or more.",
            'Store this under "{name}": companies in {sector}, founding year from {year} on, staff of at least {number}.',
        ),
        paraphrases=(
            "I run the same search every week: it's the {sector} firms, the ones founded since {year} (that year included), and of those "
            "the "
            'ones with at least {number} people. Put it away as "{name}" so that I need not type it again.',
        ),
        draw=_to_save,
        solve=(_saved,),
        irrelevant=("Share it with the whole department.", "Have it hum a tune when it opens."),
        hidden={
            "name": Hidden(
                asks=(
                    "Save a company query for me: sector {sector}, founded in {year} or later, at least {number} employees. "
                    "It needs its own name.",
                ),
                asked=("name", "call", "title", "named"),
                says=('Call it "{name}".', 'The name is "{name}".'),
            )
        },
    ),
    Template(
        name="data-unrelated-visit",
        kind="unrelated_request",
        split="dev",
        asks=(
            "Book a table for {number} in {capital} on Friday evening.",
            "Write to the management of {company} that we shall be {number} visitors on Monday.",
            "Which bus goes from {capital} to the factory gate of {company}? There are {number} of us.",
            "Have {number} umbrellas printed with the logo of {company}.",
            "What will the weather be like in {capital} over the next {number} days?",
        ),
        draw=_visit,
    ),
)
