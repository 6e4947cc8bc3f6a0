"""The patent register: what its tools answer, refuse and change."""

from __future__ import annotations

import pytest

from spectool.environments.core.errors import ToolError
from spectool.environments.patent.environment import PATENT

WAVEGUIDE = {"patent_id": "JP9090610", "title": "Self-healing beam splitter", "assignee": "Marchetti Lightworks", "office": "JP"}
FAMILY = {
    "family_id": 40312,
    "title": "Shock-proof hearing aid",
    "class_code": "H04R",
    "company_id": "C156",
    "assignee": "Ikehata Sensors",
    "priority": "2014-06-08",
}
HEARING_AID = {"title": "Shock-proof hearing aid", "assignee": "Ikehata Sensors"}
IN_GERMANY = {"patent_id": "DE9043270", **HEARING_AID, "office": "DE", "filed": "2014-06-08", "status": "granted"}
IN_JAPAN = {"patent_id": "JP9045328", **HEARING_AID, "office": "JP", "filed": "2014-11-20", "status": "granted"}
IN_BRITAIN = {"patent_id": "GB9044013", **HEARING_AID, "office": "GB", "filed": "2015-02-14", "status": "expired"}
MEMBERS = [
    {**IN_GERMANY, "granted": "2016-11-19", "claims": 8},
    {**IN_JAPAN, "granted": "2016-04-08", "claims": 9},
    {**IN_BRITAIN, "granted": "2017-11-29", "claims": 20},
]
ROBOT_ARM = {
    "family_id": 40793,
    "title": "Wireless robot arm",
    "class_code": "B25J",
    "company_id": "C261",
    "assignee": "Yarrow Grips",
    "priority": "2014-02-21",
    "patent_ids": ["EP9147564", "JP9148981", "US9149828"],
    "members": 3,
}
HOLLIS = {"company_id": "C149", "name": "Hollis & Vane", "country": "US", "industry": "audio", "founded": 1944, "patent_count": 10}
QUILLON = {"company_id": "C212", "name": "Quillon Audio", "country": "US", "industry": "audio", "founded": 1936, "patent_count": 7}
ACTUATOR = {
    "patent_id": "US9005583",
    "title": "High-temperature joint actuator",
    "assignee": "Brightmere Robotics",
    "office": "US",
    "filed": "2007-01-01",
    "status": "expired",
}
BATTERY = {
    "patent_id": "US9030876",
    "title": "Shock-proof battery cell",
    "assignee": "Tarkwin Membranes",
    "office": "US",
    "filed": "2008-04-01",
    "status": "granted",
}
LATE_FEE = {
    "patent_id": "JP9045328",
    "company_id": "C156",
    "year": 13,
    "due": "2026-11-20",
    "amount_eur": 670,
    "paid_on": None,
    "surcharge_eur": 335,
}
ONE_PAGE = {"page": 1, "next_page": None}
NOTHING = {"patents": [], "total": 0, "page": 1, "next_page": None}

