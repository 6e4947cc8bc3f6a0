"""Requests to the patent register."""

from __future__ import annotations

from spectool.benchmark.template import Act, Book, Claims, Dialogue, Draws, Hidden, Slots, Stage, Template

STATUSES = ("granted", "pending", "expired")
ORDER = ("sort_by", "descending", "page", "page_size")


def _owner_and_status(draws: Draws) -> Slots:
    return {"owner": draws.row("companies")["name"], "status": draws.pick(*STATUSES)}


def _count(act: Act, slots: Slots) -> Claims | None:
    found = act("search_patents", {"assignee": slots["owner"], "status": slots["status"]}, free=ORDER)
    return [str(found["total"])]


def _one_patent(draws: Draws) -> Slots:
    return {"patent": draws.row("patents")["patent_id"], "often": draws.pick("daily", "weekly")}


def _watch(act: Act, slots: Slots) -> Claims:
    act("watch_patent", {"patent_id": slots["patent"], "notify": slots["often"]})
    return ()


def _oldest(act: Act, slots: Slots) -> Claims | None:
    query = {"assignee": slots["owner"], "status": slots["status"]}
    found = act("search_patents", {**query, "sort_by": "filed"}, free=("page_size", "page"))["patents"]
    if len(found) < 2 or found[0]["filed"] == found[1]["filed"]:
        return None
    return [str(act("get_patent", {"patent_id": found[0]["patent_id"]})["title"])]


BOOK = Book(
    environment="patent",
    templates=(
        Template(
            name="patent-count-by-owner-and-status",
            kind="several_constraints",
            split="dev",
            asks=("How many {status} patents does {owner} have?", "Count the patents of {owner} whose status is {status}."),
            paraphrases=("I'm sizing up {owner}: what's the tally of its patents that are {status} right now?",),
            draw=_owner_and_status,
            solve=(_count,),
            irrelevant=("Leave out those whose drawings are in colour.", "I only mean those whose lawyer sat in Lisbon."),
            together=("How many {status} patents does {owner} have, and how many {status_2} ones {owner_2}?",),
        ),
        Template(
            name="patent-watch",
            kind="state_changing",
            split="val",
            asks=("Put {patent} on my watch list and tell me {often} about changes.",),
            draw=_one_patent,
            solve=(_watch,),
            hidden={
                "patent": Hidden(
                    asks=("Put a patent on my watch list with {often} reports.",),
                    asked=("patent", "number", "which"),
                    says=("It's {patent}.", "The number is {patent}."),
                )
            },
        ),
        Template(
            name="patent-title-of-oldest",
            kind="multi_step",
            split="test",
            asks=("What does the earliest-filed {status} patent of {owner} protect? Give its title.",),
            draw=_owner_and_status,
            solve=(_oldest,),
        ),
        Template(
            name="patent-unrelated-court",
            kind="unrelated_request",
            split="dev",
            asks=("Which court decided the last lawsuit against {owner}?",),
            draw=lambda draws: {"owner": draws.row("companies")["name"]},
        ),
    ),
    dialogues=(
        Dialogue(
            name="patent-watch-then-another",
            split="dev",
            traits=("reveals", "changes_mind"),
            draw=lambda draws: dict(zip(("patent", "other"), [row["patent_id"] for row in draws.rows("patents", 2)], strict=True)),
            stages=(
                Stage(
                    asks=("Put {patent} on my watch list.",),
                    hidden={
                        "patent": Hidden(
                            asks=("Put a patent on my watch list, please.",),
                            asked=("patent", "number", "which"),
                            says=("{patent}, please.",),
                        )
                    },
                    solve=(lambda act, slots: _watch(act, {**slots, "often": "weekly"}),),
                ),
                Stage(
                    asks=("Sorry, I mixed up the numbers. I meant {other}, so take the first one off again.",),
                    solve=(
                        lambda act, slots: (
                            act("unwatch_patent", {"patent_id": slots["patent"]}),
                            _watch(act, {"patent": slots["other"], "often": "weekly"}),
                        )[1],
                    ),
                ),
            ),
        ),
    ),
)
