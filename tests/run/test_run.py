"""A whole run into a file: rows, journal, resuming, refusing."""

from __future__ import annotations

import msgspec
import pytest

from spectool.model import Step
from spectool.read.formats import spectool_rows
from spectool.read.source import Source
from spectool.run.engines.engine import EngineError
from spectool.run.errors import RunError
from spectool.run.journal import Totals, journal_path, read_journal
from spectool.run.run import RunSettings, run_tasks

SETTINGS = RunSettings(model="m", engine="scripted", batch_size=1)


@pytest.fixture
def tasks(make_task):
    return {name: make_task(name) for name in "abc"}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "new" / "outputs.jsonl"


def go(out, tasks, engine, settings=SETTINGS, **flags):
    return run_tasks(tasks, settings, lambda: engine, out, **flags)


def ids(out):
    return [row.id for row in spectool_rows.read(Source(out), {})]


def test_rows_are_read_back_as_they_were_and_the_journal_says_how_they_were_made(tasks, out, scripted):
    seen = []
    engine = scripted(dict.fromkeys(tasks, ("Hello.",)))
    summary = go(out, tasks, engine, on_progress=lambda now: seen.append((now.totals.episodes, now.of, now.totals.turns)))
    assert ids(out) == ["a", "b", "c"]
    assert seen[:2] == [(0, 3, 0), (0, 3, 1)]
    assert seen[-1] == (3, 3, 3)
    totals = Totals(episodes=3, turns=3, prompt_tokens=21, completion_tokens=9)
    assert msgspec.structs.replace(summary.totals, seconds=0.0) == totals
    journal = read_journal(out)
    assert (journal.config.model, journal.config.prompt, journal.config.max_steps) == ("m", "chat_template", 6)
    assert [sitting.totals for sitting in journal.sittings] == [summary.totals]
    first = next(spectool_rows.read(Source(out), {}))
    assert first.meta["run"] == {"prompt": "chat_template", "engine": "scripted", "spectool": journal.sittings[0].spectool, "dtype": "none"}


def test_resume_runs_only_what_is_missing(tasks, out, scripted):
    go(out, tasks, scripted(dict.fromkeys(tasks, ("Hello.",))), msgspec.structs.replace(SETTINGS, limit=2))
    engine = scripted({"c": ["Hello."]})
    assert go(out, tasks, engine, resume=True).kept == 2
    assert [request.id for request in engine.requests] == ["c#0"]
    assert ids(out) == ["a", "b", "c"]


def test_resume_of_a_finished_run_does_not_even_start_the_engine(tasks, out, scripted):
    go(out, tasks, scripted(dict.fromkeys(tasks, ("Hello.",))))
    assert run_tasks(tasks, SETTINGS, lambda: pytest.fail("started"), out, resume=True).kept == 3


def test_resume_tries_failed_episodes_and_a_line_cut_short_again(tasks, out, scripted):
    go(out, tasks, scripted({"a": ["Hello."], "b": ["!out of memory"], "c": ["Hello."]}))
    out.write_bytes(out.read_bytes()[:-20])
    engine = scripted(dict.fromkeys(tasks, ("Hello.",)))
    go(out, tasks, engine, resume=True)
    assert [request.id for request in engine.requests] == ["b#0", "c#0"]
    assert ids(out) == ["a", "b", "c"]


def test_a_crash_keeps_what_was_finished(tasks, out, scripted):
    engine = scripted({"a": ["Hello."]})
    engine.capacity = 1
    with pytest.raises(KeyError):
        go(out, tasks, engine)
    assert ids(out) == ["a"]
    assert read_journal(out).sittings[0].totals.episodes == 1


def test_failed_episodes_are_rows_with_the_reason(tasks, out, scripted):
    summary = go(out, tasks, scripted({"a": ["!out of memory"], "b": ["Hello."], "c": ["Hello."]}))
    assert (summary.totals.failed, summary.errors) == (1, ("out of memory",))
    first = next(spectool_rows.read(Source(out), {}))
    assert first.meta["error"] == "out of memory"
    assert first.turns[-1] == Step(text="out of memory", finish_reason="error", time=0.0)