CALLS = {
    "words may stand in any order and case; the next page is told": (
        "search_patents",
        {"words": "SPLITTER self-healing", "assignee": "marchetti LIGHTWORKS", "page_size": 1},
        {"patents": [{**WAVEGUIDE, "filed": "2006-05-26", "status": "expired"}], "total": 3, "page": 1, "next_page": 2},
    ),
    "an unknown owner has no patents": ("search_patents", {"assignee": "Nobody & Sons"}, NOTHING),
    "a page beyond the last is empty": ("search_patents", {"assignee": "Quillon Audio", "page": 3}, {**NOTHING, "total": 7, "page": 3}),
    "dates bound the filing date, both included": (
        "search_patents",
        {"assignee": "Ikehata Sensors", "filed_from": "2014-06-08", "filed_to": "2014-11-20"},
        {"patents": [IN_GERMANY, IN_JAPAN], "total": 2, **ONE_PAGE},
    ),
    "the patents of an inventor, the widest first": (
        "search_patents",
        {"inventor_id": "N2160", "sort_by": "claims", "descending": True, "page_size": 1},
        {
            "patents": [
                {
                    "patent_id": "EP9155213",
                    "title": "Corrosion-resistant foam sheet",
                    "assignee": "Nordhaven Implants",
                    "office": "EP",
                    "filed": "2012-10-13",
                    "status": "granted",
                }
            ],
            "total": 4,
            "page": 1,
            "next_page": 2,
        },
    ),
    "a patent with everything on record": (
        "get_patent",
        {"patent_id": "US9000803"},
        {
            "patent_id": "US9000803",
            "family_id": 40117,
            "title": "Foldable lens array",
            "company_id": "C184",
            "assignee": "Marchetti Lightworks",
            "inventors": [{"inventor_id": "N2151", "name": "Kavya Doyle"}, {"inventor_id": "N2148", "name": "Viktor Bergstrom"}],
            "class_code": "G02B",
            "office": "US",
            "filed": "2025-12-21",
            "granted": None,
            "status": "pending",
            "claims": 17,
            "cited_by_count": 0,
        },
    ),
    "a count by year, under a condition, cut at the top two": (
        "count_patents",
        {"group_by": "filed_year", "conditions": {"assignee": "Hansoru Cells"}, "top": 2},
        {"groups": [{"filed_year": "2007", "patents": 4}, {"filed_year": "2005", "patents": 2}], "group_count": 3, "total": 7},
    ),
    "a count of all": (
        "count_patents",
        {"group_by": "status"},
        {
            "groups": [
                {"status": "granted", "patents": 118},
                {"status": "expired", "patents": 34},
                {"status": "pending", "patents": 12},
            ],
            "group_count": 3,
            "total": 164,
        },
    ),
    "families with members at both offices": (
        "find_patent_families",
        {"class_code": "B25J", "offices": ["JP", "US"], "min_members": 3},
        {"families": [ROBOT_ARM], "total": 1, **ONE_PAGE},
    ),
    "a family by its number": ("get_patent_family", {"family_id": 40312}, {**FAMILY, "members": MEMBERS}),
    "a family by a member": ("get_patent_family", {"family_id": "GB9044013"}, {**FAMILY, "members": MEMBERS}),
    "what a patent cites": ("get_cited_patents", {"patent_id": "KR9204456"}, {"patents": [IN_GERMANY, IN_JAPAN], "total": 2}),
    "who cites a patent, its owner aside": (
        "get_citing_patents",
        {"patent_id": "KR9116981", "exclude_own": True},
        {"patents": [ACTUATOR, BATTERY], "total": 2},
    ),
    "companies by a word of their name": ("search_companies", {"name": "audio"}, {"companies": [QUILLON], "total": 1, **ONE_PAGE}),
    "companies by country, industry and number of patents": (
        "search_companies",
        {"country": "US", "industry": "audio", "min_patents": 7, "sort_by": "founded"},
        {"companies": [QUILLON, HOLLIS], "total": 2, **ONE_PAGE},
    ),
    "what a company was granted in a span": (
        "list_company_patents",
        {"company_id": "C156", "granted_from": "2016-11-01", "granted_to": "2017-11-29"},
        {"patents": [MEMBERS[2], MEMBERS[0]], "total": 2, **ONE_PAGE},
    ),
    "inventors of a company in a class": (
        "search_inventors",
        {"company_id": "C100", "class_code": "G02B"},
        {
            "inventors": [
                {
                    "inventor_id": "N2046",
                    "name": "Nadia Sandoval",
                    "company_id": "C100",
                    "company": "Aldermoor Optics",
                    "class_codes": ["A61B", "G02B"],
                    "patent_count": 6,
                }
            ],
            "total": 1,
            **ONE_PAGE,
        },
    ),
    "fees with their state and what can be paid now": (
        "get_renewal_fees",
        {"patent_id": "JP9045328"},
        {
            "patent_id": "JP9045328",
            "fees": [
                {**LATE_FEE, "state": "late"},
                {**LATE_FEE, "year": 14, "due": "2027-11-20", "amount_eur": 725, "surcharge_eur": 0, "state": "upcoming"},
            ],
            "outstanding_eur": 1005,
        },
    ),
    "the fees that a company can pay now": (
        "find_open_fees",
        {"company_id": "C156", "late_only": True},
        {"fees": [{**LATE_FEE, "state": "late"}], "total": 1, **ONE_PAGE, "outstanding_eur": 1005},
    ),
    "no fee is due so early": (
        "find_open_fees",
        {"company_id": "C156", "due_to": "2026-11-19"},
        {"fees": [], "total": 0, **ONE_PAGE, "outstanding_eur": 0},
    ),
    "the watch list by interval": (
        "list_watched_patents",
        {"notify": "never", "page": 2, "page_size": 5},
        {
            "patents": [
                {
                    "patent_id": "US9108785",
                    "title": "Ultra-thin shielding can",
                    "assignee": "Umberlin Circuits",
                    "office": "US",
                    "filed": "2011-11-16",
                    "status": "granted",
                    "notify": "never",
                }
            ],
            "total": 6,
            "page": 2,
            "next_page": None,
        },
    ),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_call_returns(case):
    name, arguments, expected = CALLS[case]
    state = PATENT.fresh()
    assert PATENT.call(state, name, arguments) == expected
    assert state.changes() == {}


REFUSED = {
    "no such patent": ("get_patent", {"patent_id": "US1"}, "not_found", "no patent 'US1'"),
    "no such family": ("get_patent_family", {"family_id": 7}, "not_found", "no patent family '7'"),
    "a family number is no text": ("get_patent_family", {"family_id": "40312"}, "not_found", "no patent '40312'"),
    "no such company": ("list_company_patents", {"company_id": "C1"}, "not_found", "no company 'C1'"),
    "a day that no calendar has": (
        "search_patents",
        {"filed_from": "2021-02-30"},
        "invalid_argument",
        "expected a date of the calendar, YYYY-MM-DD, got '2021-02-30'",
    ),
    "a span that ends before it begins": (
        "find_patent_families",
        {"priority_from": "2021-01-01", "priority_to": "2020-01-01"},
        "invalid_argument",
        "expected a span that ends on or after '2021-01-01', got '2020-01-01'",
    ),
    "a fee that was paid": (
        "pay_renewal_fee",
        {"patent_id": "EP9021509", "year": 16},
        "conflict",
        "the fee for year 16 of patent 'EP9021509' was paid on 2026-01-28",
    ),
    "a fee that is due too late to be paid now": (
        "pay_renewal_fee",
        {"patent_id": "JP9045328", "year": 14},
        "conflict",
        "the fee for year 14 of patent 'JP9045328' can be paid from 2027-08-20",
    ),
    "a fee that was missed": (
        "pay_renewal_fee",
        {"patent_id": "GB9044013", "year": 12},
        "conflict",
        "patent 'GB9044013' has expired, since the fee for year 12 was not paid in time",
    ),
    "a year without a fee": (
        "pay_renewal_fee",
        {"patent_id": "JP9045328", "year": 3},
        "not_found",
        "no renewal fee for year 3 of patent 'JP9045328'",
    ),
    "a patent that is watched already": (
        "watch_patent",
        {"patent_id": "US9108785"},
        "conflict",
        "patent 'US9108785' is on your watch list already",
    ),
    "a patent that is not watched": (
        "unwatch_patent",
        {"patent_id": "US9000803"},
        "not_found",
        "no patent on your watch list 'US9000803'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_call_is_refused(case):
    name, arguments, code, message = REFUSED[case]
    state = PATENT.fresh()
    with pytest.raises(ToolError) as refused:
        PATENT.call(state, name, arguments)
    assert (refused.value.code, refused.value.message) == (code, message)
    assert state.changes() == {}


def test_a_late_fee_is_paid_with_its_surcharge_and_only_once():
    state = PATENT.fresh()
    paid = {**LATE_FEE, "paid_on": "2027-03-01"}
    assert PATENT.call(state, "pay_renewal_fee", {"patent_id": "JP9045328", "year": 13}) == paid
    assert state.changes() == {"fees": {"JP9045328/13": paid}}
    assert PATENT.call(state, "find_open_fees", {"company_id": "C156"})["outstanding_eur"] == 0
    with pytest.raises(ToolError, match="was paid on 2027-03-01"):
        PATENT.call(state, "pay_renewal_fee", {"patent_id": "JP9045328", "year": 13})


def test_a_patent_is_watched_and_listed_until_it_is_taken_off():
    state = PATENT.fresh()
    row = {"patent_id": "US9000803", "notify": "weekly"}
    assert PATENT.call(state, "watch_patent", {"patent_id": "US9000803"}) == row
    assert state.changes() == {"watchlist": {"US9000803": row}}
    assert PATENT.call(state, "list_watched_patents", {})["total"] == 19
    assert PATENT.call(state, "unwatch_patent", {"patent_id": "US9000803"}) == {"patent_id": "US9000803", "removed": True}
    assert state.changes() == {}


def test_records_agree_with_one_another():
    patents, families, citations = (PATENT.records[name] for name in ("patents", "families", "citations"))
    for id, row in patents.items():
        family = families[str(row["family_id"])]
        assert id in family["patent_ids"]
        assert family["title"] == row["title"]
        assert family["priority"] <= row["filed"]
        assert (row["granted"] is None) == (row["status"] == "pending")
        assert row["granted"] is None or row["filed"] < row["granted"] < PATENT.today
        assert row["cited_by_count"] == len(citations[id]["cited_by"])
        for cited in citations[id]["cites"]:
            assert patents[cited]["filed"] < row["filed"]
            assert id in citations[cited]["cited_by"]
    for row in PATENT.records["fees"].values():
        assert row["paid_on"] is None or row["paid_on"] < PATENT.today
