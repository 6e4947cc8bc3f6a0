"""Shows what templates make: ``python -m scripts.template_samples ENVIRONMENT [--template NAME] [--number N]``.

For every template, variant and dialogue: some requests with their gold, and of 300 draws how many requests differ and how many draws
failed. For people who write templates.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from random import Random

from spectool.benchmark.drawing import TemplateError
from spectool.benchmark.generate import Source, sources
from spectool.benchmark.splits import SPLITS
from spectool.benchmark.templates.registry import book
from spectool.model import Expected, ExpectedCall, Task

DRAWS = 300


def main() -> int:
    """Prints the samples; exit code 1 where a draw failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("environment")
    parser.add_argument("--template")
    parser.add_argument("--number", type=int, default=2)
    options = parser.parse_args()
    failed = 0
    for split in SPLITS:
        for source, _ in sources([book(options.environment)], split):
            if options.template in (None, source.template.name):
                failed += _show(source, f"{source.name} [{split}, {source.kind}]", options.number)
    return int(bool(failed))


def _show(source: Source, label: str, number: int) -> int:
    """Prints ``number`` of a source's draws; returns how many of all failed."""
    tasks: list[Task] = []
    failures: list[str] = []
    for seed in range(DRAWS):
        try:
            tasks.append(source.task(Random(f"{label}{seed}"), source.name))
        except TemplateError as error:
            failures.append(str(error))
    texts = {task.messages[-1].content for task in tasks}
    sys.stdout.write(f"\n== {label}: {len(texts)} different requests of {DRAWS}, {len(failures)} failed {failures[:1] or ''}\n")
    sys.stdout.writelines(f"{line}\n" for task in tasks[:number] for line in _lines(task))
    return len(failures)


def _lines(task: Task) -> Iterator[str]:
    yield f"  - {task.messages[-1].content}"
    for stage in task.meta.get("user", {}).get("stages", ()):
        yield f"      user: {stage}"
    if (gold := task.gold) is not None:
        for path in gold.paths:
            yield f"      {gold.mode}: {' ; '.join(map(_call, path))}"
        yield f"      claims {list(gold.answer)} state {gold.state}"


def _call(call: ExpectedCall) -> str:
    return f"[{call.turn}] {call.name}({', '.join(f'{name}={_value(value)}' for name, value in call.arguments.items())})"


def _value(expected: Expected) -> str:
    options = [*expected.values, *expected.objects, *expected.lists]
    return ("*" if expected.any else "|".join(map(repr, options))) + ("?" if expected.optional else "")


if __name__ == "__main__":
    raise SystemExit(main())
