"""What a tagger or a judge thinks, beside the findings of the rules."""

from __future__ import annotations

import pytest

from spectool.model import Opinion
from spectool.results.opinions import finding_of, opinion_from, write_opinions
from spectool.results.store import open_folder
from spectool.results.tables import connect, rows

SURE = Opinion(
    **{"key": "small-0", "error": "IAV", "by": "tagger-1", "subtype": "ungrounded", "score": 0.91, "tier": "likely", "step": 1, "call": 0},
    **{"tool": "get_weather", "path": "$.turns[1].calls[0].arguments.city", "message": "'Rome' stands nowhere", "got": "Rome"},
    evidence=({"feature": "ungrounded", "weight": 1.5}, "caf\ud800é"),
)
SILENT = Opinion(key="small-1", error="IAV", by="tagger-1", score=0.1)
UNABLE = Opinion(key="large-0", error="IAC", by="tagger-1", skipped="no tools")


def stored(folder, table):
    return [opinion_from(row) for row in rows(connect(folder), f"SELECT * FROM {table} ORDER BY row")]


def test_what_was_written_is_read_again_and_replaced_by_the_next(folder):
    assert write_opinions(folder, "tagger", iter([SURE, SILENT, UNABLE])) == 3
    first, *others = stored(folder, "tagged")
    assert (first.got, first.evidence) == ("Rome", ({"feature": "ungrounded", "weight": 1.5}, "caf\ufffdé"))
    assert others == [SILENT, UNABLE]
    write_opinions(folder, "tagger", [SILENT])
    assert stored(folder, "tagged") == [SILENT]
    assert [path.name for path in folder.iterdir() if "partial" in path.name] == []


def test_only_what_it_says_is_shown_beside_the_rules_and_no_rate_changes(folder):
    before = open_folder(folder)
    stamp, cells, findings = before.stamp, before.matrix(), before.trajectory("small-0").findings
    write_opinions(folder, "tagger", [SURE, SILENT, UNABLE])
    write_opinions(folder, "judge", [Opinion(key="small-0", error="result_misuse", by="m", tier="candidate")])
    after = open_folder(folder)
    shown = after.trajectory("small-0").findings
    assert shown[: len(findings)] == findings
    assert [(each.error, each.source, each.tier, each.level) for each in shown[len(findings) :]] == [
        ("IAV", "tagger", "likely", "core"),
        ("result_misuse", "judge", "candidate", "extended"),
    ]
    assert after.trajectory("small-1").findings == before.trajectory("small-1").findings
    assert after.matrix() == cells
    assert after.stamp != stamp
    assert finding_of(SILENT, "tagger") is None


def test_a_failure_while_writing_leaves_the_old_opinions(folder):
    write_opinions(folder, "judge", [SILENT])

    def broken():
        yield SURE
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        write_opinions(folder, "judge", broken())
    assert stored(folder, "judged") == [SILENT]
