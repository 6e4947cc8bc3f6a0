"""ToolBench answers: one file a query, a search tree of thoughts, actions and action inputs.

Depth-first search tries several continuations of one beginning. Each path from the root to a leaf is one attempt (``sample`` numbers
them): the branch that ended in an answer first, then the others in the order they were made. A step that several branches share stands
in the first of them only, so that **every call is judged once**; in the later ones the replies of the shared beginning come first, as
context. A repeat of a call from a shared beginning is therefore not seen in the later branches.

- A thought, an action and its input are one step. ``Finish`` is one of the offered functions and a call like any other.
- A reply with a non-empty ``error`` is a failed one; ``observation_code`` 1 says that the function does not exist.
- ``win`` says that some branch gave an answer, not that the answer is right: it is kept in ``meta`` and is no reward. There is no gold.

Source: OpenBMB/ToolBench, ``toolbench/inference`` (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from spectool.model import Call, Message, Rejected, Result, Step, Task, Trajectory
from spectool.read.join import Joined
from spectool.read.record import as_list, as_object, as_text, convert
from spectool.read.source import FormatError, Source, decode
from spectool.read.steps import native_call, step_from_text
from spectool.read.tools import tools_from

NAME = "toolbench"
DESCRIPTION = "ToolBench answer files: a search tree of thoughts, actions and replies, one file a query"
EXAMPLE = (
    '{"win": true, "tree": {"tree": {"node_type": "Action Input", "description": "", "children": [{"node_type": "Action", '
    '"description": "get_weather", '
    '"children": [{"node_type": "Action Input", "description": "{\\"city\\": \\"Paris\\"}", '
    '"observation": "{\\"error\\": \\"\\", \\"response\\": \\"18C\\"}", '
    '"observation_code": 0, "children": []}]}]}}, "answer_generation": {"query": "Weather in Paris?", "function": []}}'
)

MAX_DEPTH = 400
Node = Mapping[str, Any]


def sniff(source: Source) -> float:
    """By the tree beside ``answer_generation``."""
    first = next(iter(source.sample()), None)
    return 0.95 if isinstance(first, Mapping) and {"tree", "answer_generation"} <= first.keys() else 0.0


def read(source: Source, tasks: Mapping[str, Task]) -> Iterator[Trajectory | Rejected]:
    """One trajectory a branch."""

    def one(record: Any, line: int) -> Iterator[Trajectory]:
        document = as_object(record, "an answer file")
        answer = as_object(document["answer_generation"], "answer_generation")
        tools = tools_from(answer.get("function"))
        joined = Joined(tasks, (_task(source),), (tools,) if tools else ())
        root = as_object(as_object(document["tree"], "tree").get("tree", {}), "tree.tree")
        start = _prompt(answer)
        branches = sorted(_branches(root), key=lambda branch: not branch[-1].get("finished"))
        covered: set[int] = set()
        for number, branch in enumerate(branches):
            turns = (*start, *_turns(branch, covered, joined.names))
            meta = {"win": bool(document.get("win")), "finished": bool(branch[-1].get("finished")), "category": _group(source)}
            yield joined.trajectory(source, line, turns, form=NAME, index=number, sample=number, model=_model(source), meta=meta)

    return convert(source, one)


def _task(source: Source) -> str:
    """The query's number, within its group."""
    return f"{_group(source)}/{_stem(source).partition('_')[0]}"


def _group(source: Source) -> str:
    """The folder, such as ``G1_answer``."""
    return source.path.absolute().parent.name if source.path is not None else ""


def _model(source: Source) -> str:
    """``ChatGPT_DFS_woFilter_w2`` of ``10_ChatGPT_DFS_woFilter_w2.json``."""
    return _stem(source).partition("_")[2]


def _stem(source: Source) -> str:
    return source.name.rpartition("/")[2].partition(".json")[0]


def _prompt(answer: Node) -> tuple[Message, ...]:
    """What the model was told: the system prompt where a branch was kept as training messages, and the query."""
    kept = as_list(answer.get("train_messages"), "train_messages")
    first = kept[0] if kept and isinstance(kept[0], list) else []
    system = [as_text(m.get("content")) for m in first if isinstance(m, Mapping) and m.get("role") == "system"]
    query = as_text(answer.get("query")) or next((as_text(m.get("content")).strip() for m in first if m.get("role") == "user"), "")
    return (*(Message(role="system", content=text) for text in system[:1]), Message(role="user", content=query))


def _branches(root: Node) -> list[list[Node]]:
    """All paths from below the root to a leaf, in the order they were made.

    Raises:
        FormatError: the tree is deeper than any search goes.
    """
    found: list[list[Node]] = []
    open_paths: list[list[Node]] = [[as_object(child, "a node")] for child in reversed(as_list(root.get("children"), "children"))]
    while open_paths:
        path = open_paths.pop()
        if len(path) > MAX_DEPTH:
            raise FormatError(f"expected a tree of at most {MAX_DEPTH} levels, got more")
        children = as_list(path[-1].get("children"), "children")
        if not children:
            found.append(path)
        open_paths.extend([*path, as_object(child, "a node")] for child in reversed(children))
    return found


def _turns(branch: Sequence[Node], covered: set[int], names: Sequence[str]) -> Iterator[Message | Step]:
    """Steps and replies of one branch; of nodes an earlier branch covers, only the replies."""
    thoughts: list[str] = []
    action: Node | None = None
    for node in branch:
        new = id(node) not in covered
        covered.add(id(node))
        kind, text = node.get("node_type"), as_text(node.get("description"))
        if kind == "Thought":
            thoughts.extend([text] if new else [])
        elif kind == "Action":
            action = node
        elif action is not None:
            reply = as_text(node.get("observation"))
            if new:
                yield _step(thoughts, as_text(action.get("description")), text, reply)
            yield Message(role="tool", content=reply)
            thoughts, action = [], None
    if action is not None and id(action) in covered:
        yield Step(text="\n".join(thoughts), calls=(Call(name=as_text(action.get("description"))),), dialect="native")
    elif thoughts:
        yield step_from_text("\n".join(thoughts), names=names)


def _step(thoughts: Sequence[str], name: str, arguments: str, reply: str) -> Step:
    text = "\n".join(thoughts)
    call = replace(native_call(None, name, arguments), result=Result(content=reply, is_error=_failed(reply)))
    return Step(text=text, calls=(call,), raw=text, dialect="native")


def _failed(reply: str) -> bool:
    """Whether a reply's ``error`` says anything; cut replies are no JSON, but their ``error`` comes first."""
    try:
        answer = decode(reply)
    except FormatError:
        return reply.startswith('{"error": "') and not reply.startswith('{"error": ""')
    return isinstance(answer, Mapping) and bool(answer.get("error"))
