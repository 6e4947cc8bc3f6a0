"""Players: found by conditions, and what they did."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, said
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.phrasing import COUNTING, ROOMY
from spectool.benchmark.templates.sports.wording import COUNTRIES, find_player, league_said
from spectool.environments.core.tables import Row

COUNTED = {
    "goals": "goals",
    "assists": "assists",
    "yellow_cards": "yellow cards",
}


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


def _oldest(act: Act, slots: Slots) -> Claims | None:
    found = act("search_players", {**_conditions(slots), "sort_by": "born"}, free=("page_size",))["players"]
    return [found[0]["name"], found[0]["born"]] if found and (len(found) < 2 or found[0]["born"] != found[1]["born"]) else None


def _oldest_listed(act: Act, slots: Slots) -> Claims | None:
    found = act("search_players", {**_conditions(slots), "page_size": ROOMY}, free=("sort_by", "descending"))
    oldest: Row = min(found["players"], key=lambda row: row["born"])
    return [oldest["name"], oldest["born"]]


def _conditions(slots: Slots) -> dict[str, object]:
    about = {"league": slots["league"], "position": slots["position"], "country": slots["country"]}
    return {**about, "born_from": f"{slots['year']}-01-01"}


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


OLDEST = Template(
    name="sports-oldest-of-three-conditions",
    kind="several_constraints",
    split="test",
    asks=(
        "Who is the oldest {position} from {country} in {league}, leaving aside all who were born before {year}, and what is the date of "
        "birth?",
        "In {league}, look at every {position} from {country} born since the start of {year}. Name the oldest of them and the day of "
        "their birth, year included.",
    ),
    paraphrases=(
        "I scout for a club that wants a {position} from {country}, nobody born before {year}, and it has to be someone from {league}. "
        "Who is the oldest to choose from, and what's the full date of birth?",
    ),
    irrelevant=("Skip whoever has a tattoo.", "And the agent's fee must not be above 5,000 euros."),
    draw=_search_of_three,
    solve=(_oldest, _oldest_listed),
)


SINCE = Template(
    name="sports-player-since",
    kind="multi_step",
    split="test",
    asks=(
        "What is {player}'s tally of {count} from {from} onwards?",
        "Count the {count} of {player} in matches from {from} onwards.",
        "How many {count} are on record for {player} in matches from {from} onwards?",
    ),
    paraphrases=(
        "{player} has been on everyone's lips lately. What's the number of {count}, if you start counting on {from}?",
        "My daughter has a poster of {player} over her bed. Her list of this player's {count} begins with {from}, that day included. What "
        "should the total be by now?",
    ),
    hidden={
        "player": Hidden(
            asks=("What is his tally of {count} from {from} onwards?", "Count that player's {count} in matches from {from} onwards."),
            asked=("player", "who", "name", "whom", "which"),
            says=("I mean {player}.", "{player}."),
        )
    },
    draw=_a_player,
    solve=(_deeds_since,),
)
