"""Every template and dialogue of every environment: it can be drawn from, and what it makes is a task that solves cleanly."""

from collections import Counter
from functools import cache
from random import Random

import pytest

from spectool.benchmark.agreement import findings
from spectool.benchmark.composing import variants_of
from spectool.benchmark.generate import Source, asked, generate, sources
from spectool.benchmark.offers import FEW
from spectool.benchmark.rehearsal import rehearse
from spectool.benchmark.splits import SPLITS, TEST_ONLY, splits_of
from spectool.benchmark.task_lines import task_line
from spectool.benchmark.template import Dialogue
from spectool.benchmark.templates.registry import BOOKS
from spectool.environments.registry import ENVIRONMENTS, environment
from spectool.model import Step
from spectool.read.formats.spectool_rows import write_task
from spectool.results.rows import to_json

DRAWS = 3
SOURCES = {source.name: source for book in BOOKS for split in SPLITS for source, _ in sources([book], split)}


@cache
def tasks_of(name: str) -> tuple:
    return tuple(SOURCES[name].task(Random(f"{name}/{number}"), f"t{number}") for number in range(DRAWS))


def test_every_environment_has_a_book():
    assert [book.environment for book in BOOKS] == [each.name for each in ENVIRONMENTS]


def test_names_are_unique():
    names = Counter(template.name for book in BOOKS for template in (*book.templates, *book.dialogues))
    assert [name for name, count in names.items() if count > 1] == []
    wrong = [(book.environment, each.name) for book in BOOKS for each in book.templates if not each.name.startswith(f"{book.environment}-")]
    assert wrong == []


@pytest.mark.parametrize("environment_name", [book.environment for book in BOOKS])
def test_an_environment_has_at_least_eight_templates_in_its_splits_and_every_kind(environment_name):
    book = next(book for book in BOOKS if book.environment == environment_name)
    assert len(book.templates) >= 8
    assert {each.split for each in book.templates} == set(splits_of(environment_name)) == {each.split for each in book.dialogues}
    writes = any(tool.effect == "write" for tool in environment(environment_name).tools)
    wanted = {"one_constraint", "several_constraints", "multi_step", "parallel", "paraphrase", "irrelevant_constraint"}
    wanted |= {"missing_information", "unrelated_request", *(("state_changing",) if writes else ())}
    for split in splits_of(environment_name):
        kinds = {source.kind for source, _ in sources([book], split)}
        assert wanted - kinds == set(), f"{environment_name}/{split} lacks these kinds"


def test_three_environments_are_for_testing_only():
    assert len(TEST_ONLY) == 3
    assert {each.name for each in ENVIRONMENTS} >= TEST_ONLY


@pytest.mark.parametrize("name", SOURCES)
def test_a_task_rehearses_cleanly_along_every_path(name):
    for task in tasks_of(name):
        gold = task.gold
        for path in range(len(gold.paths)):
            play = rehearse(task, path)
            calls = [call for turn in play.trajectory.turns if isinstance(turn, Step) for call in turn.calls]
            failed = [call.result.content for call in calls if call.result.is_error]
            assert (findings(play.trajectory), play.world.changes(), failed) == ((), gold.state or {}, [])


@pytest.mark.parametrize("name", SOURCES)
def test_a_task_offers_what_its_paths_need_and_few_tools_are_few(name):
    for task in tasks_of(name):
        offered = [tool.name for tool in task.tool_sets[0]]
        needed = {call.name for path in task.gold.paths for call in path}
        assert needed <= set(offered)
        assert len(offered) == len(set(offered))
        assert "tools:all" in task.tags or len(offered) <= FEW


@pytest.mark.parametrize("name", SOURCES)
def test_every_place_of_a_request_is_filled(name):
    for task in tasks_of(name):
        assert not set("{}") & set(asked(task))
        assert "  " not in asked(task)


def test_a_variant_needs_what_it_is_made_of():
    for book in BOOKS:
        for template in book.templates:
            assert "plain" in variants_of(template)
            assert template.solve or set(variants_of(template)) <= {"plain", "paraphrase"}


def test_one_seed_gives_the_same_bytes_and_a_longer_run_begins_the_same():
    def text(number, seed):
        return [to_json(write_task(task)) for task in generate(BOOKS, "dev", number, seed=seed)]

    assert text(20, 1) == text(40, 1)[:20]
    assert text(20, 1) != text(20, 2)


def test_a_line_is_what_any_other_writer_would_write():
    for task in generate(BOOKS, "test", 30):
        assert task_line(task).decode() == to_json(write_task(task)) + "\n"


def test_nothing_forbidden_is_made():
    plain = [asked(task) for task in generate(BOOKS, "val", 30)]
    taken = set(plain[:10])
    again = [asked(task) for task in generate(BOOKS, "val", 30, forbidden=taken.__contains__)]
    assert taken & set(again) == set()


def test_where_all_is_forbidden_it_says_so():
    with pytest.raises(ValueError, match="comes too near to one that is protected"):
        list(generate(BOOKS, "dev", 1, forbidden=lambda text: True))


def test_kinds_can_be_chosen():
    assert {task.meta["category"] for task in generate(BOOKS, "dev", 20, kinds=("multi_step", "dialogue"))} == {"multi_step", "dialogue"}
    with pytest.raises(ValueError, match="makes tasks of kind singing"):
        list(generate(BOOKS, "dev", 1, kinds=("singing",)))


def test_requests_of_a_generator_differ():
    requests = Counter(asked(task) for task in generate(BOOKS, "dev", 400))
    assert len(requests) >= 0.9 * 400


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if source.variant == "together"])
def test_only_what_takes_one_call_is_asked_for_twice_at_once(name):
    """Calls that wait for each other's results are no parallel calls; where a longer way is right as well, more may be looked up."""
    for task in tasks_of(name):
        lengths = {len(path) for path in task.gold.paths}
        assert min(lengths) == 2
        assert task.gold.mode == ("unordered" if lengths == {2} and not task.gold.state else "required")


def test_a_dialogue_says_what_its_traits_say():
    for source in SOURCES.values():
        if isinstance(source.template, Dialogue):
            stages, traits = source.template.stages, source.template.traits
            assert ("reveals" in traits) == any(stage.hidden for stage in stages)
            assert traits
            assert "changes_mind" not in traits or len(stages) > 1


def test_a_source_knows_its_kind():
    for source in SOURCES.values():
        assert isinstance(source, Source)
        assert {task.meta["category"] for task in tasks_of(source.name)} == {source.kind}
