"""Patent tasks to choose by."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.patent.phrases import OFTEN, PATENT_ASKED
from spectool.benchmark.templates.phrasing import parts_of
from spectool.benchmark.templates.searching import LISTED, ORDER, SHORT, WHOLE

COUNTRIES = {"CA": "Canada", "DE": "Germany", "DK": "Denmark", "GB": "the United Kingdom", "IT": "Italy", "JP": "Japan"}
COUNTRIES |= {"KR": "South Korea", "SE": "Sweden", "TW": "Taiwan", "US": "the United States"}


def _cited_by_others(draws: Draws) -> Slots:
    row = draws.row("patents", lambda row: row["cited_by_count"] > 1)
    return {"patent": row["patent_id"], "owner": row["assignee"]}


def _citations_by_others(act: Act, slots: Slots) -> Claims:
    return [str(act("get_citing_patents", {"patent_id": slots["patent"], "exclude_own": True})["total"])]


def _company_drawn(draws: Draws) -> Slots:
    row = draws.row("companies", lambda row: row["patent_count"] > 1)
    country = said(row["country"], COUNTRIES[row["country"]])
    return {"country": country, "industry": row["industry"], "least": draws.number(2, row["patent_count"])}


def _companies_named(act: Act, slots: Slots) -> Claims | None:
    # No industry has more companies than a page, and results show country and number.
    query = {"country": maybe(slots["country"]), "industry": slots["industry"], "min_patents": maybe(slots["least"])}
    found = act("search_companies", {**query, **SHORT}, free=ORDER)["companies"]
    return [claim for row in found for claim in (row["name"], str(row["patent_count"]))] or None


def _owner(draws: Draws) -> Slots:
    months = (
        said("2027-03-31", "by the end of March 2027", "no later than 31 March 2027"),
        said("2027-04-30", "by the end of April 2027", "no later than 30 April 2027"),
        said("2027-05-15", "by the middle of May 2027 (the 15th)", "no later than 15 May 2027"),
    )
    return {"owner": draws.row("companies")["name"], "latest": draws.pick(*months)}


def _owed_of_company(act: Act, slots: Slots) -> Claims | None:
    owners = act("search_companies", {"name": parts_of(slots["owner"]), **WHOLE}, free=ORDER)["companies"]
    return _owed(act, slots, owners[0]["company_id"]) if len(owners) == 1 else None


def _owed_of_owner(act: Act, slots: Slots) -> Claims | None:
    patents = act("search_patents", {"assignee": slots["owner"]}, free=LISTED)["patents"]
    owned = act("get_patent", {"patent_id": either(*(row["patent_id"] for row in patents))})
    return _owed(act, slots, owned["company_id"])


def _owed(act: Act, slots: Slots, company_id: str) -> Claims | None:
    found = act("find_open_fees", {"company_id": company_id, "due_to": slots["latest"]}, free=("page", "page_size"))
    return [str(found["outstanding_eur"])] if found["total"] else None


def _watched(draws: Draws) -> Slots:
    row = draws.row("watchlist")
    often = draws.pick(*(each for each in OFTEN if each != row["notify"]))
    return {"patent": row["patent_id"], "often": said(often, *OFTEN[often])}


def _watch_otherwise(act: Act, slots: Slots) -> Claims:
    act("unwatch_patent", {"patent_id": slots["patent"]})
    act("watch_patent", {"patent_id": slots["patent"], "notify": slots["often"]})
    return ()


TEMPLATES = (
    Template(
        name="patent-cited-by-others",
        kind="one_constraint",
        split="val",
        asks=(
            "How many later patents cite {patent}, not counting those of its own owner?",
            "Self-citations aside, by how many patents has {patent} been cited?",
        ),
        paraphrases=("{owner} says everybody builds on {patent}. In how many patents of other owners is it actually cited?",),
        draw=_cited_by_others,
        solve=(_citations_by_others,),
        hidden={
            "patent": Hidden(
                asks=(
                    "How many later patents of other owners cite the patent I'm reading?",
                    "A neighbour holds a patent and boasts about it. By how many patents that are not his is it cited?",
                    "Count for me the citations of one patent, but only those in patents of somebody else.",
                ),
                asked=PATENT_ASKED,
                says=("I'm reading {patent}.", "{patent}."),
            )
        },
        irrelevant=("Citations in footnotes do not count.", "Only those whose examiner agreed with the citation."),
        together=("Leaving out the owners' own patents: how often is {patent} cited, and how often {patent_2}?",),
    ),
    Template(
        name="patent-companies-country-industry",
        kind="several_constraints",
        split="val",
        asks=(
            "Which {industry} companies based in {country} own at least {least} patents, and how many does each have?",
            "List, with totals, the companies of the {industry} industry that are based in {country} and hold {least} or more patents.",
        ),
        paraphrases=(
            "I'm after partners in {country}: {industry} firms that hold no fewer than {least} patents. Names and totals, please.",
        ),
        draw=_company_drawn,
        solve=(_companies_named,),
        hidden={
            "country": Hidden(
                asks=(
                    "Which {industry} companies in the country I'm moving to own at least {least} patents, and how many does each have?",
                    "Tell me the {industry} firms with {least} or more patents from the country on my ticket, with their totals.",
                ),
                asked=("country", "where", "which", "located"),
                says=("It's {country}.", "In {country}."),
            )
        },
        irrelevant=("They should be listed on a stock exchange.", "I'd rather have ones with a female chief executive."),
    ),
    Template(
        name="patent-fees-owed-by-company",
        kind="multi_step",
        split="val",
        asks=(
            "What do the renewal fees that {owner} can pay now and that fall due {latest} add up to, surcharges included?",
            "Sum up the unpaid, already payable renewal fees of {owner} due {latest}, with surcharges, in euros.",
        ),
        draw=_owner,
        solve=(_owed_of_company, _owed_of_owner),
        hidden={
            "owner": Hidden(
                asks=("What do the renewal fees that the company can pay now and that fall due {latest} add up to, surcharges included?",),
                asked=("company", "owner", "which", "name", "whose"),
                says=("It's {owner}.", "I mean {owner}."),
            )
        },
    ),
    Template(
        name="patent-watch-otherwise",
        kind="state_changing",
        split="val",
        asks=(
            "{patent} is on my watch list, but at the wrong interval. Take it off and put it back, this time with reports: {often}.",
            "Change how I watch {patent}: the new interval for reports is {often}. (It has to be removed and added again.)",
        ),
        draw=_watched,
        solve=(_watch_otherwise,),
    ),
    Template(
        name="patent-unrelated-val",
        kind="unrelated_request",
        split="val",
        asks=(
            "What were the sales of products protected by {patent} last year?",
            "Record in the register that {patent} now belongs to me.",
            "What is the share price of {owner} today?",
        ),
        draw=_cited_by_others,
    ),
)
