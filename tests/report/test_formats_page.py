"""``docs/formats.md`` says what the readers say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from spectool.model import Trajectory
from spectool.read.formats.registry import FORMATS, detect
from spectool.report.formats_page import page

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


def test_the_page_in_the_repository_is_the_one_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run 'make docs' and commit docs/formats.md"


def test_every_record_on_the_page_is_read_as_the_section_says(opened: Any) -> None:
    shown = re.findall(r"\n## (\w+)\n.*?```json\n(.*?)\n```", page(), re.S)
    assert [name for name, _ in shown] == [module.NAME for module in FORMATS]
    for name, record in shown:
        source = opened(json.loads(record))
        module = detect(source)
        assert name == module.NAME
        assert [type(found) for found in module.read(source, {})] == [Trajectory]
