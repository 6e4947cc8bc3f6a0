"""Write data/tasks/{dev,val,test}.jsonl: ``python -m scripts.benchmark_tasks.build [--check]`` in the repository's root.

How many tasks an environment has follows the proportions of the paper (150 queries over ten environments), with at least twelve each;
splits share neither templates nor records, no two requests are near-duplicates, and none tells its own answer. The same source gives the
same bytes.

Source: Kokane et al., arXiv 2411.13547v1, for the queries of each environment.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path
from random import Random

from spectool.benchmark.drawing import TemplateError
from spectool.benchmark.generate import Source, asked, gives_answer, sources
from spectool.benchmark.near import NearDuplicates
from spectool.benchmark.splits import SPLITS, Split, splits_of
from spectool.benchmark.task_lines import task_line
from spectool.benchmark.templates.registry import BOOKS
from spectool.model import Task

TARGET = Path(__file__).parents[2] / "data" / "tasks"
SEED = 1
PAPER: Mapping[str, int] = {
    "patent": 20, "movies": 30, "travel": 5, "sports": 8, "tools": 12, "data": 14, "social": 16, "media": 11, "spaceflight": 25,
    "video_images": 9,
}  # fmt: skip
SCALE, LEAST = 1.6, 12
SHARES: Mapping[Split, float] = {"dev": 0.45, "val": 0.2, "test": 0.35}
# Of each kind so many in a row, over and over; every kind that a split has templates for comes in turn.
ROUND = (
    "multi_step", "one_constraint", "several_constraints", "state_changing", "paraphrase", "irrelevant_constraint", "missing_information",
    "parallel", "unrelated_request", "multi_step", "several_constraints", "state_changing", "paraphrase", "one_constraint",
)  # fmt: skip
# Dialogues for every so many queries, and at least so many in each split.
QUERIES_A_DIALOGUE, LEAST_DIALOGUES = 4, 1
TRIES = 60


def tasks() -> dict[Split, list[Task]]:
    """All tasks by split."""
    near = NearDuplicates()
    chosen: dict[Split, list[Task]] = {split: [] for split in SPLITS}
    for book in BOOKS:
        queries = max(round(PAPER[book.environment] * SCALE), LEAST)
        for split, number in _shared(queries, splits_of(book.environment)).items():
            every = [source for source, _ in sources([book], split)]
            chosen[split] += _chosen(book.environment, split, [each for each in every if each.kind != "dialogue"], number, near)
            dialogues = max(round(number / QUERIES_A_DIALOGUE), LEAST_DIALOGUES) if len(splits_of(book.environment)) > 1 else number // 3
            chosen[split] += _chosen(book.environment, split, [each for each in every if each.kind == "dialogue"], dialogues, near)
    return chosen


def _shared(queries: int, splits: tuple[Split, ...]) -> dict[Split, int]:
    if len(splits) == 1:
        return {splits[0]: queries}
    shares = {split: round(queries * SHARES[split]) for split in splits}
    return {**shares, "dev": queries - sum(shares[split] for split in splits if split != "dev")}


def _chosen(environment: str, split: Split, every: list[Source], number: int, near: NearDuplicates) -> Iterator[Task]:
    """``number`` tasks, each kind in turn, within a kind each source in turn, half of them with few tools."""
    by_kind = {kind: cycle([each for each in every if each.kind == kind]) for kind in dict.fromkeys(each.kind for each in every)}
    order = cycle([kind for kind in ROUND if kind in by_kind] or by_kind)
    made = tries = 0
    while made < number:
        tries += 1
        if tries > TRIES * number:
            raise TemplateError(f"{environment}/{split}: only {made} of {number} tasks differ enough")
        source = next(by_kind[next(order)])
        name = f"{environment}-{split}-{'dialogue-' if source.kind == 'dialogue' else ''}{made + 1:02d}"
        task = source.task(Random(f"{SEED}/{name}/{tries}"), name, few_tools=made % 2 == 0)
        if near.nearest(asked(task)) is None and not gives_answer(task):
            near.add(name, asked(task))
            made += 1
            yield task


def content(chosen: list[Task]) -> bytes:
    """The bytes of a file of tasks."""
    return b"".join(map(task_line, chosen))


def main() -> int:
    """Write the files and say how many tasks they hold; with ``--check`` only say whether they are what would be written."""
    stale = 0
    for split, chosen in tasks().items():
        target, made = TARGET / f"{split}.jsonl", content(chosen)
        if "--check" not in sys.argv[1:]:
            TARGET.mkdir(parents=True, exist_ok=True)
            target.write_bytes(made)
            sys.stderr.write(f"{target.name}: {len(chosen)} tasks\n")
        elif not target.exists() or target.read_bytes() != made:
            stale += 1
            sys.stderr.write(f"{target.name} is not what its source says; run: python -m scripts.benchmark_tasks.build\n")
    return min(stale, 1)


if __name__ == "__main__":
    raise SystemExit(main())
