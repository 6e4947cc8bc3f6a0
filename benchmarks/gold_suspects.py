"""Does the ranking of suspect gold find the items that BFCL's authors mended themselves between v3 and v4?

    python -m benchmarks.gold_suspects DATA [--results FOLDER...]

``DATA`` is the folder of shared data: ``bfcl/datasets/{v3,v4}`` and the v3 outputs of three models below ``bfcl/results/v3``. The ranking
sees v3 questions, v3 gold, v3 outputs and their published verdicts, and nothing of v4. ``--results`` takes result folders that
``spectool classify --compat bfcl --tasks DATA/bfcl/datasets/v3`` wrote, instead of classifying again.

The truth is counted from the files: single-turn items with the same question and tools in both versions and another possible answer, after
differences that no verdict of BFCL can depend on are set aside (order of keys and alternatives; the gold's function name where one function
is offered, which BFCL never compares). Items whose question was mended are counted apart. Precision and recall are averages over all orders
of tasks that tie. A precision is low where few items were mended at all; an item that nobody has mended yet counts as a false alarm here.

The weights of the score were set by reasoning before these items were looked at, and never changed. Four rules were mended after a first
look at them: an argument that the gold names and its schema does not declare breaks the schema even where it may be left out; models agree
only on whole calls; a small count needs no source; how ties are broken. So the figures are not held out.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.loading import table
from spectool.patterns.audit_rows import lay_out_verdicts
from spectool.patterns.gold_suspects import GoldSuspect, gold_suspects
from spectool.results.pipeline import classify_paths
from spectool.results.tables import connect

KS = (10, 25, 50, 100)
# Below every score, which is at least -1.
LAST = -2.0
TRUTHS = {"gold mended": ("gold mended",), "gold or question mended": ("gold mended", "question mended")}
# Names that v4 gave to categories of v3.
RENAMED = {"simple": "simple_python", "java": "simple_java", "javascript": "simple_javascript"}


class Change(NamedTuple):
    """An item that differs between v3 and v4: what differs, and both golds."""

    task: str
    kind: str
    before: Any
    after: Any


def changes(datasets: Path) -> Iterator[Change]:
    """Every item with a possible answer whose question, tools or answer differ, by category and id; multi-turn ones left out."""
    for path in sorted((datasets / "v3" / "possible_answer").glob("BFCL_v3_*.json")):
        category = path.stem.removeprefix("BFCL_v3_")
        if not category.startswith("multi_turn"):
            yield from _changes(datasets, category)


def _changes(datasets: Path, category: str) -> Iterator[Change]:
    name = RENAMED.get(category, category)
    asked, answers = _rows(datasets / "v3", f"BFCL_v3_{category}.json")
    asked_now, answers_now = _rows(datasets / "v4", f"BFCL_v4_{name}.json")
    for task, question in asked.items():
        now = task.replace(category, name, 1)
        before, after = answers[task]["ground_truth"], answers_now.get(now, {}).get("ground_truth")
        if now not in asked_now:
            yield Change(task, "removed", before, None)
        elif any(question[part] != asked_now[now][part] for part in ("question", "function")):
            yield Change(task, "question mended", before, after)
        elif before != after:
            yield Change(task, _kind(before, after, question["function"]), before, after)


def _rows(folder: Path, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    lists = ((folder / name).read_text(), (folder / "possible_answer" / name).read_text())
    asked, answers = ({row["id"]: row for row in map(json.loads, text.splitlines())} for text in lists)
    return asked, answers


def _kind(before: Sequence[Any], after: Sequence[Any], functions: Sequence[Any]) -> str:
    one = len(functions) == 1
    return "trivial" if _plain(before, one) == _plain(after, one) else "gold mended"


def _plain(answer: Sequence[Mapping[str, Mapping[str, Any]]], one: bool) -> list[Any]:
    """A possible answer without what no verdict depends on: the order of keys and of alternatives, the name where one is offered."""
    calls = [
        ["" if one else name, {key: sorted(map(json.dumps, values)) for key, values in call[name].items()}]
        for call in answer
        for name in call
    ]
    return sorted(calls, key=json.dumps)


class Ranked(NamedTuple):
    """A way to rank, and the score of every task with gold; a task that no model misses has none and comes last."""

    name: str
    scores: Mapping[str, float]


def rankings(suspects: Sequence[GoldSuspect], tasks: Sequence[str]) -> Iterator[Ranked]:
    """Ours, the baseline, and the baseline with the one heaviest part added."""
    known = {suspect.task: suspect for suspect in suspects}

    def scored(name: str, key: Callable[[GoldSuspect], float]) -> Ranked:
        return Ranked(name, {task: round(key(known[task]), 9) if task in known else LAST for task in tasks})

    yield scored("our score", lambda suspect: suspect.score)
    yield scored("most missed (baseline)", lambda suspect: suspect.parts["missed"])
    yield scored("missed + one same answer", lambda suspect: suspect.parts["missed"] + suspect.parts["same_answer"])


def expected_hits(ranked: Ranked, mended: frozenset[str], k: int) -> float:
    """How many of the first ``k`` are mended items, on average over all orders of tasks that tie."""
    tied = Counter(ranked.scores.values())
    hits, room = 0.0, k
    for score in sorted(tied, reverse=True):
        taken = min(room, tied[score])
        hits += taken / tied[score] * sum(ranked.scores[task] == score for task in mended)
        room -= taken
    return hits


def auroc(ranked: Ranked, mended: frozenset[str]) -> float:
    """The chance that a mended item stands before another one; a tie counts half."""
    others = sorted(score for task, score in ranked.scores.items() if task not in mended)
    below = (bisect_left(others, ranked.scores[task]) + bisect_right(others, ranked.scores[task]) for task in mended)
    return sum(below) / 2 / len(others) / len(mended)


def rank(ranked: Ranked, task: str) -> str:
    """The places that a task shares with those that tie."""
    above = sum(score > ranked.scores[task] for score in ranked.scores.values())
    tied = sum(score == ranked.scores[task] for score in ranked.scores.values())
    return f"{above + 1}" if tied == 1 else f"{above + 1}–{above + tied}"


def report(found: Sequence[Change], ranked: Sequence[Ranked], suspects: Sequence[GoldSuspect]) -> str:
    """The figures as Markdown."""
    known = {suspect.task: suspect for suspect in suspects}
    tasks = len(ranked[0].scores)
    parts = [
        f"{tasks:,} single-turn tasks with a possible answer; {len(suspects):,} of them missed by a model or refused by their own schema."
    ]
    kinds = Counter(each.kind for each in found)
    parts.append(table(["what differs in v4", "items"], sorted(kinds.items()), numbers=1))
    for name, among in TRUTHS.items():
        mended = frozenset(each.task for each in found if each.kind in among)
        head = [f"{name}: {len(mended)} items", *(f"precision at {k}" for k in KS), *(f"recall at {k}" for k in KS), "AUROC"]
        parts.append(table(head, _figures(ranked, mended, tasks), numbers=1))
    lines = [[each.task, each.kind, *(rank(way, each.task) for way in ranked), _why(known.get(each.task))] for each in found]
    parts.append(table(["item", "what differs", *(f"rank: {way.name}" for way in ranked), "what our score is made of"], lines))
    high = [[place, each.task, f"{each.score:.2f}", "; ".join(each.reasons[1:])] for place, each in enumerate(suspects, 1) if each.high]
    parts.append(f"Highly suspect, {len(high)} items: read them and judge.")
    parts.append(table(["place", "item", "score", "why"], high))
    return "\n\n".join(parts)


def _figures(ranked: Sequence[Ranked], mended: frozenset[str], tasks: int) -> Iterator[list[str]]:
    for way in ranked:
        yield _line(way.name, [expected_hits(way, mended, k) for k in KS], mended, f"{auroc(way, mended):.2f}")
    yield _line("by chance", [len(mended) * k / tasks for k in KS], mended, "0.50")
    yield _line("the best possible", [float(min(len(mended), k)) for k in KS], mended, "1.00")


def _line(name: str, hits: Sequence[float], mended: frozenset[str], area: str) -> list[str]:
    return [name, *(f"{hit / k:.3f}" for hit, k in zip(hits, KS, strict=True)), *(f"{hit / len(mended):.2f}" for hit in hits), area]


def _why(suspect: GoldSuspect | None) -> str:
    return f"{suspect.score:.2f}: {'; '.join(suspect.reasons)}"[:240] if suspect is not None else "no model misses it"


def with_gold(datasets: Path) -> list[str]:
    """The ids of all single-turn items of v3 with a possible answer."""
    paths = sorted((datasets / "v3" / "possible_answer").glob("BFCL_v3_*.json"))
    lines = [line for path in paths if "multi_turn" not in path.name for line in path.read_text().splitlines()]
    return [json.loads(line)["id"] for line in lines]


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--results", type=Path, nargs="+")
    args = parser.parse_args()
    datasets = args.data / "bfcl" / "datasets"
    with ExitStack() as stack:
        folders = args.results or list(_classified(args.data, Path(stack.enter_context(TemporaryDirectory()))))
        connection = stack.enter_context(connect(*folders))
        lay_out_verdicts(connection)
        tasks = with_gold(datasets)
        suspects = [suspect for suspect in gold_suspects(connection) if suspect.task in set(tasks)]
    print(report(list(changes(datasets)), list(rankings(suspects, tasks)), suspects))


def _classified(data: Path, out: Path) -> Iterator[Path]:
    for model in sorted((data / "bfcl" / "results" / "v3" / "result").iterdir()):
        classify_paths([model], out=out / model.name, tasks=[data / "bfcl" / "datasets" / "v3"], compat=["bfcl"])
        yield out / model.name


if __name__ == "__main__":
    main()
