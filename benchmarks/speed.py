"""Speed of reading, parsing and judging BFCL outputs, beside BFCL's own decoder and checker on the same files in the same run.

    python benchmarks/speed.py --data DATA --reference REFERENCE.py --reference-python PYTHON

``DATA`` holds ``bfcl/datasets/v3`` and ``bfcl/results/v3``; ``REFERENCE.py`` is a program that checks the same outputs with BFCL's own code
and prints "N outputs, … X outputs/s". Each side runs in one process; the passes alternate, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import platform
import re
import statistics
import subprocess
import time
from pathlib import Path

from spectool.classify.classify import classify_batch
from spectool.model import Task
from spectool.read.tasks import load_tasks
from spectool.results.stream import Reading, read_batches, uncollected

MODELS = ("Qwen_Qwen3-8B", "meta-llama_Llama-3.1-8B-Instruct")
CATEGORIES = (
    "simple",
    "java",
    "javascript",
    "multiple",
    "parallel",
    "parallel_multiple",
    "live_simple",
    "live_multiple",
    "live_parallel",
    "live_parallel_multiple",
)


def read_and_judge(data: Path) -> tuple[int, int, float]:
    """(outputs, findings, seconds) of one pass over the ten categories of both models, data sets and gold included."""
    start = time.perf_counter()
    outputs = findings = 0
    for category in CATEGORIES:
        tasks: dict[str, Task] = load_tasks([data / "bfcl/datasets/v3" / f"BFCL_v3_{category}.json"])[0]
        for model in MODELS:
            path = data / "bfcl/results/v3/result" / model / f"BFCL_v3_{category}_result.json"
            for batch in read_batches([path], Reading(tasks=tasks)):  # as the pipeline does
                for verdict in classify_batch(batch.trajectories):
                    outputs += 1
                    for outcome in verdict.outcomes:
                        if outcome.findings:
                            findings += len(outcome.findings)
    return outputs, findings, time.perf_counter() - start


def reference_rate(program: Path, python: str) -> tuple[int, float]:
    """(outputs, outputs per second) that the reference program reports, its best of three passes."""
    done = subprocess.run([python, str(program), "--repeat", "3"], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+) outputs, .*?: ([\d,]+) outputs/s", done.stdout)
    if found is None:
        raise SystemExit(f"{program}: expected a line 'N outputs, …: X outputs/s', got\n{done.stdout[-500:]}")
    return int(found[1]), float(found[2].replace(",", ""))


def main() -> None:
    """Alternate the two sides and print one line each, then the ratio of the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--reference-python", default="python3")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    ours, theirs = [], []
    outputs = findings = 0
    for _ in range(args.rounds):
        with uncollected():  # as the pipeline itself runs
            passes = [read_and_judge(args.data) for _ in range(3)]
        outputs, findings = passes[0][:2]
        ours.append(outputs / min(seconds for _, _, seconds in passes))
        if args.reference:
            theirs.append(reference_rate(args.reference, args.reference_python))
    print(f"{platform.machine()}, Python {platform.python_version()}, {args.rounds} rounds, best of 3 passes each, median of rounds")
    print(f"SpecTool   {outputs} outputs, read + parse + every finding ({findings}): {statistics.median(ours):,.0f} outputs/s")
    if theirs:
        rate = statistics.median(rate for _, rate in theirs)
        print(f"reference  {theirs[0][0]} outputs, read + decode + first error: {rate:,.0f} outputs/s")
        print(f"ratio      {statistics.median(o / r for o, (_, r) in zip(ours, theirs, strict=True)):.2f}")


if __name__ == "__main__":
    main()
