"""What the season has brought: scorers, tables, matches and what happened in them."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.sports.wording import (
    COUNTING,
    COUNTRIES,
    ROOMY,
    day_said,
    find_player,
    find_team,
    find_teams,
    league_said,
    two_rivals,
)  # fmt: skip
from spectool.environments.tables import Row

COUNTED = {
    "goals": "goals",
    "assists": "assists",
    "yellow_cards": "yellow cards",
}
SIDES = {"all": "counting all matches", "home": "counting home matches only", "away": "counting away matches only"}


def _squad_wish(draws: Draws) -> Slots:
    country, year, height = draws.pick(*COUNTRIES), draws.number(1994, 2007), draws.number(170, 190)
    position = draws.pick("goalkeeper", "defender", "midfielder", "forward")
    return {
        "wish": draws.pick(
            said({"country": country}, f"from {COUNTRIES[country]}", f"whose country is {COUNTRIES[country]}"),
            said({"born_from": f"{year}-01-01"}, f"born in {year} or later", f"born since the start of {year}"),
            said({"born_to": f"{year}-12-31"}, f"born in {year} or earlier", f"born up to the end of {year}"),
            said({"min_height_cm": height}, f"who are at least {height} cm tall", f"of {height} centimetres or more"),
            said({"position": position}, f"listed as {position}", f"whose position is {position}"),
        )
    }


def _count_players(act: Act, slots: Slots) -> Claims | None:
    total = act("search_players", slots["wish"], free=COUNTING)["total"]
    return [str(total)] if total else None


def _search_of_three(draws: Draws) -> Slots:
    row = draws.row("players")
    team = draws.row("teams", lambda team: team["team_id"] == row["team_id"])
    year = int(row["born"][:4]) - draws.number(0, 3)
    return {
        "league": league_said(team["league"]),
        "position": row["position"],
        "country": said(row["country"], COUNTRIES[row["country"]]),
        "year": year,
    }


def _youngest(act: Act, slots: Slots) -> Claims | None:
    found = act("search_players", {**_conditions(slots), "sort_by": "born", "descending": True}, free=("page_size",))["players"]
    return [found[0]["name"], found[0]["born"]] if found and (len(found) < 2 or found[0]["born"] != found[1]["born"]) else None


def _youngest_listed(act: Act, slots: Slots) -> Claims | None:
    found = act("search_players", {**_conditions(slots), "page_size": ROOMY}, free=("sort_by", "descending"))["players"]
    youngest: Row = max(found, key=lambda row: row["born"])
    return [youngest["name"], youngest["born"]]


def _conditions(slots: Slots) -> dict[str, object]:
    about = {"league": slots["league"], "position": slots["position"], "country": slots["country"]}
    return {**about, "born_from": f"{slots['year']}-01-01"}


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


def _rivals(draws: Draws) -> Slots:
    first, second = two_rivals(draws)
    return {"team": first["name"], "opponent": second["name"], "league": first["league"]}


def _by_both(act: Act, slots: Slots) -> Claims | None:
    host, guest = (row["team_id"] for row in find_each(act, slots["team"], slots["opponent"]))
    return _goals_of(act, {"team_id": host, "opponent_id": guest, "side": maybe("home")}, slots)


def _by_both_listed(act: Act, slots: Slots) -> Claims | None:
    host, guest = (row["team_id"] for row in find_teams(act, slots["team"], slots["opponent"], league=maybe(slots["league"])))
    return _goals_of(act, {"team_id": host, "opponent_id": guest, "side": maybe("home")}, slots)


def _by_both_reversed(act: Act, slots: Slots) -> Claims | None:
    host, guest = (row["team_id"] for row in find_each(act, slots["team"], slots["opponent"]))
    return _goals_of(act, {"team_id": guest, "opponent_id": host, "side": maybe("away")}, slots)


def _by_host(act: Act, slots: Slots) -> Claims | None:
    return _goals_of(act, {"team_id": find_team(act, slots["team"])["team_id"], "side": "home"}, slots)


def _by_guest(act: Act, slots: Slots) -> Claims | None:
    return _goals_of(act, {"team_id": find_team(act, slots["opponent"])["team_id"], "side": "away"}, slots)


def _by_record(act: Act, slots: Slots) -> Claims | None:
    """The ids of both meetings stand in their head-to-head record."""
    return _by_meetings(act, slots, [row["team_id"] for row in find_each(act, slots["team"], slots["opponent"])])


def _by_record_listed(act: Act, slots: Slots) -> Claims | None:
    return _by_meetings(act, slots, [row["team_id"] for row in find_teams(act, slots["team"], slots["opponent"])])


def _by_meetings(act: Act, slots: Slots, ids: list[str]) -> Claims | None:
    meetings = act("get_head_to_head", {"team_id": ids[0], "opponent_id": ids[1]})["match_ids"]
    return _goals_in(act, [act("get_match", {"match_id": id}) for id in meetings], slots)


def _goals_of(act: Act, asked: dict[str, object], slots: Slots) -> Claims | None:
    narrow = {"league": maybe(slots["league"]), "status": maybe("finished"), "page_size": ROOMY}
    return _goals_in(act, act("find_matches", {**asked, **narrow}, free=("sort_by", "descending"))["matches"], slots)


def _goals_in(act: Act, matches: list[Row], slots: Slots) -> Claims | None:
    meant = [row for row in matches if (row["home_team"], row["away_team"]) == (slots["team"], slots["opponent"])]
    if len(meant) != 1 or meant[0]["status"] != "finished":
        return None
    kinds = maybe(["goal", "penalty_goal"], ["penalty_goal", "goal"])
    events = act("get_match_events", {"match_id": meant[0]["match_id"], "kinds": kinds})["events"]
    scorers = dict.fromkeys(event["player"] for event in events if event["kind"].endswith("goal"))
    return list(scorers) or None


def _a_player(draws: Draws) -> Slots:
    player, counted = draws.row("players", lambda row: row["position"] != "goalkeeper"), draws.pick(*COUNTED)
    start = draws.pick("2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01")
    return {"player": player["name"], "count": said(counted, COUNTED[counted]), "from": day_said(start)}


def _deeds_since(act: Act, slots: Slots) -> Claims | None:
    player = find_player(act, slots["player"])
    if player is None:
        return None
    found = act("get_player_statistics", {"player_id": player["player_id"], "date_from": slots["from"]})
    return [str(found[slots["count"]])] if found[slots["count"]] else None


ENDS = {"W": ("won",), "D": ("drew",), "L": ("lost",)}


def _latest(draws: Draws) -> Slots:
    end = draws.pick(*ENDS)
    return {"team": draws.row("teams")["name"], "end": said(end, *ENDS[end])}


def _by_form(act: Act, slots: Slots) -> Claims | None:
    (team,) = find_each(act, slots["team"])
    latest = _latest_of(act, team, slots)
    return latest and [latest["date"], act("get_team", {"team_id": latest["opponent_id"]})["name"]]


def _by_form_and_list(act: Act, slots: Slots) -> Claims | None:
    teams = act("search_teams", {}, free=("sort_by", "descending"))["teams"]
    names = {row["team_id"]: row["name"] for row in teams}
    latest = _latest_of(act, next(row for row in teams if row["name"] == slots["team"]), slots)
    return latest and [latest["date"], names[latest["opponent_id"]]]


def _latest_of(act: Act, team: Row, slots: Slots) -> Row | None:
    """The latest match of its kind, if it is among the last five."""
    found = act("get_team_form", {"team_id": team["team_id"], "last": either(5, *range(6, 19))})["matches"]
    return next((row for row in found if row["outcome"] == slots["end"]), None)


def _by_matches(act: Act, slots: Slots) -> Claims | None:
    team = find_team(act, slots["team"])["team_id"]
    asked = {"team_id": team, "status": "finished", "sort_by": "date", "descending": True, "page_size": ROOMY}
    for row in act("find_matches", asked)["matches"]:
        mine, theirs, other = row["home_goals"], row["away_goals"], row["away_team"]
        if row["away_team_id"] == team:
            mine, theirs, other = theirs, mine, row["home_team"]
        if slots["end"] == ("W" if mine > theirs else "D" if mine == theirs else "L"):
            return [row["date"], other]
    return None


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


COUNT = Template(
    name="sports-count-players",
    kind="one_constraint",
    split="test",
    asks=(
        "How many players {wish} are registered with the teams of both leagues?",
        "Give me the number of players {wish}, all teams taken together.",
        "Players {wish}: how many have you got in total?",
    ),
    paraphrases=(
        "A sports magazine wants one statistic from me, namely the number of players {wish}, out of all those on file. No names needed.",
        "I'm betting with a mate on the size of this group: players {wish}, whatever the team. What's the true figure?",
    ),
    irrelevant=(
        "Leave out anyone who wears white boots.",
        "Don't count those who were injured at school.",
        "Only if the stadium of their favourite band holds 20,000 people.",
    ),
    together=(
        "How many players {wish} are registered, and how many {wish_2}?",
        "Two counts, please: first the players {wish}, then the players {wish_2}.",
    ),
    draw=_squad_wish,
    solve=(_count_players,),
)
YOUNGEST = Template(
    name="sports-youngest-of-three-conditions",
    kind="several_constraints",
    split="test",
    asks=(
        "Who is the youngest {position} from {country} in {league}, among those born in {year} or later, and what is the date of birth?",
        "In {league}, look at every {position} from {country} born since the start of {year}. Name the youngest and the day of their "
        "birth.",
    ),
    paraphrases=(
        "I scout young talent. The club wants a {position}, country {country}, nobody born before {year}, and it has to be someone from "
        "{league}. Whose birthday is the latest, and when is it?",
    ),
    irrelevant=("Skip whoever has a tattoo.", "And the agent's fee must not be above 5,000 euros."),
    draw=_search_of_three,
    solve=(_youngest, _youngest_listed),
)
TABLE = Template(
    name="sports-table-after-round",
    kind="several_constraints",
    split="test",
    asks=(
        "Where in the table of {league} was {team} after round {round}, {side}, and with how many points?",
        "Take {league}'s table as it stood once round {round} was over, {side}: what are {team}'s rank and points there?",
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
SCORERS = Template(
    name="sports-scorers-of-a-match",
    kind="multi_step",
    split="test",
    asks=(
        "Who scored when {team} played {opponent} at home this season? Name everybody who did, on either side.",
        "Name all the goal scorers, of both teams, in the match that {team} hosted against {opponent}.",
        "{opponent} went to {team} this season. Which players got on the scoresheet?",
    ),
    draw=_rivals,
    solve=(_by_both, _by_both_listed, _by_both_reversed, _by_host, _by_guest, _by_record, _by_record_listed),
)
SINCE = Template(
    name="sports-player-since",
    kind="multi_step",
    split="test",
    asks=(
        "How many {count} does {player} have since {from}?",
        "Count the {count} of {player} in matches from {from} onwards.",
    ),
    paraphrases=("{player} has been on everyone's lips lately. What's the number of {count}, if you start counting on {from}?",),
    hidden={
        "player": Hidden(
            asks=("How many {count} does he have since {from}?", "Count that player's {count} in matches from {from} onwards."),
            asked=("player", "who", "name", "whom", "which"),
            says=("I mean {player}.", "{player}."),
        )
    },
    draw=_a_player,
    solve=(_deeds_since,),
)
LATEST = Template(
    name="sports-latest-of-its-kind",
    kind="multi_step",
    split="test",
    asks=(
        "On what date did {team} play the latest match that they {end}, and who was the opponent?",
        "Look for the most recent match that {team} {end}: which day was it, and against whom?",
    ),
    irrelevant=("Friendlies on the moon don't count, obviously.", "And tell me only if it rained."),
    draw=_latest,
    solve=(_by_form, _by_form_and_list, _by_matches),
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
