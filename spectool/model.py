"""The nouns: what a run of a tool-calling model is made of, and what is said about it.

Everything above this file speaks in these words. All are frozen, keyword-only and typed; model-written
arguments are kept exactly as decoded (``"3"`` stays a string), so that a slip is never repaired by reading it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

Effect = Literal["read", "write", "unknown"]
Role = Literal["system", "user", "tool"]
GoldMode = Literal["exact", "ordered", "unordered", "required", "writes", "any_call", "state"]
Level = Literal["core", "extended", "event", "artefact"]
Tier = Literal["certain", "likely", "candidate"]
FindingSource = Literal["rule", "tool_reply", "inferred", "tagger", "judge", "person"]
Fault = Literal["agent", "user", "task", "tool", "harness", "unknown"]
ProblemKind = Literal[
    "wrapped",
    "other_syntax",
    "positional",
    "truncated",
    "in_reasoning",
    "bad_shape",
    "malformed",
]


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A function offered to the model.

    ``parameters`` is a JSON Schema object as ``schema.normalise`` leaves it; ``effect`` says whether a call changes state.
    """

    name: str
    description: str = ""
    parameters: Mapping[str, Any] = msgspec.field(default_factory=dict)
    effect: Effect = "unknown"


class ParseProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Why a text that tried to call did not parse as asked.

    ``offset`` counts characters from the start of the step's text; ``None`` when it has no place there.
    ``recoverable`` means that the call was understood all the same and is judged further.
    """

    kind: ProblemKind
    message: str
    offset: int | None = None
    recoverable: bool = False


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a tool answered: ``content`` as the model saw it, ``raw`` as the log held it where that differs."""

    content: str
    is_error: bool = False
    raw: str | None = None


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call as the model wrote it; a call that does not parse is still a call, with ``raw`` and ``problem``.

    ``arguments`` is ``None`` when they could not be read; ``span`` is (start, end) in the step's text, in characters.
    """

    name: str
    arguments: Mapping[str, Any] | None = None
    raw: str = ""
    span: tuple[int, int] | None = None
    id: str | None = None
    problem: ParseProblem | None = None
    result: Result | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True, tag="message", tag_field="kind"):
    """Something the model saw that is not its own turn."""

    role: Role
    content: str


class Logprob(msgspec.Struct, frozen=True, kw_only=True):
    """One generated token: its text and natural-log probability."""

    token: str
    logprob: float


class Step(msgspec.Struct, frozen=True, kw_only=True, tag="step", tag_field="kind"):
    """One assistant turn.

    ``raw`` is the model's text where it was kept (spans count in it), ``text`` what remains to show a user;
    ``tool_set`` indexes ``Trajectory.tool_sets``: what was offered at this step; ``dialect`` is the syntax the calls
    were written in (``native`` = structured tool calls of an API); ``time`` in seconds.
    """

    text: str = ""
    reasoning: str = ""
    calls: tuple[Call, ...] = ()
    raw: str | None = None
    tool_set: int = 0
    dialect: str | None = None
    finish_reason: str | None = None
    agent: str | None = None
    parent: str | None = None
    time: float | None = None
    logprobs: tuple[Logprob, ...] | None = None


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked of the model.

    ``tool_choice`` is ``auto``, ``none``, ``required`` or a tool's name; ``dialect`` is the syntax asked for, ``None`` when unknown;
    ``max_steps`` and ``max_calls`` are stated limits; ``finish`` is the tool that ends the task with an answer, where there is one.
    """

    tool_choice: str | None = None
    parallel_tool_calls: bool | None = None
    strict: bool = False
    constrained: bool = False
    dialect: str | None = None
    response_format: str | None = None
    max_steps: int | None = None
    max_calls: int | None = None
    finish: str | None = None


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What one argument may be: any of ``values``, ``objects`` (field by field) or ``lists`` (item by item).

    ``optional`` allows leaving it out; ``any`` accepts every value; ``tolerance`` is an absolute difference for numbers.
    """

    values: tuple[Any, ...] = ()
    objects: tuple[Mapping[str, Expected], ...] = ()
    lists: tuple[tuple[Expected, ...], ...] = ()
    optional: bool = False
    any: bool = False
    tolerance: float | None = None


class ExpectedCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call the gold needs; ``turn`` counts user turns from 0."""

    name: str
    arguments: Mapping[str, Expected] = msgspec.field(default_factory=dict)
    turn: int = 0


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """What would have been right: one or more valid paths and how strictly they bind (see docs/gold.md).

    "No call is due" is one empty path in mode ``exact``. ``answer`` holds the final answer's atomic claims.
    """

    paths: tuple[tuple[ExpectedCall, ...], ...] = ()
    mode: GoldMode = "exact"
    answer: tuple[str, ...] = ()
    state: Mapping[str, Any] | None = None


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A problem to run, or what ``--tasks`` joins to outputs that carry no tools or gold of their own."""

    id: str
    tool_sets: tuple[tuple[Tool, ...], ...] = ()
    messages: tuple[Message, ...] = ()
    gold: Gold | None = None
    request: Request = Request()
    tags: tuple[str, ...] = ()
    meta: Mapping[str, Any] = msgspec.field(default_factory=dict)


class Trajectory(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt of one model at one task, in the order it happened.

    ``key`` is unique and stable (hash of source, line and index); ``task`` joins attempts of several runs at the same task;
    ``sample`` numbers repeats. ``reward`` is the harness's own score (0–1 where it has one), ``None`` when not given.
    ``meta`` keeps ``category``, ``environment``, ``format`` and ``compat_label`` (another checker's verdict) where known.
    """

    key: str
    id: str
    task: str = ""
    sample: int = 0
    model: str = ""
    run: str = ""
    tool_sets: tuple[tuple[Tool, ...], ...] = ()
    request: Request = Request()
    turns: tuple[Message | Step, ...] = ()
    gold: Gold | None = None
    reward: float | None = None
    time: str | None = None
    tags: tuple[str, ...] = ()
    meta: Mapping[str, Any] = msgspec.field(default_factory=dict)
    source: str = ""
    line: int | None = None


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """A record that could not be read: where, why, and its head (at most 200 characters)."""

    source: str
    line: int | None
    reason: str
    head: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One slip, with its place and what would have been right.

    ``step`` indexes ``Trajectory.turns``; ``call`` the step's calls; both ``None`` when the finding is about an absence.
    ``path`` is a JSONPath from the trajectory; ``repair`` the value that mends it, as JSON, where one follows.
    """

    error: str
    subtype: str
    level: Level
    tier: Tier = "certain"
    source: FindingSource = "rule"
    fault: Fault = "agent"
    primary: bool = False
    step: int | None = None
    call: int | None = None
    tool: str | None = None
    path: str = "$"
    message: str = ""
    expected: Any = None
    got: Any = None
    repair: Any = None


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """What a tagger or a judge thinks of one pattern in one trajectory; never a finding of the rules.

    ``score`` is a probability (``None``: none is given); ``tier`` is ``None`` where it looked and says nothing, and ``skipped`` says why it
    could not look. ``evidence`` holds the features or quotes that it rests on; ``by`` names the tagger or the model.
    """

    key: str
    error: str
    by: str
    subtype: str = ""
    score: float | None = None
    tier: Literal["likely", "candidate"] | None = None
    step: int | None = None
    call: int | None = None
    tool: str | None = None
    path: str = "$"
    message: str = ""
    got: Any = None
    evidence: tuple[Any, ...] = ()
    skipped: str | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one pattern's detector said of one trajectory.

    ``assessed`` counts the places that could have failed; ``skipped`` says why the pattern could not be judged (``None``: it was).
    """

    error: str
    assessed: int = 0
    findings: tuple[Finding, ...] = ()
    skipped: str | None = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """All outcomes of one trajectory; ``passed`` is ``None`` where nothing could decide it.

    ``gold_path`` is the index of the path reported against; ``crashed`` names detectors that failed, with the reason.
    """

    key: str
    passed: bool | None
    outcomes: tuple[Outcome, ...]
    gold_path: int | None = None
    compat_label: str | None = None
    crashed: tuple[str, ...] = ()


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """What a dialect made of a text: the calls it holds, and problems that belong to no call.

    ``reasoning`` is the text before the calls that is thinking by the format's own markers; ``text`` what is left for a user.
    """

    calls: tuple[Call, ...] = ()
    problems: tuple[ParseProblem, ...] = ()
    text: str = ""
    reasoning: str = ""
