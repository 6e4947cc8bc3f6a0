"""Patent tasks to synthesise from: questions that one call answers."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, maybe, said
from spectool.benchmark.templates.patent.phrases import CLASSES, FEW, GROUPINGS, PATENT_ASKED, a_year_on, an_office
from spectool.benchmark.templates.phrasing import COUNTING
from spectool.benchmark.templates.searching import ORDER, SHORT


def _class_office_year(draws: Draws) -> Slots:
    return {"code": draws.pick(*CLASSES), "office": an_office(draws), "since": a_year_on(draws, 2006, 2022)}


def _conditions(slots: Slots) -> dict[str, str]:
    return {"class_code": slots["code"], "office": slots["office"], "filed_from": slots["since"]}


def _total_of_search(act: Act, slots: Slots) -> Claims | None:
    total = act("search_patents", _conditions(slots), free=COUNTING)["total"]
    # A one stands in every date.
    return [str(total)] if total > 1 else None


def _total_of_count(act: Act, slots: Slots) -> Claims:
    conditions = _conditions(slots)
    return [str(act("count_patents", {"group_by": GROUPINGS, "conditions": conditions}, free=("top",))["total"])]


def _patent_and_fact(draws: Draws) -> Slots:
    patent = draws.row("patents", lambda row: row["granted"] is not None)
    facts = (said("claims", "number of claims"), said("granted", "grant date"), said("title", "title"))
    return {"patent": patent["patent_id"], "fact": draws.pick(*facts)}


def _fact_of_patent(act: Act, slots: Slots) -> Claims:
    return [str(act("get_patent", {"patent_id": slots["patent"]})[slots["fact"]])]


def _fact_of_member(act: Act, slots: Slots) -> Claims:
    members = act("get_patent_family", {"family_id": slots["patent"]})["members"]
    return [str(member[slots["fact"]]) for member in members if member["patent_id"] == slots["patent"]]


def _two_offices(draws: Draws) -> Slots:
    one = an_office(draws)
    return {"code": draws.pick(*CLASSES), "one": one, "other": an_office(draws, one.value), "least": draws.pick(2, 3)}


def _families_at_both(act: Act, slots: Slots) -> Claims | None:
    offices = [slots["one"], slots["other"]]
    # Whatever lies at two offices has two members; of three, results show which families have them.
    query = {"class_code": slots["code"], "offices": either(offices, offices[::-1]), "min_members": maybe(slots["least"], 2, 1)}
    found = act("find_patent_families", {**query, **SHORT}, free=ORDER)
    return [row["title"] for row in found["families"]] if 0 < found["total"] <= FEW else None


TEMPLATES = (
    Template(
        name="patent-count-class-office-year",
        kind="several_constraints",
        split="dev",
        asks=(
            "How many patents in class {code} were filed at the {office} office {since}?",
            "Count the {code} patents that went to the {office} patent office, but only those filed {since}.",
            "I need one number: patents of class {code}, {office} office, filed {since}.",
        ),
        paraphrases=(
            "We're mapping {code} for a client. Looking only at filings with the {office} office {since}, what do we end up with in total?",
            "Someone told me the {office} office has been flooded with {code} filings. Is that so? Give me the total filed {since}.",
        ),
        draw=_class_office_year,
        solve=(_total_of_search, _total_of_count),
        hidden={
            "code": Hidden(
                asks=(
                    "How many patents in the class that I work in were filed at the {office} office {since}?",
                    "For one patent class, count what went to the {office} office, filed {since}.",
                    "I'm only interested in my own field. How many filings has the {office} patent office had there {since}?",
                ),
                asked=("class", "code", "field", "which"),
                says=("Class {code}.", "My field is {code}."),
            )
        },
        irrelevant=(
            "Leave out those with drawings in colour.",
            "Only count inventions that were shown at a trade fair first.",
            "And only those whose owner has more than 500 employees, please.",
        ),
        together=("Totals, please: {code} at the {office} office filed {since}, and {code_2} at the {office_2} office filed {since_2}.",),
    ),
    Template(
        name="patent-fact",
        kind="one_constraint",
        split="dev",
        asks=("What is the {fact} of patent {patent}?", "{patent}: {fact}, please.", "Look up {patent} and tell me its {fact}."),
        paraphrases=(
            "I have {patent} in front of me with the first page torn off. Could you find out the {fact}?",
            "My colleague keeps asking for the {fact} of a patent numbered {patent}. What do I tell her?",
        ),
        draw=_patent_and_fact,
        solve=(_fact_of_patent, _fact_of_member),
        hidden={
            "patent": Hidden(
                asks=(
                    "What is the {fact} of that patent?",
                    "Look up the patent from yesterday's meeting and tell me its {fact}.",
                    "I forgot the {fact} of the patent I am to present. Can you help?",
                    "Please check one patent for me; all I need is the {fact}.",
                ),
                asked=PATENT_ASKED,
                says=("It's {patent}.", "The number is {patent}."),
            )
        },
        irrelevant=(
            "Take it from the printed edition, not from the electronic one.",
            "Have somebody at the office confirm it by telephone, too.",
        ),
        together=("What is the {fact} of {patent}, and what is the {fact_2} of {patent_2}?",),
    ),
    Template(
        name="patent-families-two-offices",
        kind="several_constraints",
        split="dev",
        asks=(
            "Which {code} inventions have at least {least} patents in their family, among them one at the {one} and one at the {other} "
            "office? Titles, please.",
            "List patent families by title: class {code}, members at both the {one} and the {other} office, {least} members or more.",
            "Of the patent families in {code}, which have {least} members or more and cover the {other} as well as the {one} office? I "
            "only need their titles.",
        ),
        draw=_two_offices,
        solve=(_families_at_both,),
        irrelevant=("Only those that were licensed to somebody.", "Ignore families that began at a university."),
    ),
)
