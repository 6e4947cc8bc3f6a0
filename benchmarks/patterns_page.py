"""Writes docs/patterns.md: what SpecTool makes of real outputs, as its commands print it.

    python -m benchmarks.patterns_page DATA > docs/patterns.md

``DATA`` is the folder of public outputs; the runs recorded in ``data/runs`` come with the repository. Takes some minutes on two cores.
"""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
RUNS = ROOT / "data" / "runs"
V3 = "DATA/bfcl/results/v3"
# Terminal width of what is printed.
WIDTH = "110"

HEAD = """# From findings to causes: real outputs

Written by `python -m benchmarks.patterns_page DATA > docs/patterns.md` on {date}; no figure and no example is written by hand.
`DATA` holds public model outputs that are no part of this repository; the recorded runs are in [data/runs](../data/README.md).

`spectool patterns` reads a result folder and says, in this order: how often each pattern occurs, with n and a 95 % interval clustered by
task, and what could not be checked; *systemic causes*, where harness, template, parser or the tools given should be suspected before the
model; *shapes*, slips that differ only in their ids, numbers and quoted values, counted by the trajectories they affect, each with what to
do about it; *slices*, conditions under which a pattern is more frequent, found on one half of the tasks and tested on the other; *clusters*
of shapes that read alike. `spectool audit` takes a score apart, `spectool compare` pairs two runs by task: [cli.md](cli.md).
"""


class Folder(NamedTuple):
    """A result folder of the page: its name, and what ``spectool classify`` is given."""

    name: str
    title: str
    arguments: tuple[str, ...]


BFCL = tuple(
    Folder(name, title, (f"{V3}/result/{folder}", "--tasks", "DATA/bfcl/datasets/v3", "--compat", "bfcl"))
    for name, title, folder in (
        ("xlam2", "xLAM-2-8b-fc-r", "Salesforce_Llama-xLAM-2-8b-fc-r"),
        ("llama31", "Llama-3.1-8B-Instruct, prompt mode", "meta-llama_Llama-3.1-8B-Instruct"),
        ("qwen3", "Qwen3-8B, prompt mode", "Qwen_Qwen3-8B"),
    )
)


class Printer:
    """Runs commands as a reader would and prints what they print."""

    def __init__(self, data: Path, results: Path) -> None:
        self._data, self._results = str(data), str(results)

    def run(self, *command: str) -> list[str]:
        """The lines that ``spectool COMMAND`` prints.

        Raises:
            SystemExit: it failed.
        """
        real = [word.replace("DATA", self._data) if word.startswith("DATA") else self._place(word) for word in command]
        environment = {"COLUMNS": WIDTH, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-m", "spectool", *real], capture_output=True, text=True, env=environment, cwd=ROOT)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-2000:]}")
        return done.stdout.replace(self._results, "results").replace(self._data, "DATA").splitlines()

    def _place(self, word: str) -> str:
        return f"{self._results}/{word.removeprefix('results/')}" if word.startswith("results/") else word

    def classify(self, folders: tuple[Folder, ...]) -> None:
        """Make the result folders, and print the commands that did."""
        for each in folders:
            self.run("classify", *each.arguments, "-o", f"results/{each.name}")
        _fenced(" ".join(("spectool classify", *each.arguments, "-o", f"results/{each.name}")) for each in folders)


def _fenced(lines: Iterator[str] | list[str]) -> None:
    # Four: no line that a model wrote, cut and indented as they are, ends such a block.
    print("````", *lines, "````", "", sep="\n", flush=True)


def part(lines: list[str], heading: str) -> list[str]:
    """The section that begins with ``heading``, up to its empty line."""
    first = next(number for number, line in enumerate(lines) if line.startswith(heading))
    return list(takewhile(str.strip, lines[first:]))


def _causes_and_shapes(printer: Printer, folders: tuple[Folder, ...]) -> None:
    for folder in folders:
        printed = printer.run("patterns", f"results/{folder.name}")
        print(f"### {folder.title}\n\n`spectool patterns results/{folder.name}` has among others:\n")
        _fenced(part(printed, "Systemic causes"))
        _fenced(part(printed, "Shapes"))


def main() -> None:
    """Classify, run every command and print the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data: Path = parser.parse_args().data.resolve()
    print(HEAD.format(date=datetime.date.today().isoformat()))
    with TemporaryDirectory() as results:
        printer = Printer(data, Path(results))
        print("## Three models on BFCL v3\n")
        printer.classify(BFCL)
        _causes_and_shapes(printer, BFCL)
        print("## Their published scores taken apart\n\n`spectool audit results/xlam2 results/llama31 results/qwen3`\n")
        _fenced(printer.run("audit", *(f"results/{each.name}" for each in BFCL)))


if __name__ == "__main__":
    main()
