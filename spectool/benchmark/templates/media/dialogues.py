"""Conversations about media."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Solve, Stage, said
from spectool.benchmark.templates.media.library import MONTHS, outlet_of
from spectool.benchmark.templates.media.listening import WEEKDAYS, station_in
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.searching import ORDER


def _two_plans(draws: Draws) -> Slots:
    outlet = draws.row("outlets", lambda row: len(row["plans"]) > 1)
    plan, other = draws.rng.sample([each["plan"] for each in outlet["plans"]], 2)
    months = draws.pick(*MONTHS)
    names = {"outlet": outlet["name"], "outlet_id": outlet["outlet_id"]}
    return {**names, "plan": plan, "other": other, "months": said(months, *MONTHS[months])}


def _subscribe(act: Act, slots: Slots) -> Claims:
    outlet_id = outlet_of(act, slots["outlet"])
    return [
        str(
            act("subscribe_to_outlet", {"outlet_id": outlet_id, "plan": slots["plan"], "months": slots["months"], "starts": "today"})[
                "total_eur"
            ]
        )
    ]


def _switch(act: Act, slots: Slots) -> Claims:
    act("cancel_subscription", {"outlet_id": slots["outlet_id"]})
    order = {"outlet_id": slots["outlet_id"], "plan": slots["other"], "months": slots["months"], "starts": "today"}
    return [str(act("subscribe_to_outlet", order)["total_eur"])]


def _two_days(draws: Draws) -> Slots:
    day, other = draws.rng.sample(WEEKDAYS, 2)
    station = draws.row("stations")
    return {"station": station["station_id"], "city": station["city"], "day": _day(day), "other": _day(other)}


def _day(weekday: str) -> object:
    return said(weekday, weekday.capitalize())


def _last_programme(place: str) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        station = slots["station"]
        if place == "day":
            station = station_in(act, slots["city"])["station_id"]
        programmes = act("get_station_schedule", {"station_id": station, "weekday": slots[place]})["programmes"]
        return [programmes[-1]["title"]] if programmes else None

    return solve


def _two_topics(draws: Draws) -> Slots:
    row = draws.row("articles", lambda row: row["published"] < "2027")
    other = draws.row("articles", lambda each: each["topic"] != row["topic"] and each["outlet_id"] == row["outlet_id"])
    outlet = draws.row("outlets", lambda each: each["outlet_id"] == row["outlet_id"])
    return {"outlet": outlet["name"], "outlet_id": outlet["outlet_id"], "topic": row["topic"], "other": other["topic"]}


def _outlet_id(act: Act, slots: Slots, place: str) -> str:
    return outlet_of(act, slots["outlet"]) if place == "topic" else str(slots["outlet_id"])


def _newest(place: str, seen: bool) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        outlet = _outlet_id(act, slots, place)
        if seen:
            query = {"outlet_id": outlet, "topics": [slots[place]], "page_size": ROOMY}
            articles = act("search_articles", query, free=ORDER)["articles"]
        else:
            query = {"outlet_id": outlet, "topics": [slots[place]], "sort_by": "published", "descending": True}
            articles = act("search_articles", query, free=("page_size",))["articles"]
        dates = sorted((row["published"] for row in articles), reverse=True)
        if len(dates) > 1 and dates[0] == dates[1]:
            return None
        return [next(row["title"] for row in articles if row["published"] == dates[0])]

    return solve


DIALOGUES = (
    Dialogue(
        name="media-subscribe-and-switch",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=_two_plans,
        stages=(
            Stage(
                asks=("I'd like to subscribe to {outlet} for {months}, starting today, on the {plan} plan.",),
                hidden={
                    "plan": Hidden(
                        asks=(
                            "I'd like to subscribe to {outlet} for {months}, starting today. What will I pay in all?",
                            "Get me {outlet} from today on, for {months}, and tell me the total price.",
                        ),
                        asked=("plan", "digital", "print", "complete", "which", "kind"),
                        says=("The {plan} plan.", "I'll take the {plan} plan, please."),
                    )
                },
                solve=(_subscribe,),
            ),
            Stage(
                asks=(
                    "Hm, no. Cancel that again and give me the {other} plan instead, same length, also from today. What is the total now?",
                ),
                solve=(_switch,),
            ),
        ),
    ),
    Dialogue(
        name="media-last-programme",
        split="test",
        traits=("reveals", "irrelevant_detail"),
        draw=_two_days,
        stages=(
            Stage(
                asks=("What is the last programme of the day on the radio station in {city} on a {day}?",),
                hidden={
                    "day": Hidden(
                        asks=(
                            "What is the last programme of the day on the radio station in {city}? I want to fall asleep to it.",
                            "I'd like to know what the {city} radio station ends its day with.",
                        ),
                        asked=("day", "weekday", "when", "date"),
                        says=("On {day}s.", "{day}."),
                    )
                },
                solve=(_last_programme("day"),),
            ),
            Stage(
                asks=("And on {other}s? I'll be knitting that evening, a scarf with seven colours.",),
                solve=(_last_programme("other"),),
            ),
        ),
    ),
    Dialogue(
        name="media-newest-on-another-topic",
        split="test",
        traits=("reveals", "changes_mind", "irrelevant_detail"),
        draw=_two_topics,
        stages=(
            Stage(
                asks=("What is the title of the newest article about {topic} in {outlet}?",),
                hidden={
                    "outlet": Hidden(
                        asks=("What is the newest article about {topic} called, the one in the outlet that my uncle always quotes?",),
                        asked=("outlet", "which", "name", "newspaper", "magazine", "broadcaster"),
                        says=("It's {outlet}. He has sworn by it since his army days.", "{outlet}, he even has the mug."),
                    )
                },
                solve=(_newest("topic", False), _newest("topic", True)),
            ),
            Stage(
                asks=("Wait, it wasn't {topic} that he goes on about, it was {other}. What is their newest article about that called?",),
                solve=(_newest("other", False), _newest("other", True)),
            ),
        ),
    ),
)
