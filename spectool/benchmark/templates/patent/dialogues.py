"""Conversations about patents."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Stage, said
from spectool.benchmark.templates.patent.phrases import CLASSES, ORDER, PAGE, PAGES, STATUSES

PATENT_ASKED = ("patent", "number", "which", "publication")


def _two_unwatched(draws: Draws) -> Slots:
    patent, other = (row["patent_id"] for row in draws.rows("patents", 2))
    return {"patent": patent, "other": other}


def _watch_first(act: Act, slots: Slots) -> Claims:
    act("watch_patent", {"patent_id": slots["patent"]}, free=())
    return ()


def _watch_other_instead(act: Act, slots: Slots) -> Claims:
    act("unwatch_patent", {"patent_id": slots["patent"]})
    act("watch_patent", {"patent_id": slots["other"]})
    return ()


def _class_and_statuses(draws: Draws) -> Slots:
    owner = draws.row("companies")["name"]
    status, other = draws.rng.sample(STATUSES, 2)
    return {"owner": owner, "status": status, "other": other}


def _total(act: Act, owner: str, status: str) -> Claims:
    return [str(act("search_patents", {"assignee": owner, "status": status}, free=ORDER)["total"])]


def _fee_open(draws: Draws) -> Slots:
    row = draws.row("fees", lambda row: row["paid_on"] is None and "2026-09-01" <= row["due"] <= "2027-06-01")
    return {"patent": row["patent_id"], "year": row["year"], "often": draws.pick("daily", "weekly")}


def _pay(act: Act, slots: Slots) -> Claims:
    paid = act("pay_renewal_fee", {"patent_id": slots["patent"], "year": slots["year"]})
    return [str(paid["amount_eur"] + paid["surcharge_eur"])]


def _watch_paid(act: Act, slots: Slots) -> Claims:
    act("watch_patent", {"patent_id": slots["patent"], "notify": slots["often"]})
    return ()


def _watched(draws: Draws) -> Slots:
    one, other = (row["patent_id"] for row in draws.rows("watchlist", 2))
    return {"patent": one, "other": other}


def _class_and_year(draws: Draws) -> Slots:
    year = draws.number(2008, 2020)
    return {
        "code": draws.pick(*CLASSES),
        "since": said(f"{year}-01-01", f"since the start of {year}"),
        "until": said(f"{year + 4}-12-31", f"until the end of {year + 4}"),
        "often": draws.pick("daily", "never"),
    }


def _largest_family(act: Act, slots: Slots) -> Claims | None:
    query = {"class_code": slots["code"], "priority_from": slots["since"], "priority_to": slots["until"]}
    found = act("find_patent_families", query, free=ORDER)["families"]
    sizes = sorted((row["members"] for row in found), reverse=True)
    if not 2 <= len(found) < PAGE or sizes[0] == sizes[1]:
        return None
    return [next(row["title"] for row in found if row["members"] == sizes[0])]
