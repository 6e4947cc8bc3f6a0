"""README.md: its table is what the command prints of the recorded outputs, and what it says of them holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from itertools import takewhile
from pathlib import Path

from spectool.classify.taxonomy import load

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
RECORDED = [f"data/demo/outputs.{model}.jsonl" for model in ("smollm2-135m", "qwen2.5-coder-1.5b")]
BLOCK = re.compile(r"(?<=```text\n)SpecTool  data/demo.*?(?=```)", re.S)
ELIDED = "  …"


def printed(folder: str) -> list[str]:
    """What ``spectool classify`` prints of the recorded outputs, in a folder where they lie as in a checkout."""
    (Path(folder) / "data").symlink_to(ROOT / "data")
    command = [sys.executable, "-m", "spectool", "classify", *RECORDED, "-o", "results/demo"]
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def excerpt(lines: list[str]) -> str:
    """The comparison, the first pattern of the second model, the hint and the end."""
    start = next(at for at, line in enumerate(lines) if line.startswith("qwen2.5-coder-1.5b "))
    rest = lines[start:]
    first = rest[:4]
    hint = list(takewhile(bool, rest[next(at for at, line in enumerate(rest) if line.startswith("  ! ")) :]))
    end = rest[next(at for at, line in enumerate(rest) if line.startswith("Written to")) :]
    compared = lines[: lines.index("", lines.index("") + 1)]
    return "\n".join([*compared, "", *first, ELIDED, *hint, ELIDED, *end]) + "\n"


def test_the_table_is_what_the_command_prints(tmp_path: Path) -> None:
    lines = printed(str(tmp_path))
    shown = BLOCK.search(README.read_text(encoding="utf-8"))
    assert shown
    assert shown[0] == excerpt(lines), "if the change is meant: python tests/docs/test_readme.py"
    core = [error.code for error in load().errors if error.level == "core"]
    never = [code for code in core if not any(re.match(rf"  {code}  .* [1-9]\d*/\d+", line) for line in lines)]
    assert never == [], "the README says that all seven occur"


def test_it_stays_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 150


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        text = excerpt(printed(made))
    README.write_text(BLOCK.sub(lambda _: text, README.read_text(encoding="utf-8")), encoding="utf-8")
