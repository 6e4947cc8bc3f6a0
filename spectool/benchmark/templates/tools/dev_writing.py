"""Requests to synthesise from that change something."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template
from spectool.benchmark.templates.calendar_words import day_said
from spectool.benchmark.templates.tools.finding import (
    PRIORITIES,
    coming_day,
    one_of,
    open_task,
    tasks_in_list,
    tasks_on_pages,
    tick,
    tick_by_title,
)

TITLES = ("{} the {}", "{} the {} with Nadia", "{} the {} before the guests arrive")
VERBS = ("Clean", "Measure", "Photograph", "Insure", "Sell", "Move", "Inspect", "Wrap up", "Label", "Weigh")
THINGS = ("canoe", "chandelier", "model railway", "wine rack", "tandem", "weather vane", "doll's house", "telescope", "saddle", "loom")
TAGS = ("admin", "errand", "garden", "health", "home", "study", "work")


def _new_task(draws: Draws) -> Slots:
    tag = draws.pick(*TAGS)
    return {
        "title": draws.pick(*TITLES).format(draws.pick(*VERBS), draws.pick(*THINGS)),
        "due": day_said(coming_day(draws)),
        "priority": one_of(draws, PRIORITIES),
        "tag": tag,
    }


def _add(act: Act, slots: Slots) -> Claims:
    act("add_task", {"title": slots["title"], "due_date": slots["due"], "priority": slots["priority"], "tags": [slots["tag"]]})
    return ()


WRITING = (
    Template(
        name="tools-add-task",
        kind="state_changing",
        split="dev",
        asks=(
            'Add "{title}" to my task list, due {due}, priority {priority}, tag {tag}.',
            'New task: "{title}". It is due on {due}, has {priority} priority, and gets the tag {tag}.',
            'Put "{title}" on my list of tasks with the tag {tag}; deadline {due}; priority {priority}.',
        ),
        paraphrases=(
            'I keep forgetting things. Note a task, word for word "{title}", tagged {tag}, due {due}, {priority} priority.',
            'On {due} this has to be done at the latest: "{title}". Into the task list with it, priority {priority}, tag {tag}.',
        ),
        draw=_new_task,
        solve=(_add,),
        hidden={
            "title": Hidden(
                asks=("Add a task to my list, due {due}, priority {priority}, tag {tag}.",),
                asked=("title", "task", "what", "done", "called"),
                says=('"{title}", that\'s all.', 'Write "{title}".'),
            )
        },
        irrelevant=(
            "Make it blink when I open the list.",
            "It should show up in purple.",
        ),
        together=(
            'Add two tasks: "{title}", due {due}, priority {priority}, tag {tag}; '
            'and "{title_2}", due {due_2}, priority {priority_2}, tag {tag_2}.',
        ),
    ),
    Template(
        name="tools-complete-task",
        kind="state_changing",
        split="dev",
        asks=(
            'Tick off "{title}" on my task list.',
            'I have done "{title}". Mark that task as done, please.',
            'The task "{title}" is finished, so check it off.',
            '"{title}": done! Update my list accordingly.',
            'Task list: set "{title}" to done.',
            'Please complete the entry "{title}" in my tasks.',
        ),
        paraphrases=(
            'You can praise me: "{title}" is behind me. Would you see to it that my task list knows?',
            'At last! No more excuses about "{title}", I did it today. Strike it from what is open.',
            'Guess who finally got round to it. Yes, "{title}" can be marked as done.',
            'It took all morning, but the item "{title}" need not stand among my open tasks any longer, it\'s done.',
        ),
        draw=lambda draws: {"title": open_task(draws)["title"]},
        solve=(
            tick_by_title,
            lambda act, slots: tick(act, tasks_in_list(act, slots["title"])[0]),
            lambda act, slots: tick(act, tasks_on_pages(act, slots["title"])[0]),
        ),
        hidden={
            "title": Hidden(
                asks=(
                    "Tick off one of my tasks.",
                    "I've finished something on my list. Mark it as done.",
                    "Check off the task that I did today.",
                ),
                asked=("task", "which", "what", "title"),
                says=('"{title}".', 'The one that says "{title}".'),
            )
        },
        irrelevant=(
            "Play a fanfare while you do it.",
            "Tell the neighbours about it as well.",
            "Note down how many minutes it took me.",
            "Give me three gold stars for it.",
        ),
    ),
)
