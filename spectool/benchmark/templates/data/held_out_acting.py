"""Requests to the statistical office that results are reported on: those that change something, and those that it cannot serve."""

from __future__ import annotations

from spectool.benchmark.template import Template
from spectool.benchmark.templates.data.places import delete

TEST_ACTING = (
    Template(
        name="data-delete-query",
        kind="state_changing",
        split="test",
        asks=(
            'Delete my saved query "{name}".',
            'The query I once saved as "{name}" can go.',
            'Tidy up for me: among my saved queries there is one called "{name}". Remove it.',
            'I don\'t need "{name}" any longer, so take it off my saved queries.',
            'Could you get rid of a saved query of mine? "{name}", it is called.',
        ),
        draw=lambda draws: {"name": draws.row("saved_queries", lambda row: row["owner"] == "you")["name"]},
        solve=(delete,),
    ),
    Template(
        name="data-unrelated-share",
        kind="unrelated_request",
        split="test",
        asks=(
            "Buy me {number} shares of {company}.",
            "Reserve {number} seats for us at the shareholders' meeting of {company}.",
            "Ask {company} for an offer on {number} desks.",
        ),
        draw=lambda draws: {"company": draws.row("companies")["name"], "number": draws.number(3, 40)},
    ),
)
