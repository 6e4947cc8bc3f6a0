"""Money in other currencies, by tables of rates that are fixed on the first of each month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.dates import Date, day, in_order

Currency = Literal[
    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "BRL", "ZAR"
]


def convert_currency(
    state: State,
    *,
    amount: Annotated[float, Meta(gt=0, le=1e12)],
    from_currency: Currency,
    to_currency: Currency,
    date: Date | None = None,
) -> Mapping[str, Any]:
    """Convert an amount of money at the rate that held on a day. The result is rounded to two decimals.

    Args:
        amount: Amount in from_currency.
        from_currency: Currency of the amount, ISO 4217.
        to_currency: Currency wanted, ISO 4217.
        date: Day whose rate holds, YYYY-MM-DD, from 2025-03-01 to today; today if left out.
    """
    tables = list(state["rates"].rows())
    if date is not None and not tables[0]["date"] <= str(day(date)) <= tables[-1]["date"]:
        raise invalid(f"expected a date from '{tables[0]['date']}' to '{tables[-1]['date']}', got '{date}'")
    table = next(row for row in reversed(tables) if date is None or row["date"] <= date)
    exact = table["rates"][to_currency] / table["rates"][from_currency]
    return {
        "amount": amount,
        "from_currency": from_currency,
        "converted": round(amount * exact, 2),
        "to_currency": to_currency,
        "rate": _rate(table, from_currency, to_currency),
        "rate_date": table["date"],
        "rate_published": table["published"],
    }


def get_exchange_rate_history(
    state: State, *, from_currency: Currency, to_currency: Currency, from_date: Date | None = None, to_date: Date | None = None
) -> Mapping[str, Any]:
    """The rates between two currencies over a time, one for the first of each month, with the lowest, the highest and the mean.

    Args:
        from_currency: Currency of which one unit is priced, ISO 4217.
        to_currency: Currency of the price, ISO 4217.
        from_date: Earliest day, YYYY-MM-DD, that day included; all since 2025-03-01 if left out.
        to_date: Latest day, YYYY-MM-DD, that day included; up to today if left out.
    """
    in_order(from_date, to_date)
    rates = [
        {"rate_date": row["date"], "rate": _rate(row, from_currency, to_currency)}
        for row in state["rates"].rows()
        if (from_date is None or row["date"] >= from_date) and (to_date is None or row["date"] <= to_date)
    ]
    result: dict[str, Any] = {"from_currency": from_currency, "to_currency": to_currency, "rates": rates, "total": len(rates)}
    if not rates:
        return result
    ranked = sorted(rates, key=lambda entry: (entry["rate"], entry["rate_date"]))
    return {**result, "lowest": ranked[0], "highest": ranked[-1], "mean_rate": round(sum(each["rate"] for each in rates) / len(rates), 4)}


def _rate(table: Row, from_currency: str, to_currency: str) -> float:
    """What one unit of a currency is in another, to four decimals."""
    exact: float = table["rates"][to_currency] / table["rates"][from_currency]
    return round(exact, 4)
