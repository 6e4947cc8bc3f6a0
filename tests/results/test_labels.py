"""People's labels: kept, taken back, undone; by several processes at once, through a kill and a new classification."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from spectool.model import Finding
from spectool.results.folder import ResultFolderError
from spectool.results.labels import Labels
from spectool.results.labels_entry import Entry, Label, Ruled, digest, ruling
from spectool.results.labels_file import NAME, LabelsError, writing

ROOT = Path(__file__).parents[2]
FOUND = Finding(error="IAV", subtype="other", level="core", step=1, call=0, path="$.turns[1].calls[0].arguments.city")


def label(verdict="finished", pattern="", *, key="small-0", by="ann", **fields):
    return Label(key=key, annotator=by, verdict=verdict, pattern=pattern, **fields)


def said(entries):
    """Who says what, without ids and times."""
    return [(entry.key, entry.annotator, entry.verdict, entry.pattern) for entry in entries]


def python(code, *arguments):
    """A process of its own."""
    command = [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def labels(folder):
    return Labels(folder)


def test_what_was_said_is_there_by_trajectory_person_and_order(labels):
    labels.add(label("add", "IAV", subtype="other", comment="Rome for Paris"), label())
    labels.add(label("clean", by="bob"))
    labels.add(label("finished", "IAC", key="small-1", by="bob"))
    assert said(labels.of("small-0")) == [
        ("small-0", "ann", "add", "IAV"),
        ("small-0", "ann", "finished", ""),
        ("small-0", "bob", "clean", ""),
    ]
    assert said(labels.of("small-0", "bob")) == [("small-0", "bob", "clean", "")]
    assert said(labels.current("bob")) == [("small-0", "bob", "clean", ""), ("small-1", "bob", "finished", "IAC")]
    assert labels.annotators() == {"ann": 1, "bob": 1}
    assert (labels.finished("ann"), labels.finished("bob"), labels.finished("eve")) == ({"small-0"}, {"small-0"}, frozenset())
    (first, *_) = labels.of("small-0")
    assert (first.subtype, first.comment, first.withdrawn, len(first.id), first.time[-6:]) == (
        "other",
        "Rome for Paris",
        False,
        32,
        "+00:00",
    )


def test_reading_makes_no_file(labels, folder):
    assert (labels.current(), labels.history(), labels.annotators(), labels.finished("ann")) == ((), (), {}, frozenset())
    assert not (folder / NAME).exists()


def test_a_ruling_stands_at_its_finding_and_a_later_one_replaces_it(labels):
    labels.add(ruling("small-0", FOUND, "accept", "ann"))
    labels.add(ruling("small-0", FOUND, "change", "ann", pattern="IAN", subtype="near_miss", comment="the name"))
    labels.add(ruling("small-0", msgspec.structs.replace(FOUND, source="tagger"), "reject", "ann"))
    first, second = labels.current()
    assert (first.verdict, first.pattern, first.subtype, first.step, first.call, first.path) == (
        "change",
        "IAN",
        "near_miss",
        1,
        0,
        "$.turns[1].calls[0].arguments.city",
    )
    assert first.finding == Ruled(source="rule", error="IAV", subtype="other", step=1, call=0, path=FOUND.path)
    assert (second.verdict, second.pattern, second.finding and second.finding.source) == ("reject", "IAV", "tagger")
    assert [entry.verdict for entry in labels.history()] == ["accept", "change", "reject"]


def test_clean_takes_back_what_was_found_and_a_finding_after_it_makes_it_finished(labels):
    labels.add(label("add", "IAV"), ruling("small-0", FOUND, "reject", "ann"))
    labels.add(label("add", "IAC", by="bob"))
    labels.add(label("clean"))
    assert said(labels.of("small-0", "ann")) == [("small-0", "ann", "reject", "IAV"), ("small-0", "ann", "clean", "")]
    labels.add(label("add", "RAC"))
    assert sorted(each[2:] for each in said(labels.of("small-0", "ann"))) == [("add", "RAC"), ("finished", ""), ("reject", "IAV")]
    assert said(labels.of("small-0", "bob")) == [("small-0", "bob", "add", "IAC")]
    labels.undo("ann")
    labels.undo("ann")
    assert sorted(each[2:] for each in said(labels.of("small-0", "ann"))) == [("add", "IAV"), ("reject", "IAV")]


def test_undo_goes_back_step_by_step_of_one_person_and_is_itself_kept(labels):
    labels.add(label("add", "IAV"), label())
    labels.add(label("add", "IAC", by="bob"))
    labels.add(ruling("small-1", FOUND, "accept", "ann"))
    labels.add(ruling("small-1", FOUND, "reject", "ann"))
    assert [entry.verdict for entry in labels.undo("ann")] == ["reject"]
    assert said(labels.of("small-1")) == [("small-1", "ann", "accept", "IAV")]
    assert [entry.verdict for entry in labels.undo("ann", key="small-0")] == ["add", "finished"]
    assert said(labels.current()) == [("small-0", "bob", "add", "IAC"), ("small-1", "ann", "accept", "IAV")]
    assert [entry.verdict for entry in labels.undo("ann")] == ["accept"]
    assert labels.undo("ann") == ()
    assert said(labels.current()) == [("small-0", "bob", "add", "IAC")]
    assert len(labels.history()) == 5 + 1 + 2 + 1
    assert [bool(entry.undoes) for entry in labels.history()] == [False] * 5 + [True] * 4


def test_a_label_taken_back_can_be_undone_into_place(labels):
    labels.add(label("add", "IAV"))
    labels.withdraw(label("add", "IAV"))
    assert labels.current() == ()
    labels.undo("ann")
    assert said(labels.current()) == [("small-0", "ann", "add", "IAV")]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        pytest.param(label("add", "IAV", by=""), "expected an annotator's name", id="nobody"),
        pytest.param(label("add", "IAV", by="a\u202eb"), "expected an annotator's name", id="a name that runs backwards"),
        pytest.param(label("add", "IAV", by="Rules"), "which agreement keeps for SpecTool's own", id="a name that is taken"),
        pytest.param(label("add"), "expected a pattern to add, got ''", id="nothing added"),
        pytest.param(label("add", "XYZ"), "expected a pattern of ours, got 'XYZ'", id="no pattern of ours"),
        pytest.param(label("add", "IAV", subtype="odd"), "expected a subtype of IAV, got 'odd'", id="no subtype of ours"),
        pytest.param(label("clean", "IAV"), "expected a clean trajectory to name no pattern", id="clean of one pattern"),
        pytest.param(label("accept", "IAV"), "expected the finding to accept, got none", id="accepting nothing"),
        pytest.param(
            label("add", "IAV", finding=Ruled(source="rule", error="IAV")), "expected no finding beside 'add'", id="adding a finding"
        ),
        pytest.param(label("add", "IAV", comment="x" * 10_001), "at most 10,000 characters, got 10,001", id="a novel"),
        pytest.param(label("add", "IAV", key=""), "expected the key of a trajectory", id="no trajectory"),
    ],
)
def test_what_contradicts_itself_is_refused_and_nothing_of_its_action_is_kept(labels, wrong, reason):
    with pytest.raises(LabelsError) as caught:
        labels.add(label("add", "IAC", by=wrong.annotator or "ann"), wrong)
    assert reason in str(caught.value)
    assert labels.history() == ()


def test_an_action_is_one_persons(labels):
    for several in ((label(), label(by="bob")), ()):
        with pytest.raises(LabelsError, match="expected the labels of one person"):
            labels.add(*several)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("'); DROP TABLE entries; --", "'); DROP TABLE entries; --", id="a statement"),
        pytest.param("=HYPERLINK(1)\n\r\t\x1b[31m\0 \u202eabc\u2028", "=HYPERLINK(1)\n\r\t\x1b[31m\0 \u202eabc\u2028", id="controls"),
        pytest.param("<script>$$ {{x}} \U0001f30d é", "<script>$$ {{x}} \U0001f30d é", id="markup"),
        pytest.param("a\ud800b", "a\N{REPLACEMENT CHARACTER}b", id="what no encoding can hold"),
    ],
)
def test_a_comment_is_kept_as_it_was_typed(labels, text, kept):
    labels.add(label("add", "IAV", comment=text, path=text))
    (entry,) = labels.current()
    assert (entry.comment, entry.path) == (kept, kept)


def test_the_file_itself_refuses_to_forget(labels, folder):
    labels.add(label())
    with sqlite3.connect(folder / NAME) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        for statement in ("DELETE FROM entries", "UPDATE entries SET annotator = 'eve'"):
            with pytest.raises(sqlite3.IntegrityError, match="labels are only ever added"):
                connection.execute(statement)
        assert connection.execute("SELECT key, annotator FROM labels").fetchall() == [("small-0", "ann")]
    connection.close()


def test_an_older_word_does_not_win_because_a_clock_was_set_back(labels):
    ahead = Entry(key="small-0", annotator="ann", verdict="clean", id="x", action="x", time="2999-01-01T00:00:00.000000+00:00")
    labels.keep([ahead])
    labels.add(label("finished"))
    assert said(labels.current()) == [("small-0", "ann", "finished", "")]


def test_entries_from_elsewhere_are_kept_once_and_the_latest_word_holds(labels):
    later = Entry(key="small-0", annotator="ann", verdict="clean", id="b", action="b", time="2026-01-02T00:00:00.000000+00:00")
    earlier = Entry(key="small-0", annotator="ann", verdict="finished", id="a", action="a", time="2026-01-01T00:00:00.000000+00:00")
    forged = msgspec.structs.replace(later, verdict="finished")
    assert (labels.keep([later]).added, labels.keep([earlier, later]).known) == (1, 1)
    done = labels.keep([forged])
    assert (done.added, done.refused) == (0, ((forged, "another entry with the id 'b' is there already"),))
    assert said(labels.current()) == [("small-0", "ann", "clean", "")]
    assert [entry.id for entry in labels.history()] == ["b", "a"]


WRITE = """
import sys
from pathlib import Path
from spectool.results.labels import Labels
from spectool.results.labels_entry import Label
folder, name, many = sys.argv[1], sys.argv[2], int(sys.argv[3])
labels = Labels(folder)
print("ready", flush=True)
for number in range(many):
    print(labels.add(Label(key=f"{name}-{number}", annotator=name, verdict="clean")), flush=True)
