"""Which findings count against the model."""

from __future__ import annotations

from spectool.model import Finding


def counts(finding: Finding) -> bool:
    """Whether a finding counts against the model: neither a mere candidate nor somebody else's fault.

    Events and artefacts are nobody's slip; there the tier alone decides.
    """
    if finding.tier == "candidate":
        return False
    return finding.level in ("event", "artefact") or finding.fault in ("agent", "unknown")
