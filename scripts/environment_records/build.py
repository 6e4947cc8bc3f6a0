"""Write data/environments/*.json: ``python -m scripts.environment_records.build [NAME...]`` in the repository's root.

The same source gives the same bytes. With ``--check`` nothing is written; exit code 1 says that a file is not what its source makes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from scripts.environment_records import data, media, movies, patent, social, spaceflight, sports, tools, travel, video_images
from spectool.environments.core.tables import Records

MAKERS: Mapping[str, Callable[[], Records]] = {
    "patent": patent.records,
    "movies": movies.records,
    "travel": travel.records,
    "sports": sports.records,
    "data": data.records,
    "social": social.records,
    "media": media.records,
    "spaceflight": spaceflight.records,
    "video_images": video_images.records,
    "tools": tools.records,
}
TARGET = Path(__file__).parents[2] / "data" / "environments"


def content(name: str) -> bytes:
    """The whole file of one environment: a table a line, a row a line."""
    tables = []
    for table, rows in MAKERS[name]().items():
        lines = ",\n".join(f"{msgspec.json.encode(id).decode()}:{msgspec.json.encode(row).decode()}" for id, row in rows.items())
        tables.append(f"{msgspec.json.encode(table).decode()}:{{\n{lines}\n}}")
    return ("{" + ",\n".join(tables) + "}\n").encode()


def main(arguments: list[str]) -> int:
    """Write or check the files of the environments named, else of all."""
    check = "--check" in arguments
    stale = []
    for name in [each for each in arguments if not each.startswith("-")] or MAKERS:
        target, made = TARGET / f"{name}.json", content(name)
        if check and (not target.exists() or target.read_bytes() != made):
            stale.append(name)
        elif not check:
            TARGET.mkdir(parents=True, exist_ok=True)
            target.write_bytes(made)
    if stale:
        sys.stderr.write(f"not what their source makes: {', '.join(stale)}; run: python -m scripts.environment_records.build\n")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