"""


def finished(process):
    out, err = process.communicate(timeout=240)
    assert (err, process.returncode) == ("", 0)
    return out.split()[1:]


def test_processes_that_write_at_the_same_time_lose_nothing(labels, folder):
    writers = [python(WRITE, folder, name, 60) for name in ("ann", "bob", "cem")]
    actions = [action for writer in writers for action in finished(writer)]
    assert sorted(entry.action for entry in labels.history()) == sorted(actions)
    assert labels.annotators() == {"ann": 60, "bob": 60, "cem": 60}


def test_threads_that_write_at_the_same_time_lose_nothing(labels):
    with ThreadPoolExecutor(8) as pool:
        actions = list(pool.map(lambda number: labels.add(label(key=f"k{number}", by=f"p{number % 4}")), range(80)))
    assert sorted(entry.action for entry in labels.history()) == sorted(actions)


def test_what_was_kept_before_a_kill_is_there_and_the_next_can_write(labels, folder):
    writer = python(WRITE, folder, "ann", 10_000)
    assert writer.stdout is not None
    seen = [writer.stdout.readline().strip() for _ in range(20)][1:]
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate(timeout=60)
    kept = [entry.action for entry in labels.history()]
    told = seen + [line for line in rest.split("\n") if len(line) == 32]
    assert kept[: len(told)] == told
    assert len(kept) - len(told) in (0, 1)
    labels.add(label(by="bob"))
    with sqlite3.connect(folder / NAME) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


HALF = """
import sys, time
from pathlib import Path
from spectool.results.labels import Labels, _append
from spectool.results.labels_entry import Label
from spectool.results.labels_file import writing
with writing(Path(sys.argv[1])) as connection:
    _append(connection, Label(key="small-0", annotator="ann", verdict="clean"), "half")
    print("written", flush=True)
    time.sleep(600)
