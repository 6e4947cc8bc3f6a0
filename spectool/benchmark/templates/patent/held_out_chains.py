"""Patent tasks to report: calls that follow from one another, and fees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template
from spectool.benchmark.templates.best_first import Look, sorted_or_all
from spectool.benchmark.templates.patent.phrases import PATENT_ASKED, STATUSES
from spectool.benchmark.templates.patent.totals import Total, counted, grouped, listed, searched
from spectool.benchmark.templates.searching import ORDER, SHORT, WHOLE
from spectool.environments.patent.owners import Industry

INDUSTRIES: tuple[str, ...] = get_args(Industry)


def _industry_and_status(draws: Draws) -> Slots:
    return {"industry": draws.pick(*INDUSTRIES), "status": draws.pick(*STATUSES)}


def _total_of_largest(key: str, total: Total) -> Look:
    def look(act: Act, slots: Slots, how: Mapping[str, Any], free: Sequence[str]) -> Claims | None:
        owners = act("search_companies", {"industry": slots["industry"], **how}, free=free)["companies"]
        owners = sorted(owners, key=lambda row: int(row["patent_count"]), reverse=True)
        if owners[0]["patent_count"] == owners[1]["patent_count"]:
            return None
        found = total(act, owners[0][key], slots["status"])
        return [owners[0]["name"], str(found)] if found else None  # groups do not tell a nought

    return look


BY_PATENTS = {"sort_by": "patent_count", "descending": True}
TOTALS: Mapping[Total, str] = {listed: "company_id", searched: "name", counted: "name", grouped: "name"}
WAYS_TO_TOTAL = tuple(
    way for total, key in TOTALS.items() for way in sorted_or_all(_total_of_largest(key, total), SHORT, ORDER, lambda _: BY_PATENTS)
)


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
        solve=WAYS_TO_TOTAL,
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
