"""``docs/benchmark.md``: the environments, the tasks in ``data/tasks``, how their gold was found, and what is not measured.

``python -m spectool.report.benchmark_page docs/benchmark.md`` writes it (``make docs``); a test holds the file in the repository to it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from spectool.benchmark.splits import SPLITS, TEST_ONLY
from spectool.benchmark.templates.registry import BOOKS, book
from spectool.benchmark.tool_similarity import tool_similarities
from spectool.environments.core.environment import Environment
from spectool.environments.registry import ENVIRONMENTS
from spectool.model import Task
from spectool.read.tasks import load_tasks
from spectool.report.page_file import write_page
from spectool.resources import folder

INTRODUCTION = """\
Ten environments of executable tools, tasks with all valid paths that we know of, users who answer back, and a generator for thousands
more tasks. All but the model runs offline and the same way every time. The idea and the ten domains are those of SpecTool (Kokane et
al., [arXiv 2411.13547v1](https://arxiv.org/abs/2411.13547v1)), whose data was never released; environments, records, tasks and code here
are our own, written from the paper's text.

```
spectool run data/tasks/dev.jsonl --model smollm2-135m -o outputs.jsonl     # real calls, real results, a scripted user
spectool score outputs.jsonl                                               # success, progress, pass^k, the seven accuracies
spectool classify outputs.jsonl                                            # which errors, how often, where
spectool tasks check data/tasks                                            # every task executed and held to its own gold
spectool tasks generate -o fresh.jsonl --number 1000 --split dev           # more of them
```
"""

ENVIRONMENT_NOTES = """\
A tool is a typed Python function; its JSON Schema is derived from the signature, its descriptions from the docstring
(`spectool/environments/`). *Writes* change the state. A trajectory has a state of its own, which lies over records that nobody changes
(`data/environments/`); the same calls give the same results on every machine. Results are those of a real API: pages, empty lists, ids to
pass on, `not_found`, `conflict` and `invalid_argument` errors. Some names are confusingly alike on purpose. *Similarity* is the mean over
all pairs of tools, and the highest pair: the cosine of TF-IDF over the words of name and description and the character 3-grams of the
name. The paper reports such a figure; how it was computed we could not find.
"""

KINDS = {
    "one_constraint": "one condition",
    "several_constraints": "several conditions, mostly three to five",
    "multi_step": "the result of one call feeds the next",
    "parallel": "two independent calls, to be made at once or one after the other",
    "state_changing": "the state at the end is judged",
    "paraphrase": "a request of the other kinds in freer words",
    "irrelevant_constraint": "a wish that no argument of any tool serves; the calls stay the same",
    "missing_information": "a required detail is missing: the right act is to ask",
    "unrelated_request": "no tool can serve it: the right act is to say so",
    "dialogue": "a scripted user reveals details when asked, changes their mind, or tells something irrelevant",
}

GOLD = """\
## How the gold was found
A task is drawn from a *template*: a request with places, a way to fill them from records, and one or more reference solutions that act on
the environment (`spectool/benchmark/templates/`). The truth is what the solution finds, never what a person computed: its calls are a gold
path, what it read is the answer's claims, what it changed is the end state. Several solutions of a template are several valid paths; all
must come to the same claims and the same state on every draw. A search over the tools (`spectool/benchmark/search.py`) makes reading
calls with values that the request holds, a solution uses or an earlier call told, within bounds on how many, and tells ways by other tools
that come to the same end on all draws tried. Each was then added as a solution, or refused with a reason (`tests/benchmark/test_ways.py`);
dialogues are not searched.

A path says which values are right (several where several are), which arguments may be anything (a page size, a sort order that cannot
matter), and which may be left out (schema defaults). A single lookup and parallel calls bind exactly, a call too many is charged; where
calls feed each other or change something, every call of a path is due, in any order, and looking up more is free; a further change of state
is charged, since the end state is known. `spectool tasks check` executes every path in a fresh world, compares answer and end state,
classifies the perfect run with its gold and without (no error at all), and refuses near-duplicates.

## Splits
*dev* is to synthesise training data from, *val* to choose by, *test* to report. No two splits share a template, and none draws on a row
that another draws on, in whichever tables it stands (a row may still *refer* to one of another split, as a fee to its patent). {test_only}
appear in test only: what was learnt elsewhere shows there only if it carries over to tools never seen. Near-duplicate requests (Jaccard
index of word 5-grams at least 0.7) are refused within and across splits.

## More tasks
`spectool tasks generate` draws from the same templates, of the split that is asked for: all kinds, with few tools or the whole catalogue,
and the truth found by executing the solutions on every draw. The same seed gives the same bytes. Nothing is made near a val or test task
or near another request of the file, and no request that tells its own answer, so a template in one of its variants can be used up: then
others take its place, and where all are, it stops and says so. `python -m benchmarks.generated_tasks` holds 10,000 of them to their gold,
each in every way that the gold allows.

With `--rephrase MODEL` a model words the requests anew. A rewording is kept only where every word that fills a place and every figure still
stands in it, none has come in, and the model, as the agent in the task's world, solves the reworded request with the same claims and the
same end state; `--rephrase-check rules` leaves out the solving. What was not kept, and why, is counted; the request stays as it was.

## Feedback
Calls that no tool would take are refused and not executed. What is wrong is told in the paper's order: format, function, argument names,
missing arguments, types and values. `--feedback off` says only that the request was invalid, `error` what is wrong, `options` also what
would be right.

## Your own harness
The environments are a library, and the data travel with the package. What follows plays a task with any model and makes a row that
`spectool score` and `spectool classify` read:

```python
{example}```

Keep the task's `meta`, or pass the tasks by `--tasks`: `world` says in which environments the calls are executed again, and
`stage_of_turn` to which of the user's wishes each user message belongs.

## Scores
`spectool score` counts an attempt as a success when the answer tells every claim and the end state is the gold's (recomputed by executing
its calls again); it also gives the progress rate (AgentBoard: the share of gold sub-goals reached), pass^k over samples (tau-bench), the
paper's seven accuracies and their mean, and our rates by pattern. [scoring.md](scoring.md) has every rule.

## What it does not measure
- Real APIs: latency, outages, authentication, pages that change while you read.
- Breadth: ten domains, English only, at most four calls in most tasks; requests are worded by templates, several to each, and people
  word theirs in more ways.
- Answers in free prose: claims are compared by figures and words, not by meaning. A wrong remark beside all the right claims goes unseen.
- Policies, long instructions, images, code, and users who are unkind or lie.
- Whether an error matters: success and the rates of the patterns are counted side by side, neither from the other.

## Licence
Environments, records, tasks, templates and the scripts that made them are ours, under Apache-2.0. People, companies, films, clubs and
works in the records are invented.
"""

EXAMPLE = """\
from msgspec.structs import replace

from spectool.environments.episode.user import ScriptedUser
from spectool.environments.episode.world import World
from spectool.model import Message, Trajectory
from spectool.read.formats.spectool_rows import write
from spectool.read.tasks import load_tasks
from spectool.resources import folder

tasks, _ = load_tasks([folder("data") / "tasks" / "dev.jsonl"])


def play(task, model):
    world, user = World.of(task, feedback="options"), ScriptedUser.of(task)
    turns, stages = list(task.messages), [0]
    while len(turns) < 60:
        step = model(task.tool_sets[0], turns)  # yours: tools and conversation in, a spectool.model.Step out
        calls = tuple(replace(call, result=world.reply(call)) for call in step.calls)
        turns += [replace(step, calls=calls), *(Message(role="tool", content=call.result.content) for call in calls)]
        said = user.reply(turns) if user and not calls else None
        if said is not None:
            turns.append(Message(role="user", content=said))
            stages.append(user.stage)
        elif not calls:
            break
    meta = {**task.meta, "stage_of_turn": stages} if user else task.meta
    about = {"key": task.id, "id": task.id, "task": task.id, "model": "mine", "tags": task.tags, "meta": meta}
    return write(Trajectory(**about, tool_sets=task.tool_sets, request=task.request, turns=tuple(turns), gold=task.gold))
"""


def page() -> str:
    """The whole page as Markdown."""
    names = sorted(TEST_ONLY)
    gold = GOLD.format(example=EXAMPLE, test_only=f"`{'`, `'.join(names[:-1])}` and `{names[-1]}`")
    return "\n".join([*_head(), *_environments(), *_tasks(), gold])


def _head() -> Iterator[str]:
    yield "# The benchmark\n"
    yield "<!-- Generated by `make docs` from spectool/report/benchmark_page.py and data/tasks: change those, not this page. -->\n"
    yield INTRODUCTION


def _environments() -> Iterator[str]:
    alike = {each.environment: each for each in tool_similarities({each.name: each.tools for each in ENVIRONMENTS})}
    yield "## Environments\n"
    yield ENVIRONMENT_NOTES
    yield "| environment | what | functions | of them writes | records | similarity | templates | dialogues |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for each in ENVIRONMENTS:
        row = (f"`{each.name}`", each.description.rstrip("."), len(each.tools), _writes(each), _rows(each))
        about = (
            f"{alike[each.name].mean:.2f}, {alike[each.name].most:.2f}",
            len(book(each.name).templates),
            len(book(each.name).dialogues),
        )
        yield _row((*row, *about))
    totals = (sum(len(each.tools) for each in ENVIRONMENTS), sum(map(_writes, ENVIRONMENTS)), sum(map(_rows, ENVIRONMENTS)))
    yield _row(("all", "", *totals, "", sum(len(each.templates) for each in BOOKS), sum(len(each.dialogues) for each in BOOKS)))
    yield ""


def _writes(environment: Environment) -> int:
    return sum(tool.effect == "write" for tool in environment.tools)


def _rows(environment: Environment) -> int:
    return sum(map(len, environment.records.values()))


def _tasks() -> Iterator[str]:
    every = [(split, task) for split in SPLITS for task in _of_split(split)]
    few = sum("tools:few" in task.tags for _, task in every)
    paths = sum(len(task.gold.paths) > 1 for _, task in every if task.gold is not None)
    yield "## Tasks\n"
    offers = f"{few} offer at most eight tools, the others all of their environment"
    yield f"`data/tasks`: {len(every)} tasks; {offers}; {paths} have several paths.\n"
    yield "| kind | what | " + " | ".join(SPLITS) + " | all |"
    yield "|---|---|" + "--:|" * (len(SPLITS) + 1)
    yield from _counted([(split, str(task.meta["category"])) for split, task in every], KINDS)
    yield ""
    yield "| environment | " + " | ".join(SPLITS) + " | all |"
    yield "|---|" + "--:|" * (len(SPLITS) + 1)
    yield from _counted([(split, str(task.meta["environment"])) for split, task in every], {each.name: None for each in ENVIRONMENTS})
    yield ""


def _counted(pairs: Sequence[tuple[str, str]], rows: dict[str, str] | dict[str, None]) -> Iterator[str]:
    counts = Counter(pairs)
    for name, what in rows.items():
        numbers = [counts[split, name] for split in SPLITS]
        yield _row((f"`{name}`", *((what,) if what is not None else ()), *numbers, sum(numbers)))
    totals = [sum(count for (each, _), count in counts.items() if each == split) for split in SPLITS]
    yield _row(("all", *(("",) if None not in rows.values() else ()), *totals, sum(totals)))


@cache
def _of_split(split: str) -> tuple[Task, ...]:
    return tuple(load_tasks([folder("data") / "tasks" / f"{split}.jsonl"])[0].values())


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells) + " |"


if __name__ == "__main__":
    write_page(page(), sys.argv[1:])
