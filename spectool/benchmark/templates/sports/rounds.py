"""Tables and rounds of a league."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, said
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.sports.wording import league_said
from spectool.environments.tables import Row

SIDES = {"all": "counting all matches", "home": "counting home matches only", "away": "counting away matches only"}


def _table_place(draws: Draws) -> Slots:
    team, side = draws.row("teams"), draws.pick(*SIDES)
    last = 15 if team["league"] == "aurora_league" else 9
    return {
        "team": team["name"],
        "league": league_said(team["league"]),
        "side": said(side, SIDES[side]),
        "round": draws.number(3, last),
    }


def _points_then(act: Act, slots: Slots) -> Claims:
    asked = {"league": slots["league"], "side": slots["side"], "after_round": slots["round"]}
    (line,) = [row for row in act("get_standings", asked)["table"] if row["name"] == slots["team"]]
    return [str(line["rank"]), str(line["points"])]


def _last_round(draws: Draws) -> Slots:
    league, asked = draws.pick("aurora_league", "tidewater_league"), draws.pick("attendance", "goals")
    most = {"attendance": ("the most spectators", "the biggest crowd"), "goals": ("the most goals", "the highest number of goals")}
    return {"league": league_said(league), "most": said(asked, *most[asked])}


def _top_of_round(act: Act, slots: Slots) -> Claims | None:
    latest = 15 if slots["league"] == "aurora_league" else 9
    return _top_of(act("get_round", {"league": slots["league"], "round": either("last", latest)})["matches"], slots)


def _top_of_latest(act: Act, slots: Slots) -> Claims | None:
    asked = {"league": slots["league"], "status": "finished", "sort_by": "date", "descending": True, "page_size": ROOMY}
    found = act("find_matches", asked)["matches"]
    return _top_of([row for row in found if row["round"] == max(each["round"] for each in found)], slots)


def _top_of(matches: list[Row], slots: Slots) -> Claims | None:
    most = slots["most"]
    counts = [(row["attendance"] if most == "attendance" else row["home_goals"] + row["away_goals"], row) for row in matches]
    first, second = sorted((count for count, _ in counts), reverse=True)[:2]
    top = [row for count, row in counts if count == first]
    return [top[0]["home_team"], top[0]["away_team"], str(first)] if first > second else None


TABLE = Template(
    name="sports-table-after-round",
    kind="several_constraints",
    split="test",
    asks=(
        "Where in the table of {league} was {team} after round {round}, {side}, and with how many points?",
        "Take the table of {league} as it stood once round {round} was over, {side}: what are {team}'s rank and points there?",
    ),
    hidden={
        "league": Hidden(
            asks=("Who led the league after round {round}, {side}?", "Show me the leader's points after round {round}, {side}."),
            asked=("league", "which", "competition", "sport"),
            says=("In {league}.", "{league}, please."),
        )
    },
    together=(
        "Where in the table of {league} was {team} after round {round}, {side}, and where in that of {league_2} was {team_2} after round "
        "{round_2}, {side_2}? Rank and points for each, please.",
    ),
    draw=_table_place,
    solve=(_points_then,),
)


LAST_ROUND = Template(
    name="sports-top-match-of-last-round",
    kind="one_constraint",
    split="test",
    asks=(
        "In the latest round played in {league}, which match had {most}, and how many?",
        "Look at the last round of {league} with results: name the two teams of the match with {most}, and the figure.",
    ),
    draw=_last_round,
    solve=(_top_of_round, _top_of_latest),
)
