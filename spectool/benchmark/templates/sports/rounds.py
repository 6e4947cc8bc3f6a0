"""Tables and rounds of a league."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, said
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.sports.wording import league_said
from spectool.environments.core.tables import Row

# Rounds that have been played.
ROUNDS = {"aurora_league": 15, "tidewater_league": 9}
MOST = {
    "attendance": ("the most spectators (and how many were there)", "the biggest crowd (tell me its size, too)"),
    "goals": ("the most goals, both teams taken together", "the highest number of goals in total"),
}
SIDES = {"all": "counting all matches", "home": "counting home matches only", "away": "counting away matches only"}


def _table_place(draws: Draws) -> Slots:
    team, side = draws.row("teams"), draws.pick(*SIDES)
    return {
        "team": team["name"],
        "league": league_said(team["league"]),
        "side": said(side, SIDES[side]),
        "round": draws.number(3, ROUNDS[team["league"]]),
    }


def _points_then(act: Act, slots: Slots) -> Claims | None:
    asked = {"league": slots["league"], "side": slots["side"], "after_round": slots["round"]}
    (line,) = [row for row in act("get_standings", asked)["table"] if row["name"] == slots["team"]]
    return [str(line["points"]), str(line["goals_for"])] if line["points"] and line["goals_for"] else None


def _any_round(draws: Draws) -> Slots:
    slots = dict(_latest_round(draws))
    number = draws.number(1, ROUNDS[slots["league"].value])
    return {**slots, "round": said(number, f"round {number}", f"round number {number}")}


def _latest_round(draws: Draws) -> Slots:
    league, asked = draws.pick(*ROUNDS), draws.pick(*MOST)
    return {"league": league_said(league), "most": said(asked, *MOST[asked])}


def _top_of_round(act: Act, slots: Slots) -> Claims | None:
    return _top_of(act("get_round", {"league": slots["league"], "round": slots["round"]})["matches"], slots)


def _top_of_last(act: Act, slots: Slots) -> Claims | None:
    asked = {"league": slots["league"], "round": either("last", ROUNDS[slots["league"]])}
    return _top_of(act("get_round", asked)["matches"], slots)


def _top_of_latest(act: Act, slots: Slots) -> Claims | None:
    """The latest round also stands at the head of the finished matches."""
    asked = {"league": slots["league"], "status": "finished", "sort_by": "date", "descending": True, "page_size": ROOMY}
    found = act("find_matches", asked)["matches"]
    return _top_of([row for row in found if row["round"] == max(each["round"] for each in found)], slots)


def _top_of(matches: list[Row], slots: Slots) -> Claims | None:
    """The match with the most, by what a list of matches shows; goals are told by the teams alone, for they would have to be added."""
    most = slots["most"]
    if any(row["status"] != "finished" for row in matches):
        return None
    counts = [(row["attendance"] if most == "attendance" else row["home_goals"] + row["away_goals"], row) for row in matches]
    first, second = sorted((count for count, _ in counts), reverse=True)[:2]
    if first == second:
        return None
    top = next(row for count, row in counts if count == first)
    return [top["home_team"], top["away_team"], *([str(first)] if most == "attendance" else [])]


TABLE = Template(
    name="sports-table-after-round",
    kind="several_constraints",
    split="test",
    asks=(
        "In the table of {league} after round {round}, {side}: how many points did {team} have, and how many goals had they scored?",
        "Take the table of {league} as it stood once round {round} was over, {side}. What does it say of {team}: points and goals scored?",
    ),
    hidden={
        "round": Hidden(
            asks=(
                "In the table of {league} as it was after the round my dad keeps talking about, {side}: how many points did {team} have?",
                "How many points did {team} have in the table of {league}, {side}, when that famous round was over?",
            ),
            asked=("round", "match day", "which", "when"),
            says=("Round {round}.", "It was round {round}."),
        ),
        "team": Hidden(
            asks=(
                "After round {round}, how many points did my nephew's team have in the table of {league}, {side}?",
                "How many goals had a certain club scored in the table of {league} after round {round}, {side}?",
            ),
            asked=("team", "club", "which", "name"),
            says=("I mean {team}.", "{team}."),
        ),
    },
    together=(
        "Points and goals scored, please, for two tables: {team} in the table of {league} after round {round}, {side}; and {team_2} in the "
        "table of {league_2} after round {round_2}, {side_2}.",
    ),
    draw=_table_place,
    solve=(_points_then,),
)


TOP_OF_ROUND = Template(
    name="sports-top-match-of-round",
    kind="one_constraint",
    split="test",
    asks=(
        "In {round} of {league}, which match had {most}? Name the two teams.",
        "Look at {round} of {league}: between which two teams was the match with {most}?",
        "Which two teams met in the match that had {most}, taking only {round} of {league}?",
    ),
    draw=_any_round,
    solve=(_top_of_round,),
)
TOP_OF_LATEST_ROUND = Template(
    name="sports-top-match-of-latest-round",
    kind="one_constraint",
    split="test",
    asks=(
        "In the latest round played in {league}, which two teams were in the match with {most}?",
        "Of all matches in the last completed round of {league}, name the two sides of the one that had {most}.",
    ),
    draw=_latest_round,
    solve=(_top_of_last, _top_of_latest),
)
