"""Patent tasks to report."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template
from spectool.benchmark.templates.patent.phrases import CLASSES, GROUPINGS, ORDER, PAGE, PATENT_ASKED, STATUSES, WHOLE, an_office
from spectool.benchmark.templates.phrasing import COUNTING

INDUSTRIES = ("audio", "electronics", "energy", "materials", "medical", "optics", "robotics")


def _member(draws: Draws) -> Slots:
    return {"patent": draws.row("patents")["patent_id"]}


def _others(members: list[dict[str, str]], patent: str) -> Claims | None:
    return [row["patent_id"] for row in members if row["patent_id"] != patent] or None


def _family_of_patent(act: Act, slots: Slots) -> Claims | None:
    return _others(act("get_patent_family", {"family_id": slots["patent"]})["members"], slots["patent"])


def _family_by_number(act: Act, slots: Slots) -> Claims | None:
    number = act("get_patent", {"patent_id": slots["patent"]})["family_id"]
    return _others(act("get_patent_family", {"family_id": number})["members"], slots["patent"])


def _three_conditions(draws: Draws) -> Slots:
    return {"code": draws.pick(*CLASSES), "office": an_office(draws), "status": draws.pick(*STATUSES)}


def _latest_filed(act: Act, slots: Slots) -> Claims | None:
    query = {"class_code": slots["code"], "office": slots["office"], "status": slots["status"]}
    found = act("search_patents", {**query, "sort_by": "filed", "descending": True, **WHOLE}, free=ORDER)["patents"]
    if not 2 <= len(found) < PAGE or found[0]["filed"] == found[1]["filed"]:
        return None
    return [found[0]["patent_id"], found[0]["filed"]]


def _industry_and_status(draws: Draws) -> Slots:
    return {"industry": draws.pick(*INDUSTRIES), "status": draws.pick(*STATUSES)}


def _largest(act: Act, slots: Slots) -> dict[str, str] | None:
    query = {"industry": slots["industry"], "sort_by": "patent_count", "descending": True}
    owners = act("search_companies", {**query, **WHOLE}, free=ORDER)["companies"]
    tied = owners[0]["patent_count"] == owners[1]["patent_count"]
    return None if tied or len(owners) >= PAGE else {"id": owners[0]["company_id"], "name": owners[0]["name"]}


def _total_listed(act: Act, slots: Slots) -> Claims | None:
    owner = _largest(act, slots)
    if owner is None:
        return None
    return [
        owner["name"],
        str(act("list_company_patents", {"company_id": owner["id"], "status": slots["status"]}, free=("page", "page_size"))["total"]),
    ]


def _total_searched(act: Act, slots: Slots) -> Claims | None:
    owner = _largest(act, slots)
    if owner is None:
        return None
    return [owner["name"], str(act("search_patents", {"assignee": owner["name"], "status": slots["status"]}, free=COUNTING)["total"])]


def _total_counted(act: Act, slots: Slots) -> Claims | None:
    owner = _largest(act, slots)
    if owner is None:
        return None
    conditions = {"assignee": owner["name"], "status": slots["status"]}
    counted = act("count_patents", {"group_by": GROUPINGS, "conditions": conditions}, free=("top",))
    return [owner["name"], str(counted["total"])]


def _unpaid(draws: Draws) -> Slots:
    row = draws.row("fees", lambda row: row["paid_on"] is None and "2026-09-01" <= row["due"] <= "2027-06-01")
    return {"patent": row["patent_id"]}


def _pay_what_is_open(act: Act, slots: Slots) -> Claims | None:
    fees = act("get_renewal_fees", {"patent_id": slots["patent"]})["fees"]
    payable = [fee for fee in fees if fee["state"] in ("open", "late")]
    if len(payable) != 1:
        return None
    paid = act("pay_renewal_fee", {"patent_id": slots["patent"], "year": payable[0]["year"]})
    return [str(paid["amount_eur"] + paid["surcharge_eur"])]


def _cited(draws: Draws) -> Slots:
    return {"patent": draws.row("patents", lambda row: row["cited_by_count"] > 1)["patent_id"]}


def _crew_of_latest_citing(act: Act, slots: Slots) -> Claims | None:
    citing = act("get_citing_patents", {"patent_id": slots["patent"]})["patents"]
    if citing[-1]["filed"] == citing[-2]["filed"]:
        return None
    return [inventor["name"] for inventor in act("get_patent", {"patent_id": citing[-1]["patent_id"]})["inventors"]]


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
        solve=(_family_of_patent, _family_by_number),
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
        irrelevant=("Leave out those that were never printed on paper.", "Only ones with an English abstract, please."),
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
        solve=(_latest_filed,),
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
        name="patent-largest-owner",
        kind="multi_step",
        split="test",
        asks=(
            "Which {industry} company owns the most patents, and how many of them are {status}?",
            "Look at the {industry} industry: name the biggest patent owner and say how many of its patents are {status}.",
        ),
        draw=_industry_and_status,
        solve=(_total_listed, _total_searched, _total_counted),
    ),
    Template(
        name="patent-pay-open-fee",
        kind="state_changing",
        split="test",
        asks=(
            "One renewal fee of {patent} can be paid at the moment. Pay it, and tell me what it came to with any surcharge.",
            "Please settle the renewal fee that is payable now for {patent} and say how many euros that was, surcharge included.",
        ),
        draw=_unpaid,
        solve=(_pay_what_is_open,),
        hidden={
            "patent": Hidden(
                asks=(
                    "Please settle the renewal fee that is payable now for my patent and say how many euros that was in all.",
                    "A reminder came by post: one of our patents has a renewal fee that can be paid. Pay it and tell me what it came to.",
                ),
                asked=PATENT_ASKED,
                says=("It is {patent}.", "{patent}."),
            )
        },
    ),
    Template(
        name="patent-crew-of-latest-citing",
        kind="multi_step",
        split="test",
        asks=(
            "Who invented the patent that cites {patent} and was filed last of all that do?",
            "Look at everything that refers to {patent}, take what was filed most recently, and name its inventors.",
        ),
        draw=_cited,
        solve=(_crew_of_latest_citing,),
    ),
    Template(
        name="patent-unrelated-test",
        kind="unrelated_request",
        split="test",
        asks=(
            "Has anybody infringed {patent} so far, and where?",
            "Withdraw the application behind {patent}.",
            "Explain to me step by step how to build what {patent} describes.",
        ),
        draw=_member,
    ),
)
