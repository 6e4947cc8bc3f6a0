"""The engines ``--engine`` knows. Their files import nothing heavy before an engine is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spectool.run.engines import openai, ray, transformers_engine, vllm
from spectool.run.engines.engine import Engine
from spectool.run.engines.options import EngineOptions
from spectool.run.errors import RunError
from spectool.run.models import ModelFiles

ENGINES: Mapping[str, Callable[[ModelFiles, EngineOptions], Engine]] = {
    transformers_engine.NAME: transformers_engine.load,
    vllm.NAME: vllm.load,
    openai.NAME: openai.load,
    ray.NAME: ray.load,
}


def load(name: str, model: ModelFiles, options: EngineOptions) -> Engine:
    """Starts an engine with a model: seconds to minutes.

    Raises:
        RunError: no engine of that name.
        EngineError: it is not installed, or can not read the model.
    """
    check_known(name)
    return ENGINES[name](model, options)


def check_known(name: str) -> None:
    """Whether there is such an engine, before anything is looked for.

    Raises:
        RunError: no engine of that name.
    """
    if name not in ENGINES:
        raise RunError(f"no engine '{name[:80]}'; there are {', '.join(ENGINES)}")
