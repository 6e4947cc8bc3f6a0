"""Two models on the same tasks, counted by hand over folders of a few attempts."""

from __future__ import annotations

from pathlib import Path

import pytest

from spectool.model import Message, Outcome, Step, Trajectory, Verdict
from spectool.patterns.compare import compare
from spectool.patterns.compare_result import Against, BrokenTask, Fates, Pairing
from spectool.results.folder import ResultFolderError
from spectool.results.pipeline import classify_paths
from tests.results.conftest import finding, trajectory, verdict, write

Row = tuple[str, bool | None, str, int]
"""Task, whether it passed, the patterns found (split by spaces; ``-IAV``: not judged), and the sample."""

DEMO = Path(__file__).parents[2] / "data" / "demo"
SEEN = ("IAV", "IAC", "refusal")
NOTHING_ELSE = {
    **dict.fromkeys(("renamed", "reworded", "left_out_before", "left_out_after", "spare_before", "spare_after"), 0),
    **dict.fromkeys(("by_reward", "by_verdict", "undecided", "half_rewarded", "repeats"), 0),
}


def attempt(number: int, model: str, row: Row, **fields) -> tuple[Trajectory, Verdict]:
    task, passed, patterns, sample = row
    asked = Message(role="user", content=f"Do {task}")
    given = {"id": task, "task": task, "sample": sample, "key": f"{model}-{number}", "turns": (asked, Step(text="Done")), **fields}
    one = trajectory(number, model, **given)
    return one, verdict(one, *(outcome(error, patterns.split()) for error in SEEN), passed=passed)


def outcome(error: str, patterns: list[str]) -> Outcome:
    if f"-{error}" in patterns:
        return Outcome(error=error, skipped="no gold")
    level = "event" if error == "refusal" else "core"
    slips = (finding(error, "other", level=level, path="$.turns[1]", primary=True),) if error in patterns else ()
    return Outcome(error=error, assessed=1, findings=slips)


def made(out: Path, model: str, rows: list[Row], **fields) -> Path:
    write(out, [attempt(number, model, row, **fields) for number, row in enumerate(rows)])
    return out


def against(tmp_path: Path, before: list[Row], after: list[Row], **fields) -> Against:
    a = made(tmp_path / "a", "small", before)
    b = made(tmp_path / "b", "large", after, **fields)
    return compare([a, b]).against[0]


def once(*rows: tuple[str, bool | None, str]) -> list[Row]:
    return [(*row, 0) for row in rows]


def test_every_task_has_its_fate(tmp_path: Path) -> None:
    before = once(
        ("fixed", False, "IAV"),
        ("broken", True, ""),
        ("both pass", True, ""),
        ("same", False, "IAV"),
        ("other", False, "IAV"),
        ("bare", False, "IAV"),
        ("an event is no reason", False, "refusal"),
        ("undecided", None, ""),
        ("only in A", True, ""),
    )
    after = once(
        ("fixed", True, ""),
        ("broken", False, "IAC"),
        ("both pass", True, ""),
        ("same", False, "IAV IAC"),
        ("other", False, "IAC"),
        ("bare", False, ""),
        ("an event is no reason", False, "refusal"),
        ("undecided", True, ""),
        ("only in B", True, ""),
        ("nor this in A", True, ""),
    )
    found = against(tmp_path, before, after)
    assert found.fates == Fates(fixed=1, broken=1, both_pass=1, same_pattern=1, other_pattern=1, unexplained=2, undecided=1)
    assert found.fates.both_fail == 4
    assert found.pairing == Pairing(
        **{**NOTHING_ELSE, "by_verdict": 7, "undecided": 1, "left_out_before": 1, "left_out_after": 2}, tasks=8, pairs=8
    )
    assert (found.success.before.count, found.success.after.count, found.success.tasks) == (2, 2, 7)
    assert found.broken == (
        BrokenTask(
            task="broken",
            key="large-1",
            before=1,
            after=0,
            pairs=1,
            error="IAC",
            subtype="other",
            path="$.turns[1]",
            message="IAC was found",
        ),
    )


