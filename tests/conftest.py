"""Fixtures that every wing's tests share."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from spectool.read.source import Source

SHARED_DATA = "SPECTOOL_SHARED_DATA"
# Shows whole values where a comparison inside it fails.
pytest.register_assert_rewrite("tests.classify.build")
# How long an example takes says more of what else the machine does than of the code.
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public model outputs, which is no part of this repository; tests that need it skip where it is absent."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get(SHARED_DATA, beside))
    if not folder.is_dir():
        pytest.skip(f"no shared data: set {SHARED_DATA} to its folder, or keep it at ../shared/data")
    return folder


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Source]:
    """Makes a source of rows (values, or text as it stands): ``opened(row, row)``, ``opened("…", name="a.jsonl")``."""

    def make(*rows: object, name: str = "a.jsonl") -> Source:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8")
        return Source(path, name)

    return make
