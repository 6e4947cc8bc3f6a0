"""Who was honoured for which film."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Slots, Template, maybe, said
from spectool.benchmark.templates.movies.wording import find_person

CATEGORIES = {
    "best_film": ("best film",),
    "best_director": ("best director",),
    "best_leading_role": ("best leading role",),
    "best_score": ("best score",),
}


# Pages that hold all nominations of a year.
WHOLE_YEAR = maybe(20, *range(12, 20), 25, 30, 40, 50)
CEREMONIES = {"lantern_awards": ("Lantern Awards",), "meridian_film_prize": ("Meridian Film Prize",)}


def _award_wish(draws: Draws) -> Slots:
    row = draws.row("awards")
    year, category, ceremony = row["year"], row["category"], row["ceremony"]
    return {
        "wish": draws.pick(
            said({"year_from": year, "year_to": year}, f"in {year}", f"from the year {year} alone"),
            said({"year_from": year}, f"since {year} ({year} included)", f"from {year} or later"),
            said({"year_to": year}, f"up to and including {year}", f"from {year} or earlier"),
            said({"category": category}, f"in the category {CATEGORIES[category][0]}", f"for {CATEGORIES[category][0]}"),
            said({"ceremony": ceremony}, f"at the {CEREMONIES[ceremony][0]}", f"that belong to the {CEREMONIES[ceremony][0]}"),
        )
    }


def _count_awards(act: Act, slots: Slots) -> Claims | None:
    total = act("search_film_awards", slots["wish"], free=("page", "page_size"))["total"]
    return [str(total)] if total else None


def _honoured(draws: Draws) -> Slots:
    row = draws.row("awards", lambda row: row["won"] and row["person_id"] is not None)
    return {
        "category": said(row["category"], *CATEGORIES[row["category"]]),
        "ceremony": said(row["ceremony"], *CEREMONIES[row["ceremony"]]),
        "year": row["year"],
    }


def _winner_born(act: Act, slots: Slots) -> Claims | None:
    """A year's nominations are few, and each tells its ceremony and category."""
    year, meant = slots["year"], {"ceremony": slots["ceremony"], "category": slots["category"], "won": True}
    asked = {"year_from": year, "year_to": year, "page_size": WHOLE_YEAR, **{name: maybe(value) for name, value in meant.items()}}
    won = [row for row in act("search_film_awards", asked)["nominations"] if meant.items() <= row.items()]
    person = find_person(act, won[0]["name"]) if len(won) == 1 else None
    return [person["name"], person["born"]] if person is not None else None


AWARDS = Template(
    name="movies-count-nominations",
    kind="one_constraint",
    split="test",
    asks=(
        "How many award nominations {wish} are on record?",
        "Nominations {wish}, winners included: what is the total?",
        "I'd like to know the number of nominations {wish}.",
    ),
    paraphrases=(
        "A colleague is writing about film prizes and asked me for a figure: all nominations {wish}, whether they won or not. What is it?",
    ),
    irrelevant=("Don't count any where the acceptance speech ran over two minutes.", "Only those announced on a rainy day, please."),
    together=("What is the total of award nominations {wish}, and what is it {wish_2}?",),
    draw=_award_wish,
    solve=(_count_awards,),
)


WINNER = Template(
    name="movies-award-winner-born",
    kind="multi_step",
    split="test",
    asks=(
        "Who won {category} at the {ceremony} in {year}, and on what day was that person born?",
        "Name the winner of the {ceremony} {year} for {category} and give their date of birth.",
    ),
    paraphrases=(
        "I'm preparing a birthday post for a past prize winner: the one who took {category} home from the {year} {ceremony}. I need the "
        "name and the day, month and year of birth.",
        "How old does one have to be to win {category}? I wonder who took it at the {ceremony} of {year}. Find me the name, and the full "
        "date of birth to go with it.",
    ),
    draw=_honoured,
    solve=(_winner_born,),
)