def test_samples_are_neighbours_with_ids_of_their_own(tasks, out, scripted):
    settings = msgspec.structs.replace(SETTINGS, samples=2, temperature=0.7)
    go(out, tasks, scripted(dict.fromkeys(tasks, ("Hello.",))), settings)
    rows = list(spectool_rows.read(Source(out), {}))
    assert [(row.id, row.task, row.sample) for row in rows[:3]] == [("a", "a", 0), ("a#1", "a", 1), ("b", "b", 0)]


def test_what_is_there_is_not_overwritten_unless_asked(tasks, out, scripted):
    engine = scripted(dict.fromkeys(tasks, ("Hello.",)))
    go(out, tasks, engine)
    with pytest.raises(RunError, match="is there already; pass --resume to go on with it, --overwrite to replace it, or another -o"):
        go(out, tasks, engine)
    go(out, tasks, engine, overwrite=True)
    assert ids(out) == ["a", "b", "c"]
    with pytest.raises(RunError, match="choose one"):
        go(out, tasks, engine, resume=True, overwrite=True)
    assert ids(out) == ["a", "b", "c"]


REFUSED = {
    "other settings": (
        {"max_new_tokens": 9, "seed": 1},
        r"max_new_tokens was 512 and is now 9; seed was 0 and is now 1; use the same ones",
    ),
    "other feedback": ({"feedback": "off", "finish": True}, "feedback was 'error' and is now 'off'; finish was False and is now True"),
    "another model": ({"model": "n"}, "model was 'm' and is now 'n'"),
}


@pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED)
def test_resume_refuses_to_mix(changes, message, tasks, out, scripted):
    go(out, tasks, scripted(dict.fromkeys(tasks, ("Hello.",))))
    with pytest.raises(RunError, match=message):
        go(out, tasks, scripted({}), msgspec.structs.replace(SETTINGS, **changes), resume=True)


def test_resume_refuses_other_tasks_but_not_another_order_or_batch_size(tasks, out, scripted, make_task):
    go(out, tasks, scripted(dict.fromkeys(tasks, ("Hello.",))))
    turned = dict(reversed(tasks.items()))
    go(out, turned, scripted({}), msgspec.structs.replace(SETTINGS, batch_size=4), resume=True)
    with pytest.raises(RunError, match="other tasks"):
        go(out, tasks | {"d": make_task("d")}, scripted({}), resume=True)


def test_a_journal_from_before_there_were_worlds_is_resumed(tasks, out, scripted):
    go(out, tasks, scripted(dict.fromkeys(tasks, ("Hello.",))), msgspec.structs.replace(SETTINGS, limit=2))
    journal = msgspec.json.decode(journal_path(out).read_bytes())
    for newer in ("world_steps", "feedback", "finish"):
        del journal["config"][newer]
    journal_path(out).write_bytes(msgspec.json.encode(journal))
    assert go(out, tasks, scripted({"c": ["Hello."]}), resume=True).totals.episodes == 1


def test_resume_without_journal_is_refused(tasks, out, scripted):
    go(out, tasks, scripted(dict.fromkeys(tasks, ("Hello.",))))
    journal_path(out).unlink()
    with pytest.raises(RunError, match=r"has no journal 'outputs.jsonl.run.json' beside it"):
        go(out, tasks, scripted({}), resume=True)


def test_settings_that_make_no_sense_are_refused_before_anything_starts(tasks, out, scripted):
    with pytest.raises(RunError, match="3 samples at temperature 0 would all be the same"):
        go(out, tasks, scripted({}), msgspec.structs.replace(SETTINGS, samples=3))
    with pytest.raises(RunError, match="there is no task to run"):
        go(out, {}, scripted({}))


def test_an_engine_that_can_not_start_leaves_no_file(tasks, out):
    def start():
        raise EngineError("no memory")

    with pytest.raises(EngineError):
        run_tasks(tasks, SETTINGS, start, out)
    assert not out.exists()
