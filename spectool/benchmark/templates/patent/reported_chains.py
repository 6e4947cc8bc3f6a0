"""Patent tasks to report: calls that follow from one another, and fees."""

from __future__ import annotations

from typing import Any

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template
from spectool.benchmark.templates.patent.phrases import GROUPINGS, ORDER, PAGE, PATENT_ASKED, STATUSES, WHOLE
from spectool.benchmark.templates.phrasing import COUNTING

INDUSTRIES = ("audio", "electronics", "energy", "materials", "medical", "optics", "robotics")


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
    return _pay(act, slots["patent"], act("get_renewal_fees", {"patent_id": slots["patent"]})["fees"])


def _pay_what_the_owner_owes(act: Act, slots: Slots) -> Claims | None:
    owner = act("get_patent", {"patent_id": slots["patent"]})["company_id"]
    return _pay(act, slots["patent"], act("find_open_fees", {"company_id": owner, **WHOLE})["fees"])


def _pay(act: Act, patent: str, fees: list[dict[str, Any]]) -> Claims | None:
    payable = [fee for fee in fees if fee["patent_id"] == patent and fee["state"] in ("open", "late")]
    if len(payable) != 1:
        return None
    paid = act("pay_renewal_fee", {"patent_id": patent, "year": payable[0]["year"]})
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
        solve=(_pay_what_is_open, _pay_what_the_owner_owes),
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
)