def test_a_pattern_is_compared_where_both_sides_were_judged(tmp_path: Path) -> None:
    before = once(("a", True, "IAV"), ("b", True, "-IAV"), ("c", True, ""), ("d", True, "-IAC"))
    after = once(("a", True, ""), ("b", True, "IAV"), ("c", True, "IAV -IAC"), ("d", True, "IAV -IAC"))
    patterns = {each.error: each for each in against(tmp_path, before, after).patterns}
    iav, iac = patterns["IAV"], patterns["IAC"]
    assert (iav.change.before.count, iav.change.after.count, iav.change.before.n, iav.not_compared) == (1, 2, 3, 1)
    assert (iav.change.up, iav.change.down, iav.change.p, iav.q, iav.significant) == (2, 1, 1.0, 1.0, False)
    assert iav.reasons == {"no gold": 1}
    assert (iac.change.before.n, iac.not_compared, iac.reasons, iac.q) == (2, 2, {"no gold": 3}, None)


def test_patterns_stand_by_the_size_of_their_change_and_the_unjudged_last(tmp_path: Path) -> None:
    before = [(f"t{number}", True, "-IAC IAV" if number < 2 else "-IAC", 0) for number in range(10)]
    after = [(f"t{number}", True, "-IAC refusal", 0) for number in range(10)]
    patterns = against(tmp_path, before, after).patterns
    assert [(each.error, each.change.difference) for each in patterns] == [("refusal", 1.0), ("IAV", -0.2), ("IAC", None)]
    assert [each.significant for each in patterns] == [True, False, False]
    # Two patterns differ in some task: p of the first is doubled.
    assert patterns[0].q == pytest.approx(2 * 2 * 0.5**10)


def test_several_samples_are_compared_by_share(tmp_path: Path) -> None:
    def tried(task: str, *passed: bool) -> list[Row]:
        return [(task, each, "" if each else "IAV", sample) for sample, each in enumerate(passed)]

    before = [*tried("better", True, False, False), *tried("worse", True, True, True), *tried("mixed", True, False, True)]
    after = [*tried("better", True, True, False), *tried("worse", True, False, True), *tried("mixed", False, True, True)]
    found = against(tmp_path, before, after)
    assert found.fates == Fates(fixed=1, broken=1, mixed=1)
    assert (found.success.before.count, found.success.after.count, found.success.before.n) == (6, 6, 9)
    assert [(each.task, each.before, each.after, each.pairs, each.key) for each in found.broken] == [("worse", 3, 2, 3, "large-4")]


def test_as_many_samples_are_compared_as_both_sides_have(tmp_path: Path) -> None:
    before = [("t", True, "", 2), ("t", False, "", 0), ("t", True, "", 1)]
    found = against(tmp_path, before, [("t", True, "", 7), ("u", True, "", 0)])
    assert (found.pairing.pairs, found.pairing.spare_before, found.pairing.spare_after) == (1, 2, 0)
    # The sample with the lowest number is the one that is paired, wherever it stands.
    assert found.fates == Fates(fixed=1)


def test_rewards_decide_only_where_both_sides_have_one(tmp_path: Path) -> None:
    a = made(tmp_path / "a", "small", once(("t", False, "")), reward=1.0)
    b = made(tmp_path / "b", "large", once(("t", True, "")))
    c = made(tmp_path / "c", "third", once(("t", True, "")), reward=0.0)
    with_verdict, with_reward = compare([a, b, c]).against
    assert (with_verdict.fates, with_verdict.pairing.half_rewarded, with_verdict.pairing.by_verdict) == (Fates(fixed=1), 1, 1)
    assert (with_reward.fates, with_reward.pairing.half_rewarded, with_reward.pairing.by_reward) == (Fates(broken=1), 0, 1)


def test_a_task_under_two_ids_is_paired_by_question_and_tools(tmp_path: Path) -> None:
    same = Message(role="user", content="Weather in Rome?")
    a = made(tmp_path / "a", "small", once(("old-1", True, "")), turns=(same, Step(text="")))
    b = made(tmp_path / "b", "large", once(("new-1", False, "")), turns=(same, Step(text="")))
    found = compare([a, b]).against[0]
    assert (found.pairing.tasks, found.pairing.renamed, found.fates) == (1, 1, Fates(broken=1))


