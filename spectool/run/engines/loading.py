"""Loading weights with transformers: GGUF files unpacked, its bars and warnings kept from ours."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from importlib import import_module
from io import StringIO
from typing import Any

from spectool.run.models import ModelFiles


def load_weights(model: ModelFiles, dtype: Any) -> Any:
    """The causal language model; ``dtype`` is a torch dtype or ``"auto"``.

    Raises:
        OSError, ValueError, ImportError, RuntimeError, KeyError: as transformers does.
    """
    auto = import_module("transformers").AutoModelForCausalLM
    return auto.from_pretrained(model.location, dtype=dtype, **gguf_option(model), **_dense(model))


def gguf_option(model: ModelFiles) -> dict[str, str]:
    """How transformers is told of a GGUF file."""
    return {"gguf_file": model.gguf_file} if model.gguf_file else {}


def _dense(model: ModelFiles) -> dict[str, Any]:
    """GGUF weights unpacked: packed ones need a kernel from a hub, and their sums differ from machine to machine."""
    config = getattr(import_module("transformers"), "GgufConfig", None)
    return {"quantization_config": config(dequantize=True)} if model.gguf_file and config else {}


@contextmanager
def quiet() -> Iterator[None]:
    """Loading without transformers' own bars and warnings, which would break ours."""
    transformers = import_module("transformers")
    level, bars = transformers.logging.get_verbosity(), transformers.logging.is_progress_bar_enabled()
    transformers.logging.set_verbosity(logging.ERROR)
    transformers.logging.disable_progress_bar()
    try:
        # The GGUF reader draws a bar of its own that no setting turns off.
        with warnings.catch_warnings(), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        transformers.logging.set_verbosity(level)
        if bars:
            transformers.logging.enable_progress_bar()
