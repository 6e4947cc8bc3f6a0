"""What ``summary.json`` says: counts, rates with their denominators, what could not be judged and why. Versioned by ``SCHEMA_VERSION``."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from spectool.model import Level
from spectool.results.interval import Rate


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One path as given and what was found in it; ``formats`` maps a format's name to the number of files read with it."""

    path: str
    files: int
    formats: Mapping[str, int]
    trajectories: int
    rejected: int


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the folder was made; ``None`` and empty mean "not given"; ``infer_tools``: tools were inferred where there were none.

    ``tools_inferred``: the tools given were themselves inferred from a log, as their mark says.
    """

    format: str | None = None
    gold_mode: str | None = None
    tasks: tuple[str, ...] = ()
    tools: str | None = None
    compat: tuple[str, ...] = ()
    infer_tools: bool = False
    tools_inferred: bool = False


class InferredTools(msgspec.Struct, frozen=True, kw_only=True):
    """What ``--infer-tools`` learned: ``tools`` from ``used`` calls that succeeded, of ``calls`` in records without tools.

    Of the tools, ``likely`` rest on enough tasks for likely findings, ``thin`` ones give candidates, ``silent`` ones nothing.
    """

    tools: int
    calls: int
    used: int
    likely: int
    thin: int
    silent: int


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Totals of the folder. ``records`` = trajectories + rejected; ``duplicate_ids`` counts trajectories beyond the first of an attempt.

    ``remarks``: what readers noted of trajectories, with how many it holds for.
    """

    records: int = 0
    trajectories: int = 0
    rejected: int = 0
    steps: int = 0
    calls: int = 0
    findings: int = 0
    candidates: int = 0
    excused: int = 0
    passed: int = 0
    failed: int = 0
    undecided: int = 0
    without_tools: int = 0
    without_gold: int = 0
    duplicate_ids: int = 0
    tasks_given: int = 0
    tasks_used: int = 0
    tasks_rejected: int = 0
    remarks: Mapping[str, int] = msgspec.field(default_factory=dict)


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One finding to look at first."""

    key: str
    id: str
    subtype: str
    tier: str
    path: str
    message: str


class Harm(msgspec.Struct, frozen=True, kw_only=True):
    """Of the trajectories with a finding, ``decided`` have a verdict (the harness's reward, else ours), and ``failed`` of these failed."""

    decided: int
    failed: int


class PatternSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern of one model.

    ``findings`` count against the model; ``candidates`` are unproven, ``excused`` somebody else's fault (task, tool, user, harness).
    ``judged`` trajectories could be judged, ``trajectories_with`` of them have a finding; ``assessed`` places could have failed.
    ``skipped`` maps each reason to the number of trajectories that could not be judged because of it.
    """

    error: str
    level: Level
    findings: int
    candidates: int
    excused: int
    trajectories_with: int
    judged: int
    assessed: int
    per_trajectory: Rate
    per_opportunity: Rate
    skipped: Mapping[str, int]
    subtypes: Mapping[str, int]
    example: Example | None
    failed_with: Harm


class RewardSummary(msgspec.Struct, frozen=True, kw_only=True):
    """Findings against the harness's own reward (1 = passed).

    ``recall``: failing trajectories with a finding of the seven or the extended block; ``false_alarms``: passing ones with one;
    the ``core_`` pair counts the seven alone.
    """

    passing: int
    failing: int
    recall: Rate
    false_alarms: Rate
    core_recall: Rate
    core_false_alarms: Rate


class ModelSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One model: its totals, its patterns in the order of the taxonomy, and hints that a cause is systemic."""

    model: str
    trajectories: int
    tasks: int
    steps: int
    calls: int
    passed: int
    failed: int
    undecided: int
    without_tools: int
    without_gold: int
    reward: RewardSummary | None
    patterns: tuple[PatternSummary, ...]
    systemic: tuple[str, ...]


class CompatSummary(msgspec.Struct, frozen=True, kw_only=True):
    """Another system's rulings on one model.

    ``judged`` trajectories have a verdict, ``passed`` of them passed. Of the judged that carry that system's published verdict
    (``published``), ``agree`` have the same one here; of the published failures (``published_failures``), ``same_label`` the same label.
    ``scores`` maps a metric to its mean over the trajectories that have one, ``scored`` to their number.
    """

    system: str
    model: str
    trajectories: int
    judged: int
    passed: int
    published: int
    agree: int
    published_failures: int
    same_label: int
    scores: Mapping[str, float]
    scored: Mapping[str, int]


class Crash(msgspec.Struct, frozen=True, kw_only=True):
    """A detector that failed: our fault, never the model's. ``example`` is the key of the first trajectory it failed on."""

    reason: str
    trajectories: int
    example: str


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of ``summary.json``; ``rejected`` names the first records that could not be read, ``rejected.jsonl`` all of them."""

    schema_version: int
    spectool: str
    created: str
    inputs: tuple[Input, ...]
    settings: Settings
    counts: Counts
    models: tuple[ModelSummary, ...]
    rejected: tuple[str, ...]
    crashed: tuple[Crash, ...]
    notes: tuple[str, ...]
    compat: tuple[CompatSummary, ...] = ()
    inferred: InferredTools | None = None
