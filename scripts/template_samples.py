"""Shows what templates make: ``python -m scripts.template_samples ENVIRONMENT [--template NAME] [--number N]``.

For every template, variant and dialogue: some requests with their gold, and of 300 draws how many requests differ and how many draws
failed. For people who write templates.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from random import Random

from spectool.benchmark.composing import dialogue_from, task_from, variants_of
from spectool.benchmark.drawing import TemplateError
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
    here = book(options.environment)
    failed = 0
    for template in here.templates:
        if options.template in (None, template.name):
            for variant in variants_of(template):
                label = f"{template.name} [{template.split}, {template.kind}, {variant}]"
                failed += _show(label, lambda rng, t=template, v=variant: task_from(here, t, v, rng, t.name), options.number)  # type: ignore[misc]
    for dialogue in here.dialogues:
        if options.template in (None, dialogue.name):
            label = f"{dialogue.name} [{dialogue.split}, dialogue: {', '.join(dialogue.traits)}]"
            failed += _show(label, lambda rng, d=dialogue: dialogue_from(here, d, rng, d.name), options.number)  # type: ignore[misc]
    return int(bool(failed))


def _show(label: str, make: Callable[[Random], Task], number: int) -> int:
    texts, failures, shown = set(), [], []
    for seed in range(DRAWS):
        try:
            task = make(Random(f"{label}{seed}"))
        except TemplateError as error:
            failures.append(str(error))
            continue
        texts.add(task.messages[-1].content)
        if seed < number:
            shown.append(task)
    print(f"\n== {label}: {len(texts)} different requests of {DRAWS}, {len(failures)} failed {failures[:1] or ''}")  # noqa: T201
    for task in shown:
        print(f"  - {task.messages[-1].content}")  # noqa: T201
        for stage in task.meta.get("user", {}).get("stages", ())[:]:
            print(f"      user: {stage}")  # noqa: T201
        gold = task.gold
        for path in gold.paths if gold is not None else ():
            print(f"      {gold.mode if gold else ''}: " + " ; ".join(map(_call, path)))  # noqa: T201
        print(f"      claims {list(gold.answer) if gold else ''} state {gold.state if gold else ''}")  # noqa: T201
    return len(failures)


def _call(call: ExpectedCall) -> str:
    return f"[{call.turn}] {call.name}({', '.join(f'{name}={_value(value)}' for name, value in call.arguments.items())})"


def _value(expected: Expected) -> str:
    options = [*expected.values, *expected.objects, *expected.lists]
    return ("*" if expected.any else "|".join(map(repr, options))) + ("?" if expected.optional else "")


if __name__ == "__main__":
    raise SystemExit(main())
