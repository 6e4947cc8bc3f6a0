"""Why the tool and BFCL, or the tool and a recount, differ on purpose: each difference with the decision behind it.

The decisions are numbered as in the project's taxonomy notes; ``None`` means that a difference has no such reason and is a fault of ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.bfcl_recount import FailingCall, differing
from spectool.defaults import NONE_STATED, default_of
from spectool.model import Finding, Trajectory

RENAMED = "one slip is charged once: the misnamed argument fills the slot, its value is compared there (decision 1)"
DEFAULT = "equal to the schema's default, given or omitted (decision 7)"
INTEGER = "a whole number is a float too (decision 8)"
NO_VALUE = "the gold lists no value at all, which no call can meet: the item is at fault (docs/formats.md, BFCL)"
SCHEMA = "breaks its schema although the gold takes it: the finding stands with the task at fault (decision 8)"


def apart_because(call: FailingCall, name: str, findings: Sequence[Finding]) -> str | None:
    """Why an argument is blamed by only one of recount and tool."""
    named = [f for f in findings if f.error == "IAN" and f.subtype == "near_miss"]
    if any(f.repair == name or f.path.endswith(f".{name}") for f in named):
        return RENAMED
    if name in call.differing and call.gold.get(name) == []:
        return NO_VALUE
    declared = call.parameters.get("properties", {}).get(name, {})
    default = default_of(declared)
    if default is not NONE_STATED and name in call.differing and _is_at_default(call, name, default):
        return DEFAULT
    if any(f.fault == "task" for f in findings if f.path.endswith(f".{name}")):
        return SCHEMA
    return None


def _is_at_default(call: FailingCall, name: str, default: object) -> bool:
    """Whether the call gives the default and the gold may be left out, or the gold takes the default and the call leaves it out."""
    allowed = call.gold.get(name, [""])
    if name in call.given:
        return "" in allowed and not differing({name: call.given[name]}, {name: [default]})
    return not differing({name: default}, {name: allowed})


def decision_behind(attempt: Trajectory, finding: Finding) -> str | None:
    """Why a certain finding of the seven stands on a row that BFCL passes."""
    category = str(attempt.meta["category"])
    if category.endswith("relevance"):
        return _relevance(finding)
    if finding.error == "IAV" and finding.subtype == "format_variant":
        return "strings are equal after NFC and outer white space only; BFCL drops case, spaces and punctuation (decision 8)"
    if finding.error == "IAV" and finding.subtype == "outside_enum":
        return "the value is not in the schema's enum; BFCL compares with the gold alone, and without case or punctuation (decision 8)"
    if finding.error == "IFE" and finding.subtype == "other_syntax":
        return "a bare name in a value's place is no literal; BFCL reads it as a text (IFE.other_syntax)"
    if finding.error == "IFE" and finding.subtype == "malformed":
        return "an expression in a value's place is no literal; BFCL keeps its source as a text (IFE.malformed)"
    if finding.error == "IFE" and finding.subtype == "wrapped":
        return "words around a good call; BFCL's decoder cuts them off (IFE.wrapped)"
    return None


def _relevance(finding: Finding) -> str | None:
    """Irrelevance passes a text that does not decode, relevance one that does; neither looks at what was called."""
    if finding.error == "IFE":
        return "the text tried to call and did not parse; BFCL counts a text that it can not decode as no call"
    if finding.error == "RAC":
        return "the same call twice in one batch; BFCL's decoder failed on the text as a whole, so that no call counts there"
    if finding.error in ("IAN", "IAT") or finding.subtype in ("missing_required", "outside_enum", "outside_bounds"):
        return "the call breaks its tool's schema; BFCL looks at no arguments here"
    return None
