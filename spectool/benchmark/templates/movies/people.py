"""Who made which film, and who was honoured for it."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, said
from spectool.benchmark.templates.movies.wording import COUNTRIES, film, find_movie, find_person
from spectool.benchmark.templates.phrasing import COUNTING

NAMED_AFTER = frozenset({"Inspector Mullion", "The Ferryman", "Aunt Perpetua", "The Locksmith"})


def _role(draws: Draws) -> Slots | None:
    row = film(draws)
    role = draws.pick(*row["cast"])["character"]
    # A role that some film is named after would be a hint at that film where the title is left out.
    return None if role in NAMED_AFTER else {"title": row["title"], "role": role}


def _player(act: Act, slots: Slots) -> Claims | None:
    row = find_movie(act, slots["title"])
    if row is None:
        return None
    cast = act("get_movie_credits", {"movie_id": row["movie_id"], "department": either("all", "cast")})["cast"]
    return [credit["name"] for credit in cast if credit["character"] == slots["role"]]


def _pair(draws: Draws) -> Slots:
    row = film(draws)
    made = {credit["person_id"] for credit in (*row["cast"], *row["crew"])}
    first, second = draws.rows("people", 2, lambda person: person["person_id"] in made)
    return {"one": first["name"], "other": second["name"]}


def _shared(act: Act, one: str, other: str) -> Claims | None:
    first, second = find_person(act, one), find_person(act, other)
    if first is None or second is None:
        return None
    asked = {"person_id": first["person_id"], "with_person_id": second["person_id"]}
    found = act("get_filmography", asked, free=("sort_by", "descending"))["movies"]
    return [row["title"] for row in found]


def _shared_by_lists(act: Act, slots: Slots) -> Claims | None:
    films = []
    for name in ("one", "other"):
        person = find_person(act, slots[name])
        if person is None:
            return None
        found = act("get_filmography", {"person_id": person["person_id"]}, free=("sort_by", "descending"))["movies"]
        films.append({row["movie_id"]: row["title"] for row in found})
    return [title for id, title in films[0].items() if id in films[1]]


def _born_where_when(draws: Draws) -> Slots:
    country, year, job = draws.pick(*COUNTRIES), draws.number(1945, 1995), draws.pick("actor", "director", "writer", "composer")
    number, worked = draws.number(4, 11), f"{'an' if job == 'actor' else 'a'} {job}"
    return {
        "wish": draws.pick(
            said({"country": country}, f"born in {COUNTRIES[country]}", f"whose country of birth is {COUNTRIES[country]}"),
            said({"born_to": f"{year - 1}-12-31"}, f"born in {year - 1} or earlier", f"born no later than {year - 1}"),
            said({"born_from": f"{year}-01-01"}, f"born in {year} or later", f"born since the start of {year}"),
            said({"job": job}, f"with at least one film to their name as {worked}", f"who have worked as {worked}"),
            said({"min_movie_count": number}, f"who worked on at least {number} films", f"with {number} films or more to their credit"),
        )
    }


def _count_people(act: Act, slots: Slots) -> Claims | None:
    total = act("search_film_people", slots["wish"], free=COUNTING)["total"]
    # A total that the request happens to say would be no answer.
    return [str(total)] if total not in (0, *slots["wish"].values()) else None


PLAYER = Template(
    name="movies-who-played",
    kind="multi_step",
    split="dev",
    asks=(
        "Who plays {role} in {title}?",
        "What is the name of the person behind the role of {role} in the film {title}?",
        "I'm trying to remember who was cast as {role} in {title}.",
    ),
    paraphrases=(
        "We watched {title} last night and could not agree on who it was that appears as {role}. Can you clear that up?",
        "{role}, that character from {title}, looked so familiar. Whose face is it?",
    ),
    hidden={
        "title": Hidden(
            asks=(
                "Who plays {role} in the film?",
                "I can't think of who it is that appears as {role} in that old film. Could you look it up?",
                "Which actor was cast as {role} in that movie?",
            ),
            asked=("film", "movie", "title", "which", "what"),
            says=("I mean {title}.", "The one called {title}."),
        )
    },
    draw=_role,
    solve=(_player,),
)
TOGETHER = Template(
    name="movies-worked-together",
    kind="multi_step",
    split="dev",
    asks=(
        "Which films did {one} and {other} both work on, in whatever job?",
        "List the titles that have both {one} and {other} in their credits.",
        "Have {one} and {other} ever made a film together? Name every one of them.",
        "Find all films in which {one} had some part in the making and {other} did as well.",
    ),
    paraphrases=(
        "At a party somebody said that {one} and {other} can't stand each other. So on which productions did the two of them have to "
        "get along?",
        "I'm drawing a map of who knows whom in cinema. Between {one} and {other} I'd like to write every title that the two share. Which "
        "are they?",
    ),
    draw=_pair,
    solve=(
        lambda act, slots: _shared(act, slots["one"], slots["other"]),
        lambda act, slots: _shared(act, slots["other"], slots["one"]),
        _shared_by_lists,
    ),
)
PEOPLE = Template(
    name="movies-count-people",
    kind="one_constraint",
    split="val",
    asks=(
        "How many people {wish} do you have on file?",
        "Give me the number of film people {wish}.",
        "People who make films, {wish}: how many are there?",
    ),
    paraphrases=(
        "For a talk about casting I need one statistic: the number of filmmakers in your register {wish}. Could you get me that?",
        "Could you run the numbers for me on filmmakers {wish}? The headcount is all I'm after.",
    ),
    irrelevant=("Skip those who are left-handed.", "Ignore anybody whom my aunt can't stand.", "Twins count once."),
    together=("How many people {wish} do you have on file, and how many {wish_2}?",),
    draw=_born_where_when,
    solve=(_count_people,),
)
