"""Labels in and out: JSON lines lose nothing, Scout's CSV keeps its answers, bad rows are named and cost no other."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import msgspec
import pytest

from spectool.model import Finding
from spectool.results.folder import ResultFolderError
from spectool.results.labels import Labels
from spectool.results.labels_answers import Answered, answered, asked
from spectool.results.labels_entry import Label, digest, ruling
from spectool.results.labels_exchange import Exported, export_labels, import_labels
from spectool.results.labels_file import NAME, LabelsError
from spectool.results.labels_scout import write_scout
from spectool.results.store import open_folder

FOUND = Finding(error="IAV", subtype="other", level="core", step=1, call=0, path="$.turns[1].calls[0]")
NASTY = (
    "=1+1",
    "+a",
    "-b",
    "@c",
    "'quoted",
    "'=d",
    "\ttab",
    "\r\nline",
    'a,"b"\nc',
    "nan",
    "\u2028\u202e",
    "<b>$$",
    "'",
    "''",
    "{x}",
    "end",
)


def label(verdict="finished", pattern="", *, key="small-0", by="ann", **fields):
    return Label(key=key, annotator=by, verdict=verdict, pattern=pattern, **fields)


@pytest.fixture
def labelled(folder):
    """Ann finished three (one clean) and began one, changed her mind once and took one thing back; Bob answered one pattern."""
    labels = Labels(folder)
    labels.add(ruling("small-0", FOUND, "accept", "ann", comment="=Rome"), label())
    labels.add(ruling("small-0", FOUND, "change", "ann", pattern="IAN", subtype="near_miss", comment="=Rome"))
    labels.add(label("clean", key="small-1"), label("add", "RAC", key="large-0"), label(key="large-0", drawn="random"))
    labels.add(label("add", "IAC", key="small-2"))
    labels.add(label("add", "IFE", key="small-0"))
    labels.undo("ann")
    labels.add(label("add", "IAV", by="bob", key="small-1"), label("finished", "IAV", by="bob", key="small-1"))
    return folder


@pytest.fixture
def other(made_once, tmp_path):
    """The same results without labels."""
    shutil.copytree(made_once, tmp_path / "other")
    return tmp_path / "other"


def write(tmp_path, text, name="labels.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def exported(folder, tmp_path, name, **how):
    data, done = export_labels(folder, **how)
    return write(tmp_path, data, name), done


@pytest.mark.parametrize("history", [False, True])
def test_json_lines_lose_nothing(labelled, other, tmp_path, history):
    path, done = exported(labelled, tmp_path, "all.jsonl", history=history)
    new = import_labels(other, path)
    kept = Labels(labelled)
    seen = {row["key"]: digest(open_folder(other).trajectory(row["key"]).row["turns"]) for row in open_folder(other).page().rows}
    expected = [msgspec.structs.replace(each, seen=seen[each.key]) for each in (kept.history() if history else kept.current())]
    assert (done.written, new.added, new.known, new.rejected, new.elsewhere) == (len(expected), len(expected), 0, (), 0)
    assert list(Labels(other).history()) == expected
    assert Labels(other).current() == tuple(msgspec.structs.replace(each, seen=seen[each.key]) for each in kept.current())
    again = import_labels(other, path)
    assert (again.added, again.known, len(Labels(other).history())) == (0, len(expected), len(expected))
    assert export_labels(other, history=history)[0].count(b"\n") == len(expected)


def test_json_lines_of_one_person(labelled, tmp_path):
    path, _ = exported(labelled, tmp_path, "bob.jsonl", annotator="bob")
    assert [json.loads(line)["verdict"] for line in path.read_text().splitlines()] == ["add", "finished"]


def test_what_was_taken_back_after_an_export_stays_so_when_it_is_read_again(labelled, tmp_path):
    path, _ = exported(labelled, tmp_path, "all.jsonl")
    labels = Labels(labelled)
    labels.withdraw(label("add", "IAC", key="small-2"))
    before = labels.current()
    assert import_labels(labelled, path).added == 0
    assert labels.current() == before


def test_bad_lines_are_named_and_cost_no_other(other, tmp_path):
    good = {"key": "small-0", "annotator": "ann", "verdict": "clean", "time": "2026-01-02T03:04:05+02:00"}
    lines = [
        json.dumps(good),
        "{",
        json.dumps({**good, "verdict": "maybe"}),
        json.dumps({**good, "verdict": "add", "pattern": "XYZ"}),
        json.dumps({**good, "colour": "red"}),
        json.dumps({**good, "step": "1"}),
        json.dumps({"key": "small-1", "verdict": "finished"}),
        json.dumps({**good, "time": "yesterday"}),
        "",
        json.dumps({**good, "key": "gone-7"}),
        '"a string"',
    ]
    path = write(tmp_path, "\n".join(lines).encode() + b"\n\xff\xfe\n", "r.jsonl")
    done = import_labels(other, path)
    assert (done.added, done.known, done.elsewhere) == (2, 0, 1)
    assert [(bad.line, bad.reason.split(": ", 1)[1][:60]) for bad in done.rejected] == [
        (2, "Input data was truncated"),
        (3, "Invalid enum value 'maybe' - at `$.verdict`"),
        (4, "expected a pattern of ours, got 'XYZ'; spectool taxonomy lis"),
        (5, "Object contains unknown field `colour`"),
        (6, "Expected `int | null`, got `str` - at `$.step`"),
        (7, "expected an annotator's name of 1 to 100 printable character"),
        (8, "expected an ISO 8601 time, got 'yesterday'"),
        (11, "Expected `object`, got `str`"),
        (12, "JSON is malformed: invalid character (byte 0)"),
    ]
    assert done.rejected[2].head == lines[3][:200]
    (first, second) = Labels(other).current()
    assert (first.time, first.seen) == ("2026-01-02T01:04:05.000000+00:00", digest(open_folder(other).trajectory("small-0").row["turns"]))
    assert (second.key, second.seen) == ("gone-7", "")
    assert import_labels(other, path, annotator="eve").added == 1
    assert Labels(other).annotators() == {"ann": 2, "eve": 1}


def test_scouts_file_has_a_row_a_finished_trajectory_and_an_answer_a_pattern(labelled):
    data, done = export_labels(labelled, to="scout", annotator="ann")
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert list(rows[0]) == ["id", *(f"label_{code}" for code in asked()), "annotator", "comment"]
    yes = [(row["id"], [name for name, cell in row.items() if cell == "true"], row["annotator"], row["comment"]) for row in rows]
    assert yes == [
        ("large-0", ["label_RAC"], "ann", ""),
        ("small-0", ["label_IAN"], "ann", "'=Rome"),
        ("small-1", [], "ann", ""),
    ]
    assert {cell for row in rows for name, cell in row.items() if name.startswith("label_")} == {"true", "false"}
    assert done == Exported(written=3, left_out=("small-2: not finished",), named_by="key")


def test_scouts_file_of_one_pattern_takes_who_answered_that_one(labelled):
    data, done = export_labels(labelled, to="scout", annotator="bob", patterns=["IAV"])
    assert data == b"id,label_IAV,annotator,comment\nsmall-1,true,bob,\n"
    _, none = export_labels(labelled, to="scout", annotator="bob")
    assert (done.written, none.written) == (1, 0)
    assert none.left_out == ("small-1: not finished: IFE, IFN, IAN and more",)


def test_scouts_file_is_one_persons(labelled):
    with pytest.raises(LabelsError, match="2 people labelled; pass --annotator: ann, bob"):
        export_labels(labelled, to="scout")


def test_scouts_file_read_back_gives_the_same_answers(labelled, other, tmp_path):
    path, _ = exported(labelled, tmp_path, "ann.csv", to="scout", annotator="ann")
    assert import_labels(other, path).rejected == ()
    finished = answered(Labels(labelled).current("ann"))
    assert answered(Labels(other).current()) == finished
    assert export_labels(other, to="scout")[0] == path.read_bytes()
    again = import_labels(other, path)
    assert (again.added, again.known) == (0, 3)
    same = import_labels(labelled, path)
    assert (same.added, same.known) == (0, 3)


def test_what_a_spreadsheet_would_run_is_guarded_and_comes_back_as_it_was(other, folder, tmp_path):
    keys = [row["key"] for row in open_folder(folder).page().rows]
    for comments in (NASTY[:8], NASTY[8:]):
        for key, comment in zip(keys, comments, strict=True):
            Labels(folder).add(label("clean", key=key, comment=comment))
        path, _ = exported(folder, tmp_path, "nasty.csv", to="scout")
        cells = [row["comment"] for row in csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
        import_labels(other, path)
        assert {entry.key: entry.comment for entry in Labels(other).current()} == dict(zip(keys, comments, strict=True))


def test_a_changed_answer_replaces_the_earlier_one_and_only_that(labelled, tmp_path):
    path, _ = exported(labelled, tmp_path, "ann.csv", to="scout", annotator="ann")
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
    rows[1]["label_IAN"], rows[2]["label_IAC"] = "false", "true"
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    done = import_labels(labelled, write(tmp_path, text.getvalue()))
    assert (done.added, done.known, done.rejected) == (3, 1, ())
    found = {each.key: [code for code, yes in each.answers.items() if yes] for each in answered(Labels(labelled).current("ann"))}
    assert found == {"large-0": ["RAC"], "small-0": [], "small-1": ["IAC"]}
    Labels(labelled).undo("ann")
    found = {each.key: [code for code, yes in each.answers.items() if yes] for each in answered(Labels(labelled).current("ann"))}
    assert found == {"large-0": ["RAC"], "small-0": ["IAN"], "small-1": []}


def test_bad_rows_of_scouts_file_are_named_and_cost_no_other(other, tmp_path):
    text = (
        "\ufeffid,label_IAV,label_iac,label_deception,label_IAV.other,split,annotator\r\n"
        "small-0,True,FALSE,True,True,dev,\r\n"
        "small-1,maybe,False,True,True,dev,\r\n"
        "nobody,True,False,True,True,dev,\r\n"
        "task-1,True,False,True,True,dev,\r\n"
        "small-2,True\r\n"
        "small-0,False,False,True,True,dev,\r\n"
        ",True,False,True,True,dev,\r\n"
        "small-3,,,True,True,dev,\r\n"
        '"[""large-0""]",1.0,,True,True,dev,eve\r\n'
        '"large-0,large-1",True,,True,True,dev,eve\r\n'
    )
    done = import_labels(other, write(tmp_path, text), annotator="ann")
    assert [(bad.line, bad.reason.split(": ", 1)[1]) for bad in done.rejected] == [
        (3, "expected true or false in label_IAV, got 'maybe'"),
        (4, "no trajectory of this folder has the id 'nobody'"),
        (5, "2 trajectories of this folder have the id 'task-1'; use their keys"),
        (6, "expected 7 cells, got 2"),
        (7, "line 2 answers for 'small-0' already"),
        (8, "expected an id, got ''"),
        (9, "no pattern is answered"),
        (11, "no trajectory of this folder has the id 'large-0,large-1'"),
    ]
    assert done.unknown == ("label_deception", "label_IAV.other")
    found = [(each.key, each.annotator, dict(each.answers)) for each in answered(Labels(other).current())]
    assert found == [("large-0", "eve", {"IAV": True}), ("small-0", "ann", {"IAV": True, "IAC": False})]


def test_a_target_column_answers_the_pattern_that_is_named(other, tmp_path):
    path = write(tmp_path, "id,target\nsmall-0,true\nsmall-1,false\n")
    with pytest.raises(LabelsError, match="no column names a pattern of ours; say of which pattern with --pattern"):
        import_labels(other, path, annotator="ann")
    import_labels(other, path, annotator="ann", pattern="IAC")
    found = [(each.key, dict(each.answers)) for each in answered(Labels(other).current())]
    assert found == [("small-0", {"IAC": True}), ("small-1", {"IAC": False})]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "expected a header with 'id'", id="empty"),
        pytest.param(b"key,label_IAV\nsmall-0,true\n", "expected a header with 'id'", id="no id"),
        pytest.param(b"id,label_IAV,label_IAV\nsmall-0,true,true\n", "different names", id="a column twice"),
        pytest.param(b"id,label_deception\nsmall-0,true\n", "no column names a pattern of ours; expected columns such as", id="no pattern"),
        pytest.param(b"id,label_IAV\nsmall-0,\xff\n", "no CSV in UTF-8", id="another encoding"),
        pytest.param(b'id,label_IAV\n"small-0,true\n', "no CSV in UTF-8: unexpected end of data", id="cut short"),
    ],
)
def test_what_is_no_validation_file_is_refused_whole(other, tmp_path, data, reason):
    with pytest.raises(LabelsError) as caught:
        import_labels(other, write(tmp_path, data), annotator="ann")
    assert reason in str(caught.value)
    assert not (other / NAME).exists()


def test_ids_are_those_by_which_scout_knows_the_transcripts(tmp_path, make):
    made = [make.trajectory(n, meta={"transcript_id": f"uuid-{n}"}) for n in range(2)]
    make.write(tmp_path / "inspect", [(one, make.verdict(one)) for one in made])
    made = [make.trajectory(n, id=name) for n, name in enumerate(("a", "b,c", "-d"))]
    make.write(tmp_path / "own", [(one, make.verdict(one)) for one in made])
    for name in ("inspect", "own"):
        for row in open_folder(tmp_path / name).page().rows:
            Labels(tmp_path / name).add(label("clean", key=row["key"]))
    data, done = export_labels(tmp_path / "inspect", to="scout")
    assert ([line.split(",")[0] for line in data.decode().split()], done.named_by) == (["id", "uuid-0", "uuid-1"], "transcript_id")
    assert import_labels(tmp_path / "inspect", write(tmp_path, data)).rejected == ()
    data, done = export_labels(tmp_path / "own", to="scout")
    assert ([line.split(",")[0] for line in data.decode().split()], done.named_by) == (["id", "a"], "id")
    assert done.left_out == (
        "small-1: Scout or a spreadsheet would misread the id 'b,c'",
        "small-2: Scout or a spreadsheet would misread the id '-d'",
    )


@pytest.mark.parametrize(
    ("ids", "written"),
    [
        pytest.param(("7", "12"), ["7", "12"], id="whole numbers come back as they were"),
        pytest.param(("007", "12"), [], id="leading noughts would go"),
        pytest.param(("1e5", "12"), [], id="one would become a fraction, and all others with it"),
        pytest.param(("007", "a"), ["007", "a"], id="beside a word they stay text"),
        pytest.param(("nan", "a"), ["a"], id="a missing value"),
    ],
)
def test_ids_that_would_be_read_as_numbers_are_left_out(ids, written):
    said = [Answered(key=f"k{place}", annotator="ann", answers={"IAV": True}) for place in range(len(ids))]
    data, left_out = write_scout(said, {f"k{place}": name for place, name in enumerate(ids)}, ["IAV"])
    assert [line.split(",")[0] for line in data.decode().splitlines()[1:]] == written
    assert len(left_out) == len(ids) - len(written)


def test_labels_of_another_output_are_left_out_and_told(labelled, make):
    labels = Labels(labelled)
    labels.add(label("clean", key="large-1", seen="another"), label("clean", key="gone", seen="x"))
    data, done = export_labels(labelled, to="scout", annotator="ann")
    assert (b"large-1" in data, b"gone" in data, done.written) == (False, False, 3)
    assert done.left_out[1:] == (
        "1 trajectory no longer in the folder",
        "1 trajectory labelled when the folder held another output there",
    )


def test_a_folder_that_is_none_is_said(tmp_path):
    path = write(tmp_path, "id,label_IAV\n")
    for use in (lambda: import_labels(tmp_path, path), lambda: export_labels(tmp_path)):
        with pytest.raises(ResultFolderError, match="is no result folder"):
            use()


SCOUT = Path(__file__).parent / "scout_validation.csv"


def test_a_file_that_scout_wrote_is_read(other, tmp_path):
    """``scout_validation.csv`` was written by inspect_scout 0.6.1: ``ValidationFileWriter(path).upsert_case(...)``, case by case."""
    done = import_labels(other, SCOUT, annotator="ann")
    assert (done.rejected, done.unknown) == ((), ("label_deception",))
    found = [(each.key, dict(each.answers)) for each in answered(Labels(other).current())]
    assert found == [
        ("large-0", {"IAV": False, "IAC": True}),
        ("small-0", {"IAV": True, "IAC": False}),
        ("small-1", {"IAV": False, "IAC": False}),
    ]


def test_scout_itself_reads_what_was_written(labelled, tmp_path):
    scout = pytest.importorskip("inspect_scout")
    path, _ = exported(labelled, tmp_path, "ann.csv", to="scout", annotator="ann")
    cases = scout.validation_set(str(path)).cases
    assert {case.id: [code for code, yes in case.labels.items() if yes] for case in cases} == {
        "large-0": ["RAC"],
        "small-0": ["IAN"],
        "small-1": [],
    }
    assert all(set(case.labels) == set(asked()) for case in cases)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param('{"key": "a", "x": ' + "[" * 100_000, "maximum recursion depth exceeded", id="nested too deep"),
        pytest.param(
            '{"key": "a", "verdict": "clean", "time": "0001-01-01T00:00+05:00"}', "expected an ISO 8601 time", id="before all time"
        ),
        pytest.param('{"key": "a", "verdict": "add", "pattern": "IAV", "step": 99999999999}', "expected a step of 0 to", id="no such step"),
        pytest.param(
            '{"key": "a", "verdict": "add", "pattern": "IAV", "call": -1}', "expected a call of 0 to", id="a call before the first"
        ),
    ],
)
def test_a_hostile_line_costs_no_other(other, tmp_path, line, reason):
    good = '{"key": "small-0", "verdict": "clean"}'
    done = import_labels(other, write(tmp_path, f"{line}\n{good}\n", "hostile.jsonl"), annotator="ann")
    assert (done.added, [reason in bad.reason for bad in done.rejected]) == (1, [True])


def test_a_hostile_id_costs_no_other_row(other, tmp_path):
    done = import_labels(other, write(tmp_path, f"id,label_IAV\n{'[' * 100_000},true\nsmall-0,true\n"), annotator="ann")
    assert ([bad.line for bad in done.rejected], len(answered(Labels(other).current()))) == ([2], 1)


def test_two_columns_of_one_pattern_are_refused(other, tmp_path):
    with pytest.raises(LabelsError, match="expected one column of IAV, got label_IAV, target_IAV"):
        import_labels(other, write(tmp_path, "id,label_IAV,target_IAV\nsmall-0,true,false\n"), annotator="ann")


def test_a_column_asked_for_twice_is_written_once(labelled):
    data, _ = export_labels(labelled, to="scout", annotator="bob", patterns=["IAV", "IAV"])
    assert data == b"id,label_IAV,annotator,comment\nsmall-1,true,bob,\n"


@pytest.mark.parametrize("to", ["jsonl", "scout"])
def test_the_labels_of_somebody_who_said_nothing_are_an_error(labelled, to):
    with pytest.raises(LabelsError, match="no labels of 'bbo' in this folder; there are those of ann, bob"):
        export_labels(labelled, to=to, annotator="bbo")
