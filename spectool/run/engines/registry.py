"""The engines ``--engine`` knows. Their files import nothing heavy before an engine is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spectool.run.engines import transformers_engine
from spectool.run.engines.engine import Engine
from spectool.run.engines.options import EngineOptions
from spectool.run.errors import RunError
from spectool.run.models import ModelFiles

ENGINES: Mapping[str, Callable[[ModelFiles, EngineOptions], Engine]] = {
    transformers_engine.NAME: transformers_engine.load,
}


def load(name: str, model: ModelFiles, options: EngineOptions) -> Engine:
    """Starts an engine with a model: seconds to minutes.

    Raises:
        RunError: no engine of that name.
        EngineError: it is not installed, or can not read the model.
    """
    if name not in ENGINES:
        raise RunError(f"no engine '{name}'; there are {', '.join(ENGINES)}")
    return ENGINES[name](model, options)
