"""Renewal fees: what keeps a granted patent alive.

The fee for the n-th year falls due n - 1 years after filing. It can be paid from three months before; for six months after the due date
it can still be paid with a surcharge of a half, and then the patent ends.
Source: European Patent Convention, Art. 86 and Rule 51 (due date, grace period, surcharge of 50 %); the amounts are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from spectool.environments.core.environment import TODAY
from spectool.environments.core.errors import conflict, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.dates import Date, day
from spectool.environments.parts.paging import paged
from spectool.environments.patent.owners import require_company
from spectool.environments.patent.search import get_patent

OPEN_MONTHS = -3
GRACE_MONTHS = 6
FEE_YEARS = range(3, 21)


def get_renewal_fees(state: State, *, patent_id: str) -> Mapping[str, Any]:
    """The renewal fees of one patent that fall due in 2026 and 2027, and the sum that can be paid now.

    Args:
        patent_id: Publication number with its country code, such as US9013710.
    """
    get_patent(state, patent_id=patent_id)
    known = (state["fees"].get(f"{patent_id}/{year}") for year in FEE_YEARS)
    fees = [_told(row) for row in known if row is not None]
    return {"patent_id": patent_id, "fees": fees, "outstanding_eur": sum(map(_payable, fees))}


def find_open_fees(
    state: State,
    *,
    company_id: str,
    due_to: Date | None = None,
    late_only: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """The renewal fees of all patents of a company that can be paid now, the earliest due first, and their sum with surcharges.

    Args:
        company_id: Id of the company, as search_companies gives it.
        due_to: Latest due date, YYYY-MM-DD.
        late_only: Only fees that are past their due date and cost a surcharge.
        page: Page of results, from 1.
        page_size: Fees a page.
    """
    require_company(state, company_id)
    if due_to is not None:
        day(due_to)
    unpaid = (row for row in state["fees"].rows() if row["paid_on"] is None and (due_to is None or row["due"] <= due_to))
    told = [_told(row) for row in unpaid if row["company_id"] == company_id]
    found = [fee for fee in told if fee["state"] == "late" or (fee["state"] == "open" and not late_only)]
    found.sort(key=lambda fee: (fee["due"], fee["patent_id"]))
    return {**paged(found, page, page_size, name="fees"), "outstanding_eur": sum(map(_payable, found))}


def pay_renewal_fee(state: State, *, patent_id: str, year: Annotated[int, Meta(ge=3, le=20)]) -> Row:
    """Pay the renewal fee of a patent for one year, with the surcharge if it is late.

    A fee can be paid from three months before its due date until six months after it.

    Args:
        patent_id: Publication number with its country code, such as US9013710.
        year: Year of the patent that the fee is for, counted from filing, as get_renewal_fees gives it.
    """
    get_patent(state, patent_id=patent_id)
    row = state["fees"].get(f"{patent_id}/{year}")
    if row is None:
        raise not_found(f"renewal fee for year {year} of patent", patent_id)
    fee = _told(row)
    if fee["state"] == "paid":
        raise conflict(f"the fee for year {year} of patent '{patent_id}' was paid on {row['paid_on']}")
    if fee["state"] == "missed":
        raise conflict(f"patent '{patent_id}' has expired, since the fee for year {year} was not paid in time")
    if fee["state"] == "upcoming":
        raise conflict(f"the fee for year {year} of patent '{patent_id}' can be paid from {_months_from(row['due'], OPEN_MONTHS)}")
    return state["fees"].put(f"{patent_id}/{year}", {**row, "paid_on": TODAY, "surcharge_eur": fee["surcharge_eur"]})


def _told(row: Row) -> dict[str, Any]:
    """A fee with its state, and with the surcharge that paying it today would cost."""
    due = row["due"]
    if row["paid_on"] is not None:
        return {**row, "state": "paid"}
    if _months_from(due, GRACE_MONTHS) < TODAY:
        return {**row, "state": "missed"}
    if due < TODAY:
        return {**row, "state": "late", "surcharge_eur": (row["amount_eur"] + 1) // 2}
    return {**row, "state": "open" if _months_from(due, OPEN_MONTHS) <= TODAY else "upcoming"}


def _payable(fee: Mapping[str, Any]) -> int:
    payable: int = fee["amount_eur"] + fee["surcharge_eur"]
    return payable if fee["state"] in ("open", "late") else 0


def _months_from(day: str, months: int) -> str:
    """That many months after an ISO date; no filing date of ours is later than the 28th, so each month has the day."""
    years, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    return f"{years}-{month + 1:02d}-{day[8:]}"
