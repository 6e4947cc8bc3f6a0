"""Films found by conditions, and compared."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Slots, Template, either, maybe, said
from spectool.benchmark.templates.movies.wording import COUNTRIES, GENRES, LANGUAGES, film, find_movie, millions, released
from spectool.benchmark.templates.phrasing import COUNTING, any_order
from spectool.environments.core.tables import Row

MEASURES = {
    "average_rating": "the best average rating",
    "box_office_million_eur": "the highest box office",
    "runtime_minutes": "the longest running time",
}


# Pages that hold all of up to four results.
HOLDING_FOUR = either(10, *range(4, 10), 12, 15, 20, 25, 30, 40, 50)


def _one_wish(draws: Draws) -> Slots:
    country, language, genre = draws.pick(*COUNTRIES), draws.pick(*LANGUAGES), draws.pick(*GENRES)
    year, minutes, score = draws.number(1990, 2026), 5 * draws.number(17, 30), draws.number(50, 85) / 10
    return {
        "wish": draws.pick(
            said({"country": country}, f"produced in {COUNTRIES[country]}", f"whose country of production is {COUNTRIES[country]}"),
            said({"language": language}, f"shot in {LANGUAGES[language]}", f"whose original language is {LANGUAGES[language]}"),
            said({"genres": [genre]}, f"in the {GENRES[genre]} genre", f"filed under {GENRES[genre]}"),
            said({"released_from": f"{year}-01-01", "released_to": f"{year}-12-31"}, f"released in {year}", f"that came out in {year}"),
            said({"released_to": f"{year - 1}-12-31"}, f"released in {year - 1} or earlier", f"that came out no later than {year - 1}"),
            said({"max_runtime_minutes": minutes}, f"that run for {minutes} minutes at most", f"no longer than {minutes} minutes"),
            said({"min_average_rating": score}, f"rated {score} or better on average", f"with an average rating of at least {score}"),
        )
    }


def _count(act: Act, slots: Slots) -> Claims | None:
    total = act("search_movies", slots["wish"], free=COUNTING)["total"]
    return [str(total)] if total else None


def _three_conditions(draws: Draws) -> Slots:
    row = film(draws)
    year, genres = int(row["released"][:4]), [genre for genre in row["genres"] if genre in GENRES] or ["drama"]
    genre, measure, age = draws.pick(*genres), draws.pick(*MEASURES), max(row["age_rating"], draws.pick(6, 12, 16))
    return {
        "genre": said(genre, GENRES[genre]),
        "first": year - draws.number(1, 9),
        "last": min(year + draws.number(1, 9), 2026),
        "age": said(age, f"{'an' if age == 18 else 'a'} {age}-year-old"),
        "years": f"{age}-year-old",
        "most": said(measure, MEASURES[measure]),
    }


def _conditions(slots: Slots) -> dict[str, object]:
    years = {"released_from": f"{slots['first']}-01-01", "released_to": f"{slots['last']}-12-31"}
    # Every film is for viewers of 18.
    age = maybe(18) if slots["age"] == 18 else slots["age"]
    return {"genres": [slots["genre"]], **years, "max_age_rating": age}


def _top_sorted(act: Act, slots: Slots) -> Claims | None:
    asked = {**_conditions(slots), "sort_by": slots["most"], "descending": True}
    found = act("search_movies", asked, free=("page_size",))["movies"]
    if not 2 <= len(found) <= 4 or found[0][slots["most"]] == found[1][slots["most"]]:
        return None
    return [found[0]["title"]]


def _top_listed(act: Act, slots: Slots) -> Claims | None:
    shown = slots["most"] == "average_rating"
    asked = {**_conditions(slots), "page_size": HOLDING_FOUR, **({} if shown else {"sort_by": slots["most"]})}
    found = act("search_movies", asked, free=("descending", "sort_by") if shown else ("descending",))["movies"]
    return [max(found, key=lambda row: row[slots["most"]])["title"]]


def _top_compared(act: Act, slots: Slots) -> Claims | None:
    found = act("search_movies", {**_conditions(slots), "page_size": HOLDING_FOUR}, free=("descending", "sort_by"))["movies"]
    ids = any_order([row["movie_id"] for row in found])
    highest = act("compare_movies", {"movie_ids": ids, "by": slots["most"]})["highest"]
    return [row["title"] for row in found if row["movie_id"] == highest]


def _two_films(draws: Draws) -> Slots:
    first, second = draws.rows("movies", 2, released)
    return {"one": first["title"], "other": second["title"]}


def _both(act: Act, slots: Slots) -> list[Row] | None:
    rows = [row for row in (find_movie(act, slots["one"]), find_movie(act, slots["other"])) if row is not None]
    return rows if len(rows) == 2 else None


def _dearer_compared(act: Act, slots: Slots) -> Claims | None:
    rows = _both(act, slots)
    if rows is None:
        return None
    ids = any_order([row["movie_id"] for row in rows])
    values = act("compare_movies", {"movie_ids": ids, "by": "budget_million_eur"})["values"]
    return [millions(max(each["value"] for each in values))] if values[0]["value"] != values[1]["value"] else None


def _dearer_looked_up(act: Act, slots: Slots) -> Claims | None:
    rows = _both(act, slots)
    if rows is None:
        return None
    return [millions(max(act("get_movie", {"movie_id": row["movie_id"]})["budget_million_eur"] for row in rows))]


COUNT = Template(
    name="movies-count-one-condition",
    kind="one_constraint",
    split="dev",
    asks=(
        "How many films {wish} are in the catalogue?",
        "I need the number of films {wish}.",
        "Count the films {wish}, please.",
        "Films {wish}: how many of them do you list?",
    ),
    paraphrases=(
        "We're planning a themed evening and wonder how much there is to choose from. Could you say how big the pool of films {wish} is?",
        "My brother claims that there are hardly any films {wish}. Give me the exact tally so that I can settle it.",
        "Just a figure, no titles: what does the catalogue come to if we keep only films {wish}?",
    ),
    irrelevant=(
        "Leave out those with a poster that is mostly red.",
        "Only the ones with wheelchair access, if that can be checked.",
        "Count only those that my neighbour would fall asleep in.",
    ),
    together=(
        "How many films {wish} are in the catalogue, and how many {wish_2}?",
        "Two figures, please: the number of films {wish}, and separately the number of films {wish_2}.",
    ),
    draw=_one_wish,
    solve=(_count,),
)
TOP = Template(
    name="movies-top-of-three-conditions",
    kind="several_constraints",
    split="dev",
    asks=(
        "Of the {genre} films released from {first} to {last} that {age} may watch, which has {most}?",
        "Which film has {most} among those in the {genre} genre that came out between {first} and {last} (both years included) and that "
        "{age} is allowed to see?",
        "I'm looking for one title: genre {genre}, release year {first} to {last}, age rating fit for {age}. Take the one with {most}.",
    ),
    paraphrases=(
        "My {years} niece is staying over and she is into {genre} films. Find me the film with {most} that she's allowed to see, as long "
        "as it reached the public no earlier than {first} and no later than {last}.",
        "There's a bet going on: from the start of {first} up to the end of {last}, what {genre} film suitable for {age} can claim {most}?",
    ),
    irrelevant=(
        "It should also have a dog in it somewhere.",
        "Bonus points if the closing credits play over a sunset, so only consider those.",
        "And please only ones whose cinema ticket costs less than 10 euros in my village.",
    ),
    draw=_three_conditions,
    solve=(_top_sorted, _top_listed, _top_compared),
)
DEARER = Template(
    name="movies-dearer-of-two",
    kind="multi_step",
    split="dev",
    asks=(
        "{one} or {other}: which of the two had the bigger budget? Tell me that budget in million euros, please.",
        "Compare what it cost to make {one} and {other}. How much was the larger budget, in million euros?",
        "I'd like to know the budget (in million euros) of whichever film was more expensive to produce, {one} or {other}.",
    ),
    draw=_two_films,
    solve=(_dearer_compared, _dearer_looked_up),
)
