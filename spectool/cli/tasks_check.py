"""``spectool tasks check``: whether tasks are fit to measure by; faults by task, then what there is of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.text import Text

    from spectool.benchmark.check import TaskReport
    from spectool.benchmark.path_check import TaskFault
    from spectool.benchmark.tool_similarity import ToolSimilarity

NAME = 26
# Of one task so many faults are shown, of tasks with the same faults so many names, and so many different tasks; --json has them all.
SHOWN = 3
MOST = 40


@click.command("check", epilog="Example: spectool tasks check data/tasks")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--similarity", is_flag=True, help="Show how alike each environment's tools are, for tasks of one environment, too.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def check(paths: tuple[str, ...], similarity: bool, as_json: bool) -> int:
    """Check tasks of SpecTool's environments: their tools, every gold path, the splits, and that no request nearly repeats another.

    Each gold path is played in every way that the gold allows: it must run without an error, tell the answer, reach the end state, and
    classify clean. Templates and records belong to one split, environments for testing only to the split test, and no two requests have
    a Jaccard index of word 5-grams of 0.7 or more.

    Exit code 1 where a task fails or a row can not be read.
    """
    from spectool.benchmark.check import check_tasks
    from spectool.benchmark.path_check import TaskFault
    from spectool.cli.screen import show, show_json, tracked
    from spectool.read.tasks import load_tasks
    from spectool.results.tally import place

    tasks, rejected = load_tasks(paths)
    unreadable = [TaskFault(task="", kind="unreadable", message=place(each)) for each in rejected]
    report = check_tasks(tracked(tasks.values(), "checking", len(tasks)), unreadable)
    if as_json:
        show_json(report)
    else:
        show(_lines(report, similarity=similarity or len(report.environments) > 1))
    return int(bool(report.faults)) if tasks else 2


def _lines(report: TaskReport, *, similarity: bool) -> Iterator[Text]:
    """The faults, the tables and, where the eye ends up, the verdict."""
    from rich.text import Text

    yield from _faults(report.faults)
    yield from _table("environment", report.environments)
    yield from _table("kind", report.kinds)
    yield Text(f"{'templates':<{NAME}}{_numbers(report.templates)}", style="dim")
    yield Text(f"{report.offers['few']:,} offer at most eight tools, {report.offers['all']:,} the whole catalogue", style="dim")
    yield Text()
    if similarity:
        yield from _similarity(report.similarity)
        yield Text()
    yield _verdict(report)


def _verdict(report: TaskReport) -> Text:
    from rich.text import Text

    from spectool.results.told import many

    facts = [many(report.tasks, "task"), f"{many(report.paths, 'gold path')} played in {many(report.plays, 'way')}"]
    facts += [many(report.claims, "claim"), f"{report.with_state:,} change the state"]
    verdict = (f"{report.failed:,} failed", "red bold") if report.faults else ("none failed", "bold")
    return Text.assemble(" · ".join(facts), " · ", verdict)


def _faults(faults: Sequence[TaskFault]) -> Iterator[Text]:
    """Each task with what is wrong with it; tasks with the same faults together."""
    from rich.text import Text

    from spectool.cli.prose import indented
    from spectool.plain_text import safe

    by_task: dict[str, list[tuple[str, str]]] = {}
    for fault in faults:
        by_task.setdefault(fault.task, []).append((fault.kind, fault.message))
    alike: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for task, mine in by_task.items():
        alike.setdefault(tuple(mine), []).append(task)
    for found, tasks in list(alike.items())[:MOST]:
        yield from indented(_named([safe(task) for task in tasks]), 0, "bold", hanging=2)
        shown = found[: SHOWN if tasks != [""] else None]
        for kind, message in shown:
            yield from indented(f"{kind}: {safe(message)}", 2, "red", hanging=4)
        if len(found) > len(shown):
            yield Text(f"  and {len(found) - len(shown):,} more", style="dim")
    if hidden := [task for tasks in list(alike.values())[MOST:] for task in tasks]:
        yield Text(f"and {len(hidden):,} more tasks fail; --json names them all", style="bold")
    if faults:
        yield Text()


def _named(tasks: Sequence[str]) -> str:
    more = f" and {len(tasks) - SHOWN:,} more" if len(tasks) > SHOWN else ""
    return (", ".join(tasks[:SHOWN]) or "could not be read") + more


def _table(title: str, counts: Mapping[str, Mapping[str, int]]) -> Iterator[Text]:
    from rich.text import Text

    from spectool.benchmark.splits import SPLITS
    from spectool.plain_text import cut, safe

    yield Text(f"{title:<{NAME}}" + "".join(f"{split:>7}" for split in (*SPLITS, "all")), style="bold")
    for name, by_split in counts.items():
        yield Text(f"{cut(safe(name.replace('_', ' ')) or '(none)', NAME - 1):<{NAME}}{_numbers(by_split)}{sum(by_split.values()):>7,}")
    total: dict[str, int] = {split: sum(by_split.get(split, 0) for by_split in counts.values()) for split in SPLITS}
    yield Text(f"{'all':<{NAME}}{_numbers(total)}{sum(sum(each.values()) for each in counts.values()):>7,}", style="bold")
    yield Text()


def _numbers(by_split: Mapping[str, int]) -> str:
    from spectool.benchmark.splits import SPLITS

    return "".join(f"{by_split.get(split, 0) or '-':>7}" for split in SPLITS)


def _similarity(found: Sequence[ToolSimilarity]) -> Iterator[Text]:
    from rich.text import Text

    yield Text(f"{'tools alike (cosine)':<{NAME}}{'tools':>7}{'mean':>7}{'most':>7}  the most alike", style="bold")
    for each in found:
        figures = f"{each.tools:>7}{each.mean:>7.2f}{each.most:>7.2f}"
        yield Text(f"{each.environment.replace('_', ' '):<{NAME}}{figures}  {', '.join(each.pair)}")
