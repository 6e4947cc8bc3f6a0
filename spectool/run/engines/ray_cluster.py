"""The Ray cluster that an engine joins, and how much of it a worker takes."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping, Sequence
from typing import Any

from spectool.run.engines.engine import EngineError
from spectool.run.engines.options import EngineOptions

# Seconds for a cluster's first machine to take a connection. Ray itself tries on for minutes.
PATIENCE = 10.0


def join(ray: Any) -> None:
    """Joins the cluster that ``RAY_ADDRESS`` or this machine's own Ray names, else starts one on this machine.

    Raises:
        EngineError: it is not reached.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # What Ray will do some day with machines without a GPU; it warns of it at every start.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        check_reached(os.environ.get("RAY_ADDRESS", ""))
        # The workers' logs would be written into our progress bar.
        ray.init(log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError) as error:
        raise EngineError(f"no Ray cluster is reached: {str(error).strip()[:300]}; is it up? see docs/cluster.md") from error


def check_reached(address: str) -> None:
    """Connects once to an address of the form ``host:port``; lets others through, which Ray looks up.

    Raises:
        OSError: nobody listens there.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise OSError(f"RAY_ADDRESS={address[:80]} does not answer ({error})") from error


def needs(nodes: Sequence[Mapping[str, Any]], options: EngineOptions) -> dict[str, float]:
    """What one worker takes of a machine, as Ray counts it: GPUs where there are any, else all cores of a machine.

    Args:
        nodes: as ``ray.nodes()`` tells of them.
        options: ``workers`` and ``tensor_parallel`` count.

    Raises:
        EngineError: there is no room for that many workers.
    """
    alive = [node["Resources"] for node in nodes if node["Alive"]]
    size = options.tensor_parallel or 1
    gpus = [int(resources.get("GPU", 0)) for resources in alive]
    if any(gpus):
        taken, room, each = {"num_gpus": float(size)}, sum(count // size for count in gpus), f"{size} GPUs of one machine"
    else:
        # vLLM takes all cores of a machine, so two workers on one would be in each other's way.
        cores = [resources.get("CPU", 0.0) for resources in alive if resources.get("CPU", 0.0) >= 1]
        taken, room, each = {"num_cpus": min(cores, default=0.0)}, len(cores), "one machine, since there is no GPU"
    if options.workers > room:
        asked = f"{options.workers} workers, each on {each}"
        raise EngineError(f"the Ray cluster has room for {room}, not for {asked}; pass a smaller --workers or add machines")
    return taken
