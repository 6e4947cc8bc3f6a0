"""What people made in the course of their work."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, maybe, said
from spectool.benchmark.templates.movies.wording import find_person, millions

HITS = {"actor": ("had a role in",), "composer": ("wrote the music for",), "writer": ("wrote the script for",)}


MOST = {"box_office_million_eur": ("the highest box office",), "average_rating": ("the best average rating",)}


JOBS = {"writer": ("wrote",), "composer": ("composed the music for",)}


def _worker(draws: Draws) -> Slots:
    job = draws.pick(*JOBS)
    person = draws.row("people", lambda row: job in row["jobs"])
    return {"name": person["name"], "job": said(job, *JOBS[job])}


def _first_film(act: Act, slots: Slots) -> Claims | None:
    person = find_person(act, slots["name"])
    if person is None:
        return None
    asked = {"person_id": person["person_id"], "job": maybe(slots["job"])}
    found = act("get_filmography", asked, free=("sort_by", "descending"))["movies"]
    first, *later = sorted(found, key=lambda row: row["released"])
    return [first["title"]] if not later or first["released"] < later[0]["released"] else None


def _hit(draws: Draws) -> Slots:
    job, most = draws.pick(*HITS), draws.pick(*MOST)
    name = draws.row("people", lambda row: job in row["jobs"])["name"]
    return {"name": name, "job": said(job, *HITS[job]), "most": said(most, *MOST[most])}


def _budget_of_hit(act: Act, slots: Slots) -> Claims | None:
    person = find_person(act, slots["name"])
    if person is None:
        return None
    asked = {"person_id": person["person_id"], "job": maybe(slots["job"])}
    found = act("get_filmography", asked, free=("sort_by", "descending"))["movies"]
    most = slots["most"]
    out = sorted((row for row in found if row[most] is not None), key=lambda row: -float(row[most]))
    if len(out) < 2 or out[0][most] == out[1][most]:
        return None
    return [out[0]["title"], millions(act("get_movie", {"movie_id": out[0]["movie_id"]})["budget_million_eur"])]


FIRST_FILM = Template(
    name="movies-first-film-of",
    kind="multi_step",
    split="val",
    asks=(
        "What was the first film that {name} {job}?",
        "Which film marks the beginning, going by release date: the earliest one {name} {job}?",
        "Everybody starts somewhere. Give me the title of the earliest release that {name} {job}.",
    ),
    paraphrases=(
        "For a quiz I need a question about {name}. The answer is to be the oldest film, by date of release, that {name} {job}. Which "
        "is it?",
    ),
    hidden={
        "name": Hidden(
            asks=(
                "What was the first film that she {job}?",
                "Tell me the earliest title that this person {job}.",
                "I'd like to begin at the beginning: which is the oldest film that he {job}?",
                "My neighbour claims to be related to somebody famous. Which film was the first that this relative {job}?",
            ),
            asked=("who", "name", "person", "whom", "which"),
            says=("{name}.", "I'm talking about {name}."),
        )
    },
    draw=_worker,
    solve=(_first_film,),
)


HIT = Template(
    name="movies-budget-of-biggest-hit",
    kind="multi_step",
    split="dev",
    asks=(
        "Of the films that {name} {job}, which has {most}, and what was its budget, in million euros?",
        "Look for the film with {most} among those that {name} {job}. I need its title and its budget in million euros.",
        "With what budget, in million euros, was the film made that has {most} of all that {name} {job}? And what is it called?",
    ),
    paraphrases=(
        "An investor keeps going on about {name}. Of everything that {name} {job}, pick the title with {most}. Let me know what it is "
        "called and what was spent on making it, in million euros.",
        "I have a weakness for {name}. Which of the films that {name} {job} can boast {most}? And the money that went into making it, "
        "in million euros?",
    ),
    irrelevant=(
        "Only count films that were shot without a stunt double.",
        "Only if the catering on the set was vegetarian.",
        "Leave the trailers out of the sum.",
    ),
    draw=_hit,
    solve=(_budget_of_hit,),
)