def test_a_question_asked_twice_on_a_side_pairs_nothing(tmp_path: Path) -> None:
    same = Message(role="user", content="Weather in Rome?")
    a = made(tmp_path / "a", "small", once(("old-1", True, ""), ("old-2", True, "")), turns=(same, Step(text="")))
    b = made(tmp_path / "b", "large", once(("new-1", False, "")), turns=(same, Step(text="")))
    with pytest.raises(ResultFolderError, match="share no task: the first are 'old-1' and 'new-1'"):
        compare([a, b])


def test_another_question_under_the_same_id_and_repeats_are_told(tmp_path: Path) -> None:
    a = made(tmp_path / "a", "small", once(("t", True, "")))
    b = made(
        tmp_path / "b",
        "large",
        [*once(("t", True, "")), *once(("t", True, ""))],
        turns=(Message(role="user", content="Else?"), Step(text="")),
    )
    pairing = compare([a, b]).against[0].pairing
    assert (pairing.reworded, pairing.repeats, pairing.spare_after) == (1, 1, 1)


def models(tmp_path: Path) -> Path:
    rows = [attempt(0, "small", ("t", True, "", 0)), attempt(1, "large", ("t", False, "IAV", 0)), attempt(2, "third", ("t", True, "", 0))]
    write(tmp_path / "both", rows)
    return tmp_path / "both"


def test_one_folder_is_compared_by_its_models(tmp_path: Path) -> None:
    found = compare([models(tmp_path)])
    sides = (found.baseline, *(each.side for each in found.against))
    assert [(each.name, each.model, each.attempts, each.tasks) for each in sides] == [
        *(("A", "small", 1, 1), ("B", "large", 1, 1), ("C", "third", 1, 1))
    ]
    assert [each.fates for each in found.against] == [Fates(broken=1), Fates(both_pass=1)]


def test_any_side_can_be_the_baseline(tmp_path: Path) -> None:
    found = compare([models(tmp_path)], baseline="large")
    assert [found.baseline.model, *(each.side.model for each in found.against)] == ["large", "small", "third"]
    assert found.against[0].fates == Fates(fixed=1)


def test_the_same_folder_against_itself_differs_in_nothing(tmp_path: Path) -> None:
    folder = made(tmp_path / "a", "small", once(("t", True, "IAV"), ("u", False, "IAC")))
    found = compare([folder, folder]).against[0]
    assert found.fates == Fates(both_pass=1, same_pattern=1)
    assert {each.change.difference for each in found.patterns} == {0.0}


@pytest.mark.parametrize(
    ("given", "options", "said"),
    [
        pytest.param(["a"], {}, "holds one model, 'small', and nothing to compare it with", id="one model in one folder"),
        pytest.param(["a", "both"], {}, "holds 3 models ('small', 'large', 'third'), so it is not one side; pass --by model", id="several"),
        pytest.param(["a", "both"], {"by": "model", "baseline": "small"}, "got 2 named 'small'", id="a baseline that two sides have"),
        pytest.param(["both"], {"baseline": "tiny"}, "got 0 named 'tiny'; there are", id="no such baseline"),
        pytest.param(["a", "none"], {}, "no result folder", id="no result folder"),
    ],
)
def test_what_can_not_be_compared_is_told(tmp_path: Path, given: list[str], options: dict[str, str], said: str) -> None:
    made(tmp_path / "a", "small", once(("t", True, "")))
    models(tmp_path)
    with pytest.raises(ResultFolderError) as caught:
        compare([tmp_path / each for each in given], **options)
    assert said in str(caught.value)


def test_two_recorded_models_differ_in_what_they_get_wrong(tmp_path: Path) -> None:
    for name in ("qwen2.5-coder-1.5b", "smollm2-135m"):
        classify_paths([str(DEMO / f"outputs.{name}.jsonl")], out=tmp_path / name)
    found = compare([tmp_path / "qwen2.5-coder-1.5b", tmp_path / "smollm2-135m"]).against[0]
    assert found.pairing == Pairing(**{**NOTHING_ELSE, "by_verdict": 112, "undecided": 24}, tasks=136, pairs=136)
    fates = found.fates
    assert fates.fixed + fates.broken + fates.both_pass + fates.both_fail + fates.mixed + fates.undecided == 136
    assert fates.fixed - fates.broken == found.success.after.count - found.success.before.count
    first = found.patterns[0]
    assert (first.error, first.significant, first.change.up < first.change.down) == ("IFE", True, True)
    assert all(each.not_compared and each.reasons for each in found.patterns if each.change.difference is None)
