"""Patent tasks to report: questions that one or two calls answer, and what no tool can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.best_first import sorted_or_all
from spectool.benchmark.templates.patent.phrases import CLASSES, FEW, OFTEN, PATENT_ASKED, STATUSES, an_office
from spectool.benchmark.templates.searching import ORDER, SHORT, WHOLE


def _member(draws: Draws) -> Slots:
    return {"patent": draws.row("patents")["patent_id"]}


def _others(members: list[dict[str, str]], patent: str) -> Claims | None:
    return [row["patent_id"] for row in members if row["patent_id"] != patent] or None


def _family_of_patent(act: Act, slots: Slots) -> Claims | None:
    return _others(act("get_patent_family", {"family_id": slots["patent"]})["members"], slots["patent"])


def _family_by_number(act: Act, slots: Slots) -> Claims | None:
    number = act("get_patent", {"patent_id": slots["patent"]})["family_id"]
    return _others(act("get_patent_family", {"family_id": number})["members"], slots["patent"])


def _family_by_title(act: Act, slots: Slots) -> Claims | None:
    patent = act("get_patent", {"patent_id": slots["patent"]})
    narrow = {"company_id": maybe(patent["company_id"]), "class_code": maybe(patent["class_code"])}
    families = act("find_patent_families", {"words": patent["title"], **narrow, **WHOLE}, free=ORDER)["families"]
    known = [row["patent_ids"] for row in families if row["family_id"] == patent["family_id"]]
    return [id for id in known[0] if id != slots["patent"]] or None


def _three_conditions(draws: Draws) -> Slots:
    return {"code": draws.pick(*CLASSES), "office": an_office(draws), "status": draws.pick(*STATUSES)}


def _latest_filed(act: Act, slots: Slots, how: Mapping[str, Any], free: Sequence[str]) -> Claims | None:
    query = {"class_code": slots["code"], "office": slots["office"], "status": slots["status"]}
    found = act("search_patents", {**query, **how}, free=free)["patents"]
    found = sorted(found, key=lambda row: str(row["filed"]), reverse=True)
    if not 2 <= len(found) <= FEW or found[0]["filed"] == found[1]["filed"]:
        return None
    return [found[0]["patent_id"], found[0]["filed"]]


def _often_and_office(draws: Draws) -> Slots:
    often = draws.pick("daily", "weekly")
    return {"often": said(often, *OFTEN[often]), "office": an_office(draws)}


def _watched_there(act: Act, slots: Slots) -> Claims | None:
    watched = act("list_watched_patents", {"notify": slots["often"], "page_size": either(20, 10, 25, 30, 40, 50)})["patents"]
    return [row["patent_id"] for row in watched if row["office"] == slots["office"]] or None


def _watched_there_of_all(act: Act, slots: Slots) -> Claims | None:
    watched = act("list_watched_patents", {"page_size": either(20, 25, 30, 40, 50)})["patents"]
    return [row["patent_id"] for row in watched if (row["office"], row["notify"]) == (slots["office"], slots["often"])] or None


TEMPLATES = (
    Template(
        name="patent-other-members",
        kind="one_constraint",
        split="test",
        asks=(
            "Which other patents protect the same invention as {patent}? I need their publication numbers.",
            "Give me the numbers of all relatives of {patent}, that is, the rest of its family.",
        ),
        paraphrases=("We know {patent}. Under which other numbers has the very same invention been filed elsewhere?",),
        draw=_member,
        solve=(_family_of_patent, _family_by_number, _family_by_title),
        hidden={
            "patent": Hidden(
                asks=(
                    "Which other patents protect the same invention as mine? I need their publication numbers.",
                    "We were granted a patent abroad. Under which other numbers does the very same invention run?",
                    "Give me the rest of a patent's family, all numbers, please.",
                ),
                asked=PATENT_ASKED,
                says=("Mine is {patent}.", "{patent}."),
            )
        },
        irrelevant=(
            "They should come with a note on how well the products sell.",
            "I would rather have ones whose drawings fill a whole page.",
        ),
    ),
    Template(
        name="patent-latest-filed",
        kind="several_constraints",
        split="test",
        asks=(
            "Of the {status} patents in class {code} at the {office} office, which was filed last? Number and filing date, please.",
            "Find the {office} patent with the latest filing date among those that are {status} and in {code}; tell me its number and that "
            "date.",
        ),
        paraphrases=("I'm tracking {code}. What was the last one filed with the {office} office that now counts as {status}, and when?",),
        draw=_three_conditions,
        solve=sorted_or_all(_latest_filed, SHORT, ORDER, lambda _: {"sort_by": "filed", "descending": True}),
        hidden={
            "code": Hidden(
                asks=(
                    "Of the {status} patents in our class at the {office} office, which was filed last? Number and filing date, please.",
                    "There is a class I have to watch. Which {status} patent in it did the {office} office receive last? Number and date.",
                ),
                asked=("class", "code", "field", "which"),
                says=("It's {code}.", "Class {code}."),
            )
        },
        irrelevant=("It should be one with a working prototype.", "Skip it if the inventor has retired since."),
        together=(
            "Which was filed last, by number and date: among {status} {code} patents at the {office} office, and among {status_2} {code_2} "
            "ones at the {office_2} office?",
        ),
    ),
    Template(
        name="patent-watched-at-office",
        kind="one_constraint",
        split="test",
        asks=(
            "Of the patents whose changes you report to me {often}, which were filed at the {office} office? Their numbers, please.",
            "I watch some patents with reports {often}. Give me the numbers of those among them that are from the {office} office.",
        ),
        draw=_often_and_office,
        solve=(_watched_there, _watched_there_of_all),
        irrelevant=("Leave out those that my colleague watches as well.",),
    ),
    Template(
        name="patent-unrelated-test",
        kind="unrelated_request",
        split="test",
        asks=(
            "Has anybody infringed {patent} so far, and where?",
            "Withdraw the application behind {patent}.",
            "Print the drawings of {patent} on the printer downstairs.",
        ),
        draw=_member,
    ),
)
