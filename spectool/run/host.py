"""The machine that a run was made on, for whoever compares its times."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def host_facts() -> dict[str, str]:
    """System, processor, cores this process may use, memory in GiB, and Python's version; nothing that names the machine or its user."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory_gib": str(round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)),
        "python": platform.python_version(),
    }


def _processor() -> str:
    """The processor's model name; empty where the system does not tell."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
