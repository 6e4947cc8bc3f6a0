"""The journal beside outputs: what it says, and what --resume makes of one that is missing, broken, or of other settings."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from spectool.run.engines.facts import FACTS, check_takes, engine_version, is_served
from spectool.run.errors import RunError
from spectool.run.journal import RunConfig, journal_path, read_journal
from spectool.run.opening import opened
from spectool.run.run import RunSettings, run_tasks

SETTINGS = RunSettings(model="m", engine="scripted")
INSTEAD = "; choose another -o, or --overwrite the outputs"


@pytest.fixture
def tasks(make_task):
    return {name: make_task(name) for name in "abc"}


@pytest.fixture
def go(tmp_path, tasks, scripted):
    """Runs the three tasks into ``outputs.jsonl``; every text is the same."""

    def run(settings=SETTINGS, **flags):
        return run_tasks(tasks, settings, lambda: scripted(dict.fromkeys(tasks, ("Hello.",))), tmp_path / "outputs.jsonl", **flags)

    return run


@pytest.fixture
def out(tmp_path, go):
    """Outputs of the first two tasks."""
    go(msgspec.structs.replace(SETTINGS, limit=2))
    return tmp_path / "outputs.jsonl"


def test_the_journal_holds_every_setting_that_decides_and_the_machine(out):
    journal = read_journal(out)
    (sitting,) = journal.sittings
    decides = set(RunConfig.__struct_fields__) - {"tasks"}
    assert decides == set(RunSettings.__struct_fields__) - {"batch_size", "limit"}
    assert {name: getattr(journal.config, name) for name in decides} == {name: getattr(SETTINGS, name) for name in decides}
    assert sorted(sitting.host) == ["cores", "memory_gib", "processor", "python", "system"]
    assert (sitting.details, sitting.totals.episodes) == ({"dtype": "none"}, 2)


BROKEN = {
    "none": (None, r"outputs\.jsonl has no journal 'outputs\.jsonl\.run\.json' beside it, so its settings are unknown"),
    "an empty one": (b"", r"outputs\.jsonl\.run\.json can not be read as a journal: Input data was truncated"),
    "one that is no JSON": (b"{sic}", "can not be read as a journal: JSON is malformed"),
    "one that is no text": (b"\xff\xfe", "can not be read as a journal: "),
    "one without settings": (b'{"schema_version": 1}', "can not be read as a journal: Object missing required field `config`"),
    "one of another version": (
        b'{"schema_version": 2, "config": {"all": "new"}}',
        "is of version 2, and this SpecTool goes on with version 1 only",
    ),
}


@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=BROKEN)
def test_outputs_whose_settings_are_not_known_are_left_alone(content, message, out, go):
    rows = out.read_bytes()
    journal_path(out).unlink()
    if content is not None:
        journal_path(out).write_bytes(content)
    with pytest.raises(RunError, match=message + f".*{INSTEAD}"):
        go(resume=True)
    assert out.read_bytes() == rows
    assert go(overwrite=True).totals.episodes == 3


# Each setting that decides with another value, and how the refusal names it.
CHANGED = {
    "model": ("n", "model was 'm' and is now 'n'"),
    "engine": ("vllm", "engine was 'scripted' and is now 'vllm'"),
    "prompt": ("xlam1", "prompt was 'chat_template' and is now 'xlam1'"),
    "dtype": ("bfloat16", "dtype was 'auto' and is now 'bfloat16'"),
    "max_new_tokens": (9, "max_new_tokens was 512 and is now 9"),
    "max_steps": (9, "max_steps was 6 and is now 9"),
    "world_steps": (9, "world_steps was 10 and is now 9"),
    "feedback": ("off", "feedback was 'error' and is now 'off'"),
    "finish": (True, "finish was False and is now True"),
    "temperature": (0.5, "temperature was 0.0 and is now 0.5"),
    "top_p": (0.5, "top_p was 1.0 and is now 0.5"),
    "seed": (1, "seed was 0 and is now 1"),
    "logprobs": (True, "logprobs was False and is now True"),
    "quantization": ("fp8", "quantization was None and is now 'fp8'"),
    "max_length": (4096, "max_length was None and is now 4096"),
    "raw_text": ("hermes", "raw_text was None and is now 'hermes'"),
}


@pytest.mark.parametrize(("name", "value", "message"), [(name, *each) for name, each in CHANGED.items()], ids=CHANGED)
def test_no_setting_that_decides_may_change(name, value, message, out, go):
    rows = out.read_bytes()
    with pytest.raises(RunError) as refused:
        go(msgspec.structs.replace(SETTINGS, **{name: value}), resume=True)
    assert str(refused.value) == f"{out} was made with other settings: {message}; use the same ones or choose another -o"
    assert out.read_bytes() == rows


def test_every_setting_that_decides_is_in_the_table_above():
    # Samples need a temperature, constraints another prompt, and the rest is told below.
    elsewhere = {"samples", "constrain", "model_files", "engine_version"}
    assert set(CHANGED) | elsewhere == set(RunConfig.__struct_fields__) - {"tasks"}


def test_settings_that_need_another_may_not_change_either(out, go):
    with pytest.raises(RunError, match=r"samples was 1 and is now 2; temperature was 0.0 and is now 0.7; use"):
        go(msgspec.structs.replace(SETTINGS, samples=2, temperature=0.7), resume=True)
    with pytest.raises(RunError, match=r"prompt was 'chat_template' and is now 'json_list'; .*constrain was False and is now True"):
        go(msgspec.structs.replace(SETTINGS, prompt="json_list", constrain=True), resume=True)


FACTS_NOW = msgspec.structs.replace(SETTINGS, model_files="aa", engine_version="torch 2")
OTHER_FACTS = {
    "other files of one name": ({"model_files": "bb"}, "other files of the model"),
    "another version of the engine": ({"engine_version": "torch 3"}, "engine_version was 'torch 2' and is now 'torch 3'"),
}


@pytest.mark.parametrize(("changes", "message"), OTHER_FACTS.values(), ids=OTHER_FACTS)
def test_the_models_files_and_the_engines_version_may_not_change(changes, message, go):
    go(msgspec.structs.replace(FACTS_NOW, limit=2))
    with pytest.raises(RunError, match=f"was made with other settings: {message}; use"):
        go(msgspec.structs.replace(FACTS_NOW, **changes), resume=True)
    assert go(FACTS_NOW, resume=True).totals.episodes == 1


def test_what_was_not_known_of_model_and_engine_does_not_differ_from_what_is(out, go):
    assert go(FACTS_NOW, resume=True).totals.episodes == 1


NOTHING_YET = {
    "a run killed before its first row": b"",
    "a journal alone": None,
}


@pytest.mark.parametrize("content", NOTHING_YET.values(), ids=NOTHING_YET)
@pytest.mark.parametrize("flags", [{}, {"resume": True}, {"overwrite": True}], ids=["plainly", "resumed", "overwritten"])
def test_where_there_is_no_row_yet_a_run_begins(content, flags, out, go):
    out.unlink()
    if content is not None:
        out.write_bytes(content)
    assert go(msgspec.structs.replace(SETTINGS, seed=5), **flags).totals.episodes == 3
    assert read_journal(out).config.seed == 5
    assert len(out.read_bytes().splitlines()) == 3


def test_a_run_killed_while_it_ran_has_a_sitting_without_totals(out, go):
    journal = json.loads(journal_path(out).read_bytes())
    journal["sittings"][0]["totals"] = None
    journal_path(out).write_text(json.dumps(journal))
    go(resume=True)
    assert [sitting.totals and sitting.totals.episodes for sitting in read_journal(out).sittings] == [None, 1]


def test_looking_changes_nothing(out):
    before = sorted((path.name, path.read_bytes()) for path in out.parent.iterdir())
    config = read_journal(out).config
    assert opened(out, config, resume=True, overwrite=False).kept.done == {("a", 0), ("b", 0)}
    assert opened(Path(out), config, resume=False, overwrite=True).replace
    assert sorted((path.name, path.read_bytes()) for path in out.parent.iterdir()) == before


TAKEN = {
    "transformers and several GPUs": (
        "transformers",
        ["tensor_parallel"],
        "engine 'transformers' takes no --tensor-parallel; engines that do: vllm, ray",
    ),
    "transformers and a schema": ("transformers", ["constrain"], "takes no --constrain; engines that do: vllm, openai, ray"),
    "vllm and an address": ("vllm", ["base_url"], "engine 'vllm' takes no --base-url; engines that do: openai"),
    "a server and a number format": (
        "openai",
        ["dtype", "base_url"],
        "engine 'openai' takes no --dtype; engines that do: transformers, vllm, ray",
    ),
}


@pytest.mark.parametrize(("engine", "chosen", "message"), TAKEN.values(), ids=TAKEN)
def test_a_choice_that_an_engine_would_ignore_is_refused(engine, chosen, message):
    with pytest.raises(RunError, match=message):
        check_takes(engine, chosen)


def test_choices_that_it_takes_and_engines_not_known_are_let_through():
    check_takes("vllm", ["dtype", "tensor_parallel", "seed"])
    check_takes("mine", ["tensor_parallel"])
    assert [name for name in FACTS if is_served(name)] == ["openai"]
    assert (engine_version("openai"), engine_version("mine")) == ("", "")
