"""Patent tasks to synthesise from."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, said
from spectool.benchmark.templates.patent.phrases import CLASSES, OFTEN, ORDER, PAGE, PAGES, a_year_on, an_office


def _class_office_year(draws: Draws) -> Slots:
    return {"code": draws.pick(*CLASSES), "office": an_office(draws), "since": a_year_on(draws, 2006, 2022)}


def _conditions(slots: Slots) -> dict[str, str]:
    return {"class_code": slots["code"], "office": slots["office"], "filed_from": slots["since"]}


def _total_of_search(act: Act, slots: Slots) -> Claims | None:
    total = act("search_patents", _conditions(slots), free=ORDER)["total"]
    return [str(total)] if total else None


def _total_of_count(act: Act, slots: Slots) -> Claims:
    conditions = _conditions(slots)
    return [str(act("count_patents", {"group_by": "status", "conditions": conditions}, free=("group_by", "top"))["total"])]


def _patent_and_fact(draws: Draws) -> Slots:
    patent = draws.row("patents", lambda row: row["granted"] is not None)
    facts = (said("claims", "number of claims"), said("granted", "grant date"), said("title", "title"))
    return {"patent": patent["patent_id"], "fact": draws.pick(*facts)}


def _fact_of_patent(act: Act, slots: Slots) -> Claims:
    return [str(act("get_patent", {"patent_id": slots["patent"]})[slots["fact"]])]


def _fact_of_member(act: Act, slots: Slots) -> Claims:
    members = act("get_patent_family", {"family_id": slots["patent"]})["members"]
    return [str(member[slots["fact"]]) for member in members if member["patent_id"] == slots["patent"]]


def _inventor_and_end(draws: Draws) -> Slots:
    ends = (said("last", "most recently filed", "latest-filed", "newest (by filing date)"), said("first", "earliest-filed", "first filed"))
    return {"inventor": draws.row("inventors", lambda row: row["patent_count"] > 1)["name"], "end": draws.pick(*ends)}


def _end_of_inventor(act: Act, slots: Slots) -> Claims | None:
    people = act("search_inventors", {"name": slots["inventor"]}, free=("company_id", *PAGES))["inventors"]
    if len(people) != 1:
        return None
    inventor = people[0]["inventor_id"]
    latest = slots["end"] == "last"
    query = {"inventor_id": inventor, "sort_by": "filed", "descending": latest}
    patents = act("search_patents", query, free=ORDER)["patents"]
    if not 1 < len(patents) < PAGE or patents[0]["filed"] == patents[1]["filed"]:
        return None
    return [patents[0]["patent_id"], patents[0]["title"]]


def _unwatched(draws: Draws) -> Slots:
    often = draws.pick(*OFTEN)
    return {"patent": draws.row("patents")["patent_id"], "often": said(often, *OFTEN[often])}


def _watch(act: Act, slots: Slots) -> Claims:
    act("watch_patent", {"patent_id": slots["patent"], "notify": slots["often"]})
    return ()


def _two_offices(draws: Draws) -> Slots:
    one = an_office(draws)
    return {"code": draws.pick(*CLASSES), "one": one, "other": an_office(draws, one.value), "least": draws.pick(2, 3)}


def _families_at_both(act: Act, slots: Slots) -> Claims | None:
    offices = [slots["one"], slots["other"]]
    query = {"class_code": slots["code"], "offices": either(offices, offices[::-1]), "min_members": slots["least"]}
    if slots["least"] == 2:  # whatever lies at two offices has two members
        del query["min_members"]
    found = act("find_patent_families", query, free=(*ORDER, *(("min_members",) if slots["least"] == 2 else ())))
    return [str(found["total"])] if found["total"] else None


def _citing_another_owner(draws: Draws) -> Slots:
    return {"patent": draws.row("citations", lambda row: 2 <= len(row["cites"]) <= 4)["patent_id"]}


def _widest_cited(act: Act, slots: Slots) -> Claims | None:
    cited = act("get_cited_patents", {"patent_id": slots["patent"], "exclude_own": True})["patents"]
    if not 2 <= len(cited) <= 3:
        return None
    widths = [(act("get_patent", {"patent_id": row["patent_id"]})["claims"], row["patent_id"]) for row in cited]
    (most, id), (second, _) = sorted(widths, reverse=True)[:2]
    return [id, str(most)] if most > second else None


def _owner_and_patent(draws: Draws) -> Slots:
    row = draws.row("patents")
    return {"patent": row["patent_id"], "owner": row["assignee"]}


PATENT_ASKED = ("patent", "number", "which", "publication")

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
        irrelevant=(
            "Leave out those with drawings in colour.",
            "Only count inventions that were shown at a trade fair first.",
            "And only those whose owner has more than 500 employees, please.",
        ),
        together=(
            "Two totals, please: class {code} at the {office} office filed {since}, and class {code_2} at the {office_2} office filed {since_2}.",
        ),
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
                asks=("What is the {fact} of that patent?", "Look up the patent from yesterday's meeting and tell me its {fact}."),
                asked=PATENT_ASKED,
                says=("It's {patent}.", "The number is {patent}."),
            )
        },
        irrelevant=(
            "Use the version that was translated into French.",
            "As it stood on the day the examiner first replied, if you can.",
        ),
        together=("What is the {fact} of {patent}, and what is the {fact_2} of {patent_2}?",),
    ),
    Template(
        name="patent-inventor-first-or-last",
        kind="multi_step",
        split="dev",
        asks=(
            "Which is the {end} patent that names {inventor} as an inventor? Give its number and title.",
            "{inventor} is an inventor in the register. I need number and title of the {end} patent with that name on it.",
            "Find the {end} patent by the inventor {inventor}: publication number and title.",
        ),
        paraphrases=(
            "I'm writing a profile of the inventor {inventor} and want to mention the {end} patent, with its number and what it is called.",
            "Could you dig out what {inventor} came up with? Just the {end} patent with that inventor, title and number.",
        ),
        draw=_inventor_and_end,
        solve=(_end_of_inventor,),
        hidden={
            "inventor": Hidden(
                asks=("Which is the {end} patent of that inventor we met? Give number and title.",),
                asked=("inventor", "name", "who", "which"),
                says=("The name is {inventor}.", "{inventor}."),
            )
        },
        irrelevant=("Skip patents whose drawings were made by hand.", "It should be one that has won a prize."),
    ),
    Template(
        name="patent-watch",
        kind="state_changing",
        split="dev",
        asks=(
            "Put {patent} on my watch list and set its reports to: {often}.",
            "Please add patent {patent} to the ones I watch. Report changes: {often}.",
            "Start watching {patent}; how often I want to hear of it: {often}.",
        ),
        draw=_unwatched,
        solve=(_watch,),
        hidden={
            "patent": Hidden(
                asks=("Put a patent on my watch list, reports: {often}.", "There is one more patent I want to watch. Reports: {often}."),
                asked=PATENT_ASKED,
                says=("{patent}, please.", "It's number {patent}."),
            )
        },
        irrelevant=("Send the reports to my lawyer as well.", "Mark it in red in the list, too."),
        together=("Watch {patent} with reports {often}, and {patent_2} with reports {often_2}.",),
    ),
    Template(
        name="patent-families-two-offices",
        kind="several_constraints",
        split="dev",
        asks=(
            "How many {code} inventions are there with at least {least} patents in the family, among them one at the {one} and one at the "
            "{other} office?",
            "Number of patent families: class {code}, members at both the {one} and the {other} office, {least} members or more.",
            "Of the patent families in {code}, how many have {least} members or more and cover the {other} as well as the {one} office?",
        ),
        draw=_two_offices,
        solve=(_families_at_both,),
        irrelevant=("Only those that were licensed to somebody.", "Ignore families that began at a university."),
    ),
    Template(
        name="patent-widest-cited",
        kind="multi_step",
        split="dev",
        asks=(
            "Among the patents that {patent} cites, leaving out its owner's own, which has the most claims, and how many?",
            "{patent} refers to earlier patents of other owners. Which of those has the largest number of claims? Number and claims, please.",
            "Take the earlier patents cited by {patent}, drop those of the same owner, and name the one with the most claims (and their "
            "number).",
        ),
        paraphrases=(
            "I think {patent} leans on somebody else's work. Of what it cites from other companies, find me the one with the most claims and "
            "say how many there are.",
        ),
        draw=_citing_another_owner,
        solve=(_widest_cited,),
        irrelevant=("Citations added by the examiner do not interest me.", "Only count claims that were never amended."),
    ),
    Template(
        name="patent-unrelated",
        kind="unrelated_request",
        split="dev",
        asks=(
            "Which court decided the last lawsuit over {patent}?",
            "Draft a letter to {owner} offering to buy a licence for {patent}.",
            "What does {owner} ask for a licence of {patent}, in euros a year?",
            "Translate the claims of {patent} into Portuguese.",
            "Who is the attorney that represents {owner} in the matter of {patent}?",
            "File a notice of opposition against {patent} for me.",
        ),
        draw=_owner_and_patent,
    ),
)
