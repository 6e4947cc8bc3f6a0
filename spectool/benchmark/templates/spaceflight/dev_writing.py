"""Requests to synthesise from that change something."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template
from spectool.benchmark.templates.phrasing import ROOMY
from spectool.benchmark.templates.searching import words_for
from spectool.benchmark.templates.spaceflight.finding import (
    FOLDERS,
    a_reminder,
    launch_by_name,
    launch_by_payload,
    launch_upcoming,
    one_of,
)
from spectool.environments.registry import environment


def _remind_by_launch(act: Act, slots: Slots) -> Claims | None:
    launch = launch_by_name(act, slots["mission"])
    return _remind(act, slots, launch["launch_id"]) if launch else None


def _remind_by_payload(act: Act, slots: Slots) -> Claims | None:
    payload = launch_by_payload(act, slots["mission"])
    return _remind(act, slots, payload["launch_id"]) if payload else None


def _remind_by_list(act: Act, slots: Slots) -> Claims | None:
    launch = launch_upcoming(act, slots["mission"])
    return _remind(act, slots, launch["launch_id"]) if launch else None


def _remind(act: Act, slots: Slots, launch_id: str) -> Claims:
    act("set_launch_reminder", {"launch_id": launch_id, "minutes_before": slots["before"], "channel": slots["channel"]})
    return ()


def _article(draws: Draws) -> Slots:
    saved = environment("spaceflight").records["saved_articles"]
    article = draws.row("articles", lambda row: row["article_id"] not in saved)
    return {"title": article["title"], "folder": one_of(draws, FOLDERS)}


def _bookmark(act: Act, slots: Slots) -> Claims | None:
    titles = [row["title"] for row in environment("spaceflight").records["articles"].values()]
    asked = {"words": words_for(slots["title"], titles), "page_size": ROOMY}
    found = [row for row in act("search_launch_articles", asked, free=("newest_first",))["articles"] if row["title"] == slots["title"]]
    if len(found) != 1:
        return None
    act("bookmark_launch_article", {"article_id": found[0]["article_id"], "folder": slots["folder"]})
    return ()


WRITING = (
    Template(
        name="spaceflight-set-reminder",
        kind="state_changing",
        split="dev",
        asks=(
            "Remind me of the launch of {mission} {before} ahead, with {channel}.",
            "Set up {channel} {before} before {mission} lifts off.",
            "I don't want to miss {mission}. I'd like {channel} as a reminder, {before} before launch.",
            "Can I get a launch reminder for {mission}? Lead time: {before}. Channel: {channel}.",
        ),
        paraphrases=(
            "I'll be out with the dog when {mission} goes up, so have {channel} sent to me {before} in advance.",
            "Last time I overslept. For {mission}, make sure that {channel} reaches me {before} before it goes.",
        ),
        draw=a_reminder,
        solve=(_remind_by_launch, _remind_by_payload, _remind_by_list),
        hidden={
            "mission": Hidden(
                asks=("Set a launch reminder, {before} ahead, with {channel}.", "I'd like {channel} {before} before the launch."),
                asked=("launch", "mission", "which", "what"),
                says=("For {mission}.", "It's {mission} I'm waiting for."),
            )
        },
        irrelevant=(
            "The message should have a rocket emoji in it.",
            "Use a cheerful ringtone for it, please.",
            "And let it say how far I am from the pad at that time.",
        ),
    ),
    Template(
        name="spaceflight-bookmark-article",
        kind="state_changing",
        split="dev",
        asks=(
            'Put the article "{title}" in the {folder} folder of my reading list.',
            'There is a news piece headed "{title}". Bookmark it under {folder}, please.',
            'Save "{title}" to my reading list; the folder is {folder}.',
        ),
        paraphrases=(
            'Saw the headline "{title}" on the train but lost signal. Could you keep the article for me, in the {folder} folder?',
            'For tomorrow I want "{title}" at hand. Drop that article into the folder called {folder}.',
        ),
        draw=_article,
        solve=(_bookmark,),
        irrelevant=(
            "Highlight the second paragraph in yellow.",
            "Strip the photographs from it first.",
        ),
    ),
)
