"""Conversations with the statistical office."""

from __future__ import annotations

from functools import partial

from spectool.benchmark.template import Dialogue, Hidden, Stage
from spectool.benchmark.templates.data.places import (
    by_title,
    by_topic,
    delete,
    subscribed,
)
from spectool.benchmark.templates.data.turns import (
    counted,
    dataset,
    observed,
    other_observed,
    run,
    save,
    save_again,
    series_count,
    two_queries,
    two_sizes,
    two_titles,
)

DIALOGUES = (
    Dialogue(
        name="data-talk-other-title",
        split="dev",
        traits=("reveals", "changes_mind"),
        draw=two_titles,
        stages=(
            Stage(
                asks=('What does "{title}" say for {region} in {year}?',),
                solve=tuple(partial(observed, find, is_series) for find in (by_title, by_topic) for is_series in (False, True)),
                hidden={
                    "region": Hidden(
                        asks=(
                            'I have to quote "{title}" for the year {year}. Which value is it for my part of the world?',
                            'Where I grew up, what was the {year} figure of "{title}"?',
                        ),
                        asked=("region", "country", "where", "place", "part", "area"),
                        says=("I mean {region}.", "For {region}."),
                    )
                },
            ),
            Stage(
                asks=(
                    'Wait, I read out the wrong heading. It is "{other}" that I need, same place and year.',
                    'Thanks, but I take that back: the table was "{other}". Could I have that one for the same place and the same year?',
                ),
                solve=(partial(other_observed, by_title, False), partial(other_observed, by_title, True)),
            ),
        ),
    ),
    Dialogue(
        name="data-talk-save-again",
        split="dev",
        traits=("reveals", "changes_mind", "irrelevant_detail"),
        draw=two_sizes,
        stages=(
            Stage(
                asks=('Save a company query "{name}": sector {sector}, at least {number} employees.',),
                solve=(partial(save, "number"),),
                hidden={
                    "name": Hidden(
                        asks=(
                            "Keep a company query for me: sector {sector}, at least {number} employees.",
                            "I'd like a saved query with companies of the sector {sector} that employ {number} people or more.",
                        ),
                        asked=("name", "call", "called", "title", "named"),
                        says=('Name it "{name}", after the pub where we had the idea.', 'Its name shall be "{name}".'),
                    )
                },
            ),
            Stage(
                asks=(
                    "On second thought, the bound is too high. Throw that query away and save it anew under the same name with at least "
                    "{other} employees.",
                    "No, {other} employees should do. Delete what you just saved and keep it like that, with the old name and sector.",
                ),
                solve=(save_again,),
            ),
        ),
    ),
    Dialogue(
        name="data-talk-subscribe",
        split="val",
        traits=("reveals", "irrelevant_detail"),
        draw=dataset,
        stages=(
            Stage(
                asks=('Subscribe me to "{title}", notices {often}.',),
                solve=(partial(subscribed, by_title), partial(subscribed, by_topic)),
                hidden={
                    "title": Hidden(
                        asks=(
                            "There is a dataset whose news I'd like to get {often}. Can you subscribe me?",
                            "I keep hearing about a certain dataset. Subscribe me to it, notices {often}.",
                            "Please set up a dataset subscription for me that writes {often}.",
                        ),
                        asked=("dataset", "which", "title", "name", "called"),
                        says=('It is titled "{title}". My neighbour swears by it.',),
                    )
                },
            ),
            Stage(asks=("Great. And how many series are in it?", "By the way, of how many series does it consist?"), solve=(series_count,)),
        ),
    ),
    Dialogue(
        name="data-talk-count",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=two_sizes,
        stages=(
            Stage(
                asks=("How many {sector} companies in country {country} have at least {number} employees?",),
                solve=(partial(counted, "number", False), partial(counted, "number", True)),
                hidden={
                    "number": Hidden(
                        asks=(
                            "I need to know how many big {sector} companies there are in country {country}, big by our own definition.",
                            "In country {country}, how many {sector} employers reach the threshold that my team uses?",
                        ),
                        asked=("big", "employees", "threshold", "definition", "size", "large", "many", "staff"),
                        says=("At least {number} employees.", "With us, big starts at {number} employees."),
                    )
                },
            ),
            Stage(
                asks=("Hm, the definition has been changed, I hear: big is from {other} employees on. So how many?",),
                solve=(partial(counted, "other", False), partial(counted, "other", True)),
            ),
        ),
    ),
    Dialogue(
        name="data-talk-delete",
        split="test",
        traits=("reveals", "irrelevant_detail"),
        draw=two_queries,
        stages=(
            Stage(
                asks=('Delete my saved query "{name}".',),
                solve=(delete,),
                hidden={
                    "name": Hidden(
                        asks=(
                            "My boss wants order in the saved queries. Delete one of mine for me.",
                            "One saved query of mine should be deleted.",
                            "Spring cleaning! One of my saved queries goes into the bin.",
                            "Please delete something: a saved query of mine that I no longer run.",
                        ),
                        asked=("query", "which", "name", "called"),
                        says=('"{name}". I had forgotten that I ever made it, on a rainy Sunday.', 'The one I called "{name}".'),
                    )
                },
            ),
            Stage(asks=('Keep "{kept}", though. How many companies does it list at the moment?',), solve=(run,)),
        ),
    ),
)