"""


def test_a_kill_within_an_action_leaves_nothing_of_it(labels, folder):
    labels.add(label(by="bob"))
    writer = python(HALF, folder)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "written\n"
    writer.send_signal(signal.SIGKILL)
    writer.communicate(timeout=60)
    assert said(labels.history()) == [("small-0", "bob", "finished", "")]
    labels.add(label(by="cem"))
    assert labels.annotators() == {"bob": 1, "cem": 1}


def test_a_failure_within_an_action_leaves_nothing_of_it(labels, folder):
    labels.add(label())
    with contextlib.suppress(KeyboardInterrupt), writing(folder) as connection:
        connection.execute("INSERT INTO entries SELECT 99, 'id', 'a', '', 'k', 'ann', 's', 't', 0, '{}'")
        raise KeyboardInterrupt
    assert len(labels.history()) == 1


def test_a_new_classification_keeps_the_labels(labels, folder, make):
    labels.add(label("add", "IAV", seen=digest("[]")))
    before = labels.history()
    one = make.trajectory(0)
    make.write(folder, [(one, make.verdict(one))])
    assert labels.history() == before
    labels.undo("ann")
    assert labels.current() == ()
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]


def test_labels_that_are_written_while_the_folder_is_replaced_are_all_there(labels, folder, make):
    one = make.trajectory(0)
    with ThreadPoolExecutor(1) as pool:
        writers = [python(WRITE, folder, name, 80) for name in ("ann", "bob")]
        running = pool.submit(lambda: [finished(writer) for writer in writers])
        replaced = 0
        while not running.done():
            make.write(folder, [(one, make.verdict(one))])
            replaced += 1
        actions = [action for found in running.result() for action in found]
    assert replaced > 1
    assert sorted(entry.action for entry in labels.history()) == sorted(actions)
    with sqlite3.connect(folder / NAME) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]


def test_a_connection_that_is_open_while_the_folder_is_replaced_goes_on(labels, folder, make):
    one = make.trajectory(0)
    with writing(folder) as connection:
        connection.execute("SELECT count(*) FROM entries").fetchone()
        make.write(folder, [(one, make.verdict(one))])
        connection.execute(
            "INSERT INTO entries SELECT 1, 'id', 'a', '', 'k', 'ann', 's', 't', 0, ?", (msgspec.json.encode(label()).decode(),)
        )
    assert said(labels.history()) == [("small-0", "ann", "finished", "")]


def test_a_file_system_without_second_names_keeps_them_by_a_copy(labels, folder, make, monkeypatch):
    def refused(source, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("spectool.results.labels_file.os.link", refused)
    labels.add(label("add", "IAV"), label())
    before, one = labels.history(), make.trajectory(0)
    make.write(folder, [(one, make.verdict(one))])
    assert labels.history() == before
    labels.add(label(by="bob"))
    assert len(labels.history()) == 3


def test_labels_that_can_not_be_kept_stop_a_new_classification(folder, make):
    (folder / NAME).write_text("precious, and no database at all " * 40)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    one = make.trajectory(0)
    with pytest.raises(ResultFolderError, match=r"its labels.sqlite can not be opened .*nothing was changed there"):
        make.write(folder, [(one, make.verdict(one))])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(LabelsError, match=r"labels.sqlite' can not be used: file is not a database; nothing was changed there"):
        Labels(folder).add(label())


def test_a_file_of_a_newer_version_is_not_touched(labels, folder):
    labels.add(label())
    with sqlite3.connect(folder / NAME) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    for use in (labels.current, lambda: labels.add(label())):
        with pytest.raises(LabelsError, match="was written as version 2, this spectool reads version 1; update spectool"):
            use()


def test_undo_of_an_action_that_several_share_takes_back_ones_own_labels_only(labels):
    shared = [Entry(key="small-0", annotator=by, verdict="clean", id=by, action="file", time="2026-01-01") for by in ("ann", "bob")]
    labels.keep(shared)
    assert [entry.annotator for entry in labels.undo("ann")] == ["ann"]
    assert [entry.annotator for entry in labels.current()] == ["bob"]
