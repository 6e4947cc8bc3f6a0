"""Patent tasks to synthesise from: calls that follow from one another, the watch list, and what no tool can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Solve, Template, said
from spectool.benchmark.templates.best_first import sorted_or_all
from spectool.benchmark.templates.patent.phrases import OFTEN, PATENT_ASKED, watch
from spectool.benchmark.templates.phrasing import parts_of
from spectool.benchmark.templates.searching import ORDER, PAGE, WHOLE
from spectool.environments.core.tables import Row


def _inventor_and_end(draws: Draws) -> Slots:
    ends = (said("last", "most recently filed", "latest-filed", "newest (by filing date)"), said("first", "earliest-filed", "first filed"))
    return {"inventor": draws.row("inventors", lambda row: row["patent_count"] > 1)["name"], "end": draws.pick(*ends)}


def _by_filing(slots: Slots) -> dict[str, Any]:
    return {"sort_by": "filed", "descending": slots["end"] == "last"}


def _end_of_inventor(act: Act, slots: Slots, how: Mapping[str, Any], free: Sequence[str]) -> Claims | None:
    people = act("search_inventors", {"name": parts_of(slots["inventor"]), **WHOLE})["inventors"]
    if len(people) != 1:
        return None
    patents = act("search_patents", {"inventor_id": people[0]["inventor_id"], **how}, free=free)["patents"]
    patents = sorted(patents, key=lambda row: str(row["filed"]), reverse=slots["end"] == "last")
    if not 1 < len(patents) < PAGE or patents[0]["filed"] == patents[1]["filed"]:
        return None
    return [patents[0]["patent_id"], patents[0]["title"]]


def _unwatched(draws: Draws) -> Slots:
    often = draws.pick(*OFTEN)
    return {"patent": draws.row("patents")["patent_id"], "often": said(often, *OFTEN[often])}


def _citing_another_owner(draws: Draws) -> Slots:
    return {"patent": draws.row("citations", lambda row: 2 <= len(row["cites"]) <= 4)["patent_id"]}


def _cited_by_tool(act: Act, slots: Slots) -> list[Row]:
    cited: list[Row] = act("get_cited_patents", {"patent_id": slots["patent"], "exclude_own": True})["patents"]
    return cited


def _cited_by_reading(act: Act, slots: Slots) -> list[Row]:
    owner = act("get_patent", {"patent_id": slots["patent"]})["assignee"]
    cited = act("get_cited_patents", {"patent_id": slots["patent"], "exclude_own": False})["patents"]
    return [row for row in cited if row["assignee"] != owner]


def _claims_of(act: Act, patent: str) -> int:
    claims: int = act("get_patent", {"patent_id": patent})["claims"]
    return claims


def _claims_of_member(act: Act, patent: str) -> int:
    members = act("get_patent_family", {"family_id": patent})["members"]
    return next(int(row["claims"]) for row in members if row["patent_id"] == patent)


def _widest_cited(cited_of: Callable[[Act, Slots], list[Row]], claims_of: Callable[[Act, str], int]) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        cited = cited_of(act, slots)
        if not 2 <= len(cited) <= 3:
            return None
        widths = [(claims_of(act, row["patent_id"]), row["patent_id"]) for row in cited]
        (most, id), (second, _) = sorted(widths, reverse=True)[:2]
        return [id, str(most)] if most > second else None

    return solve


WAYS_TO_WIDEST = tuple(
    _widest_cited(cited_of, claims_of) for cited_of in (_cited_by_tool, _cited_by_reading) for claims_of in (_claims_of, _claims_of_member)
)


def _owner_and_patent(draws: Draws) -> Slots:
    row = draws.row("patents")
    return {"patent": row["patent_id"], "owner": row["assignee"]}


TEMPLATES = (
    Template(
        name="patent-inventor-first-or-last",
        kind="multi_step",
        split="dev",
        asks=(
            "Which is the {end} patent that names {inventor} as an inventor? Give its number and title.",
            "{inventor} is an inventor in the register. I need number and title of the {end} patent with that name on it.",
            "Find the {end} patent by the inventor {inventor}: publication number and title.",
        ),
        paraphrases=(
            "I'm writing a profile of the inventor {inventor} and want to mention the {end} patent, with its number and what it is called.",
            "Could you dig out what {inventor} came up with? Just the {end} patent with that inventor, title and number.",
        ),
        draw=_inventor_and_end,
        solve=sorted_or_all(_end_of_inventor, WHOLE, ORDER, _by_filing),
        hidden={
            "inventor": Hidden(
                asks=(
                    "Which is the {end} patent of that inventor we met? Give number and title.",
                    "An old schoolmate of mine became an inventor. What is the {end} patent with that name on it, number and title?",
                    "Number and title of the {end} patent by the inventor on my business card, please.",
                ),
                asked=("inventor", "name", "who", "which"),
                says=("The name is {inventor}.", "{inventor}."),
            )
        },
        irrelevant=("Skip patents whose drawings were made by hand.", "It should be one that has won a prize."),
    ),
    Template(
        name="patent-watch",
        kind="state_changing",
        split="dev",
        asks=(
            "Put {patent} on my watch list and set its reports to: {often}.",
            "Please add patent {patent} to the ones I watch. Report changes: {often}.",
            "Start watching {patent}; how often I want to hear of it: {often}.",
        ),
        draw=_unwatched,
        solve=(watch,),
        hidden={
            "patent": Hidden(
                asks=("Put a patent on my watch list, reports: {often}.", "There is one more patent I want to watch. Reports: {often}."),
                asked=PATENT_ASKED,
                says=("{patent}, please.", "It's number {patent}."),
            )
        },
        irrelevant=("Send the reports to my lawyer as well.", "Mark it in red in the list, too."),
        together=("Two more for my watch list: {patent} (reports: {often}) and {patent_2} (reports: {often_2}).",),
    ),
    Template(
        name="patent-widest-cited",
        kind="multi_step",
        split="dev",
        asks=(
            "Among the patents that {patent} cites, leaving out its owner's own, which has the most claims, and how many?",
            "{patent} refers to earlier patents of other owners. Which has the longest list of claims? Its number and how many.",
            "Take the earlier patents cited by {patent}, drop those of the same owner, and name the one with the most claims (and their "
            "number).",
            "Look at what {patent} cites from others than its own company: the publication number with the highest count of claims, and "
            "that count?",
        ),
        paraphrases=(
            "I think {patent} leans on somebody else's work. Of what it cites from other companies, find me the one with the most claims "
            "and say how many there are.",
            "Before we attack {patent} I'd like to read the weightiest thing it cites that does not belong to the same firm, weighty as in "
            "number of claims. Which one is it, and how many has it got?",
            "A student wants to see a patent with lots of claims. Pick the one with the most of those that {patent} refers to and that "
            "other companies own; number and claims, please.",
        ),
        draw=_citing_another_owner,
        solve=WAYS_TO_WIDEST,
        irrelevant=(
            "Citations added by the examiner do not interest me.",
            "Only count claims that were never amended.",
            "It should be one with a diagram on its front page.",
            "I'd rather have one whose inventor is still alive.",
        ),
    ),
    Template(
        name="patent-unrelated",
        kind="unrelated_request",
        split="dev",
        asks=(
            "Which court decided the last lawsuit over {patent}?",
            "Book me an appointment with whoever sells licences for {patent} at {owner}.",
            "What does {owner} ask for a licence of {patent}, in euros a year?",
            "Remind the people at {owner} that they still owe us a reply about {patent}.",
            "Who is the attorney that represents {owner} in the matter of {patent}?",
            "File a notice of opposition against {patent} for me.",
        ),
        draw=_owner_and_patent,
    ),
)
