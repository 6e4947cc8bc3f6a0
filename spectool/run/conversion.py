"""GGUF weights as a folder of safetensors, for engines that read no GGUF: unpacked once, kept in the cache."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from spectool.run.locks import lock
from spectool.run.models import ModelError, ModelFiles, cache_folder, fingerprint

# Written last, so that a folder with it is whole.
_WHOLE = "converted.txt"
# Hexadecimal characters of the fingerprint in a folder's name.
_DIGITS = 12


def as_folder(model: ModelFiles, dtype: str) -> ModelFiles:
    """The model as a folder that every engine reads; itself where it is one already.

    Args:
        model: with a GGUF file it is unpacked: minutes and, in float32, some eight times its size on disk.
        dtype: ``float32``, ``bfloat16`` or ``float16``: what the unpacked weights are kept in.

    Raises:
        ModelError: the file can not be unpacked or there is no room for it.
    """
    if model.gguf_file is None:
        return model
    folder = cache_folder() / "converted" / f"{model.name}-{fingerprint(model)[:_DIGITS]}-{dtype}"
    if not (folder / _WHOLE).is_file():
        with _alone(folder):
            # Another process may have done it in the meantime.
            if not (folder / _WHOLE).is_file():
                _convert(model, dtype, folder)
    return ModelFiles(name=model.name, location=str(folder))


def unpacked(name: str) -> tuple[Path, ...]:
    """The whole folders that there are of a model, one a dtype and version of its file."""
    # No wider: a model's name may begin with another's.
    folders = sorted((cache_folder() / "converted").glob(f"{name}-{'[0-9a-f]' * _DIGITS}-*"))
    return tuple(folder for folder in folders if (folder / _WHOLE).is_file())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time; the others wait."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f".{folder.name}.lock").open("ab") as file:
        lock(file, wait=True)
        yield


def _convert(model: ModelFiles, dtype: str, folder: Path) -> None:
    scratch = folder.with_name(f".{folder.name}.new")
    # What a process left that was killed.
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        weights, tokenizer = _load(model, dtype)
        scratch.mkdir()
        _check_room(scratch, weights.get_memory_footprint())
        _save(scratch, weights, tokenizer)
        (scratch / _WHOLE).write_text(f"{model.gguf_file}\n", encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        scratch.rename(folder)
    except ModelError:
        raise
    except (OSError, ValueError, ImportError, RuntimeError, KeyError, MemoryError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(f"'{model.name[:80]}' can not be unpacked into {folder.parent}: {reason[:300]}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _check_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size:
        wanted = f"unpacked, the model takes {size / 2**30:.1f} GiB, and {free / 2**30:.1f} are free in {folder.parent}"
        raise ModelError(f"{wanted}; make room there, or set SPECTOOL_CACHE to a folder with more")


def _save(folder: Path, weights: Any, tokenizer: Any) -> None:
    from spectool.run.engines.loading import quiet

    with quiet():
        weights.save_pretrained(folder)
        tokenizer.save_pretrained(folder)


def _load(model: ModelFiles, dtype: str) -> tuple[Any, Any]:
    import torch

    from spectool.run.engines.loading import load_weights, quiet

    transformers = import_module("transformers")
    with quiet():
        weights = load_weights(model, getattr(torch, dtype))
        # What was packed is packed no more; with the old setting, readers would look for packed weights.
        if hasattr(weights.config, "quantization_config"):
            del weights.config.quantization_config
        weights.hf_quantizer = None
        return weights, transformers.AutoTokenizer.from_pretrained(model.location, gguf_file=model.gguf_file)
