"""Draws the rows for the labelled sample: ``python -m scripts.labelling.draw DATA FOLDER`` in the repository's root.

Writes the key (where each item comes from, no foreign text) to ``tests/gold/items.jsonl`` and the readers' batches to FOLDER, which
should lie outside the repository. The same data give the same draw. Strata are source, model, category and published verdict; nothing
that SpecTool finds is looked at. Items are shuffled and numbered anew, so that neither number nor neighbour says anything.

Rows too long to read in a minute or two are passed over for the next of their stratum (``LIMITS``), a bias towards short ones.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from scripts.labelling import agents, airline, bfcl
from scripts.labelling.candidate import Candidate

SEED = 20261122
PER_BATCH = 20
KEY = Path(__file__).parents[2] / "tests" / "gold" / "items.jsonl"
Show = Callable[[Path, Candidate], str]

# Characters of an item, by the kind of its source.
LIMITS = {"bfcl": 6500, "tau_bench": 15000, "tau2": 22000}
LIMIT = 9000

FAILED_V3 = {
    **{"simple": 4, "multiple": 4, "parallel": 5, "parallel_multiple": 5, "java": 8, "javascript": 5, "live_simple": 9},
    **{"live_multiple": 10, "live_parallel": 1, "live_parallel_multiple": 3, "irrelevance": 2, "live_irrelevance": 3, "live_relevance": 1},
}
PASSED_V3 = {
    **{"simple": 3, "multiple": 3, "parallel": 3, "parallel_multiple": 3, "java": 2, "javascript": 2, "live_simple": 3},
    **{"live_multiple": 3, "irrelevance": 1, "live_irrelevance": 1},
}
ANY_V4 = {
    **{"simple_python": 1, "multiple": 2, "parallel": 2, "parallel_multiple": 2, "simple_java": 2, "simple_javascript": 1},
    **{"live_simple": 1, "live_multiple": 2, "live_parallel_multiple": 1},
}
V3 = ("Salesforce_Llama-xLAM-2-8b-fc-r", "meta-llama_Llama-3.1-8B-Instruct", "Qwen_Qwen3-8B")
V4 = ("AIREV-Agent-0.8B", "gemma4-e4b-toolcall")


def pools(data: Path) -> Iterator[tuple[Iterable[Candidate], Mapping[tuple[str, str, str], int], Show]]:
    """Each source's candidates, how many to draw by (model, category, published), and how to show one."""
    for model in V3:
        quota = {(model, category, "fail"): count for category, count in FAILED_V3.items()}
        quota |= {(model, category, "pass"): count for category, count in PASSED_V3.items()}
        yield bfcl.candidates(data, model), quota, bfcl.show
    for model in V4:
        yield bfcl.candidates(data, model), {(model, category, "none"): count for category, count in ANY_V4.items()}, bfcl.show
    alpaca = {
        (f"ToolAlpaca-{size}", "toolalpaca", verdict): count for size in ("7B", "13B") for verdict, count in (("fail", 19), ("pass", 8))
    }
    yield agents.toolalpaca(data), alpaca, agents.show_toolalpaca
    workbench = {("gpt-3.5", "workbench", "fail"): 11, ("gpt-3.5", "workbench", "none"): 12}
    yield agents.workbench(data), workbench, agents.show_workbench
    yield airline.tau(data), {("gpt-4o", "tau_airline", "fail"): 16, ("gpt-4o", "tau_airline", "pass"): 8}, airline.show
    yield airline.tau2(data), {("gpt-5", "tau2_airline", "fail"): 9, ("gpt-5", "tau2_airline", "pass"): 4}, airline.show
    yield agents.hammerbench(data), {("hammerbench", "hammerbench", "none"): 3}, agents.show_hammerbench
    yield agents.toolbench(data), {("ChatGPT", "toolbench", "none"): 3}, agents.show_toolbench


def drawn(data: Path) -> list[tuple[Candidate, str]]:
    """The rows in their shuffled order, each with its text."""
    found = [item for candidates, quota, show in pools(data) for item in _draw(data, candidates, quota, show)]
    random.Random(SEED).shuffle(found)
    return found


def _draw(
    data: Path, candidates: Iterable[Candidate], quota: Mapping[tuple[str, str, str], int], show: Show
) -> Iterator[tuple[Candidate, str]]:
    """Each stratum in a random order of its own, until its quota is full; what a stratum lacks is reported, not filled up elsewhere."""
    strata: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    for each in candidates:
        strata[each.model, each.category, each.published].append(each)
    for stratum, count in quota.items():
        order = strata[stratum]
        random.Random(f"{SEED}/{'/'.join(stratum)}").shuffle(order)
        shown = ((each, show(data, each)) for each in order)
        fitting = [pair for pair, _ in zip((pair for pair in shown if _fits(*pair)), range(count), strict=False)]
        if len(fitting) < count:
            print(f"{'/'.join(stratum)}: {len(fitting)} of {count}", file=sys.stderr)  # noqa: T201
        yield from fitting


def _fits(candidate: Candidate, text: str) -> bool:
    return len(text) <= LIMITS.get(candidate.source.partition("/")[0], LIMIT)


def key_lines(items: Iterable[Candidate]) -> str:
    """The key as JSON lines: item number and reference, no text of the row."""
    fields = ("source", "line", "id", "model", "category", "published")
    rows = ({"item": number, **{name: getattr(each, name) for name in fields}} for number, each in enumerate(items, 1))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_batches(data: Path, folder: Path, texts: list[str]) -> None:
    """Items, batches of twenty, and the sheets that items point at."""
    for name in ("items", "batches"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    pages = [f"## Item {number}\n\n{text}\n" for number, text in enumerate(texts, 1)]
    for number, page in enumerate(pages, 1):
        (folder / f"items/{number:03d}.md").write_text(page, encoding="utf-8")
    for start in range(0, len(pages), PER_BATCH):
        path = folder / f"batches/{start // PER_BATCH + 1:02d}.md"
        path.write_text("\n---\n\n".join(pages[start : start + PER_BATCH]), encoding="utf-8")
    for name, text in (*airline.sheets(data), ("sheet_W.md", agents.workbench_sheet(data))):
        (folder / "batches" / name).write_text(text, encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Draws, writes, and says how many of each kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(argv)
    items = drawn(options.data)
    KEY.parent.mkdir(exist_ok=True)
    KEY.write_text(key_lines(candidate for candidate, _ in items), encoding="utf-8")
    write_batches(options.data, options.folder, [text for _, text in items])
    counts = Counter(candidate.published for candidate, _ in items)
    print(f"{len(items)} items: {dict(counts)}; {sum(len(text) for _, text in items):,} characters")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
