"""Conversations about patents, to report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Solve, Stage, said
from spectool.benchmark.templates.best_first import sorted_or_all
from spectool.benchmark.templates.patent.phrases import CLASSES, OFTEN, PATENT_ASKED
from spectool.benchmark.templates.searching import ORDER, PAGE, WHOLE


def _two_watched(draws: Draws) -> Slots:
    one, other = draws.rows("watchlist", 2)
    return {"patent": one["patent_id"], "other": other["patent_id"], "often": said(one["notify"], *OFTEN[one["notify"]])}


def _unwatch(act: Act, slots: Slots) -> Claims:
    act("unwatch_patent", {"patent_id": slots["patent"]})
    return ()


def _unwatch_other_instead(act: Act, slots: Slots) -> Claims:
    act("watch_patent", {"patent_id": slots["patent"], "notify": slots["often"]})
    act("unwatch_patent", {"patent_id": slots["other"]})
    return ()


def _classes_and_years(draws: Draws) -> Slots:
    year, (code, other) = draws.number(2006, 2018), draws.rng.sample(CLASSES, 2)
    since = said(f"{year}-01-01", f"from the beginning of {year}")
    return {"code": code, "other": other, "since": since, "until": said(f"{year + 6}-12-31", f"to the end of {year + 6}")}


def _largest_family(place: str) -> tuple[Solve, Solve]:
    def look(act: Act, slots: Slots, how: Mapping[str, Any], free: Sequence[str]) -> Claims | None:
        query = {"class_code": slots[place], "priority_from": slots["since"], "priority_to": slots["until"]}
        found = act("find_patent_families", {**query, **how}, free=free)["families"]
        sizes = sorted((row["members"] for row in found), reverse=True)
        if not 2 <= len(found) < PAGE or sizes[0] == sizes[1]:
            return None
        return [next(row["title"] for row in found if row["members"] == sizes[0])]

    return sorted_or_all(look, WHOLE, ORDER, lambda _: {"sort_by": "members", "descending": True})


DIALOGUES = (
    Dialogue(
        name="patent-talk-unwatch-another",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=_two_watched,
        stages=(
            Stage(
                asks=("Take {patent} off my watch list.",),
                solve=(_unwatch,),
                hidden={
                    "patent": Hidden(
                        asks=(
                            "My watch list is too long; one of them has to go.",
                            "Please stop watching one of my patents.",
                            "I get too many reports. Could you drop a patent from the watch list?",
                        ),
                        asked=PATENT_ASKED,
                        says=("{patent} can go.", "Drop {patent}."),
                    )
                },
            ),
            Stage(
                asks=(
                    "Hm, I need it after all. Put it back, reports: {often}; it is {other} that should go.",
                    "No, that was the wrong one! Add it again (reports: {often}) and drop {other} instead.",
                ),
                solve=(_unwatch_other_instead,),
            ),
        ),
    ),
    Dialogue(
        name="patent-talk-largest-family",
        split="test",
        traits=("reveals", "changes_mind", "irrelevant_detail"),
        draw=_classes_and_years,
        stages=(
            Stage(
                asks=("Which {code} family with a priority date {since} {until} has the most members? The title, please.",),
                solve=_largest_family("code"),
                hidden={
                    "code": Hidden(
                        asks=(
                            "In a class I'll have to teach, which invention with a priority date {since} {until} was filed at the most "
                            "offices? I need the title of that family.",
                        ),
                        asked=("class", "code", "which", "field"),
                        says=(
                            "The class is {code}; I first taught it before the roof leaked.",
                            "{code}. My students already groan when they hear it.",
                        ),
                    )
                },
            ),
            Stage(
                asks=("I looked into the wrong timetable, it is {other} that I teach. Same question, same years.",),
                solve=_largest_family("other"),
            ),
        ),
    ),
)
