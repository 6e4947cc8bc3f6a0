"""Conversations about patents, to synthesise from and to choose by."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Solve, Stage, said
from spectool.benchmark.templates.patent.phrases import OFTEN, PATENT_ASKED, STATUSES, watch
from spectool.benchmark.templates.patent.totals import Total, counted, found_and_listed, grouped, searched


def _two_patents(draws: Draws) -> Slots:
    patent, other = (row["patent_id"] for row in draws.rows("patents", 2))
    often = draws.pick(*OFTEN)
    return {"patent": patent, "other": other, "often": said(often, *OFTEN[often])}


def _watch_other_instead(act: Act, slots: Slots) -> Claims:
    act("unwatch_patent", {"patent_id": slots["patent"]})
    act("watch_patent", {"patent_id": slots["other"], "notify": slots["often"]})
    return ()


def _owner_and_patent(draws: Draws) -> Slots:
    owner = draws.row("companies")
    patent = draws.row("patents", lambda row: row["company_id"] == owner["company_id"])
    return {"owner": owner["name"], "status": draws.pick(*STATUSES), "patent": patent["patent_id"]}


def _total(total: Total) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        found = total(act, slots["owner"], slots["status"])
        return [str(found)] if found else None  # groups do not tell a nought

    return solve


def _crew(act: Act, slots: Slots) -> Claims:
    return [inventor["name"] for inventor in act("get_patent", {"patent_id": slots["patent"]})["inventors"]]


def _fee_open(draws: Draws) -> Slots:
    row = draws.row("fees", lambda row: row["paid_on"] is None and "2026-09-01" <= row["due"] <= "2027-06-01")
    often = draws.pick(*OFTEN)
    return {"patent": row["patent_id"], "year": row["year"], "often": said(often, *OFTEN[often])}


def _pay(act: Act, slots: Slots) -> Claims:
    paid = act("pay_renewal_fee", {"patent_id": slots["patent"], "year": slots["year"]})
    return [str(paid["amount_eur"] + paid["surcharge_eur"])]


DIALOGUES = (
    Dialogue(
        name="patent-talk-watch-another",
        split="dev",
        traits=("reveals", "changes_mind"),
        draw=_two_patents,
        stages=(
            Stage(
                asks=("Put {patent} on my watch list, reports: {often}.",),
                solve=(watch,),
                hidden={
                    "patent": Hidden(
                        asks=(
                            "I want to watch one more patent from now on. Reports: {often}.",
                            "Could you add something to my watch list? Reports should come like this: {often}.",
                        ),
                        asked=PATENT_ASKED,
                        says=("{patent}, please.", "It's the one numbered {patent}."),
                    )
                },
            ),
            Stage(
                asks=(
                    "Sorry, I mixed up the numbers. I meant {other}, at the same interval, so take the first one off again.",
                    "Oh no, wrong one. Remove it, please, and watch {other} instead, reports as before.",
                ),
                solve=(_watch_other_instead,),
            ),
        ),
    ),
    Dialogue(
        name="patent-talk-owner-totals",
        split="dev",
        traits=("reveals", "irrelevant_detail"),
        draw=_owner_and_patent,
        stages=(
            Stage(
                asks=("How many {status} patents does {owner} have?",),
                solve=(_total(searched), _total(counted), _total(grouped), _total(found_and_listed)),
                hidden={
                    "owner": Hidden(
                        asks=(
                            "I have an interview at a company on Thursday. How many {status} patents do they have?",
                            "A firm wants to sell us its portfolio. How many of its patents are {status}?",
                        ),
                        asked=("company", "firm", "owner", "name", "which", "who"),
                        says=(
                            "It's {owner}, the ones with the ugly new building.",
                            "They are called {owner}; lovely people, by the way, I met them at the airport.",
                        ),
                    )
                },
            ),
            Stage(
                asks=(
                    "They are proud of {patent}, it seems. Who invented it?",
                    "Good to know, my sister guessed twice as many. And who are the inventors of {patent}, which they keep talking about?",
                ),
                solve=(_crew,),
            ),
        ),
    ),
    Dialogue(
        name="patent-talk-pay-and-watch",
        split="val",
        traits=("reveals", "irrelevant_detail"),
        draw=_fee_open,
        stages=(
            Stage(
                asks=("Pay the renewal fee of {patent} for year {year}.",),
                solve=(_pay,),
                hidden={
                    "patent": Hidden(
                        asks=("Please pay a renewal fee for me, the one for year {year}, and tell me what it comes to in all.",),
                        asked=PATENT_ASKED,
                        says=(
                            "For {patent}. We nearly gave that one up when the workshop burned down.",
                            "{patent}; my grandfather thought of it on a tram.",
                        ),
                    )
                },
            ),
            Stage(asks=("Now put that patent on my watch list, reports: {often}.",), solve=(watch,)),
        ),
    ),
)
